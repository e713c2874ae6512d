#include "client/cli/conduct_command.hpp"

#include "client/cli/ballot_parts.hpp"
#include "client/cli/key_command.hpp"
#include "client/cli/options.hpp"
#include "shared/ballot/approval.hpp"
#include "shared/ballot/plan.hpp"
#include "shared/protocol/spoken.hpp"
#include "shared/wire/ballot_messages.hpp"
#include "shared/wire/conduct_messages.hpp"
#include "shared/wire/people_messages.hpp"
#include "shared/wire/vote_messages.hpp"

#include <algorithm>

namespace walkout::cli {
namespace {

// ---- a later closing ----

std::string addendum_words(const Terminal& terminal, const wire::Addendum& addendum)
{
    std::string out;
    for (const auto& line : addendum.words) out += terminal.fitted(line, 2) + "\n";
    return out + terminal.dim("SHA-256 " + addendum.object);
}

std::string told_by_hand(const Terminal& terminal, const wire::Addendum& addendum)
{
    if (addendum.employers_to_tell.empty()) return "";
    std::string names;
    for (const auto& employer : addendum.employers_to_tell) names += (names.empty() ? "" : ", ") + employer;
    return "\n" + terminal.fitted("No mail address is recorded for: " + names + ". Tell them by hand.");
}

std::string proposed_words(const Terminal& terminal, const wire::Addendum& addendum, const std::string& ballot)
{
    return addendum_words(terminal, addendum) + "\n\nNothing has changed yet. Two people sign, one of them the scrutineer: walkout ballot approve " +
           ballot + " extend\nAll voters are then told by mail, and the employers whose address for mail is known." +
           told_by_hand(terminal, addendum);
}

/// What two people signed, and who they are; never the server's words for it.
std::string verified_words(const Terminal& terminal, const wire::Addendum& addendum)
{
    auto out = terminal.bold("Addendum " + std::to_string(addendum.number)) + "  " +
               terminal.dim("SHA-256 " + addendum.object + " of exactly this:") + "\n" + addendum.canonical;
    for (const auto& given : addendum.signatures)
        out += (given.expires > *addendum.made_at ? terminal.good("Signed") : terminal.bad("Signed too early, and expired since,")) + " by " +
               given.by + ", " + std::string(name(given.role)) + ", whose key is " + terminal.dim(protocol::spoken_fingerprint(given.key)) + "\n";
    return out;
}

Result<Exit> show_addenda(Session& session, const std::string& id)
{
    const auto api = session.api();
    if (!api) return api.error();
    const auto list = (*api)->get<wire::AddendumList>(ballot_target(id, "/addenda"));
    if (!list) return list.error();
    auto out = rehearsal_line(session.terminal(), list->rehearsal);
    for (const auto& addendum : list->addenda) {
        if (const auto approved = wire::verify_addendum(list->ballot, addendum); !approved) return approved.error();
        out += (&addendum == &list->addenda.front() ? "" : "\n") + verified_words(session.terminal(), addendum);
    }
    session.show(wire::to_json(*list), list->addenda.empty() ? out + "The voting was not extended; the voting paper has no addendum." : out);
    return Exit::done;
}

void add_extend(Command group, Session& session)
{
    auto command = group.add_subcommand("extend", "Propose that voting closes later; two people sign it, and everybody is told");
    const auto id = add_ballot_id(command);
    struct Options {
        std::string until, reason;
    };
    const auto given = value<Options>();
    command.add_option("--until", given->until, "the new closing, local time; votes may arrive until just before it").required().check(is_wall());
    command.add_option("--reason", given->reason, "one sentence that voters and employers read").required();
    on_run(command, session, [&session, id, given]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        return show(session,
                    (*api)->post<wire::Addendum>(ballot_target(*id, "/addenda"), wire::LaterClosing{*parse_wall(given->until), given->reason}),
                    [&](const Terminal& terminal, const wire::Addendum& addendum) { return proposed_words(terminal, addendum, *id); });
    });

    auto addenda = group.add_subcommand("addenda", "Addenda to the voting paper: later closings, and whether their signatures hold");
    const auto of = add_ballot_id(addenda);
    on_run(addenda, session, [&session, of] { return show_addenda(session, *of); });
}

void add_suspend(Command group, Session& session)
{
    auto command = group.add_subcommand("suspend", "Halt voting at once (scrutineer); two people sign that it goes on: ballot approve ID resume");
    const auto id = add_ballot_id(command);
    const auto reason = value<std::string>();
    command.add_option("--reason", *reason, "one sentence that the report publishes; name nobody").required();
    on_run(command, session, [&session, id, reason]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        return show(session, (*api)->post<wire::BallotLine>(ballot_target(*id, "/suspension"), wire::Suspension{*reason}),
                    [](const Terminal&, const wire::BallotLine& line) {
                        return "Voting in " + line.id.text() + " is suspended. It goes on when two people have signed: walkout ballot approve " +
                               line.id.text() + " resume\nThe closing stays; voting is extended with walkout ballot extend.";
                    });
    });
}

