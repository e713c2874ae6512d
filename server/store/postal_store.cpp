#include "server/store/postal_store.hpp"

#include <algorithm>

namespace walkout::store {
namespace {

using ballot::PaperFate;

PaperSerial serial_row(const Statement& row) { return {row.integer(0), row.id<ConstituencyId>(1), row.text(2), row.optional_instant(3)}; }

constexpr std::string_view return_columns =
    "SELECT r.position, r.serial, r.fate, r.received_at, r.recorded_at, r.recorded_by, r.batch, r.reason, r.transcribed FROM postal_return r ";

PaperReturn return_row(const Statement& row)
{
    return {.position = row.integer(0),
            .serial = row.integer(1),
            .fate = row.named<PaperFate>(2),
            .received_at = row.instant(3),
            .recorded_at = row.instant(4),
            .recorded_by = row.text(5),
            .batch = row.text(6),
            .reason = row.optional_text(7),
            .transcribed = row.boolean(8)};
}

/// Papers of a constituency that count, and meet the condition.
std::int64_t counting(const ReadTx& tx, const ConstituencyId& constituency, const std::string& condition)
{
    return tx
        .prepare("SELECT count(*) FROM postal_return r JOIN postal_serial s ON s.ballot = r.ballot AND s.serial = r.serial"
                 " WHERE s.constituency = ? AND r.fate = 'counts' AND " +
                 condition)
        .bind(constituency)
        .number();
}

std::int64_t count_of(const ReadTx& tx, const std::string& from, const BallotId& ballot)
{
    return tx.prepare("SELECT count(*) FROM " + from).bind(ballot).number();
}

} // namespace

void put_paper_request(WriteTx& tx, const BallotId& ballot, const PaperRequest& request)
{
    tx.prepare("INSERT INTO postal_request (ballot, number, asked_at, address) VALUES (?, ?, ?, ?)"
               " ON CONFLICT (ballot, number) DO UPDATE SET address = excluded.address")
        .bind(ballot, request.number, request.asked_at, request.address)
        .change_one_row();
}

std::map<std::string, PaperRequest> paper_requests(const ReadTx& tx, const BallotId& ballot)
{
    std::map<std::string, PaperRequest> out;
    for (const auto& row : tx.prepare("SELECT number, asked_at, address FROM postal_request WHERE ballot = ?").bind(ballot))
        out.emplace(row.text(0), PaperRequest{row.text(0), row.instant(1), row.optional_text(2)});
    return out;
}

void add_serial(WriteTx& tx, const BallotId& ballot, const PaperSerial& serial)
{
    tx.prepare("INSERT INTO postal_serial (ballot, serial, constituency, credential) VALUES (?, ?, ?, ?)")
        .bind(ballot, serial.serial, serial.constituency, serial.credential)
        .change_one_row();
}

std::vector<PaperSerial> serials(const ReadTx& tx, const BallotId& ballot)
{
    return tx.prepare("SELECT serial, constituency, credential, sent_at FROM postal_serial WHERE ballot = ? ORDER BY serial")
        .bind(ballot)
        .all(serial_row);
}

std::optional<PaperSerial> find_serial(const ReadTx& tx, const BallotId& ballot, std::int64_t serial)
{
    return tx.prepare("SELECT serial, constituency, credential, sent_at FROM postal_serial WHERE ballot = ? AND serial = ?")
        .bind(ballot, serial)
        .first(serial_row);
}

std::optional<std::int64_t> serial_of(const ReadTx& tx, const ConstituencyId& constituency, const std::string& credential)
{
    return tx.prepare("SELECT serial FROM postal_serial WHERE constituency = ? AND credential = ?")
        .bind(constituency, credential)
        .first([](const Statement& row) { return row.integer(0); });
}

void put_papers_issued(WriteTx& tx, const BallotId& ballot, Instant at, const std::string& by)
{
    tx.prepare("INSERT INTO postal_issued (ballot, at, by) VALUES (?, ?, ?)").bind(ballot, at, by).change_one_row();
}

bool papers_issued(const ReadTx& tx, const BallotId& ballot)
{
    return tx.prepare("SELECT 1 FROM postal_issued WHERE ballot = ?").bind(ballot).step();
}

bool put_paper_sent(WriteTx& tx, const BallotId& ballot, std::int64_t serial, Instant at)
{
    return tx.prepare("UPDATE postal_serial SET sent_at = ? WHERE ballot = ? AND serial = ? AND sent_at IS NULL").bind(at, ballot, serial).changes() >
           0;
}

std::int64_t papers_sent(const ReadTx& tx, const BallotId& ballot)
{
    return count_of(tx, "postal_serial WHERE ballot = ? AND sent_at IS NOT NULL", ballot);
}

void add_return(WriteTx& tx, const BallotId& ballot, const PaperReturn& paper)
{
    tx.prepare("INSERT INTO postal_return (ballot, position, serial, fate, received_at, recorded_at, recorded_by, batch)"
               " SELECT ?1, coalesce(max(position), 0) + 1, ?2, ?3, ?4, ?5, ?6, ?7 FROM postal_return WHERE ballot = ?1")
        .bind(ballot, paper.serial, paper.fate, paper.received_at, paper.recorded_at, paper.recorded_by, paper.batch)
        .change_one_row();
}

std::vector<PaperReturn> paper_returns(const ReadTx& tx, const BallotId& ballot)
{
    return tx.prepare(std::string(return_columns) + "WHERE r.ballot = ? ORDER BY r.position").bind(ballot).all(return_row);
}

std::int64_t papers_counting(const ReadTx& tx, const BallotId& ballot)
{
    return count_of(tx, "postal_return WHERE ballot = ? AND fate = 'counts'", ballot);
}

std::vector<PaperReturn> returns_in_batch(const ReadTx& tx, const BallotId& ballot, const std::string& batch)
{
    return tx.prepare(std::string(return_columns) + "WHERE r.ballot = ? AND r.batch = ? ORDER BY r.position").bind(ballot, batch).all(return_row);
}

std::vector<PaperReturn> returns_of(const ReadTx& tx, const BallotId& ballot, std::int64_t serial)
{
    return tx.prepare(std::string(return_columns) + "WHERE r.ballot = ? AND r.serial = ? ORDER BY r.position").bind(ballot, serial).all(return_row);
}

std::optional<PaperReturn> counting_paper(const ReadTx& tx, const ConstituencyId& constituency, const std::string& credential)
{
    return tx
        .prepare(std::string(return_columns) + "JOIN postal_serial s ON s.ballot = r.ballot AND s.serial = r.serial"
                                               " WHERE s.constituency = ? AND s.credential = ? AND r.fate = 'counts'")
        .bind(constituency, credential)
        .first(return_row);
}

void put_mistaken(WriteTx& tx, const BallotId& ballot, std::int64_t position, const std::string& reason)
{
    tx.prepare("UPDATE postal_return SET fate = 'mistaken', reason = ? WHERE ballot = ? AND position = ?")
        .bind(reason, ballot, position)
        .change_one_row();
}

void take_back_returned(WriteTx& tx, const BallotId& ballot, const std::string& number)
{
    tx.prepare("UPDATE roll_entry SET returned = 0 WHERE ballot = ? AND number = ? AND until IS NULL AND returned = 1")
        .bind(ballot, number)
        .change_one_row();
}

void put_transcribed(WriteTx& tx, const BallotId& ballot, std::int64_t serial, const std::string& first_keyer, const std::string& second_keyer)
{
    tx.prepare("UPDATE postal_return SET transcribed = 1 WHERE ballot = ? AND serial = ? AND fate = 'counts' AND transcribed = 0")
        .bind(ballot, serial)
        .change_one_row();
    tx.prepare("INSERT INTO postal_keyed (ballot, first, second, papers) VALUES (?, ?, ?, 1)"
               " ON CONFLICT (ballot, first, second) DO UPDATE SET papers = papers + 1")
        .bind(ballot, first_keyer, second_keyer)
        .change_one_row();
}

std::vector<PaperSerial> papers_to_transcribe(const ReadTx& tx, const BallotId& ballot)
{
    return tx
        .prepare("SELECT s.serial, s.constituency, s.credential, s.sent_at FROM postal_return r"
                 " JOIN postal_serial s ON s.ballot = r.ballot AND s.serial = r.serial"
                 " WHERE r.ballot = ? AND r.fate = 'counts' AND NOT r.transcribed ORDER BY s.serial")
        .bind(ballot)
        .all(serial_row);
}

std::int64_t papers_to_transcribe_in(const ReadTx& tx, const ConstituencyId& constituency) { return counting(tx, constituency, "NOT r.transcribed"); }

std::vector<KeyedPapers> keyed_papers(const ReadTx& tx, const BallotId& ballot)
{
    return tx.prepare("SELECT first, second, papers FROM postal_keyed WHERE ballot = ? ORDER BY first, second")
        .bind(ballot)
        .all([](const Statement& row) {
            return KeyedPapers{row.text(0), row.text(1), row.integer(2)};
        });
}

void put_post_finished(WriteTx& tx, const BallotId& ballot, Instant at, const std::string& by)
{
    tx.prepare("INSERT INTO postal_finished (ballot, at, by) VALUES (?, ?, ?)").bind(ballot, at, by).change_one_row();
}

bool post_finished(const ReadTx& tx, const BallotId& ballot)
{
    return tx.prepare("SELECT 1 FROM postal_finished WHERE ballot = ?").bind(ballot).step();
}

std::int64_t unpublished_papers(const ReadTx& tx, const ConstituencyId& constituency) { return counting(tx, constituency, "NOT r.published"); }

void publish_papers(WriteTx& tx, const ConstituencyId& constituency)
{
    tx.prepare("UPDATE postal_return SET published = 1 WHERE NOT published AND EXISTS (SELECT 1 FROM postal_serial s"
               " WHERE s.ballot = postal_return.ballot AND s.serial = postal_return.serial AND s.constituency = ?)")
        .bind(constituency)
        .run();
}

std::set<std::string> published_papers(const ReadTx& tx, const ConstituencyId& constituency)
{
    std::set<std::string> out;
    for (const auto& row : tx.prepare("SELECT s.credential FROM postal_return r JOIN postal_serial s ON s.ballot = r.ballot AND s.serial = r.serial"
                                      " WHERE s.constituency = ? AND r.fate = 'counts' AND r.published")
                               .bind(constituency))
        out.insert(row.text(0));
    return out;
}

ballot::PostalFigures postal_figures(const ReadTx& tx, const BallotId& ballot)
{
    ballot::PostalFigures out;
    out.asked = count_of(tx, "postal_request WHERE ballot = ?", ballot);
    out.numbered = count_of(tx, "postal_serial WHERE ballot = ?", ballot);
    out.sent = papers_sent(tx, ballot);
    for (const auto& paper : paper_returns(tx, ballot)) {
        switch (paper.fate) {
        case PaperFate::counts:
            ++out.returned_by_post;
            out.transcribed += paper.transcribed ? 1 : 0;
            break;
        case PaperFate::duplicate_online:
        case PaperFate::duplicate_paper: ++out.duplicates; break;
        case PaperFate::revoked: ++out.revoked; break;
        case PaperFate::unissued: ++out.unissued; break;
        case PaperFate::late: ++out.late; break;
        case PaperFate::mistaken: ++out.mistaken; break;
        }
    }
    out.returned_online = count_of(tx, "roll_entry WHERE ballot = ? AND until IS NULL AND returned", ballot) - out.returned_by_post;
    return out;
}

} // namespace walkout::store
