#include "client/cli/ballot_command.hpp"

#include "client/cli/ballot_parts.hpp"
#include "client/cli/conduct_command.hpp"
#include "client/cli/key_command.hpp"
#include "client/cli/options.hpp"
#include "client/cli/plan_command.hpp"
#include "client/cli/voting.hpp"
#include "shared/wire/approval_messages.hpp"
#include "shared/wire/ballot_messages.hpp"
#include "shared/wire/people_messages.hpp"
#include "shared/wire/roll_messages.hpp"
#include "shared/wire/vote_messages.hpp"

namespace walkout::cli {
namespace {

// ---- what anybody may see ----

std::string list_words(const Terminal& terminal, const wire::BallotList& list)
{
    std::string out;
    for (const auto& ballot : list.ballots)
        out += (out.empty() ? rehearsal_line(terminal, ballot.rehearsal) : "\n") + terminal.bold(ballot.id.text()) + "  " + ballot.title + "\n  " +
               std::string(name(ballot.phase)) + "; " + ballot.voting + (ballot.statutory ? "" : "; consultative");
    return out.empty() ? "No ballot has been planned." : out;
}

std::string show_words(const Terminal& terminal, const wire::BallotView& ballot, Lang lang, std::optional<std::int64_t> paper)
{
    auto out = rehearsal_line(terminal, ballot.rehearsal) + terminal.bold(ballot.title) + "  " + terminal.dim(ballot.id.text()) + "\n\n";
    if (paper) out += "  | " + terminal.bold(paper_number_line(*paper, lang)) + "\n";
    for (const auto& line : lang == Lang::cy ? ballot.paper_cy : ballot.paper_en) out += terminal.fitted("  | " + line, 2) + "\n";
    const auto zone = Zone::find(ballot.zone);
    out += "\n  Phase    " + std::string(name(ballot.phase)) + (ballot.reason ? ": " + *ballot.reason : "") + "\n";
    out += "  Opens    " + words(ballot.opens) + "  " + terminal.dim(text(ballot.opens_at)) + "\n";
    out += "  Closes   " + (zone ? words(zone->wall(ballot.closes_at)) : text(ballot.closes_at)) + "  " + terminal.dim(text(ballot.closes_at)) + "\n";
    if (zone && ballot.closes_at > zone->instant(ballot.closes))
        out += "           extended from " + words(ballot.closes) + ": walkout ballot addenda " + ballot.id.text() + "\n";
    for (const auto& rule : ballot.rules) out += terminal.fitted("  Rule     " + rule, 9) + "\n";
    out += "  Paper    " + ballot.paper_hash + (ballot.paper_final ? "" : " (not final)") + "\n";
    if (ballot.roll_hash) out += "  Roll     revision " + std::to_string(*ballot.roll_revision) + ", " + *ballot.roll_hash + "\n";
    for (const auto& constituency : ballot.constituencies) {
        out += "  Votes in " + constituency.name + ": " + std::to_string(constituency.entitled) + " entitled  " +
               terminal.dim(constituency.id.text()) + "\n";
        if (constituency.fingerprint) out += "           election " + *constituency.fingerprint + "\n";
    }
    out.pop_back();
    return out;
}

void add_views(Command group, Session& session)
{
    auto list = group.add_subcommand("list", "Every ballot, the newest plan first");
    on_run(list, session, [&session]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        return show(session, (*api)->get<wire::BallotList>("/api/v1/ballots"), list_words);
    });

    auto one = group.add_subcommand("show", "A ballot's voting paper, dates, rules and constituencies");
    const auto shown = add_ballot_id(one);
    on_run(one, session, [&session, shown]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        const auto view = (*api)->get<wire::BallotView>(ballot_target(*shown));
        const auto paper = view ? own_paper_number(**api, *shown) : std::nullopt;
        return show(session, view,
                    [&](const Terminal& terminal, const wire::BallotView& ballot) { return show_words(terminal, ballot, session.lang(), paper); });
    });

    auto entitled = group.add_subcommand("entitled", "Am I on the roll, and is my workplace right?");
    const auto asked = add_ballot_id(entitled);
    on_run(entitled, session, [&session, asked]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        const auto mine = (*api)->get<wire::MyEntitlement>(ballot_target(*asked, "/entitlement"));
        if (!mine) return mine.error();
        session.show(wire::to_json(*mine), rehearsal_line(session.terminal(), mine->rehearsal) + session.terminal().fitted(mine->words));
        return mine->entitled ? Exit::done : Exit::not_open;
    });
}

// ---- the roll ----

