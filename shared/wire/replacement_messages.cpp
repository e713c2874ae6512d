#include "shared/wire/replacement_messages.hpp"

#include "shared/wire/codec_impl.hpp"

namespace walkout::wire {

std::string vault_destroyed_text(const VaultDestroyed& statement)
{
    return "walkout-vault-destroyed/1|" + statement.ballot.text() + "|" + statement.vault + "|" + std::to_string(statement.copies) + "|" +
           text(statement.destroyed_at);
}

} // namespace walkout::wire

WALKOUT_WIRE(walkout::wire::ProposedChanges)
WALKOUT_WIRE(walkout::wire::ChangeBatch)
WALKOUT_WIRE(walkout::wire::CodeChanges)
WALKOUT_WIRE(walkout::wire::CodeOf)
WALKOUT_WIRE(walkout::wire::Incidents)
WALKOUT_WIRE(walkout::wire::VaultDestroyed)
