#pragma once

#include "server/store/sqlite.hpp"
#include "shared/ballot/register_csv.hpp"
#include "shared/ballot/roll.hpp"

namespace walkout::store {

struct Member {
    std::string number;
    std::string name{};
    std::string email{}; ///< texts are empty where the register has none
    std::string phone{};
    std::string branch{};
    std::string employer{};
    std::string workplace{}; ///< of that employer
    std::string category{};
    std::optional<Date> joined{};
    bool overseas = false;
    bool active = true;    ///< false: has left the union
    std::string address{}; ///< where letters go, on one line; may be empty
};
struct Employer {
    std::string name{};
    std::string email{}; ///< where notices go; may be empty
};
struct Workplace {
    std::string employer{};
    std::string name{};
    std::string address{};
    std::string postcode{};
    std::optional<double> latitude{}; ///< WGS 84 degrees; both or neither
    std::optional<double> longitude{};
};

std::optional<Member> find_member(const ReadTx& tx, const std::string& number); ///< also one who has left
std::optional<Employer> find_employer(const ReadTx& tx, const std::string& name);
std::optional<Workplace> find_workplace(const ReadTx& tx, const std::string& employer, const std::string& name);
bool branch_exists(const ReadTx& tx, const std::string& name);

// Sorted by name (workplaces by employer first).
std::vector<std::string> branches(const ReadTx& tx);
std::vector<Employer> employers(const ReadTx& tx);
std::vector<Workplace> workplaces(const ReadTx& tx);

/// Every active member as a ballot's roll is frozen from, sorted by number.
std::vector<ballot::Candidate> register_candidates(const ReadTx& tx);
std::int64_t active_members(const ReadTx& tx);
std::int64_t active_members_of_branch(const ReadTx& tx, const std::string& branch);

/// Where active members of a branch work, sorted as workplaces().
std::vector<Workplace> workplaces_of_branch(const ReadTx& tx, const std::string& branch);
/// Active members of a branch with these letters in their name, sorted by name; at most `limit`.
std::vector<Member> members_of_branch_called(const ReadTx& tx, const std::string& branch, const std::string& letters, std::int64_t limit);

// Each adds the row, or replaces the one with its key. What it names must exist.
void put_branch(WriteTx& tx, const std::string& name);
void put_category(WriteTx& tx, const std::string& name);
void put_employer(WriteTx& tx, const Employer& employer);
void put_workplace(WriteTx& tx, const Workplace& workplace);
void put_member(WriteTx& tx, const Member& member);
bool category_exists(const ReadTx& tx, const std::string& name);

std::vector<std::string> active_numbers(const ReadTx& tx); ///< sorted
void mark_left(WriteTx& tx, const std::string& number);
std::int64_t register_version(const ReadTx& tx);
std::int64_t advance_register(WriteTx& tx); ///< the new version

} // namespace walkout::store