// ---- incidents ----

std::string incident_words(const Terminal& terminal, const Zone& zone, const wire::BallotIncidentView& one)
{
    auto out = std::to_string(one.number) + "  " + terminal.bold(std::string(name(one.kind))) +
               (one.channel == ballot::Channel::all ? "" : " (" + std::string(name(one.channel)) + ")") + ", from " + words(zone.wall(one.from)) +
               (one.until                                    ? " until " + words(zone.wall(*one.until))
                : one.kind == ballot::IncidentKind::incident ? ""
                                                             : ", not over yet");
    if (one.affected) out += ", " + std::to_string(*one.affected) + (*one.affected == 1 ? " member affected" : " members affected");
    out += "\n" + terminal.fitted("   " + one.what, 3);
    out += "\n   " + terminal.dim("recorded by " + one.recorded_by + ", " + text(one.recorded_at));
    if (one.corrects) out += terminal.dim("; takes the place of " + std::to_string(*one.corrects));
    return out + (one.corrected ? "; " + terminal.bad("corrected by a later entry") : "");
}

std::string incidents_words(const Terminal& terminal, const wire::BallotIncidentList& list)
{
    auto out = rehearsal_line(terminal, list.rehearsal) + terminal.bold(list.title) + "  " + terminal.dim(list.ballot.text()) + "\n";
    const auto zone = Zone::find(list.zone).value_or(Zone::find("UTC").value());
    for (const auto& one : list.entries) out += incident_words(terminal, zone, one) + "\n";
    if (list.entries.empty()) out += "No incident and no outage is recorded.\n";
    return out + "Members who say that somebody else voted with their code: " + std::to_string(list.codes);
}

struct IncidentOptions {
    bool outage = false, only_in_report = false;
    std::string from, until, what, channel;
    std::optional<std::int64_t> affected, corrects;
};

wire::NewBallotIncident incident_message(const IncidentOptions& given)
{
    wire::NewBallotIncident message;
    message.kind = given.outage ? ballot::IncidentKind::outage : ballot::IncidentKind::incident;
    message.what = given.what;
    message.affected = given.affected;
    message.corrects = given.corrects;
    if (!given.channel.empty()) message.channel = from_name<ballot::Channel>(given.channel);
    if (!given.from.empty()) message.from = parse_wall(given.from);
    if (!given.until.empty()) message.until = parse_wall(given.until);
    if (given.only_in_report) message.only_in_report = true;
    return message;
}

void add_incidents(Command group, Session& session)
{
    auto command =
        group.add_subcommand("incident", "Record an incident or an outage for the scrutineer's report, and tell everybody; entries stand for ever");
    const auto id = add_ballot_id(command);
    const auto given = value<IncidentOptions>();
    command.add_flag("--outage", given->outage, "members could not vote for a while");
    command.add_option("--what", given->what, "one sentence; the report publishes it, so name nobody").required();
    command.add_option("--from", given->from, "when it began, local time; now where absent").check(is_wall());
    command.add_option("--until", given->until, "when it ended; leave it out while it lasts").check(is_wall());
    command.add_option("--affected", given->affected, "how many members, if known");
    command.add_option("--channel", given->channel, "online, post or all").check(names_of<ballot::Channel>());
    command.add_option("--corrects", given->corrects, "the number of an earlier entry whose place this one takes; both stay to be read");
    command.add_flag("--only-in-report", given->only_in_report,
                     "mail nobody; while voting goes on, members, employers and officials are told otherwise");
    on_run(command, session, [&session, id, given]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        return show(session, (*api)->post<wire::BallotIncidentList>(ballot_target(*id, "/incidents"), incident_message(*given)), incidents_words);
    });

    auto list = group.add_subcommand("incidents", "Incidents and outages recorded so far");
    const auto of = add_ballot_id(list);
    on_run(list, session, [&session, of]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        return show(session, (*api)->get<wire::BallotIncidentList>(ballot_target(*of, "/incidents")), incidents_words);
    });
}

// ---- the choice-of-method record ----

std::string form_words(const wire::MethodRecordForm& form)
{
    std::string out = "[\n";
    for (const auto& field : form.fields) {
        wire::MethodAnswers answer; // written as the file that --sign takes, with what is asked in place of the answer
        answer.answers.push_back({field.field, "TO ANSWER: " + field.words + " (" + field.source + (field.verified ? ")" : "; NOT VERIFIED)")});
        const auto json = wire::to_json(answer);
        const auto from = json.find("[") + 1;
        out += "  " + json.substr(from, json.rfind(']') - from) + (&field == &form.fields.back() ? "\n" : ",\n");
    }
    return "{\"answers\": " + out + "]}";
}

