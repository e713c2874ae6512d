#pragma once

#include "client/cli/locked_file.hpp"
#include "shared/crypto/group.hpp"
#include "shared/wire/client_files.hpp"
#include "shared/wire/replacement_messages.hpp"

#include <map>
#include <string>
#include <vector>

namespace walkout::cli {

// The scrutineer's vault: every voting code of a ballot, spares included, under a passphrase (protocol.md 5.1). It never changes after `codes make`, so
// that its second copy stays good; who holds which spare follows from the batches that the scrutineer has signed.

inline constexpr std::string_view vault_magic = "walkout-vault/1";
LockedFile<wire::VaultFile> vault_file(Session& session, const std::string& ballot);

/// Public credential -> code, of a constituency's spares. Points into the vault.
std::map<std::string, const wire::VaultCode*> spares_by_credential(const Group& group, const wire::VaultConstituency& codes);

struct CurrentCode {
    std::string number;
    std::string name;
    std::string email;
    const wire::VaultCode* code = nullptr; ///< in the vault, live or spare
    std::int64_t batch = 0;                ///< that gave it to them; 0: as it was made
};
/// Who holds which code now. A change counts only if it was signed with this machine's own key, and a spare only if it is in the vault: a server that
/// could hand somebody's code to somebody else could vote. The vault must outlive the result. Refuses with "batch_not_signed" or "not_in_vault".
Result<std::vector<CurrentCode>> current_codes(Session& session, const wire::VaultFile& vault, const wire::CodeChanges& changes);

/// Overwrites a file with random bytes, waits for the disk, and removes it. Throws on failure.
void destroy_file(const std::filesystem::path& file, Random& random);

} // namespace walkout::cli
