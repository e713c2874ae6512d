#include "server/store/roll_store.hpp"

#include <algorithm>

namespace walkout::store {
namespace {

constexpr std::string_view line_columns =
    "SELECT number, constituency, branch, employer, workplace, category, overseas, credential, returned FROM roll_entry ";

RollLine line(const Statement& row)
{
    return {.number = row.text(0),
            .constituency = row.id<ConstituencyId>(1),
            .branch = row.text(2),
            .employer = row.text(3),
            .workplace = row.text(4),
            .category = row.text(5),
            .overseas = row.boolean(6),
            .credential = row.optional_text(7),
            .returned = row.boolean(8)};
}

RollRevision revision_row(const Statement& row) { return {row.integer(0), row.array<32>(1), row.text(2), row.instant(3), row.text(4)}; }

std::map<std::string, std::string> constituency_ids(const ReadTx& tx, const BallotId& ballot)
{
    std::map<std::string, std::string> ids;
    for (const auto& row : tx.prepare("SELECT name, id FROM constituency WHERE ballot = ?").bind(ballot)) ids[row.text(0)] = row.text(1);
    return ids;
}

struct Kept { ///< what stays with a member from one revision to the next
    std::optional<std::string> credential;
    bool returned = false;
};

/// Ends the member's line in force, if any.
Kept end_line(WriteTx& tx, const BallotId& ballot, const std::string& number, std::int64_t until)
{
    const auto kept = tx.prepare("SELECT credential, returned FROM roll_entry WHERE ballot = ? AND number = ? AND until IS NULL")
                          .bind(ballot, number)
                          .first([](const Statement& row) {
                              return Kept{row.optional_text(0), row.boolean(1)};
                          });
    if (!kept) return {};
    tx.prepare("UPDATE roll_entry SET until = ? WHERE ballot = ? AND number = ? AND until IS NULL").bind(until, ballot, number).change_one_row();
    return *kept;
}

} // namespace

void put_roll(WriteTx& tx, const BallotId& ballot, const ballot::Roll& next, const std::string& reason, Instant made_at, const std::string& made_by)
{
    const auto before = roll(tx, ballot);
    if (next.revision != before.revision + 1) throw std::logic_error("put_roll: revisions follow one another");
    tx.prepare("INSERT INTO roll_revision (ballot, revision, hash, reason, made_at, made_by) VALUES (?, ?, ?, ?, ?, ?)")
        .bind(ballot, next.revision, ballot::roll_hash(ballot, next), reason, made_at, made_by)
        .change_one_row();

    std::vector<ballot::RollEntry> gone, come; // both lists are sorted by number, which compares first
    std::ranges::set_difference(before.entries, next.entries, std::back_inserter(gone));
    std::ranges::set_difference(next.entries, before.entries, std::back_inserter(come));
    const auto ids = constituency_ids(tx, ballot);
    std::map<std::string, Kept> kept;
    for (const auto& entry : gone) kept[entry.number] = end_line(tx, ballot, entry.number, next.revision);
    auto insert = tx.prepare("INSERT INTO roll_entry (ballot, number, since, constituency, branch, employer, workplace, category, "
                             "overseas, credential, returned)"
                             " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (const auto& entry : come) {
        const auto& own = kept[entry.number];
        insert
            .bind(ballot, entry.number, next.revision, ids.at(entry.constituency), entry.branch, entry.employer, entry.workplace, entry.category,
                  entry.overseas, own.credential, own.returned)
            .change_one_row();
    }
}

void put_exclusions(WriteTx& tx, const BallotId& ballot, const std::vector<ballot::Exclusion>& exclusions)
{
    auto insert = tx.prepare("INSERT INTO roll_exclusion (ballot, number, reason) VALUES (?, ?, ?)");
    for (const auto& exclusion : exclusions) insert.bind(ballot, exclusion.number, exclusion.reason).change_one_row();
}

std::vector<RollRevision> revisions(const ReadTx& tx, const BallotId& ballot)
{
    return tx.prepare("SELECT revision, hash, reason, made_at, made_by FROM roll_revision WHERE ballot = ? ORDER BY revision")
        .bind(ballot)
        .all(revision_row);
}

std::optional<RollRevision> latest_revision(const ReadTx& tx, const BallotId& ballot)
{
    return tx.prepare("SELECT revision, hash, reason, made_at, made_by FROM roll_revision WHERE ballot = ? ORDER BY revision DESC LIMIT 1")
        .bind(ballot)
        .first(revision_row);
}

ballot::Roll roll(const ReadTx& tx, const BallotId& ballot, std::optional<std::int64_t> revision)
{
    const auto latest = latest_revision(tx, ballot);
    if (!latest) return {0, {}};
    const auto wanted = revision.value_or(latest->revision);
    auto entries = tx.prepare("SELECT e.number, c.name, e.branch, e.employer, e.workplace, e.category, e.overseas FROM roll_entry e"
                              " JOIN constituency c ON c.id = e.constituency"
                              " WHERE e.ballot = ? AND e.since <= ? AND (e.until IS NULL OR e.until > ?) ORDER BY e.number")
                       .bind(ballot, wanted, wanted)
                       .all([](const Statement& row) {
                           return ballot::RollEntry{row.text(0), row.text(1), row.text(2), row.text(3), row.text(4), row.text(5), row.boolean(6)};
                       });
    return {wanted, std::move(entries)};
}

std::vector<std::string> roll_employers(const ReadTx& tx, const BallotId& ballot)
{
    return tx.prepare("SELECT DISTINCT employer FROM roll_entry WHERE ballot = ? AND until IS NULL ORDER BY employer")
        .bind(ballot)
        .all([](const Statement& row) { return row.text(0); });
}

std::vector<std::string> constituency_employers(const ReadTx& tx, const ConstituencyId& constituency)
{
    return tx.prepare("SELECT DISTINCT employer FROM roll_entry WHERE constituency = ? AND until IS NULL ORDER BY employer")
        .bind(constituency)
        .all([](const Statement& row) { return row.text(0); });
}

std::map<std::string, std::int64_t> exclusion_counts(const ReadTx& tx, const BallotId& ballot)
{
    std::map<std::string, std::int64_t> counts;
    for (const auto& row : tx.prepare("SELECT reason, count(*) FROM roll_exclusion WHERE ballot = ? GROUP BY reason").bind(ballot))
        counts[row.text(0)] = row.integer(1);
    return counts;
}

std::optional<RollLine> roll_line(const ReadTx& tx, const BallotId& ballot, const std::string& number)
{
    return tx.prepare(std::string(line_columns) + "WHERE ballot = ? AND number = ? AND until IS NULL").bind(ballot, number).first(line);
}

std::optional<RollLine> roll_line_of_credential(const ReadTx& tx, const ConstituencyId& constituency, const std::string& credential)
{
    return tx.prepare(std::string(line_columns) + "WHERE constituency = ? AND credential = ? AND until IS NULL")
        .bind(constituency, credential)
        .first(line);
}

bool was_on_roll(const ReadTx& tx, const BallotId& ballot, const std::string& number)
{
    return tx.prepare("SELECT count(*) FROM roll_entry WHERE ballot = ? AND number = ?").bind(ballot, number).number() > 0;
}

std::optional<std::string> exclusion_reason(const ReadTx& tx, const BallotId& ballot, const std::string& number)
{
    return tx.prepare("SELECT reason FROM roll_exclusion WHERE ballot = ? AND number = ?").bind(ballot, number).first([](const Statement& row) {
        return row.text(0);
    });
}

std::vector<RollLine> roll_lines(const ReadTx& tx, const BallotId& ballot, const std::string& after_number, std::size_t limit)
{
    return tx.prepare(std::string(line_columns) + "WHERE ballot = ? AND until IS NULL AND number > ? ORDER BY number LIMIT ?")
        .bind(ballot, after_number, limit)
        .all(line);
}

void put_credential(WriteTx& tx, const BallotId& ballot, const std::string& number, const std::string& credential)
{
    tx.prepare("UPDATE roll_entry SET credential = ? WHERE ballot = ? AND number = ? AND until IS NULL")
        .bind(credential, ballot, number)
        .change_one_row();
}

void put_returned(WriteTx& tx, const BallotId& ballot, const std::string& number)
{
    tx.prepare("UPDATE roll_entry SET returned = 1 WHERE ballot = ? AND number = ? AND until IS NULL AND returned = 0")
        .bind(ballot, number)
        .change_one_row();
}

std::int64_t returned_count(const ReadTx& tx, const ConstituencyId& constituency)
{
    return tx.prepare("SELECT count(*) FROM roll_entry WHERE constituency = ? AND until IS NULL AND returned").bind(constituency).number();
}

ConstituencyFigures figures(const ReadTx& tx, const ConstituencyId& constituency)
{
    return tx.prepare("SELECT count(*) - total(overseas), total(overseas) FROM roll_entry WHERE constituency = ? AND until IS NULL")
        .bind(constituency)
        .first([](const Statement& row) {
            return ConstituencyFigures{row.integer(0), row.integer(1)};
        })
        .value();
}

std::vector<ballot::TurnoutAtom> turnout_atoms(const ReadTx& tx, const BallotId& ballot, const std::function<bool(const RollLine&)>& published)
{
    std::map<std::string, std::string> names;
    for (const auto& [name, id] : constituency_ids(tx, ballot)) names[id] = name;
    std::map<std::tuple<std::string, std::string, std::string>, ballot::TurnoutAtom> atoms;
    for (const auto& row : tx.prepare(std::string(line_columns) + "WHERE ballot = ? AND until IS NULL").bind(ballot)) {
        const auto one = line(row);
        // Two employers may both have a "Head Office", and overseas members of a workplace vote in another constituency.
        const auto workplace = one.employer + ", " + one.workplace + (one.overseas ? " (overseas members)" : "");
        const auto& constituency = names.at(one.constituency.text());
        auto& atom = atoms.try_emplace({constituency, one.branch, workplace}, ballot::TurnoutAtom{constituency, one.branch, workplace}).first->second;
        ++atom.entitled;
        atom.returned += one.returned && published(one) ? 1 : 0;
    }
    std::vector<ballot::TurnoutAtom> out;
    for (auto& [key, atom] : atoms) out.push_back(std::move(atom));
    return out;
}

} // namespace walkout::store
