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

law::Rulebook book_recorded_until(const store::ReadTx& tx, std::optional<Instant> last)
{
    std::vector<law::Amendment> amendments;
    for (auto& commencement : store::commencements(tx))
        if (!last || commencement.recorded_at <= *last) amendments.push_back(std::move(commencement.amendment));
    return law::Rulebook(amendments);
}

/// Before the roll is frozen: whom the rule covers today.
std::int64_t entitled_of(const store::ReadTx& tx, const store::Ballot& ballot)
{
    if (ballot.phase != ballot::Phase::planned && store::latest_revision(tx, ballot.plan.id))
        return ballot::count(store::roll(tx, ballot.plan.id)).entitled;
    const auto frozen = ballot::freeze_roll(ballot.plan, store::register_candidates(tx));
    return frozen ? ballot::count(frozen->roll).entitled : 0;
}

std::optional<Date> sample_served_on(const store::ReadTx& tx, const BallotId& id)
{
    std::optional<Date> first;
    for (const auto& receipt : store::receipt_days(tx, id))
        if (receipt.kind == ballot::NoticeKind::sample) first = std::min(first.value_or(receipt.received_on), receipt.received_on);
    return first;
}

} // namespace

Result<store::Ballot> require_ballot(const store::ReadTx& tx, const BallotId& id)
{
    if (auto ballot = store::find_ballot(tx, id)) return *std::move(ballot);
    return Refusal{.kind = Kind::not_found,
                   .code = "no_such_ballot",
                   .detail = "There is no ballot called " + id.text() + ".",
                   .next = "See them with: walkout ballot list"};
}

law::Rulebook rulebook(const store::ReadTx& tx) { return book_recorded_until(tx, std::nullopt); }
law::Rulebook rulebook_of(const store::ReadTx& tx, const store::Ballot& ballot) { return book_recorded_until(tx, ballot.opened_at); }

Date opening_day_of(const store::Ballot& ballot) { return ballot::opening_day(ballot.plan, ballot.first_sending); }

Instant closing_of(const store::Ballot& ballot) { return std::min(ballot.closed_at.value_or(ballot.closes), ballot.closes); }

Date date_of_ballot_of(const store::Ballot& ballot) { return ballot::date_of_ballot(Zone::find(ballot.plan.zone).value(), closing_of(ballot)); }

bool is_rehearsal(const store::ReadTx& tx) { return store::purpose_of(tx) == store::Purpose::rehearsal; }

Result<BoundPaper> paper_of(const store::ReadTx& tx, const store::Ballot& ballot, const SigningPublicKey& board_key)
{
    if (ballot.paper) {
        auto paper = protocol::parse_voting_paper(*ballot.paper);
        if (!paper) return paper.error();
        return BoundPaper{*std::move(paper), *ballot.paper, sha256(*ballot.paper)};
    }
    auto paper = ballot::voting_paper(rulebook_of(tx, ballot), ballot.plan,
                                      {.rehearsal = is_rehearsal(tx),
                                       .entitled = entitled_of(tx, ballot),
                                       .sample_served_on = sample_served_on(tx, ballot.plan.id),
                                       .board_key = hex(board_key)});
    if (!paper) return paper.error();
    auto record = protocol::voting_paper_json(*paper);
    const auto hash = sha256(record);
    return BoundPaper{*std::move(paper), std::move(record), hash};
}

} // namespace walkout::service
