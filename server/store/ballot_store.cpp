#include "server/store/ballot_store.hpp"

#include "shared/wire/plan_messages.hpp"

namespace walkout::store {
namespace {

constexpr std::string_view ballot_columns =
    "SELECT plan, phase, planned_at, planned_by, closes, paper, first_sending, vault_verified, opened_at, closed_at, reason FROM ballot ";
constexpr std::string_view constituency_columns = "SELECT id, ballot, name, fingerprint, board_height, board_head FROM constituency ";

Ballot ballot(const Statement& row)
{
    return {.plan = wire::from_json<ballot::BallotPlan>(row.text(0)).value(),
            .phase = row.named<ballot::Phase>(1),
            .planned_at = row.instant(2),
            .planned_by = row.text(3),
            .closes = row.instant(4),
            .paper = row.optional_text(5),
            .first_sending = row.optional_instant(6),
            .vault_verified = row.boolean(7),
            .opened_at = row.optional_instant(8),
            .closed_at = row.optional_instant(9),
            .reason = row.optional_text(10)};
}

Constituency constituency(const Statement& row)
{
    return {.id = row.id<ConstituencyId>(0),
            .ballot = row.id<BallotId>(1),
            .name = row.text(2),
            .fingerprint = row.optional_text(3),
            .board_height = row.optional_integer(4),
            .board_head = row.optional_text(5)};
}

} // namespace

void add_ballot(WriteTx& tx, const ballot::BallotPlan& plan, Instant closes, Instant planned_at, const std::string& planned_by)
{
    tx.prepare("INSERT INTO ballot (id, plan, closes, planned_at, planned_by) VALUES (?, ?, ?, ?, ?)")
        .bind(plan.id, wire::to_json(plan), closes, planned_at, planned_by)
        .change_one_row();
}

std::optional<Ballot> find_ballot(const ReadTx& tx, const BallotId& id)
{
    return tx.prepare(std::string(ballot_columns) + "WHERE id = ?").bind(id).first(ballot);
}

std::vector<Ballot> ballots(const ReadTx& tx) { return tx.prepare(std::string(ballot_columns) + "ORDER BY planned_at DESC, id").bind().all(ballot); }

std::vector<Ballot> ballots_in(const ReadTx& tx, ballot::Phase phase)
{
    return tx.prepare(std::string(ballot_columns) + "WHERE phase = ? ORDER BY id").bind(phase).all(ballot);
}

void put_phase(WriteTx& tx, const BallotId& id, ballot::Phase from, ballot::Phase to)
{
    tx.prepare("UPDATE ballot SET phase = ? WHERE id = ? AND phase = ?").bind(to, id, from).change_one_row();
}
void put_paper(WriteTx& tx, const BallotId& id, const std::string& record)
{
    tx.prepare("UPDATE ballot SET paper = ? WHERE id = ? AND paper IS NULL").bind(record, id).change_one_row();
}
bool put_unsent_alarm(WriteTx& tx, const BallotId& id, Instant due)
{
    return tx.prepare("INSERT OR IGNORE INTO unsent_alarm (ballot, due) VALUES (?, ?)").bind(id, due).changes() > 0;
}

void put_first_sending(WriteTx& tx, const BallotId& id, Instant at)
{
    tx.prepare("UPDATE ballot SET first_sending = ? WHERE id = ?").bind(at, id).change_one_row();
}
void put_vault_verified(WriteTx& tx, const BallotId& id)
{
    tx.prepare("UPDATE ballot SET vault_verified = 1 WHERE id = ?").bind(id).change_one_row();
}
void put_opened(WriteTx& tx, const BallotId& id, Instant at)
{
    tx.prepare("UPDATE ballot SET opened_at = ? WHERE id = ? AND opened_at IS NULL").bind(at, id).change_one_row();
}
void put_closed(WriteTx& tx, const BallotId& id, Instant at)
{
    tx.prepare("UPDATE ballot SET closed_at = ? WHERE id = ? AND closed_at IS NULL").bind(at, id).change_one_row();
}
void put_closing(WriteTx& tx, const BallotId& id, Instant closes)
{
    tx.prepare("UPDATE ballot SET closes = ? WHERE id = ? AND closed_at IS NULL").bind(closes, id).change_one_row();
}
void put_reason(WriteTx& tx, const BallotId& id, const std::string& reason)
{
    tx.prepare("UPDATE ballot SET reason = ? WHERE id = ?").bind(reason, id).change_one_row();
}

void add_constituency(WriteTx& tx, const ConstituencyId& id, const BallotId& ballot, const std::string& name)
{
    tx.prepare("INSERT INTO constituency (id, ballot, name) VALUES (?, ?, ?)").bind(id, ballot, name).change_one_row();
}

std::optional<Constituency> find_constituency(const ReadTx& tx, const ConstituencyId& id)
{
    return tx.prepare(std::string(constituency_columns) + "WHERE id = ?").bind(id).first(constituency);
}

std::vector<Constituency> constituencies(const ReadTx& tx, const BallotId& ballot)
{
    return tx.prepare(std::string(constituency_columns) + "WHERE ballot = ? ORDER BY name").bind(ballot).all(constituency);
}

void put_fingerprint(WriteTx& tx, const ConstituencyId& id, const std::string& fingerprint)
{
    tx.prepare("UPDATE constituency SET fingerprint = ? WHERE id = ? AND fingerprint IS NULL").bind(fingerprint, id).change_one_row();
}

void put_sealed_board(WriteTx& tx, const ConstituencyId& id, std::int64_t height, const std::string& head)
{
    tx.prepare("UPDATE constituency SET board_height = ?, board_head = ? WHERE id = ? AND board_head IS NULL")
        .bind(height, head, id)
        .change_one_row();
}

} // namespace walkout::store
