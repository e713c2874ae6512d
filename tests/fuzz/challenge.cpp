// Challenge files: whatever parses is in its one canonical form, and with anything that matters changed it opens no more.

#include "shared/protocol/challenge.hpp"
#include "tests/fuzz/targets.hpp"
#include "tests/support/election.hpp"

#include <cstdlib>

using namespace walkout;

namespace {

struct Opened {
    test::WholeElection made{1, 1, 1};
    std::string file = protocol::write_challenge(
        made.group, "autumn", protocol::seal_ballot(made.election, made.voters[0].public_key, {{1, 0}}, made.random).value().open());
    protocol::Challenge challenge = protocol::parse_challenge(file).value();
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const Opened right;
    fuzz::Input input(data, size);
    const auto text = input.byte() % 2 == 0 ? std::string(input.rest()) : fuzz::edited(right.file, input);
    if (const auto header = protocol::ballot_header(text); header && protocol::parse_challenge(text)) std::abort(); // never both
    const auto challenge = protocol::parse_challenge(text);
    if (!challenge) return 0;
    const bool same = challenge->seal == right.challenge.seal && challenge->ballot == right.challenge.ballot &&
                      challenge->randomness == right.challenge.randomness; // the ballot's id says only where to look
    const auto selections = protocol::open_challenge(right.made.election, *challenge);
    if (selections.has_value() != same) std::abort();
    if (same && *selections != protocol::Selections{{1, 0}}) std::abort();
    return 0;
}
