#include "server/service/approve.hpp"

#include "server/service/audit.hpp"
#include "server/service/ballots.hpp"
#include "server/service/choose_method.hpp"
#include "server/service/declare_result.hpp"
#include "server/service/extend_ballot.hpp"
#include "server/service/postal_returns.hpp"
#include "server/service/replace_codes.hpp"
#include "server/service/suspend_ballot.hpp"
#include "server/store/approval_store.hpp"
#include "server/store/ceremony_store.hpp"
#include "server/store/official_store.hpp"
#include "server/store/postal_store.hpp"
#include "server/store/roll_store.hpp"

#include <algorithm>

namespace walkout::service {
namespace {

using ballot::ApprovalStep;

/// A line of the canonical text, and the same for a person.
struct Lines {
    ApprovalObject object;
    void add(const std::string& canonical, const std::string& words)
    {
        object.canonical += canonical + "\n";
        object.words.push_back(words);
    }
    ApprovalObject done() &&
    {
        object.hash = sha256(object.canonical);
        return std::move(object);
    }
};

Lines begin(const store::Ballot& ballot, ApprovalStep step, const std::string& words)
{
    Lines lines;
    lines.add(ballot::object_title(step, ballot.plan.id), words + ": " + ballot.plan.title + " (" + ballot.plan.id.text() + ")");
    return lines;
}

void add_closing(Lines& lines, const store::Ballot& ballot)
{
    const auto zone = Zone::find(ballot.plan.zone).value();
    lines.add("closes|" + text(ballot.closes), "Voting closes: " + words(zone.wall(ballot.closes)) + ", " + zone.name());
}

Result<ApprovalObject> opening(const store::ReadTx& tx, const store::Ballot& ballot)
{
    if (const auto recorded = method_recorded(tx, ballot); !recorded) return recorded.error();
    const auto revision = store::latest_revision(tx, ballot.plan.id).value();
    const auto paper_hash = hex(sha256(ballot.paper.value()));
    auto lines = begin(ballot, ApprovalStep::open, "Open the ballot");
    lines.add("opens|" + text(ballot::opening_instant(ballot.plan)), "Voting opens: " + words(ballot.plan.opens) + ", " + ballot.plan.zone);
    add_closing(lines, ballot);
    lines.add("paper|" + paper_hash, "Voting paper: " + paper_hash);
    lines.add("roll|" + std::to_string(revision.revision) + "|" + hex(revision.hash),
              "Roll: revision " + std::to_string(revision.revision) + ", " + hex(revision.hash));
    if (const auto method = store::method_record(tx, ballot.plan.id)) {
        const auto hash = hex(sha256(method->canonical));
        lines.add("method_record|" + hash, "Choice of method: record of " + text(method->made_at) + ", " + hash);
    }
    for (const auto& constituency : store::constituencies(tx, ballot.plan.id)) {
        const auto figures = store::figures(tx, constituency.id);
        const auto people = std::to_string(figures.entitled + figures.overseas);
        const auto fingerprint = constituency.fingerprint.value_or("");
        lines.add("constituency|" + constituency.id.text() + "|" + people + "|" + fingerprint,
                  constituency.name + ": " + people + " entitled, election " + fingerprint);
    }
    return std::move(lines).done();
}

/// A paper says until when it counts (TULRCA s.229(1A)(b)). Whether one is out is not asked, nor how many have not voted said: those who sign for the
/// union may not know it before it is published.
Result<void> may_close_early(const store::ReadTx& tx, const store::Ballot& ballot)
{
    if (store::papers_sent(tx, ballot.plan.id) == 0) return {};
    return Refusal{Kind::conflict, "papers_sent",
                   "Voting papers were sent by post, and they say that they count if they arrive before " +
                       words(Zone::find(ballot.plan.zone).value().wall(ballot.closes)) + ": an earlier closing would make some of them late.",
                   "Wait for the closing."};
}

Result<ApprovalObject> early_closing(const store::ReadTx&, const store::Ballot& ballot)
{
    auto lines = begin(ballot, ApprovalStep::close_early, "Close the ballot now, before its time");
    add_closing(lines, ballot);
    auto object = std::move(lines).done();
    object.words.push_back("Whoever has not voted by then cannot vote any more, though the voting paper gave them until that time.");
    object.words.push_back(
        "The day on which the second signature arrives becomes the date of the ballot: the mandate and the report's due date count from it.");
    return object;
}

/// What became of the voting papers: the scrutineer alone recorded it, so whoever signs beside them sees it.
void add_papers(Lines& lines, const ballot::PostalFigures& post)
{
    std::string canonical = "papers", said;
    for (const auto& [number, what] : {std::pair(post.sent, " sent"), std::pair(post.returned_by_post, " returned that count"),
                                       std::pair(post.duplicates, " duplicate"), std::pair(post.revoked + post.unissued, " void"),
                                       std::pair(post.late, " late"), std::pair(post.mistaken, " recorded by mistake and taken back")}) {
        canonical += "|" + std::to_string(number);
        said += (said.empty() ? "" : ", ") + std::to_string(number) + what;
    }
    lines.add(canonical, "Voting papers: " + said);
}

Result<ApprovalObject> counting(const store::ReadTx& tx, const store::Ballot& ballot)
{
    if (const auto in = papers_are_in(tx, ballot.plan.id); !in) return in.error();
    auto lines = begin(ballot, ApprovalStep::count, "Count the votes");
    const auto closed = closing_of(ballot);
    lines.add("closed|" + text(closed), "Closed: " + text(closed));
    for (const auto& extension : store::extensions(tx, ballot.plan.id)) {
        const auto hash = hex(sha256(extension.canonical));
        lines.add("extended|" + std::to_string(extension.number) + "|" + hash,
                  "Extended by addendum " + std::to_string(extension.number) + " to " + text(extension.closes) + ", " + hash);
    }
    if (store::papers_issued(tx, ballot.plan.id)) add_papers(lines, store::postal_figures(tx, ballot.plan.id));
    for (const auto& constituency : store::constituencies(tx, ballot.plan.id)) {
        const ballot::SealedBoard board{constituency.id.text(), static_cast<std::uint64_t>(constituency.board_height.value_or(0)),
                                        constituency.board_head.value_or("")};
        lines.add(ballot::sealed_board_line(board), constituency.name + ": board of " + std::to_string(board.height) + " events, head " + board.head);
    }
    return std::move(lines).done();
}

Result<ApprovalObject> declaration(const store::ReadTx& tx, const store::Ballot& ballot)
{
    const auto result = result_of(tx, ballot);
    if (!result) return result.error();
    ApprovalObject object{{"Declare this result:"}, ballot::canonical_result(*result), ballot::result_hash(*result)};
    for (auto& line : ballot::result_lines(ballot.plan, *result)) object.words.push_back(std::move(line));
    return object;
}

/// What each step signs, and the phase it belongs to. A step without a row has nothing to sign until somebody proposes it.
struct Row {
    ApprovalStep step;
    ballot::Step move;
    Result<ApprovalObject> (*make)(const store::ReadTx&, const store::Ballot&);
};
constexpr Row rows[] = {{ApprovalStep::open, ballot::Step::open, opening},
                        {ApprovalStep::close_early, ballot::Step::close, early_closing},
                        {ApprovalStep::count, ballot::Step::count, counting},
                        {ApprovalStep::declare, ballot::Step::declare, declaration}};

Refusal wrong_signature()
{
    return {.kind = Kind::not_allowed,
            .code = "wrong_signature",
            .detail = "The signature was not made with the key pinned when you were enrolled.",
            .next = "Sign on the machine that holds that key."};
}

} // namespace

Result<ApprovalObject> approval_object(const store::ReadTx& tx, const store::Ballot& ballot, ApprovalStep step)
{
    if (step == ApprovalStep::replace) return replacement_object(tx, ballot);
    if (step == ApprovalStep::extend) return extension_object(tx, ballot);
    if (step == ApprovalStep::resume) return resumption_object(tx, ballot);
    for (const auto& row : rows) {
        if (row.step != step) continue;
        if (const auto next = ballot::after(ballot.phase, row.move); !next) return next.error();
        if (step == ApprovalStep::close_early)
            if (const auto may = may_close_early(tx, ballot); !may) return may.error();
        return row.make(tx, ballot);
    }
    return Refusal{.kind = Kind::conflict,
                   .code = "nothing_proposed",
                   .detail = "Nothing is proposed that the step \"" + std::string(name(step)) + "\" would approve.",
                   .next = "The scrutineer proposes it first."};
}

ApprovalObject object_as_approved(const store::ReadTx& tx, const store::Ballot& ballot, ApprovalStep step)
{
    for (const auto& row : rows)
        if (row.step == step) return row.make(tx, ballot).value();
    throw std::logic_error("object_as_approved: no such step");
}

Result<void> step_approved(const store::ReadTx& tx, const store::Ballot& ballot, ApprovalStep step, Instant now)
{
    const auto object = approval_object(tx, ballot, step);
    if (!object) return object.error();
    return ballot::approved(store::approvals(tx, ballot.plan.id, step), object->hash, now);
}

Result<bool> approve(store::WriteTx& tx, const Context& context, const BallotId& id, const GivenSignature& given)
{
    const auto ballot = require_ballot(tx, id);
    if (!ballot) return ballot.error();
    const auto object = approval_object(tx, *ballot, given.step);
    if (!object) return object.error();
    if (object->done)
        return Refusal{.kind = Kind::conflict, .code = "nothing_proposed", .detail = "Both signatures are there, and it has taken effect already."};
    const auto official = store::find_official(tx, context.caller.number);
    if (!official || !context.caller.holds(given.role))
        return Refusal{.kind = Kind::not_allowed,
                       .code = "wrong_office",
                       .detail = "You do not hold the office of " + std::string(name(given.role)) + ".",
                       .next = "Sign in the office you hold."};
    // An extension takes effect at once and takes no further signature, and trustees know nobody who was enrolled after their ceremony.
    if (const auto known = store::ceremony_approvers(tx, id); given.step == ApprovalStep::extend && !known.empty())
        if (std::ranges::find(known, official->signing_key, &ballot::Approver::key) == known.end())
            return Refusal{.kind = Kind::not_allowed,
                           .code = "enrolled_later",
                           .detail =
                               "The trustees accept signatures only under keys that were confirmed at their ceremony, and yours was enrolled later.",
                           .next = "Let somebody sign who was enrolled before it."};
    const ballot::ApprovalClaim claim{given.step, id, given.object, given.expires};
    if (!verify_signature(official->signing_key, ballot::canonical_approval(claim), given.signature)) return wrong_signature();
    const ballot::Approval approval{context.caller.number, given.role, given.object, given.expires};
    if (const auto allowed = ballot::may_add(store::approvals(tx, id, given.step), approval, object->hash, context.ballot_now); !allowed)
        return allowed.error();

    store::add_approval(tx, id, given.step, approval, given.signature, context.ballot_now);
    record_audit(tx, context, given.role, "approval_given", id.text(), {{"step", std::string(name(given.step))}, {"object", hex(given.object)}});
    const bool complete = step_approved(tx, *ballot, given.step, context.ballot_now).has_value();
    if (complete && given.step == ApprovalStep::declare)
        if (const auto declared = declare_result(tx, context, id); !declared) return declared.error();
    if (complete && given.step == ApprovalStep::replace)
        if (const auto made = make_replacements(tx, context, *ballot); !made) return made.error();
    if (complete && given.step == ApprovalStep::extend)
        if (const auto made = make_extension(tx, context, *ballot); !made) return made.error();
    if (complete && given.step == ApprovalStep::resume)
        if (const auto resumed = resume_ballot(tx, context, *ballot); !resumed) return resumed.error();
    return complete;
}

} // namespace walkout::service
