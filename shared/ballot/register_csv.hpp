#pragma once

#include "shared/base/names.hpp"
#include "shared/base/result.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace walkout::ballot {

/// The files a register is made of.
enum class RegisterKind { members, workplaces, employers, branches };
constexpr auto enum_names(RegisterKind)
{
    return std::to_array<std::pair<RegisterKind, std::string_view>>({{RegisterKind::members, "members"},
                                                                     {RegisterKind::workplaces, "workplaces"},
                                                                     {RegisterKind::employers, "employers"},
                                                                     {RegisterKind::branches, "branches"}});
}

struct RegisterColumn {
    std::string_view name;
    bool key = false;      ///< what makes a row the same row; always needed
    bool required = false; ///< may not be empty
    /// Brings a value that is not empty into its stored form, or says what is wrong: "is not an e-mail address".
    Result<std::string> (*check)(std::string_view value);
};

/// members: number,name,email,phone,branch,employer,workplace,category,joined,overseas,address · workplaces:
/// name,employer,address,postcode,latitude,longitude employers: name,email · branches: name
std::span<const RegisterColumn> register_columns(RegisterKind kind);

/// A row of the register in the order of register_columns, in stored form; empty where there is none.
using RegisterValues = std::vector<std::string>;

struct RegisterRow {
    std::int64_t number = 0;                        ///< as a spreadsheet counts: the header is row 1
    std::vector<std::optional<std::string>> values; ///< absent: the file has no such column, and what the register has stays
};
RegisterValues key_of(RegisterKind kind, const RegisterRow& row);              ///< the values of its key columns
RegisterValues merged(const RegisterRow& row, const RegisterValues& existing); ///< `existing` may be empty: a new row

std::string coordinate_text(double degrees); ///< the stored form of latitude and longitude

/// Something to tell about a row. In words: "row 17: email: is not an e-mail address".
struct RowNote {
    std::int64_t row = 0;
    std::string column;
    std::string what;
};
std::string sentence(const RowNote& note);

/// A register file as read. good.size() + rejected = rows.
struct RegisterFile {
    RegisterKind kind = RegisterKind::members;
    std::int64_t rows = 0; ///< without the header and empty rows
    std::int64_t rejected = 0;
    std::vector<RegisterRow> good;
    std::vector<RowNote> problems; ///< why rows were rejected; one row may have several
    std::vector<RowNote> warnings; ///< two members with one e-mail address, say
    std::vector<std::string> ignored_columns;
};

/// Reads UTF-8 CSV. `mapping` says which of the file's headers holds a column: {"number", "Membership No"}; otherwise a column is found
/// under its own name, in capitals or not. Employer and workplace come both or neither, as do latitude and longitude. Rows with one key
/// twice are all rejected: nobody but the union knows which is right. Refuses the whole file with malformed_csv, missing_column,
/// unknown_column (in the mapping) or doubled_column.
Result<RegisterFile> read_register(RegisterKind kind, std::string_view csv, const std::map<std::string, std::string>& mapping = {});

/// What an import did, or would do. added + changed + unchanged + rejected = rows.
struct ImportReport {
    RegisterKind kind = RegisterKind::members;
    bool dry_run = false;
    std::int64_t rows = 0;
    std::int64_t added = 0;
    std::int64_t changed = 0;
    std::int64_t unchanged = 0;
    std::int64_t rejected = 0;
    std::int64_t not_in_file = 0; ///< on the register and active, but not in this file
    std::int64_t left = 0;        ///< of these, marked as having left the union; only of a file that is the whole register
    std::vector<std::string> new_branches{};
    std::vector<std::string> new_employers{};
    std::vector<std::string> new_workplaces{}; ///< "employer, workplace"
    std::vector<std::string> new_categories{};
    std::vector<RowNote> problems{}; ///< the first 1000
    std::vector<RowNote> warnings{}; ///< the first 1000
    std::vector<std::string> ignored_columns{};
};

} // namespace walkout::ballot
