#include "server/store/register_store.hpp"

namespace walkout::store {
namespace {

std::string or_empty(const Statement& row, int column) { return row.text(column); } // NULL reads as empty text
std::optional<std::string> or_null(const std::string& text) { return text.empty() ? std::nullopt : std::optional(text); }

bool exists(const ReadTx& tx, std::string_view sql, const std::string& name) { return tx.prepare(sql).bind(name).number() != 0; }

Employer employer(const Statement& row) { return {.name = row.text(0), .email = or_empty(row, 1)}; }

Workplace workplace(const Statement& row)
{
    return {.employer = row.text(0),
            .name = row.text(1),
            .address = or_empty(row, 2),
            .postcode = or_empty(row, 3),
            .latitude = row.optional_real(4),
            .longitude = row.optional_real(5)};
}

const std::string member_columns =
    "SELECT number, name, email, phone, branch, employer, workplace, category, joined, overseas, active, address FROM member ";

Member member(const Statement& row)
{
    return {.number = row.text(0),
            .name = row.text(1),
            .email = or_empty(row, 2),
            .phone = or_empty(row, 3),
            .branch = row.text(4),
            .employer = or_empty(row, 5),
            .workplace = or_empty(row, 6),
            .category = or_empty(row, 7),
            .joined = row.optional_date(8),
            .overseas = row.boolean(9),
            .active = row.boolean(10),
            .address = or_empty(row, 11)};
}

} // namespace

std::optional<Member> find_member(const ReadTx& tx, const std::string& number)
{
    return tx.prepare(member_columns + "WHERE number = ?").bind(number).first(member);
}

std::vector<Member> members_of_branch_called(const ReadTx& tx, const std::string& branch, const std::string& letters, std::int64_t limit)
{
    return tx.prepare(member_columns + "WHERE branch = ? AND active = 1 AND instr(lower(name), lower(?)) > 0 ORDER BY name, number LIMIT ?")
        .bind(branch, letters, limit)
        .all(member);
}

std::vector<Workplace> workplaces_of_branch(const ReadTx& tx, const std::string& branch)
{
    return tx
        .prepare("SELECT w.employer, w.name, w.address, w.postcode, w.latitude, w.longitude FROM workplace w WHERE EXISTS (SELECT 1 FROM member m"
                 " WHERE m.branch = ? AND m.active = 1 AND m.employer = w.employer AND m.workplace = w.name) ORDER BY w.employer, w.name")
        .bind(branch)
        .all(workplace);
}

std::optional<Employer> find_employer(const ReadTx& tx, const std::string& name)
{
    return tx.prepare("SELECT name, email FROM employer WHERE name = ?").bind(name).first(employer);
}

std::optional<Workplace> find_workplace(const ReadTx& tx, const std::string& employer_name, const std::string& name)
{
    return tx.prepare("SELECT employer, name, address, postcode, latitude, longitude FROM workplace WHERE employer = ? AND name = ?")
        .bind(employer_name, name)
        .first(workplace);
}

bool branch_exists(const ReadTx& tx, const std::string& name) { return exists(tx, "SELECT count(*) FROM branch WHERE name = ?", name); }
bool category_exists(const ReadTx& tx, const std::string& name) { return exists(tx, "SELECT count(*) FROM category WHERE name = ?", name); }

std::vector<std::string> branches(const ReadTx& tx)
{
    return tx.prepare("SELECT name FROM branch ORDER BY name").all([](const Statement& row) { return row.text(0); });
}

std::vector<Employer> employers(const ReadTx& tx) { return tx.prepare("SELECT name, email FROM employer ORDER BY name").all(employer); }

std::vector<Workplace> workplaces(const ReadTx& tx)
{
    return tx.prepare("SELECT employer, name, address, postcode, latitude, longitude FROM workplace ORDER BY employer, name").all(workplace);
}

std::vector<ballot::Candidate> register_candidates(const ReadTx& tx)
{
    return tx.prepare("SELECT number, branch, employer, workplace, category, joined, overseas FROM member WHERE active = 1 ORDER BY number")
        .all([](const Statement& row) {
            return ballot::Candidate{.number = row.text(0),
                                     .branch = row.text(1),
                                     .employer = or_empty(row, 2),
                                     .workplace = or_empty(row, 3),
                                     .category = or_empty(row, 4),
                                     .joined = row.optional_date(5),
                                     .overseas = row.boolean(6)};
        });
}

std::int64_t active_members(const ReadTx& tx) { return tx.prepare("SELECT count(*) FROM member WHERE active = 1").number(); }

std::int64_t active_members_of_branch(const ReadTx& tx, const std::string& branch)
{
    return tx.prepare("SELECT count(*) FROM member WHERE active = 1 AND branch = ?").bind(branch).number();
}

void put_branch(WriteTx& tx, const std::string& name) { tx.prepare("INSERT INTO branch (name) VALUES (?) ON CONFLICT DO NOTHING").bind(name).run(); }
void put_category(WriteTx& tx, const std::string& name)
{
    tx.prepare("INSERT INTO category (name) VALUES (?) ON CONFLICT DO NOTHING").bind(name).run();
}

void put_employer(WriteTx& tx, const Employer& employer)
{
    tx.prepare("INSERT INTO employer (name, email) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET email = excluded.email")
        .bind(employer.name, or_null(employer.email))
        .run();
}

void put_workplace(WriteTx& tx, const Workplace& workplace)
{
    tx.prepare("INSERT INTO workplace (employer, name, address, postcode, latitude, longitude) VALUES (?, ?, ?, ?, ?, ?) "
               "ON CONFLICT (employer, name) DO UPDATE SET address = excluded.address, postcode = excluded.postcode, "
               "latitude = excluded.latitude, longitude = excluded.longitude")
        .bind(workplace.employer, workplace.name, or_null(workplace.address), or_null(workplace.postcode), workplace.latitude, workplace.longitude)
        .run();
}

void put_member(WriteTx& tx, const Member& member)
{
    tx.prepare("INSERT INTO member (number, name, email, phone, branch, employer, workplace, category, joined, overseas, active, address) "
               "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
               "ON CONFLICT (number) DO UPDATE SET name = excluded.name, email = excluded.email, phone = excluded.phone, branch = "
               "excluded.branch, "
               "employer = excluded.employer, workplace = excluded.workplace, category = excluded.category, joined = excluded.joined, "
               "overseas = excluded.overseas, active = excluded.active, address = excluded.address")
        .bind(member.number, member.name, or_null(member.email), or_null(member.phone), member.branch, or_null(member.employer),
              or_null(member.workplace), or_null(member.category), member.joined, member.overseas, member.active, or_null(member.address))
        .run();
}

std::vector<std::string> active_numbers(const ReadTx& tx)
{
    return tx.prepare("SELECT number FROM member WHERE active = 1 ORDER BY number").all([](const Statement& row) { return row.text(0); });
}

void mark_left(WriteTx& tx, const std::string& number)
{
    tx.prepare("UPDATE member SET active = 0 WHERE number = ? AND active = 1").bind(number).change_one_row();
}

std::int64_t register_version(const ReadTx& tx) { return tx.prepare("SELECT version FROM register_version").number(); }

std::int64_t advance_register(WriteTx& tx)
{
    tx.prepare("UPDATE register_version SET version = version + 1").change_one_row();
    return register_version(tx);
}

} // namespace walkout::store
