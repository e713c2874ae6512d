#include "server/service/ballots.hpp"

#include "server/store/law_store.hpp"
#include "server/store/migrations.hpp"
#include "server/store/notice_store.hpp"
#include "server/store/register_store.hpp"
#include "server/store/roll_store.hpp"
#include "shared/protocol/voting_paper_json.hpp"

#include <algorithm>

namespace walkout::service {
namespace {

law::Rulebook book_for(const store::ReadTx& tx, std::optional<Instant> opened)
{
    std::vector<law::Amendment> amendments;
    for (auto& commencement : store::commencements(tx)) {
        commencement.amendment.after_opening = opened && commencement.recorded_at > *opened;
        amendments.push_back(std::move(commencement.amendment));
    }
    std::vector<law::Setting> settings;
    for (auto& recorded : store::law_settings(tx)) {
        recorded.setting.after_opening = opened && recorded.recorded_at > *opened;
        settings.push_back(std::move(recorded.setting));
    }
    return law::Rulebook(amendments, settings);
}

/// Sending is opening. While nothing is recorded as sent, that the server takes votes stands for it.
std::optional<Instant> opened_in_law(const store::Ballot& ballot) { return ballot.first_sending ? ballot.first_sending : ballot.opened_at; }

/// Those given a vote; before the roll is frozen: whom the rule covers today. Members overseas are among them: ss.231 and 231A leave them out of
/// their figures (s.232), and s.226C, which counts members entitled to vote, says nothing of the kind.
std::int64_t entitled_of(const store::ReadTx& tx, const store::Ballot& ballot)
{
    if (ballot.phase != ballot::Phase::planned && store::latest_revision(tx, ballot.plan.id))
        return static_cast<std::int64_t>(store::roll(tx, ballot.plan.id).entries.size());
    const auto frozen = ballot::freeze_roll(ballot.plan, store::register_candidates(tx));
    return frozen ? static_cast<std::int64_t>(frozen->roll.entries.size()) : 0;
}

/// The other ballots of the same dispute.
std::vector<store::Ballot> siblings(const store::ReadTx& tx, const ballot::BallotPlan& plan)
{
    auto out = store::ballots(tx);
    std::erase_if(out, [&](const store::Ballot& other) {
        return other.plan.dispute.title != plan.dispute.title || other.plan.id == plan.id || other.phase == ballot::Phase::abandoned;
    });
    return out;
}

} // namespace

std::optional<Date> sample_served_on(const store::ReadTx& tx, const BallotId& id)
{
    return ballot::last_receipt(ballot::NoticeKind::sample, store::roll_employers(tx, id), store::receipt_days(tx, id));
}

Result<store::Ballot> require_ballot(const store::ReadTx& tx, const BallotId& id)
{
    if (auto ballot = store::find_ballot(tx, id)) return *std::move(ballot);
    return Refusal{.kind = Kind::not_found,
                   .code = "no_such_ballot",
                   .detail = "There is no ballot called " + id.text() + ".",
                   .next = "See them with: walkout ballot list"};
}

law::Rulebook rulebook(const store::ReadTx& tx) { return book_for(tx, std::nullopt); }
law::Rulebook rulebook_of(const store::ReadTx& tx, const store::Ballot& ballot) { return book_for(tx, opened_in_law(ballot)); }

Date opening_day_of(const store::Ballot& ballot) { return ballot::opening_day(ballot.plan, ballot.first_sending, ballot.opened_at); }

Instant closing_of(const store::Ballot& ballot) { return std::min(ballot.closed_at.value_or(ballot.closes), ballot.closes); }

Result<ballot::Planned> timetable_of(const store::ReadTx& tx, const store::Ballot& ballot, bool rehearsal)
{
    const ballot::PlanningFacts facts{.now = ballot.planned_at,
                                      .rehearsal = rehearsal,
                                      .entitled_now = entitled_of(tx, ballot),
                                      .entitled_beside = entitled_beside(tx, ballot.plan)};
    auto planned =
        ballot::timetable_for(rulebook_of(tx, ballot), ballot.plan, ballot::law_plan(ballot.plan, opening_day_of(ballot), closing_of(ballot)), facts);
    if (planned) add_siblings(tx, *planned);
    return planned;
}

std::int64_t entitled_beside(const store::ReadTx& tx, const ballot::BallotPlan& plan)
{
    std::int64_t people = 0;
    for (const auto& other : siblings(tx, plan))
        if (plan.statutory && other.plan.statutory && other.plan.jurisdiction == plan.jurisdiction && plan.opens < other.plan.closes &&
            other.plan.opens < plan.closes)
            people += entitled_of(tx, other);
    return people;
}

void add_siblings(const store::ReadTx& tx, ballot::Planned& planned)
{
    std::string others;
    for (const auto& other : siblings(tx, planned.plan)) {
        others += (others.empty() ? "" : ", ") + other.plan.id.text() + " in " + std::string(law::country(other.plan.jurisdiction));
        const auto paper = other.paper ? protocol::parse_voting_paper(*other.paper) : Result<ballot::VotingPaper>(Refusal{});
        if (paper && !paper->scrutineer && planned.scrutineer_statutory && other.plan.jurisdiction == planned.plan.jurisdiction)
            planned.warnings.push_back({"scrutineer_not_on_paper",
                                        "With this ballot the dispute's ballots together need an independent scrutineer, and the paper of " +
                                            other.plan.id.text() + " names none.",
                                        "TULRCA s.226C"});
    }
    if (others.empty()) return;
    planned.warnings.push_back({"one_dispute",
                                "The dispute \"" + planned.plan.dispute.title + "\" has other ballots too: " + others +
                                    ". Each has its own roll, its own law and its own result.",
                                ""});
}

Date date_of_ballot_of(const store::Ballot& ballot) { return ballot::date_of_ballot(Zone::find(ballot.plan.zone).value(), closing_of(ballot)); }

bool is_rehearsal(const store::ReadTx& tx) { return store::purpose_of(tx) == store::Purpose::rehearsal; }

Result<BoundPaper> paper_of(const store::ReadTx& tx, const store::Ballot& ballot, const SigningPublicKey& board_key, std::optional<Date> if_served_on)
{
    if (ballot.paper) {
        auto paper = protocol::parse_voting_paper(*ballot.paper);
        if (!paper) return paper.error();
        return BoundPaper{*std::move(paper), *ballot.paper, sha256(*ballot.paper)};
    }
    const auto served_on = sample_served_on(tx, ballot.plan.id);
    auto paper = ballot::voting_paper(rulebook_of(tx, ballot), ballot.plan,
                                      {.rehearsal = is_rehearsal(tx),
                                       .entitled = entitled_of(tx, ballot) + entitled_beside(tx, ballot.plan),
                                       .sample_served_on = served_on ? served_on : if_served_on,
                                       .board_key = hex(board_key)});
    if (!paper) return paper.error();
    auto record = protocol::voting_paper_json(*paper);
    const auto hash = sha256(record);
    return BoundPaper{*std::move(paper), std::move(record), hash};
}

} // namespace walkout::service
