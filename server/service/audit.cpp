#include "server/service/audit.hpp"

namespace walkout::service {
namespace {

/// A JSON string. Only what JSON says must be escaped is, so that one text has one form and one hash.
std::string json_string(std::string_view text)
{
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') (out += '\\') += c;
        else if (static_cast<unsigned char>(c) < 0x20) (out += "\\u00") += hex(ByteView(reinterpret_cast<const std::uint8_t*>(&c), 1));
        else out += c;
    }
    return out + "\"";
}

std::string json_object(std::initializer_list<AuditDetail> details)
{
    std::string out = "{";
    for (const auto& [key, value] : details) out += (out.size() > 1 ? "," : "") + json_string(key) + ":" + json_string(value);
    return out + "}";
}

} // namespace

store::AuditHead record_audit(store::WriteTx& tx, const Context& context, std::optional<ballot::Role> role, std::string action, std::string subject,
                              std::initializer_list<AuditDetail> details)
{
    return store::append_audit(tx, {.as_at = context.ballot_now,
                                    .recorded_at = context.machine_now,
                                    .actor = context.caller.number.empty() ? "job" : context.caller.number,
                                    .role = role ? std::string(name(*role)) : std::string(),
                                    .action = std::move(action),
                                    .subject = std::move(subject),
                                    .details = json_object(details)});
}

} // namespace walkout::service
