#include "client/cli/law_book.hpp"
#include "client/cli/law_command.hpp"
#include "client/cli/options.hpp"

namespace walkout::cli {
namespace {

Result<Exit> show_recorded(Session& session, const Result<wire::LawRecorded>& recorded)
{
    if (!recorded) return recorded.error();
    auto words = "Recorded: " + recorded->words + ".\nBallots already opened keep the law they were opened under.";
    const auto& terminal = session.terminal();
    for (const auto& id : recorded->reaches) words += "\nIt applies to " + id + ", which has not opened: look at its timetable again.";
    for (const auto& id : recorded->samples)
        words += "\n" + terminal.bad("Serve again: ") + "employers of " + id +
                 " were sent a sample voting paper as it was before. Each needs one as it is now (walkout notice serve " + id +
                 " --kind sample), received in time.";
    for (const auto& id : recorded->keeps)
        words += "\n" + terminal.bad("It does not reach " + id + ": ") +
                 "its voting paper is bound, and keeps what it says. It must not be voted on any more: abandon it (walkout ballot abandon " + id +
                 ") and plan another.";
    session.show(wire::to_json(*recorded), session.terminal().fitted(words));
    return Exit::done;
}

void add_commence(Command law, Session& session)
{
    struct Options {
        std::string provision, from, instrument;
    };
    auto command = law.add_subcommand("commence", "Record on the server that a provision is in force, by the instrument that says so (officials)");
    const auto given = value<Options>();
    command.add_option("provision", given->provision, "what is commenced").required().check(names_of<law::Provision>());
    command.add_option("--from", given->from, "the first opening day it applies to").required().check(is_date());
    command.add_option("--instrument", given->instrument, "the statutory instrument, such as \"S.I. 2026/999\"").required();
    on_run(command, session, [&session, given]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        const wire::NewCommencement message{*from_name<law::Provision>(given->provision), *parse_date(given->from), given->instrument};
        return show_recorded(session, (*api)->post<wire::LawRecorded>("/api/v1/law/commencements", message));
    });
}

struct SetOptions {
    std::string rule, jurisdiction, from, value, file, source;
};

Result<std::string> value_of(const SetOptions& given)
{
    if (given.file.empty() == given.value.empty())
        return Refusal{Kind::malformed, "value_missing", "The rule's value is given by --value, or by --file where it is long.",
                       "It is written as: " + law::form_of(*from_name<law::Topic>(given.rule)) + "."};
    return given.file.empty() ? Result<std::string>(given.value) : read_file(given.file);
}

void add_set(Command law, Session& session)
{
    auto command =
        law.add_subcommand("set", "Record on the server a rule that was not verified, or has changed, as you read it in the enactment (officials)");
    const auto given = value<SetOptions>();
    command.add_option("rule", given->rule, "its name; see `walkout law rules --on DATE`").required().check(names_of<law::Topic>());
    command.add_option("--jurisdiction", given->jurisdiction, "GB or NI").required().check(names_of<law::Jurisdiction>());
    command.add_option("--from", given->from, "the first day it applies to").required().check(is_date());
    command.add_option("--value", given->value, "such as \"7 days\", \"begin_by 4 weeks or 8 weeks if agreed\", none");
    command.add_option("--file", given->file, "a text file with the value: the words of the statutory statement");
    command.add_option("--source", given->source, "the enactment and section, and where you read it").required();
    on_run(command, session, [&session, given]() -> Result<Exit> {
        const auto text = value_of(*given);
        if (!text) return text.error();
        const auto rule = *from_name<law::Topic>(given->rule);
        const auto value = law::parse_value(rule, *text);
        if (!value) return value.error();
        const auto api = session.api();
        if (!api) return api.error();
        const wire::NewSetting message{*from_name<law::Jurisdiction>(given->jurisdiction), rule, *parse_date(given->from), law::value_text(*value),
                                       given->source};
        return show_recorded(session, (*api)->post<wire::LawRecorded>("/api/v1/law/settings", message));
    });
}

std::string records_words(const Terminal& terminal, const wire::LawRecords& records)
{
    auto out = rehearsal_line(terminal, records.rehearsal);
    for (const auto& recorded : records.commencements)
        out += terminal.bold(name(recorded.provision)) + " commenced from " + words(recorded.from) + "\n  " + recorded.instrument + "\n  " +
               terminal.dim("recorded " + text(recorded.recorded_at)) + "\n";
    for (const auto& recorded : records.settings)
        out += terminal.bold(name(recorded.rule)) + " in " + std::string(law::country(recorded.jurisdiction)) + " from " + words(recorded.from) +
               "\n  " + recorded.value + "\n  " + recorded.source + "\n  " + terminal.dim("recorded " + text(recorded.recorded_at)) + "\n";
    if (records.commencements.empty() && records.settings.empty()) return out + "Nothing: the table of rules stands as it was shipped.";
    return out +
           "Of two for one provision, or for one rule and day, the later recorded counts. `walkout law rules --recorded` shows the table with them.";
}

void add_recorded(Command law, Session& session)
{
    auto command = law.add_subcommand("recorded", "What officials have recorded on the server, with instruments and sources");
    on_run(command, session, [&session]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        const auto records = (*api)->get<wire::LawRecords>("/api/v1/law/records");
        if (!records) return records.error();
        session.show(wire::to_json(*records), session.terminal().fitted(records_words(session.terminal(), *records)));
        return Exit::done;
    });
}

} // namespace

void add_law_record_commands(Command law, Session& session)
{
    add_commence(law, session);
    add_set(law, session);
    add_recorded(law, session);
}

} // namespace walkout::cli
