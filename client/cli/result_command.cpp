#include "client/cli/result_command.hpp"

#include "client/cli/options.hpp"
#include "shared/wire/result_messages.hpp"

namespace walkout::cli {
namespace {

std::string_view words(ballot::QuestionKind kind) { return kind == ballot::QuestionKind::strike ? "strike" : "action short of a strike"; }

std::string question_words(const Terminal& terminal, const wire::QuestionResultView& question)
{
    auto out = "\n\n  " + question.text + "\n    Yes " + std::to_string(question.yes) + "   No " + std::to_string(question.no) +
               "   spoiled or blank " + std::to_string(question.spoiled);
    if (const auto shares = law::yes_in_percent({.entitled = {}, .yes = question.yes, .no = question.no, .spoiled = question.spoiled});
        !shares.empty())
        out += "\n    " + terminal.dim(shares);
    for (const auto& test : question.tests)
        out += "\n    " + test.asks + ": " + test.sum + (test.met ? "? yes" : "? no") + (test.binding ? "" : " (for comparison)") + " " +
               terminal.dim(test.source);
    return out + "\n    " +
           (question.mandate ? terminal.good("Mandate: " + question.mandate->words) : terminal.bad("No mandate. ") + question.reason.value_or(""));
}

std::string turnout_words(const wire::ConstituencyResultView& constituency)
{
    const auto percent = law::percent(constituency.cast, constituency.entitled);
    return percent ? " (" + *percent + "%)" : "";
}

std::string result_words(const Terminal& terminal, const wire::ResultView& result)
{
    auto out =
        rehearsal_line(terminal, result.rehearsal) + terminal.bold(result.title) + "\n  Date of the ballot: " + walkout::words(result.date_of_ballot);
    for (const auto& constituency : result.constituencies) {
        out += "\n\n" + terminal.bold(constituency.name) + "\n  " + std::to_string(constituency.entitled) + " entitled, " +
               std::to_string(constituency.cast) + " returned" + turnout_words(constituency) +
               (constituency.overseas > 0
                    ? ", " + std::to_string(constituency.overseas) + " members overseas on the roll, who are no part of that figure"
                    : "");
        for (const auto& question : constituency.questions) out += question_words(terminal, question);
        for (const auto& warning : constituency.warnings) out += "\n\n  Warning: " + warning.detail;
    }
    for (const auto& addendum : result.addenda)
        out += "\n\nVoting was extended by addendum " + std::to_string(addendum.number) + " (" + addendum.reason + "): walkout ballot addenda " +
               result.ballot.text();
    out += "\n\n" + result.report.words + (result.report.signed_on ? " Read it: walkout report " + result.ballot.text() : "");
    return out + "\n" + terminal.dim("SHA-256 " + result.hash);
}

std::string mandates_words(const Terminal& terminal, const wire::MandateList& list)
{
    const auto mark = rehearsal_line(terminal, list.rehearsal);
    std::string out;
    for (const auto& mandate : list.mandates)
        out += (out.empty() ? "" : "\n") + terminal.bold(mandate.name) + ", " + std::string(words(mandate.kind)) + ": " + mandate.words +
               (mandate.extendable_to ? ", or as agreed with the employer up to " + walkout::words(*mandate.extendable_to) : "") + "  " +
               terminal.dim(mandate.constituency.text());
    return mark + (out.empty() ? "This ballot has given no mandate." : out);
}

template <class T, class Words>
void add_view(Command group, Session& session, const std::string& verb, const std::string& what, const std::string& path, Words in_words)
{
    auto command = group.add_subcommand(verb, what);
    const auto ballot = value<std::string>();
    command.add_option("ballot", *ballot, "its id; see `walkout ballot list`").required();
    on_run(command, session, [&session, ballot, path, in_words]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        const auto message = (*api)->get<T>("/api/v1/ballots/" + segment(*ballot) + path);
        if (!message) return message.error();
        session.show(wire::to_json(*message), in_words(session.terminal(), *message));
        return Exit::done;
    });
}

} // namespace

void add_result_commands(Command app, Session& session)
{
    auto group = app.add_subcommand("result", "Declared results, and the mandates they gave");
    group.require_subcommand();
    add_view<wire::ResultView>(group, session, "show", "The declared result, every test with its figures", "/result", result_words);
    add_view<wire::MandateList>(group, session, "mandates", "What action the result allows, where, and until when", "/mandates", mandates_words);
}

} // namespace walkout::cli