std::string figures_words(const Terminal& terminal, const wire::FrozenRoll& roll)
{
    auto out = rehearsal_line(terminal, roll.rehearsal) + "Roll of " + roll.ballot.text() + ", revision " + std::to_string(roll.revision) + ": " +
               terminal.bold(std::to_string(roll.entitled) + " entitled") +
               (roll.overseas > 0 ? ", and " + std::to_string(roll.overseas) + " overseas" : "") + "\n  " + terminal.dim(roll.hash);
    const auto table = [&](const char* title, const std::map<std::string, std::int64_t>& counts) {
        if (counts.empty()) return;
        out += std::string("\n  ") + title;
        for (const auto& [label, count] : counts) out += "\n    " + std::to_string(count) + "  " + label;
    };
    table("By constituency", roll.by_constituency);
    table("By employer", roll.by_employer);
    table("By workplace", roll.by_workplace);
    table("By category", roll.by_category);
    table("Not on the roll", roll.excluded);
    for (const auto& employer : roll.notify_again)
        out += "\n  " + terminal.bad("Check: ") + employer + " was notified of other figures; a fresh notice may be needed.";
    return out;
}

void add_roll(Command group, Session& session)
{
    auto freeze = group.add_subcommand("freeze", "Freeze the roll by the plan's rule, after the cut-off day (general secretary)");
    const auto frozen = add_ballot_id(freeze);
    on_run(freeze, session, [&session, frozen]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        return show(session, (*api)->post<wire::FrozenRoll>(ballot_target(*frozen, "/freeze"), wire::Nothing{}), figures_words);
    });

    auto figures = group.add_subcommand("figures", "The figures that notices to employers state");
    const auto of = add_ballot_id(figures);
    on_run(figures, session, [&session, of]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        return show(session, (*api)->get<wire::FrozenRoll>(ballot_target(*of, "/roll/figures")), figures_words);
    });

    struct Corrections {
        std::vector<std::string> add, remove, change;
        std::string reason;
    };
    auto correct = group.add_subcommand("correct", "Correct the frozen roll: its next revision, with a reason (general secretary)");
    const auto corrected = add_ballot_id(correct);
    const auto given = value<Corrections>();
    correct.add_option("--add", given->add, "a member the rule should have covered; may be repeated");
    correct.add_option("--remove", given->remove, "a member who is not entitled; may be repeated");
    correct.add_option("--change", given->change, "a member whose workplace or category the register has corrected; may be repeated");
    correct.add_option("--reason", given->reason, "why; it is kept with the roll").required();
    on_run(correct, session, [&session, corrected, given]() -> Result<Exit> {
        wire::RollCorrections message;
        using Kind = ballot::Correction::Kind;
        for (const auto& [kind, numbers] :
             {std::pair(Kind::add, &given->add), std::pair(Kind::remove, &given->remove), std::pair(Kind::change, &given->change)})
            for (const auto& number : *numbers) message.corrections.push_back({kind, number, given->reason});
        const auto api = session.api();
        if (!api) return api.error();
        return show(session, (*api)->post<wire::FrozenRoll>(ballot_target(*corrected, "/roll/corrections"), message), figures_words);
    });
}

// ---- approve ----

/// A signature is given in one office: the one asked for, or the first of these the signer holds.
Result<ballot::Role> office_to_sign_in(Api& api, const std::string& asked)
{
    if (!asked.empty()) return *from_name<ballot::Role>(asked);
    const auto me = api.get<wire::Me>("/api/v1/me");
    if (!me) return me.error();
    for (const auto role : {ballot::Role::scrutineer, ballot::Role::general_secretary, ballot::Role::official})
        for (const auto& office : me->offices)
            if (office.role == role) return role;
    return Refusal{Kind::not_allowed, "not_an_approver", "You hold no office that signs for a ballot.",
                   "Sign in as the scrutineer, the general secretary or an enrolled official."};
}

/// Who has signed, and whether that is enough.
std::string signed_words(const Terminal& terminal, const wire::ApprovalObject& object)
{
    std::string out;
    for (const auto& approval : object.approvals)
        out += std::string(approval.counts ? "Signed by " : "No longer counts: ") + approval.by + ", " + std::string(name(approval.role)) +
               ", until " + text(approval.expires) + "\n";
    return out + (object.complete ? terminal.good("Approved.") : object.awaiting.value_or(""));
}

