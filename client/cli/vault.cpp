#include "client/cli/vault.hpp"

#include "client/cli/key_command.hpp"
#include "client/cli/parallel.hpp"
#include "shared/ballot/approval.hpp"
#include "shared/protocol/credential.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace walkout::cli {
namespace {

/// What the scrutineer signed, read from the batch itself and not from what the server says its hash is.
std::string signed_text(const wire::CodeChanges& all, const wire::ChangeBatch& batch)
{
    std::vector<ballot::MemberChange> changes;
    for (const auto& line : batch.changes)
        changes.push_back({line.number, line.reason, line.constituency, line.constituency_name, line.credential_out, line.credential_in});
    return ballot::replacement_text(all.ballot, all.title, batch.batch, batch.salt, changes).canonical;
}

Result<void> check_signed(const SigningKey& key, const wire::CodeChanges& all, const wire::ChangeBatch& batch)
{
    const auto object = sha256(signed_text(all, batch));
    for (const auto& given : batch.signatures) {
        const auto signature = parse_signature(given.signature);
        const ballot::ApprovalClaim claim{ballot::ApprovalStep::replace, all.ballot, object, given.expires};
        if (signature && verify_signature(key.public_key(), ballot::canonical_approval(claim), *signature)) return {};
    }
    return Refusal{Kind::invalid, "batch_not_signed",
                   "Batch " + std::to_string(batch.batch) + " of changed voting codes was not signed with the key on this machine.",
                   "No changed code leaves on the server's word alone: send them from the machine that signed the batch."};
}

} // namespace

LockedFile<wire::VaultFile> vault_file(Session& session, const std::string& ballot)
{
    return {session.folders().data / "vaults" / (ballot + ".vault"), vault_magic};
}

std::map<std::string, const wire::VaultCode*> spares_by_credential(const Group& group, const wire::VaultConstituency& codes)
{
    std::vector<std::string> credentials(codes.spares.size());
    run_on_all_cores(credentials.size(), [&](std::size_t i) {
        credentials[i] =
            group.text(protocol::derive_credential(group, protocol::VotingCode::parse(codes.spares[i].code).value(), codes.id).public_key);
    });
    std::map<std::string, const wire::VaultCode*> out;
    for (std::size_t i = 0; i < credentials.size(); ++i) out.emplace(std::move(credentials[i]), &codes.spares[i]);
    return out;
}

Result<std::vector<CurrentCode>> current_codes(Session& session, const wire::VaultFile& vault, const wire::CodeChanges& changes)
{
    std::vector<CurrentCode> out;
    for (const auto& constituency : vault.constituencies)
        for (const auto& code : constituency.live) out.push_back({code.number, code.name, code.email, &code, 0});
    if (std::ranges::none_of(changes.batches, &wire::ChangeBatch::done)) return out;
    const auto key = load_signing_key(session.folders());
    if (!key) return key.error();
    const auto* group = Group::find(changes.group);
    if (group == nullptr) return Refusal{Kind::invalid, "unknown_group", "This ballot uses a group that this program does not know."};
    std::map<std::string, std::map<std::string, const wire::VaultCode*>> spares; // by constituency; only where there are changes
    for (const auto& batch : changes.batches) {
        if (!batch.done) continue;
        if (const auto checked = check_signed(*key, changes, batch); !checked) return checked.error();
        for (const auto& change : batch.changes) {
            const auto held = std::ranges::find(out, change.number, &CurrentCode::number);
            if (!change.credential_in) {
                if (held != out.end()) out.erase(held);
                continue;
            }
            const auto place = std::ranges::find(vault.constituencies, change.constituency.text(), &wire::VaultConstituency::id);
            if (place != vault.constituencies.end() && !spares.contains(place->id)) spares[place->id] = spares_by_credential(*group, *place);
            auto& unused = spares[change.constituency.text()];
            const auto spare = unused.find(*change.credential_in);
            if (spare == unused.end())
                return Refusal{Kind::invalid, "not_in_vault",
                               "The spare code given to member " + change.number + " is not in your vault, or is given twice.",
                               "Send nothing. Ask the server's operator, and keep the vault."};
            if (held == out.end()) out.push_back({change.number, change.name, change.email, spare->second, batch.batch});
            else *held = {held->number, held->name, held->email, spare->second, batch.batch};
            unused.erase(spare);
        }
    }
    return out;
}

void destroy_file(const std::filesystem::path& file, Random& random)
{
    std::vector<std::uint8_t> noise(std::filesystem::file_size(file));
    random.fill(noise);
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CLOEXEC);
    const auto broken = [&](const char* what) { return std::system_error(errno, std::generic_category(), std::string(what) + " " + file.string()); };
    if (descriptor < 0) throw broken("cannot open");
    std::size_t done = 0;
    while (done < noise.size()) {
        const auto written = ::write(descriptor, noise.data() + done, noise.size() - done);
        if (written < 0 && errno != EINTR) break;
        if (written > 0) done += static_cast<std::size_t>(written);
    }
    const bool kept = done == noise.size() && ::fsync(descriptor) == 0;
    if (::close(descriptor) != 0 || !kept) throw broken("cannot overwrite");
    std::filesystem::remove(file);
}

} // namespace walkout::cli
