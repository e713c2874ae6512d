#include "server/store/strike_day_store.hpp"

namespace walkout::store {
namespace {

using strike::ExemptionNumber;
using strike::PostNumber;

template <class Number> std::int64_t raw(Number number) { return static_cast<std::int64_t>(number); }

Swap swap_of(const Statement& row)
{
    Swap swap{.number = row.integer(0), .post = PostNumber{row.integer(1)}, .member = row.text(2), .state = row.named<SwapState>(4)};
    if (!row.null(3)) swap.wants = PostNumber{row.integer(3)};
    return swap;
}
constexpr std::string_view swap_columns = "SELECT number, post, member, wants, state FROM picket_swap ";

strike::Exemption exemption(const ReadTx& tx, const Statement& row)
{
    const auto number = row.integer(0);
    const auto decisions =
        tx.prepare("SELECT number, name, grants, reason, at FROM exemption_decision WHERE exemption = ? ORDER BY at, number")
            .bind(number)
            .all([](const Statement& decision) {
                return strike::Exemption::Decision{decision.text(0), decision.text(1), decision.boolean(2), decision.text(3), decision.instant(4)};
            });
    const auto withdrawn =
        tx.prepare("SELECT number, name, reason, at FROM exemption_withdrawal WHERE exemption = ?").bind(number).first([](const Statement& by) {
            return strike::Exemption::Decision{by.text(0), by.text(1), false, by.text(2), by.instant(3)};
        });
    const auto repeated = [&](int column) { return row.boolean(column) ? Zone::Repeated::later : Zone::Repeated::earlier; };
    return {.number = ExemptionNumber{number},
            .walkout = row.id<WalkoutId>(1),
            .branch = row.text(2),
            .member = row.text(3),
            .member_name = row.text(4),
            .work = row.text(5),
            .requested_by = row.text(6),
            .reason = row.text(7),
            .hours = {parse_wall(row.text(8)).value(), parse_wall(row.text(9)).value()},
            .from_repeated = repeated(11),
            .to_repeated = repeated(12),
            .requested_at = row.instant(10),
            .decisions = decisions,
            .withdrawn = withdrawn};
}
const std::string exemption_columns = "SELECT x.number, x.walkout, x.branch, x.member, m.name, x.work, x.requested_by, x.reason, x.starts, x.ends,"
                                      " x.requested_at, x.starts_later, x.ends_later FROM exemption x JOIN member m ON m.number = x.member ";

/// Those signed up for posts of walkouts that are on, and not reminded of the post at the hours it now has.
constexpr std::string_view unreminded_tables =
    " FROM picket_post p JOIN picket_entrance e ON e.number = p.entrance JOIN picket_site s ON s.number = e.site"
    " JOIN walkout w ON w.id = s.walkout JOIN picket_sign_up u ON u.post = p.number JOIN member m ON m.number = u.member"
    " WHERE w.state = 'called' AND p.removed = 0 AND e.removed = 0 AND s.removed = 0 AND u.cancelled = 0"
    " AND NOT EXISTS (SELECT 1 FROM picket_reminder r WHERE r.post = p.number AND r.member = u.member AND r.starts = p.starts)"
    " AND p.starts >= ? ";

} // namespace

std::vector<Unreminded> unreminded(const ReadTx& tx, WallTime from, WallTime to)
{
    return tx
        .prepare("SELECT p.number, u.member, coalesce(m.email, ''), p.starts" + std::string(unreminded_tables) +
                 "AND p.starts < ? ORDER BY p.starts, p.number, u.member")
        .bind(text(from), text(to))
        .all([](const Statement& row) {
            return Unreminded{PostNumber{row.integer(0)}, row.text(1), row.text(2), parse_wall(row.text(3)).value()};
        });
}

std::vector<PostNumber> posts_unreminded(const ReadTx& tx, WallTime from)
{
    return tx.prepare("SELECT DISTINCT p.number" + std::string(unreminded_tables)).bind(text(from)).all([](const Statement& row) {
        return PostNumber{row.integer(0)};
    });
}

void put_reminded(WriteTx& tx, const Unreminded& reminded)
{
    tx.prepare("INSERT INTO picket_reminder (post, member, starts) VALUES (?, ?, ?)")
        .bind(raw(reminded.post), reminded.member, text(reminded.starts))
        .change_one_row();
}

void add_reserve(WriteTx& tx, const WalkoutId& walkout, const std::string& branch, const std::string& member)
{
    tx.prepare("INSERT OR IGNORE INTO picket_reserve (walkout, branch, member) VALUES (?, ?, ?)").bind(walkout, branch, member).run();
}

bool remove_reserve(WriteTx& tx, const WalkoutId& walkout, const std::string& member)
{
    return tx.prepare("DELETE FROM picket_reserve WHERE walkout = ? AND member = ?").bind(walkout, member).changes() > 0;
}

std::vector<std::string> reserves(const ReadTx& tx, const WalkoutId& walkout, const std::string& branch)
{
    return tx.prepare("SELECT member FROM picket_reserve WHERE walkout = ? AND branch = ? ORDER BY number")
        .bind(walkout, branch)
        .all([](const Statement& row) { return row.text(0); });
}

std::int64_t add_swap(WriteTx& tx, const Swap& swap)
{
    const auto wants = swap.wants ? std::optional(raw(*swap.wants)) : std::nullopt;
    return tx.prepare("INSERT INTO picket_swap (post, member, wants, state) VALUES (?, ?, ?, ?) RETURNING number")
        .bind(raw(swap.post), swap.member, wants, SwapState::open)
        .number();
}

std::optional<Swap> find_swap(const ReadTx& tx, std::int64_t number)
{
    return tx.prepare(std::string(swap_columns) + "WHERE number = ?").bind(number).first(swap_of);
}

std::optional<Swap> open_swap(const ReadTx& tx, PostNumber post, const std::string& member)
{
    return tx.prepare(std::string(swap_columns) + "WHERE post = ? AND member = ? AND state = 'open'").bind(raw(post), member).first(swap_of);
}

void put_swap_taken(WriteTx& tx, std::int64_t number, const std::string& by)
{
    tx.prepare("UPDATE picket_swap SET state = 'taken', taken_by = ? WHERE number = ? AND state = 'open'").bind(by, number).change_one_row();
}

void withdraw_swaps(WriteTx& tx, PostNumber post, const std::string& member)
{
    tx.prepare("UPDATE picket_swap SET state = 'withdrawn' WHERE post = ? AND member = ? AND state = 'open'").bind(raw(post), member).run();
}

void put_feed(WriteTx& tx, const Digest& hash, const std::string& member)
{
    remove_feed(tx, member);
    tx.prepare("INSERT INTO calendar_feed (hash, member) VALUES (?, ?)").bind(hash, member).change_one_row();
}

bool has_feed(const ReadTx& tx, const std::string& member)
{
    return tx.prepare("SELECT count(*) FROM calendar_feed WHERE member = ?").bind(member).number() > 0;
}

bool remove_feed(WriteTx& tx, const std::string& member)
{
    return tx.prepare("DELETE FROM calendar_feed WHERE member = ?").bind(member).changes() > 0;
}

std::optional<std::string> feed_member(const ReadTx& tx, const Digest& hash)
{
    return tx.prepare("SELECT f.member FROM calendar_feed f JOIN member m ON m.number = f.member WHERE f.hash = ? AND m.active = 1")
        .bind(hash)
        .first([](const Statement& row) { return row.text(0); });
}

bool add_check_in(WriteTx& tx, const strike::CheckIn& line, const std::string& recorded_by)
{
    return tx.prepare("INSERT INTO picket_check_in (id, post, member, kind, at, recorded_by, post_from, post_to, listed) VALUES (?, ?, ?, ?, ?, ?, "
                      "?, ?, ?)"
                      " ON CONFLICT (id) DO NOTHING")
               .bind(line.id, raw(line.post), line.member, line.kind, line.at, recorded_by,
                     line.hours ? std::optional(line.hours->from) : std::nullopt, line.hours ? std::optional(line.hours->to) : std::nullopt,
                     line.listed)
               .changes() > 0;
}

std::vector<strike::CheckIn> check_ins(const ReadTx& tx, const WalkoutId& walkout, const std::string& branch)
{
    return tx
        .prepare("SELECT c.id, c.post, c.member, c.kind, c.at, c.post_from, c.post_to, c.listed FROM picket_check_in c JOIN picket_post p ON "
                 "p.number = c.post"
                 " JOIN picket_entrance e ON e.number = p.entrance JOIN picket_site s ON s.number = e.site"
                 " WHERE s.walkout = ? AND s.branch = ? ORDER BY c.at, c.id")
        .bind(walkout, branch)
        .all([](const Statement& row) {
            strike::CheckIn line{row.text(0), PostNumber{row.integer(1)}, row.text(2), row.named<strike::CheckKind>(3), row.instant(4)};
            if (!row.null(5)) line.hours = strike::Span{row.instant(5), row.instant(6)};
            line.listed = row.boolean(7);
            return line;
        });
}

std::int64_t add_incident(WriteTx& tx, const Incident& incident)
{
    return tx
        .prepare("INSERT INTO picket_incident (site, at, at_later, words, police, recorded_by, recorded_at, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
                 " RETURNING number")
        .bind(raw(incident.site), text(incident.at.wall), incident.at.repeated == Zone::Repeated::later, incident.words, incident.police,
              incident.recorded_by, incident.recorded_at, incident.id)
        .number();
}

std::optional<std::int64_t> incident_with(const ReadTx& tx, const std::string& id)
{
    return tx.prepare("SELECT number FROM picket_incident WHERE id = ?").bind(id).first([](const Statement& row) { return row.integer(0); });
}

bool site_was_planned(const ReadTx& tx, const WalkoutId& walkout, const std::string& branch, strike::SiteNumber site, bool also_removed)
{
    return tx.prepare("SELECT count(*) FROM picket_site WHERE number = ? AND walkout = ? AND branch = ? AND (removed = 0 OR ?)")
               .bind(raw(site), walkout, branch, also_removed)
               .number() > 0;
}

std::vector<Incident> incidents(const ReadTx& tx, const WalkoutId& walkout, const std::string& branch)
{
    return tx
        .prepare("SELECT i.number, i.site, i.at, i.words, i.police, i.recorded_by, i.recorded_at, i.id, i.at_later FROM picket_incident i"
                 " JOIN picket_site s ON s.number = i.site WHERE s.walkout = ? AND s.branch = ? ORDER BY i.at, i.at_later, i.number")
        .bind(walkout, branch)
        .all([](const Statement& row) {
            const strike::Moment at{parse_wall(row.text(2)).value(), row.boolean(8) ? Zone::Repeated::later : Zone::Repeated::earlier};
            Incident incident{row.integer(0), strike::SiteNumber{row.integer(1)}, at, row.text(3), row.text(4), row.text(5), row.instant(6)};
            if (!row.null(7)) incident.id = row.text(7);
            return incident;
        });
}

strike::Exemption add_exemption(WriteTx& tx, strike::Exemption asked)
{
    asked.number = ExemptionNumber{
        tx.prepare("INSERT INTO exemption (walkout, branch, member, work, requested_by, reason, starts, ends, requested_at,"
                   " starts_later, ends_later) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING number")
            .bind(asked.walkout, asked.branch, asked.member, asked.work, asked.requested_by, asked.reason, text(asked.hours.start),
                  text(asked.hours.end), asked.requested_at, asked.from_repeated == Zone::Repeated::later, asked.to_repeated == Zone::Repeated::later)
            .number()};
    return asked;
}

void add_decision(WriteTx& tx, ExemptionNumber number, const strike::Exemption::Decision& decision)
{
    tx.prepare("INSERT INTO exemption_decision (exemption, number, name, grants, reason, at) VALUES (?, ?, ?, ?, ?, ?)")
        .bind(raw(number), decision.number, decision.name, decision.grants, decision.reason, decision.at)
        .change_one_row();
}

void add_withdrawal(WriteTx& tx, ExemptionNumber number, const strike::Exemption::Decision& by)
{
    tx.prepare("INSERT INTO exemption_withdrawal (exemption, number, name, reason, at) VALUES (?, ?, ?, ?, ?)")
        .bind(raw(number), by.number, by.name, by.reason, by.at)
        .change_one_row();
}

std::optional<strike::Exemption> find_exemption(const ReadTx& tx, ExemptionNumber number)
{
    return tx.prepare(exemption_columns + "WHERE x.number = ?").bind(raw(number)).first([&](const Statement& row) { return exemption(tx, row); });
}

std::vector<strike::Exemption> exemptions(const ReadTx& tx, const WalkoutId& walkout, const std::string& branch)
{
    return tx.prepare(exemption_columns + "WHERE x.walkout = ? AND x.branch = ? ORDER BY x.number")
        .bind(walkout, branch)
        .all([&](const Statement& row) { return exemption(tx, row); });
}

std::vector<strike::Exemption> exemptions_of(const ReadTx& tx, const std::string& member)
{
    return tx.prepare(exemption_columns + "WHERE x.member = ? ORDER BY x.number").bind(member).all([&](const Statement& row) {
        return exemption(tx, row);
    });
}

std::int64_t forget_people(WriteTx& tx, const WalkoutId& walkout)
{
    constexpr std::string_view posts = "(SELECT p.number FROM picket_post p JOIN picket_entrance e ON e.number = p.entrance"
                                       " JOIN picket_site s ON s.number = e.site WHERE s.walkout = ?1)";
    std::int64_t gone = 0;
    for (const std::string table : {"picket_sign_up", "picket_swap", "picket_check_in", "picket_reminder"})
        gone += tx.prepare("DELETE FROM " + table + " WHERE post IN " + std::string(posts)).bind(walkout).changes();
    gone += tx.prepare("DELETE FROM picket_incident WHERE site IN (SELECT number FROM picket_site WHERE walkout = ?)").bind(walkout).changes();
    gone += tx.prepare("DELETE FROM picket_reserve WHERE walkout = ?").bind(walkout).changes();
    gone += tx.prepare("DELETE FROM exemption_decision WHERE exemption IN (SELECT number FROM exemption WHERE walkout = ?)").bind(walkout).changes();
    gone +=
        tx.prepare("DELETE FROM exemption_withdrawal WHERE exemption IN (SELECT number FROM exemption WHERE walkout = ?)").bind(walkout).changes();
    gone += tx.prepare("DELETE FROM exemption WHERE walkout = ?").bind(walkout).changes();
    tx.prepare("UPDATE picket_post SET organiser = '' WHERE number IN " + std::string(posts)).bind(walkout).run();
    tx.prepare("UPDATE picket_plan SET contact = '' WHERE walkout = ?").bind(walkout).run();
    tx.prepare("UPDATE picket_site SET elsewhere_reason = '', supervisor_name = NULL, supervisor_contact = NULL, supervisor_letter = NULL, "
               "supervisor_police = NULL"
               " WHERE walkout = ?")
        .bind(walkout)
        .run();
    return gone;
}

std::vector<WalkoutId> walkouts_remembered(const ReadTx& tx)
{
    return tx.prepare("SELECT id FROM walkout WHERE id NOT IN (SELECT walkout FROM walkout_forgotten)").bind().all([](const Statement& row) {
        return row.id<WalkoutId>(0);
    });
}

bool was_forgotten(const ReadTx& tx, const WalkoutId& walkout)
{
    return tx.prepare("SELECT count(*) FROM walkout_forgotten WHERE walkout = ?").bind(walkout).number() > 0;
}

void put_forgotten(WriteTx& tx, const WalkoutId& walkout, Instant now, std::int64_t rows)
{
    tx.prepare("INSERT INTO walkout_forgotten (walkout, at, rows) VALUES (?, ?, ?)").bind(walkout, now, rows).change_one_row();
}

} // namespace walkout::store