std::string object_words(const Terminal& terminal, const wire::ApprovalObject& object)
{
    auto out = rehearsal_line(terminal, object.rehearsal);
    for (const auto& line : object.words) out += line + "\n";
    return out + terminal.dim("SHA-256 " + object.object + " of exactly this:\n" + object.canonical) + signed_words(terminal, object);
}

/// What is signed must be what was shown: the hash is computed here.
Result<wire::NewApproval> sign(const SigningKey& key, const wire::ApprovalObject& object, ballot::Role role, std::chrono::hours hours)
{
    const auto hash = sha256(object.canonical);
    if (hex(hash) != object.object)
        return Refusal{Kind::invalid, "verification_failed", "The server's hash is not that of what it showed.", "Do not sign; tell the scrutineer."};
    const ballot::ApprovalClaim claim{object.step, object.ballot, hash, object.now + hours};
    return wire::NewApproval{object.object, claim.expires, role, hex(key.sign(ballot::canonical_approval(claim)))};
}

struct ApproveOptions {
    std::string step, office;
    int hours = 72;
    bool yes = false;
    bool look = false;
};

Result<Exit> approve(Session& session, const std::string& id, const ApproveOptions& given)
{
    const auto api = session.api();
    if (!api) return api.error();
    const auto path = ballot_target(id, "/approvals/" + given.step);
    const auto object = (*api)->get<wire::ApprovalObject>(path);
    if (given.look || !object) return show(session, object, object_words);
    const auto key = load_signing_key(session.folders());
    if (!key) return key.error();
    const auto role = office_to_sign_in(**api, given.office);
    if (!role) return role.error();
    session.terminal().say(object_words(session.terminal(), *object) + "\n");
    if (!given.yes) {
        const auto agreed = session.terminal().confirm("Sign this as " + std::string(name(*role)) + "? Type yes: ", "--yes");
        if (!agreed) return agreed.error();
        if (!*agreed) return Refusal{Kind::invalid, "not_signed", "Nothing was signed.", "Run the command again when you agree."};
    }
    const auto message = sign(*key, *object, *role, std::chrono::hours(given.hours));
    if (!message) return message.error();
    return show(session, (*api)->post<wire::ApprovalObject>(path, *message), signed_words);
}

void add_approve(Command group, Session& session)
{
    auto command =
        group.add_subcommand("approve", "Show in words what a step would do, and sign it with your key; two people must, one of them the scrutineer");
    const auto id = add_ballot_id(command);
    const auto given = value<ApproveOptions>();
    command.add_option("step", given->step, "open, replace (voting codes), extend, resume, close (before its time), count or declare")
        .required()
        .check(one_of({"open", "replace", "extend", "resume", "close", "count", "declare"}));
    command.add_option("--as", given->office, "the office you sign in").check(names_of<ballot::Role>());
    command.add_option("--hours", given->hours, "how long your signature waits for the other one").check(is_within(1, 168)).shows_default();
    command.add_flag("--yes", given->yes, "sign without asking");
    command.add_flag("--show", given->look, "only show what is to be signed, and who has");
    on_run(command, session, [&session, id, given] { return approve(session, *id, *given); });
}

void add_abandon(Command group, Session& session)
{
    struct Options {
        std::string reason;
        bool yes = false;
    };
    auto command = group.add_subcommand("abandon", "End a ballot for good; once voting has begun only the scrutineer can");
    const auto id = add_ballot_id(command);
    const auto given = value<Options>();
    command.add_option("--reason", given->reason, "one sentence that members read").required();
    command.add_flag("--yes", given->yes, "do not ask");
    on_run(command, session, [&session, id, given]() -> Result<Exit> {
        if (!given->yes) {
            const auto agreed = session.terminal().confirm("Abandon " + *id + " for good? Type yes: ", "--yes");
            if (!agreed) return agreed.error();
            if (!*agreed) return Refusal{Kind::invalid, "not_abandoned", "The ballot goes on.", ""};
        }
        const auto api = session.api();
        if (!api) return api.error();
        return show(session, (*api)->post<wire::BallotLine>(ballot_target(*id, "/abandon"), wire::Abandon{given->reason}),
                    [](const Terminal&, const wire::BallotLine& line) { return "The ballot " + line.id.text() + " is abandoned."; });
    });
}

} // namespace

void add_ballot_commands(Command app, Session& session)
{
    auto group = app.add_subcommand("ballot", "Ballots: plan, read, vote, approve, count");
    group.require_subcommand();
    add_plan_commands(group, session);
    add_views(group, session);
    add_roll(group, session);
    add_approve(group, session);
    add_conduct_commands(group, session);
    add_abandon(group, session);
}

} // namespace walkout::cli
