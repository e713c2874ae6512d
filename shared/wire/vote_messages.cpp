#include "shared/wire/vote_messages.hpp"

#include "shared/crypto/hash.hpp"
#include "shared/protocol/election.hpp"
#include "shared/protocol/register.hpp"
#include "shared/wire/codec_impl.hpp"

#include <algorithm>

namespace walkout::wire {

std::string setup_text(const BallotId& ballot, const std::vector<ConstituencySetup>& constituencies)
{
    std::string text = "walkout-setup/1|" + ballot.text();
    for (const auto& one : constituencies) {
        auto spares = one.spares;
        std::ranges::sort(spares);
        text += "|" + one.id.text() + "," + hex(sha256(one.election)) + "," + hex(sha256(one.credentials)) + "," +
                protocol::register_genesis(protocol::fingerprint_of(one.election), spares);
    }
    return text;
}

} // namespace walkout::wire

WALKOUT_WIRE(walkout::wire::Nothing)
WALKOUT_WIRE(walkout::wire::SetupMaterial)
WALKOUT_WIRE(walkout::wire::Setup)
WALKOUT_WIRE(walkout::wire::Sending)
WALKOUT_WIRE(walkout::wire::VotingMaterial)
WALKOUT_WIRE(walkout::wire::Vote)
WALKOUT_WIRE(walkout::wire::VoteReceipt)
WALKOUT_WIRE(walkout::wire::BoardHead)
WALKOUT_WIRE(walkout::wire::CountStarted)
