#include "server/service/enrol_official.hpp"

#include "server/service/audit.hpp"
#include "shared/ballot/register_csv.hpp"
#include "shared/crypto/totp.hpp"

namespace walkout::service {
namespace {

Refusal refuse(Kind kind, std::string code, std::string detail, std::string next = {})
{
    return {kind, std::move(code), std::move(detail), std::move(next)};
}

/// The register's own checks: an official's number, name and address are of the same kind as a member's.
Result<void> check_particulars(const Enrolment& enrolment)
{
    const std::pair<std::string_view, const std::string*> values[] = {
        {"number", &enrolment.number}, {"name", &enrolment.name}, {"email", &enrolment.email}};
    for (const auto& column : ballot::register_columns(ballot::RegisterKind::members))
        for (const auto& [name, value] : values) {
            if (column.name != name) continue;
            if (value->empty()) return refuse(Kind::invalid, "wrong_particulars", "The official's " + std::string(name) + " is missing.");
            if (const auto checked = column.check(*value); !checked)
                return refuse(Kind::invalid, "wrong_particulars", "The official's " + std::string(name) + " " + checked.error().detail + ".");
        }
    return {};
}

Result<void> check_scope(const ballot::Office& office)
{
    const bool needs_branch = office.role == ballot::Role::co_chair;
    if (needs_branch && office.scope.empty())
        return refuse(Kind::invalid, "wrong_scope", "A co-chair's office needs a branch.", "Say which with --scope BRANCH.");
    if (!needs_branch && !office.scope.empty())
        return refuse(Kind::invalid, "wrong_scope", "This office is of the whole union.", "Leave --scope out.");
    return {};
}

Result<void> add_to(store::WriteTx& tx, const store::Official& official, const Enrolment& enrolment)
{
    if (official.name != enrolment.name || official.email != enrolment.email || official.signing_key != enrolment.signing_key)
        return refuse(Kind::conflict, "official_differs",
                      "An official " + official.number + " is enrolled with another name, e-mail address or signing key.",
                      "Give the same particulars to add an office.");
    if (std::ranges::find(official.offices, enrolment.office) != official.offices.end())
        return refuse(Kind::conflict, "office_held", "Official " + official.number + " holds this office already.");
    store::add_office(tx, official.number, enrolment.office);
    return {};
}

} // namespace

Result<Enrolled> enrol_official(store::WriteTx& tx, const Context& context, const Enrolment& enrolment, bool rehearsal)
{
    if (const auto fine = check_particulars(enrolment); !fine) return fine.error();
    if (const auto fine = check_scope(enrolment.office); !fine) return fine.error();
    const auto owner = store::number_of_signing_key(tx, enrolment.signing_key);
    if (owner && *owner != enrolment.number)
        return refuse(Kind::conflict, "key_in_use", "This signing key is official " + *owner + "'s.",
                      "Each official makes their own with 'walkout key new', on their own device.");

    Enrolled enrolled;
    if (const auto known = store::find_official(tx, enrolment.number)) {
        if (const auto added = add_to(tx, *known, enrolment); !added) return added.error();
        enrolled.new_person = false;
    } else {
        std::array<std::uint8_t, totp_secret_size> raw;
        context.random.fill(raw);
        const Secret secret{ByteView(raw)};
        wipe(raw.data(), raw.size());
        store::add_official(tx,
                            {.number = enrolment.number,
                             .name = enrolment.name,
                             .email = enrolment.email,
                             .signing_key = enrolment.signing_key,
                             .offices = {enrolment.office}},
                            secret, context.machine_now);
        enrolled.totp_uri = totp_uri(secret.reveal_bytes(), rehearsal ? "Walkout REHEARSAL" : "Walkout", enrolment.number);
    }
    record_audit(
        tx, context, {}, "official_enrolled", enrolment.number,
        {{"role", std::string(name(enrolment.office.role))}, {"scope", enrolment.office.scope}, {"signing_key", hex(enrolment.signing_key)}});
    return enrolled;
}

} // namespace walkout::service
