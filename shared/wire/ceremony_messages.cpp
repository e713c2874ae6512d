#include "shared/wire/ceremony_messages.hpp"

#include "shared/wire/codec_impl.hpp"

namespace walkout::wire {

std::optional<protocol::CeremonyTerms> ceremony_terms(const CeremonyState& state)
{
    protocol::CeremonyTerms out{state.ballot.text(), state.attempt, state.group, state.threshold, {}, {}, state.paper, {}};
    for (const auto& seat : state.seats) out.trustees.push_back(seat.number);
    for (const auto& constituency : state.constituencies) out.constituencies.push_back(constituency.text());
    for (const auto& one : state.approvers) {
        const auto key = parse_public_key(one.key);
        if (!key) return std::nullopt;
        out.approvers.push_back({one.number, one.role, *key});
    }
    return out;
}

} // namespace walkout::wire

WALKOUT_WIRE(walkout::wire::CeremonyState)
WALKOUT_WIRE(walkout::wire::CeremonyMessage)
WALKOUT_WIRE(walkout::wire::NewRestart)
WALKOUT_WIRE(walkout::wire::Decryptions)
WALKOUT_WIRE(walkout::wire::CountState)
