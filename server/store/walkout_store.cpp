#include "server/store/walkout_store.hpp"

#include <array>

namespace walkout::store {
namespace {

constexpr std::string_view columns =
    "SELECT id, ballot, title, action, starts, ends, zone, semantics, called_by, office, state, reason, changed_at, sequence, continuous "
    "FROM walkout ";

std::vector<strike::Called> called(const ReadTx& tx, const WalkoutId& id)
{
    return tx
        .prepare("SELECT constituency, employer, notice_received, notice_first, notice_last FROM walkout_called WHERE walkout = ?"
                 " ORDER BY constituency, employer")
        .bind(id)
        .all([](const Statement& row) {
            strike::Called part{row.id<ConstituencyId>(0), row.text(1)};
            if (!row.null(2)) part.notice = strike::CoveringNotice{row.date(2), row.date(3), row.optional_date(4)};
            return part;
        });
}

strike::Walkout walkout(const ReadTx& tx, const Statement& row)
{
    const auto wall = [&](int column) { return parse_wall(row.text(column)).value(); };
    const auto id = row.id<WalkoutId>(0);
    return {.id = id,
            .ballot = row.id<BallotId>(1),
            .title = row.text(2),
            .action = row.named<strike::Action>(3),
            .called = called(tx, id),
            .window = strike::Window::make(wall(4), wall(5), row.text(6), row.named<strike::Semantics>(7)).value(),
            .dates = tx.prepare("SELECT day FROM walkout_date WHERE walkout = ? ORDER BY day").bind(id).all([](const Statement& date) {
                return date.date(0);
            }),
            .called_by = row.text(8),
            .office = row.named<ballot::Role>(9),
            .state = row.named<strike::State>(10),
            .reason = row.text(11),
            .changed_at = row.instant(12),
            .sequence = row.integer(13),
            .continuous = row.boolean(14),
            .history =
                tx.prepare("SELECT state, at FROM walkout_state WHERE walkout = ? ORDER BY sequence").bind(id).all([](const Statement& change) {
                    return strike::StateChange{change.named<strike::State>(0), change.instant(1)};
                })};
}

void add_state(WriteTx& tx, const strike::Walkout& walkout)
{
    tx.prepare("INSERT INTO walkout_state (walkout, sequence, state, at) VALUES (?, ?, ?, ?)")
        .bind(walkout.id, walkout.sequence, walkout.state, walkout.changed_at)
        .change_one_row();
}

std::array<std::optional<Date>, 3> days_of(const std::optional<strike::CoveringNotice>& notice)
{
    if (!notice) return {};
    return {notice->received, notice->first, notice->last};
}

} // namespace

void add_walkout(WriteTx& tx, const strike::Walkout& walkout)
{
    const auto& window = walkout.window;
    tx.prepare("INSERT INTO walkout (id, ballot, title, action, starts, ends, zone, semantics, called_by, office, state, reason, "
               "changed_at, sequence, continuous)"
               " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(walkout.id, walkout.ballot, walkout.title, walkout.action, text(window.start()), text(window.end()), window.zone().name(),
              window.semantics(), walkout.called_by, walkout.office, walkout.state, walkout.reason, walkout.changed_at, walkout.sequence,
              walkout.continuous)
        .change_one_row();
    add_state(tx, walkout);
    auto insert = tx.prepare("INSERT INTO walkout_called (walkout, constituency, employer, notice_received, notice_first, notice_last)"
                             " VALUES (?, ?, ?, ?, ?, ?)");
    for (const auto& part : walkout.called) {
        const auto [received, first, last] = days_of(part.notice);
        insert.bind(walkout.id, part.constituency, part.employer, received, first, last).change_one_row();
    }
    auto insert_date = tx.prepare("INSERT INTO walkout_date (walkout, day) VALUES (?, ?)");
    for (const auto day : walkout.dates) insert_date.bind(walkout.id, day).change_one_row();
}

std::optional<strike::Walkout> find_walkout(const ReadTx& tx, const WalkoutId& id)
{
    return tx.prepare(std::string(columns) + "WHERE id = ?").bind(id).first([&](const Statement& row) { return walkout(tx, row); });
}

std::vector<strike::Walkout> walkouts(const ReadTx& tx)
{
    return tx.prepare(std::string(columns) + "ORDER BY starts, id").bind().all([&](const Statement& row) { return walkout(tx, row); });
}

std::vector<strike::Walkout> walkouts_of(const ReadTx& tx, const BallotId& ballot)
{
    return tx.prepare(std::string(columns) + "WHERE ballot = ? ORDER BY starts, id").bind(ballot).all([&](const Statement& row) {
        return walkout(tx, row);
    });
}

void put_walkout_state(WriteTx& tx, const strike::Walkout& walkout)
{
    tx.prepare("UPDATE walkout SET state = ?, reason = ?, changed_at = ?, sequence = ? WHERE id = ? AND sequence = ?")
        .bind(walkout.state, walkout.reason, walkout.changed_at, walkout.sequence, walkout.id, walkout.sequence - 1)
        .change_one_row();
    add_state(tx, walkout);
    auto update = tx.prepare("UPDATE walkout_called SET notice_received = ?, notice_first = ?, notice_last = ?"
                             " WHERE walkout = ? AND constituency = ? AND employer = ?");
    for (const auto& part : walkout.called) {
        const auto [received, first, last] = days_of(part.notice);
        update.bind(received, first, last, walkout.id, part.constituency, part.employer).change_one_row();
    }
}

void add_agreement(WriteTx& tx, const WalkoutId& walkout, const RecordedAgreement& recorded)
{
    const auto& agreed = recorded.agreement;
    tx.prepare("INSERT INTO walkout_agreement (walkout, employer, agreed_by, made_on, suspended_from, resumes_on, evidence, recorded_at, recorded_by)"
               " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(walkout, agreed.employer, agreed.agreed_by, agreed.made_on, agreed.suspended_from, agreed.resumes_on, agreed.evidence,
              recorded.recorded_at, recorded.recorded_by)
        .change_one_row();
}

std::vector<RecordedAgreement> agreements(const ReadTx& tx, const WalkoutId& walkout)
{
    return tx
        .prepare("SELECT employer, agreed_by, made_on, suspended_from, resumes_on, evidence, recorded_at, recorded_by FROM walkout_agreement"
                 " WHERE walkout = ? ORDER BY seq")
        .bind(walkout)
        .all([](const Statement& row) {
            return RecordedAgreement{{row.text(0), row.text(1), row.date(2), row.date(3), row.date(4), row.text(5)}, row.instant(6), row.text(7)};
        });
}

std::optional<ConstituencyId> constituency_of(const ReadTx& tx, const BallotId& ballot, const std::string& member)
{
    return tx.prepare("SELECT constituency FROM roll_entry WHERE ballot = ? AND number = ? AND until IS NULL")
        .bind(ballot, member)
        .first([](const Statement& row) { return row.id<ConstituencyId>(0); });
}

std::string calendar_domain(const ReadTx& tx)
{
    return tx.prepare("SELECT domain FROM calendar").bind().first([](const Statement& row) { return row.text(0); }).value();
}

} // namespace walkout::store
