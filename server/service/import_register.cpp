#include "server/service/import_register.hpp"

#include "server/service/audit.hpp"
#include "server/store/register_rows.hpp"
#include "shared/crypto/hash.hpp"

#include <algorithm>
#include <set>

namespace walkout::service {
namespace {

using ballot::RegisterKind;

constexpr std::size_t most_notes = 1000;

std::vector<ballot::RowNote> first_notes(std::vector<ballot::RowNote> notes)
{
    if (notes.size() > most_notes) notes.resize(most_notes);
    return notes;
}

const std::string& value(RegisterKind kind, const ballot::RegisterValues& row, std::string_view column)
{
    static const std::string none;
    const auto columns = ballot::register_columns(kind);
    const auto found = std::ranges::find(columns, column, &ballot::RegisterColumn::name);
    return found == columns.end() ? none : row.at(static_cast<std::size_t>(found - columns.begin()));
}

/// What rows name that the register does not have yet.
class Newcomers {
public:
    Newcomers(const store::ReadTx& tx, RegisterKind kind) : tx_(tx), kind_(kind) {}

    void meet(const ballot::RegisterValues& row)
    {
        if (kind_ == RegisterKind::members) {
            note(branches_, value(kind_, row, "branch"), [&](const auto& name) { return store::branch_exists(tx_, name); });
            note(categories_, value(kind_, row, "category"), [&](const auto& name) { return store::category_exists(tx_, name); });
            const std::pair workplace{value(kind_, row, "employer"), value(kind_, row, "workplace")};
            if (!workplace.second.empty() && !workplaces_.contains(workplace) && !store::find_workplace(tx_, workplace.first, workplace.second))
                workplaces_.insert(workplace);
        }
        if (kind_ == RegisterKind::members || kind_ == RegisterKind::workplaces)
            note(employers_, value(kind_, row, "employer"), [&](const auto& name) { return store::find_employer(tx_, name).has_value(); });
    }

    void report(PreparedImport& out) const
    {
        out.report.new_branches.assign(branches_.begin(), branches_.end());
        out.report.new_categories.assign(categories_.begin(), categories_.end());
        out.report.new_employers.assign(employers_.begin(), employers_.end());
        for (const auto& [employer, name] : workplaces_) {
            out.report.new_workplaces.push_back(employer + ", " + name);
            out.workplaces.push_back({employer, name});
        }
    }

private:
    template <class Known> static void note(std::set<std::string>& names, const std::string& name, Known known)
    {
        if (!name.empty() && !names.contains(name) && !known(name)) names.insert(name);
    }

    const store::ReadTx& tx_;
    RegisterKind kind_;
    std::set<std::string> branches_;
    std::set<std::string> categories_;
    std::set<std::string> employers_;
    std::set<std::pair<std::string, std::string>> workplaces_;
};

void compare(const store::ReadTx& tx, const ballot::RegisterFile& file, PreparedImport& out)
{
    Newcomers newcomers(tx, file.kind);
    std::int64_t present = 0;
    for (const auto& row : file.good) {
        const auto existing = store::find_register_row(tx, file.kind, key_of(file.kind, row));
        auto values = merged(row, existing.value_or(ballot::RegisterValues{}));
        present += existing ? 1 : 0;
        if (existing == values) {
            ++out.report.unchanged;
            continue;
        }
        ++(existing ? out.report.changed : out.report.added);
        newcomers.meet(values);
        out.rows.push_back(std::move(values));
    }
    newcomers.report(out);
    out.report.not_in_file = store::register_rows(tx, file.kind) - present;
}

/// A rejected row's member has not left: they are in the file, if badly. Without a readable number nobody can tell who that is.
Result<std::vector<std::string>> find_leavers(const store::ReadTx& tx, const ballot::RegisterFile& file)
{
    if (file.rejected != 0)
        return Refusal{Kind::invalid, "whole_register_has_problems",
                       "The file is to be the whole register, but " + std::to_string(file.rejected) + " of its rows are rejected.",
                       "Correct them first, or import without saying that it is the whole register."};
    std::set<std::string> present;
    for (const auto& row : file.good) present.insert(*row.values.front());
    auto numbers = store::active_numbers(tx);
    std::erase_if(numbers, [&](const std::string& number) { return present.contains(number); });
    return numbers;
}

} // namespace

Result<PreparedImport> prepare_import(const store::ReadTx& tx, const RegisterImport& import)
{
    if (import.whole_register && import.kind != RegisterKind::members)
        return Refusal{Kind::invalid, "not_members", "Only a file of members can be the whole register."};
    auto file = ballot::read_register(import.kind, import.csv, import.mapping);
    if (!file) return file.error();
    PreparedImport out{.report = {.kind = import.kind, .dry_run = import.dry_run, .rows = file->rows, .rejected = file->rejected},
                       .rows = {},
                       .leavers = {},
                       .workplaces = {},
                       .csv_hash = hex(sha256(import.csv)),
                       .register_version = store::register_version(tx)};
    compare(tx, *file, out);
    if (import.whole_register) {
        auto leavers = find_leavers(tx, *file);
        if (!leavers) return leavers.error();
        out.leavers = *std::move(leavers);
        out.report.left = static_cast<std::int64_t>(out.leavers.size());
    }
    out.report.problems = first_notes(std::move(file->problems));
    out.report.warnings = first_notes(std::move(file->warnings));
    out.report.ignored_columns = std::move(file->ignored_columns);
    return out;
}

Result<ballot::ImportReport> apply_import(store::WriteTx& tx, const Context& context, const PreparedImport& prepared)
{
    const auto& report = prepared.report;
    if (report.dry_run || (prepared.rows.empty() && prepared.leavers.empty())) return report;
    if (store::register_version(tx) != prepared.register_version)
        return Refusal{Kind::conflict, "register_changed", "The register was changed while this file was being read.",
                       "Import it again; nothing of it was applied."};
    for (const auto& name : report.new_branches) store::put_branch(tx, name);
    for (const auto& name : report.new_categories) store::put_category(tx, name);
    for (const auto& name : report.new_employers) store::put_employer(tx, {.name = name});
    for (const auto& workplace : prepared.workplaces) store::put_workplace(tx, {.employer = workplace[0], .name = workplace[1]});
    for (const auto& row : prepared.rows) store::put_register_row(tx, report.kind, row);
    for (const auto& number : prepared.leavers) store::mark_left(tx, number);
    const auto version = store::advance_register(tx);
    record_audit(tx, context, {}, "register_import", std::string(name(report.kind)),
                 {{"version", std::to_string(version)},
                  {"rows", std::to_string(report.rows)},
                  {"added", std::to_string(report.added)},
                  {"changed", std::to_string(report.changed)},
                  {"unchanged", std::to_string(report.unchanged)},
                  {"rejected", std::to_string(report.rejected)},
                  {"left", std::to_string(report.left)},
                  {"sha256", prepared.csv_hash}});
    return report;
}

} // namespace walkout::service
