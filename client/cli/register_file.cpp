#include "client/cli/register_file.hpp"

#include "client/cli/archive_file.hpp"
#include "shared/protocol/register.hpp"

namespace walkout::cli {
namespace {

using protocol::RegisterCheck;

protocol::RegisterVerification verified(const std::string& json, protocol::ArchiveReader::Source archive)
{
    auto reg = protocol::parse_register(json);
    if (!reg) return {.failure = protocol::RegisterFailure{RegisterCheck::form, reg.error().detail}, .entitled = 0, .spares = 0, .changes = {}};
    return protocol::verify_register(std::move(archive), *std::move(reg));
}

std::string figures_of(const protocol::RegisterVerification& v)
{
    const auto changed = [&](ballot::CodeChange kind) {
        const auto found = v.changes.find(kind);
        return std::to_string(found == v.changes.end() ? 0 : found->second);
    };
    using enum ballot::CodeChange;
    return std::to_string(v.entitled) + " credentials are live for as many people entitled; " + changed(replace) + " replaced, " + changed(activate) +
           " late, " + changed(revoke) + " withdrawn, of " + std::to_string(v.spares) + " spares";
}

} // namespace

Result<bool> fetch_register(Session& session, const ConstituencyId& constituency, const std::string& archive, const std::filesystem::path& file)
{
    const auto api = session.api();
    if (!api) return api.error();
    const auto json = (*api)->get_text("/api/v1/constituencies/" + segment(constituency.text()) + "/register");
    if (!json && json.error().code == "register_not_published") return false;
    if (!json) return json.error();
    if (const auto failure = verified(*json, protocol::ArchiveReader::from(archive)).failure)
        return Refusal{Kind::invalid, "register_rejected",
                       "The register of " + constituency.text() + " fails the check " + std::string(name(failure->check)) + ": " + failure->why + ".",
                       "It was not written. Fetch again; if that does not help, tell the scrutineer."};
    write_private(file, *json + "\n");
    return true;
}

Result<void> add_register_checks(wire::ArchiveReport& report, const std::filesystem::path& archive, const std::filesystem::path& register_file)
{
    auto json = read_file(register_file);
    if (!json) return json.error();
    if (json->ends_with('\n')) json->pop_back();
    const bool reached = report.valid;
    std::optional<protocol::RegisterVerification> v;
    if (reached) {
        auto source = file_source(archive);
        if (!source) return source.error();
        v = verified(*json, *std::move(source));
    }
    for (const auto& [check, check_name] : enum_names(RegisterCheck{})) {
        wire::CheckLine line{std::string(check_name), "not_reached", std::string(protocol::meaning(check))};
        if (v && v->failure && v->failure->check == check) {
            line = {line.check, "failed", v->failure->why};
            report.valid = false;
            report.failed_check = line.check;
            report.why = v->failure->why;
        } else if (v && (!v->failure || check == RegisterCheck::form)) { // the others are interleaved: one failure leaves them open
            line.outcome = "passed";
            if (check == RegisterCheck::entitled) line.meaning = figures_of(*v);
        }
        report.checks.push_back(std::move(line));
    }
    return {};
}

} // namespace walkout::cli