std::string record_words(const Terminal& terminal, const wire::MethodRecordView& record)
{
    auto out = rehearsal_line(terminal, record.rehearsal) + terminal.bold("Choice of method: " + record.title) + "\nVoting " + record.methods +
               "; recorded by " + record.made_by + ", " + std::string(name(record.role)) + ", " + text(record.made_at) + "\n";
    for (const auto& answer : record.answers)
        out += "\n" + terminal.fitted(answer.words + " " + terminal.dim("(" + answer.source + (answer.verified ? ")" : "; NOT VERIFIED)"))) + "\n" +
               terminal.fitted("  " + answer.text, 2) + "\n";
    return out + "\n" + terminal.dim("SHA-256 " + record.hash) + "\n" + terminal.good("Signed") + " with the key " +
           terminal.dim(protocol::spoken_fingerprint(record.key));
}

Result<void> verify_record(const wire::MethodRecordView& record)
{
    const auto key = parse_public_key(record.key);
    const auto signature = parse_signature(record.signature);
    if (key && signature && verify_signature(*key, record.canonical, *signature)) return {};
    return Refusal{Kind::invalid, "verification_failed", "The record does not bear the signature that the server names.", "Tell the scrutineer."};
}

Result<ballot::Role> office_of_signer(Api& api)
{
    const auto me = api.get<wire::Me>("/api/v1/me");
    if (!me) return me.error();
    for (const auto role : {ballot::Role::general_secretary, ballot::Role::scrutineer})
        for (const auto& office : me->offices)
            if (office.role == role) return role;
    return Refusal{Kind::not_allowed, "wrong_office", "The choice of method is recorded by the general secretary or the scrutineer.",
                   "Sign in as one of them."};
}

Result<wire::MethodAnswers> answers_in(const std::string& file)
{
    const auto content = read_file(file);
    if (!content) return content.error();
    auto answers = wire::from_json<wire::MethodAnswers>(*content);
    if (!answers) return answers.error();
    for (const auto& answer : answers->answers)
        if (answer.text.starts_with("TO ANSWER"))
            return Refusal{Kind::invalid, "method_record_incomplete", "\"" + answer.field + "\" is not answered in " + file + ".",
                           "Write the answer in the place of what is asked."};
    return answers;
}

Result<Exit> sign_record(Session& session, const std::string& id, const std::string& file, bool yes)
{
    const auto answers = answers_in(file);
    if (!answers) return answers.error();
    const auto api = session.api();
    if (!api) return api.error();
    const auto form = (*api)->get<wire::MethodRecordForm>(ballot_target(id, "/method-record/form"));
    if (!form) return form.error();
    const auto role = office_of_signer(**api);
    if (!role) return role.error();
    const auto key = load_signing_key(session.folders());
    if (!key) return key.error();
    const auto canonical = ballot::canonical_method_record(form->ballot, form->methods, form->second_factor, form->now, answers->answers);
    auto& terminal = session.terminal();
    terminal.say(canonical + terminal.dim("SHA-256 " + hex(sha256(canonical))));
    if (!yes) {
        const auto agreed = terminal.confirm("Sign this as " + std::string(name(*role)) + "? Type yes: ", "--yes");
        if (!agreed) return agreed.error();
        if (!*agreed) return Refusal{Kind::invalid, "not_signed", "Nothing was signed.", "Run the command again when you agree."};
    }
    const wire::NewMethodRecord message{form->now, *role, answers->answers, hex(key->sign(canonical))};
    return show(session, (*api)->post<wire::MethodRecordView>(ballot_target(id, "/method-record"), message), record_words);
}

void add_method(Command group, Session& session)
{
    struct Options {
        std::string file;
        bool form = false, yes = false;
    };
    auto command = group.add_subcommand("method", "The choice-of-method record: read it, or sign it before the ballot opens");
    const auto id = add_ballot_id(command);
    const auto given = value<Options>();
    auto form = command.add_flag("--template", given->form, "print the file to be filled in: what the law of the opening day asks for");
    command.add_option("--sign", given->file, "sign the record with the answers of this file (general secretary or scrutineer)")
        .check(is_file())
        .excludes(form);
    command.add_flag("--yes", given->yes, "sign without asking");
    on_run(command, session, [&session, id, given]() -> Result<Exit> {
        if (!given->file.empty()) return sign_record(session, *id, given->file, given->yes);
        const auto api = session.api();
        if (!api) return api.error();
        if (given->form) {
            const auto asked = (*api)->get<wire::MethodRecordForm>(ballot_target(*id, "/method-record/form"));
            if (!asked) return asked.error();
            session.show(session.json() ? wire::to_json(*asked) : "", form_words(*asked));
            return Exit::done;
        }
        const auto record = (*api)->get<wire::MethodRecordView>(ballot_target(*id, "/method-record"));
        if (record)
            if (const auto verified = verify_record(*record); !verified) return verified.error();
        return show(session, record, record_words);
    });
}

} // namespace

void add_conduct_commands(Command ballot, Session& session)
{
    add_extend(ballot, session);
    add_suspend(ballot, session);
    add_incidents(ballot, session);
    add_method(ballot, session);
}

} // namespace walkout::cli
