#include "client/cli/member_command.hpp"

#include "shared/ballot/csv.hpp"
#include "shared/wire/people_messages.hpp"

namespace walkout::cli {
namespace {

using ballot::RegisterKind;

struct Import {
    std::string file;
    std::vector<std::string> map; ///< "field=Header"
    bool dry_run = false;
    bool whole_register = false;
};

Result<std::map<std::string, std::string>> mapping_of(const std::vector<std::string>& entries)
{
    std::map<std::string, std::string> out;
    for (const auto& entry : entries) {
        const auto equals = entry.find('=');
        if (equals == std::string::npos || !out.emplace(entry.substr(0, equals), entry.substr(equals + 1)).second)
            return Refusal{Kind::malformed, "wrong_mapping", "\"" + entry + "\" does not say which header holds which field.",
                           "Write it once for each field, as in --map number=\"Membership No\"."};
    }
    return out;
}

std::string counted(std::int64_t count, const std::string& what)
{
    return "\n  " + std::string(8 - std::min<std::size_t>(7, std::to_string(count).size()), ' ') + std::to_string(count) + " " + what;
}

/// The first ten; --json has them all.
std::string listed(const std::string& label, const std::vector<std::string>& names)
{
    constexpr std::size_t shown = 10;
    std::string out;
    for (std::size_t i = 0; i < std::min(names.size(), shown); ++i) out += (out.empty() ? "\n" + label + ": " : "; ") + names[i];
    return names.size() <= shown ? out : out + " and " + std::to_string(names.size() - shown) + " more";
}

std::string report_words(const Terminal& terminal, const ballot::ImportReport& report)
{
    std::string out;
    for (const auto& note : report.problems) out += terminal.bad("rejected") + " " + sentence(note) + "\n";
    for (const auto& note : report.warnings) out += "warning  " + sentence(note) + "\n";
    out += terminal.bold(std::to_string(report.rows) + " rows of " + std::string(name(report.kind)) +
                         (report.dry_run ? ": what an import would do" : ""));
    out += counted(report.added, "added") + counted(report.changed, "changed") + counted(report.unchanged, "unchanged") +
           counted(report.rejected, "rejected");
    if (report.left > 0) out += counted(report.left, "not in the file: marked as having left");
    else if (report.not_in_file > 0) out += counted(report.not_in_file, "on the register but not in the file: they stay");
    out += listed("New branches", report.new_branches) + listed("New employers", report.new_employers) +
           listed("New workplaces", report.new_workplaces) + listed("New job categories", report.new_categories) +
           listed("Ignored columns", report.ignored_columns);
    return out + (report.dry_run ? "\nNothing was changed." : "");
}

/// Rows that were rejected are an error to a script, though the others were imported.
Result<Exit> import(Session& session, RegisterKind kind, const Import& import)
{
    const auto mapping = mapping_of(import.map);
    if (!mapping) return mapping.error();
    const auto file = read_file(import.file);
    if (!file) return file.error();
    auto csv = ballot::decode_text(*file);
    if (!csv) return csv.error();
    const auto api = session.api();
    if (!api) return api.error();
    const wire::ImportRegister message{
        .csv = *std::move(csv), .mapping = *mapping, .dry_run = import.dry_run, .whole_register = import.whole_register};
    const auto report = (*api)->post<ballot::ImportReport>("/api/v1/register/" + std::string(name(kind)), message);
    if (!report) return report.error();
    session.show(wire::to_json(*report), report_words(session.terminal(), *report));
    return report->rejected == 0 ? Exit::done : Exit::error;
}

void add_import(Command app, Session& session, RegisterKind kind, const std::string& noun)
{
    auto group = app.add_subcommand(noun, "The register's " + std::string(name(kind)));
    group.require_subcommand();
    std::string columns;
    for (const auto& column : ballot::register_columns(kind)) columns += (columns.empty() ? "" : ",") + std::string(column.name);
    auto command = group.add_subcommand("import", "Import a CSV file as a difference. Columns: " + columns);
    const auto what = value<Import>();
    command.add_option("file", what->file, "CSV: UTF-8, UTF-16 or Windows-1252").required();
    command.add_option("--map", what->map, "field=Header, where the file's header differs from the field's name; may be repeated");
    command.add_flag("--dry-run", what->dry_run, "say what would change, and change nothing");
    if (kind == RegisterKind::members)
        command.add_flag("--whole-register", what->whole_register, "the file has every member: mark who is not in it as having left");
    on_run(command, session, [&session, kind, what] { return import(session, kind, *what); });
}

} // namespace

void add_member_commands(Command app, Session& session)
{
    add_import(app, session, RegisterKind::members, "member");
    add_import(app, session, RegisterKind::workplaces, "workplace");
    add_import(app, session, RegisterKind::employers, "employer");
    add_import(app, session, RegisterKind::branches, "branch");
}

} // namespace walkout::cli
