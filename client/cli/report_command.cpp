#include "client/cli/report_command.hpp"

#include "client/cli/document_command.hpp"
#include "client/cli/key_command.hpp"
#include "client/cli/options.hpp"
#include "shared/protocol/spoken.hpp"
#include "shared/wire/report_messages.hpp"

#include <algorithm>

namespace walkout::cli {
namespace {

std::string report_path(const std::string& ballot, std::string_view rest = {})
{
    return "/api/v1/ballots/" + segment(ballot) + "/report" + std::string(rest);
}

// ---- sign ----

/// "--not-satisfied NAME=REASON" for each statement that is refused; all others are made.
Result<void> answer(wire::ScrutineerReport& report, const std::vector<std::string>& refused)
{
    for (auto& statement : report.statements) statement.satisfied = true;
    for (const auto& one : refused) {
        const auto equals = one.find('=');
        const auto named = std::ranges::find(report.statements, one.substr(0, equals), &wire::ReportStatement::name);
        std::string names;
        for (const auto& statement : report.statements) names += (names.empty() ? "" : ", ") + statement.name;
        if (equals == one.npos || equals + 1 == one.size() || named == report.statements.end())
            return Refusal{Kind::invalid, "statement_unanswered", "\"" + one + "\" names no statement with a reason.",
                           "Write NAME=REASON; the statements are: " + names + "."};
        named->satisfied = false;
        named->reasons = one.substr(equals + 1);
    }
    return {};
}

std::string figures_words(const wire::ScrutineerReport& report)
{
    std::string out;
    for (const auto& constituency : report.constituencies) {
        out += constituency.name + ": " + std::to_string(constituency.entitled) + " entitled, " + std::to_string(constituency.cast) + " cast\n";
        for (const auto& asked : constituency.questions)
            out += "  " + asked.figures.text + "\n    Yes " + std::to_string(asked.figures.yes) + ", No " + std::to_string(asked.figures.no) +
                   ", spoiled or otherwise invalid " + std::to_string(asked.figures.spoiled) + "\n";
    }
    for (const auto& channel : report.channels) out += channel.name + ": " + std::to_string(channel.number) + "\n";
    out += "Incidents and outages: " + std::to_string(report.incidents.size()) +
           "; codes that somebody else used: " + std::to_string(report.code_incidents) + "; extensions: " + std::to_string(report.extensions.size()) +
           "\n";
    return out;
}

std::string report_words(const Terminal& terminal, const wire::ScrutineerReport& report)
{
    auto out = rehearsal_line(terminal, report.rehearsal) + terminal.bold("Scrutineer's report: " + report.title) + "\nDate of the ballot " +
               report.date_of_ballot + "; due by " + report.due + (report.late ? " " + terminal.bad("(late)") : "") + "\n" + report.statutory_words +
               "\n\n" + figures_words(report) + "\n";
    for (const auto& statement : report.statements)
        out += (statement.satisfied ? terminal.good("Satisfied ") : terminal.bad("NOT satisfied ")) + terminal.fitted(statement.words, 2) + "\n" +
               (statement.reasons ? "  Reasons: " + *statement.reasons + "\n" : "");
    return out + terminal.dim("SHA-256 " + wire::report_hash(report));
}

Result<Exit> sign(Session& session, const std::string& id, const std::vector<std::string>& refused, bool yes)
{
    const auto api = session.api();
    if (!api) return api.error();
    auto draft = (*api)->get<wire::SignedReport>(report_path(id, "/draft"));
    if (!draft) return draft.error();
    auto& report = draft->report;
    if (const auto answered = answer(report, refused); !answered) return answered.error();
    if (const auto faults = wire::report_faults(report); !faults.empty())
        return Refusal{Kind::invalid, "verification_failed", "The report does not add up: " + faults.front(),
                       "Do not sign; ask the server's operator."};
    const auto key = load_signing_key(session.folders());
    if (!key) return key.error();
    auto& terminal = session.terminal();
    terminal.say(report_words(terminal, report) + "\nEvery word of it: walkout report --draft " + id + "\n");
    if (!yes) {
        const auto agreed = terminal.confirm("Sign and publish this report as the scrutineer? Type yes: ", "--yes");
        if (!agreed) return agreed.error();
        if (!*agreed) return Refusal{Kind::invalid, "not_signed", "Nothing was signed.", "Run the command again when you agree."};
    }
    const auto kept = (*api)->post<wire::SignedReport>(report_path(id), wire::NewSignedReport{report, hex(key->sign(wire::report_text(report)))});
    if (!kept) return kept.error();
    session.show(wire::to_json(*kept),
                 "The report is signed and published: walkout report " + id + " --format pdf -o report.pdf\nSHA-256 " + kept->hash.value_or(""));
    return Exit::done;
}

// ---- verify ----

Result<Exit> verify(Session& session, const std::string& file, const std::string& expected_key)
{
    const auto content = read_file(file);
    if (!content) return content.error();
    const auto report = wire::from_json<wire::SignedReport>(*content);
    if (!report)
        return Refusal{Kind::malformed, "not_a_report", file + " is no scrutineer's report of Walkout.",
                       "Give the report as data: walkout report ID --format json -o report.json. The PDF and the page are for reading; an archive is "
                       "verified with walkout archive verify."};
    const auto failed = [](std::string why, std::string next) {
        return Refusal{Kind::invalid, "verification_failed", std::move(why), std::move(next)};
    };
    const auto key = parse_public_key(report->key.value_or(""));
    const auto signature = parse_signature(report->signature.value_or(""));
    if (!report->is_signed || !key || !signature)
        return failed("This report is a draft: nobody has signed it.", "Fetch the signed one: walkout report ID");
    if (!verify_signature(*key, wire::report_text(report->report), *signature))
        return failed("The report is not what the scrutineer signed.", "Fetch it again, and compare the two.");
    if (!expected_key.empty() && expected_key != hex(*key))
        return failed("The report is signed with another key than you named.", "Ask the scrutineer for theirs: walkout key show");
    if (const auto faults = wire::report_faults(report->report); !faults.empty())
        return failed("The report is signed, but does not add up: " + faults.front(), "Ask the scrutineer.");
    auto& terminal = session.terminal();
    session.show(wire::to_json(*report), report_words(terminal, report->report) + "\n" +
                                             terminal.good("The signature is right, and the figures add up.") + "\nThe key: " + hex(*key) + "\n" +
                                             (expected_key.empty() ? "Compare its eight words with those the scrutineer reads to you: " +
                                                                         terminal.bold(protocol::spoken_fingerprint(hex(*key)))
                                                                   : std::string("It is the key you named.")));
    return Exit::done;
}

} // namespace

void add_report_commands(Command app, Session& session)
{
    struct Options {
        std::string ballot, format, output;
        bool draft = false;
        std::vector<std::string> refused;
        bool yes = false;
        std::string file, key;
    };
    auto group = app.add_subcommand("report", "The scrutineer's report on a ballot: read it, sign it, verify it");
    const auto given = value<Options>();
    group.add_option("ballot", given->ballot, "its id; see `walkout ballot list`");
    add_format(group, given->format);
    group.add_flag("--draft", given->draft, "the facts as they stand, before it is signed (scrutineer)");
    group.add_option("-o,--output", given->output, "write to this file instead of stdout");

    auto signing = group.add_subcommand("sign", "Show the report in short, sign it with your key and publish it (scrutineer)");
    signing.add_option("ballot", given->ballot, "its id").required();
    signing.add_option("--not-satisfied", given->refused, "NAME=REASON: a statement you do not make, and why; may be repeated").one_each();
    signing.add_flag("--yes", given->yes, "sign without asking");

    auto verifying = group.add_subcommand("verify", "Check a report's signature and sums, without the server");
    verifying.add_option("file", given->file, "the report's JSON: walkout report ID --format json -o FILE").required().check(is_file());
    verifying.add_option("--key", given->key, "the scrutineer's public key, as they gave it to you");

    // The group's own callback comes last, whichever of its commands was meant.
    on_run(group, session, [&session, given, signing, verifying]() -> Result<Exit> {
        if (signing.parsed()) return sign(session, given->ballot, given->refused, given->yes);
        if (verifying.parsed()) return verify(session, given->file, given->key);
        if (given->ballot.empty())
            return Refusal{Kind::invalid, "no_ballot", "Which ballot's report?", "walkout report ID; see `walkout ballot list`."};
        const auto api = session.api();
        if (!api) return api.error();
        return save(session, (*api)->get_text(report_path(given->ballot, given->draft ? "/draft" : "") + "?format=" + given->format), given->output);
    });
}

} // namespace walkout::cli
