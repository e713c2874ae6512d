// Encrypted ballots and the records of an election: whatever parses is in its one canonical form, and a cast ballot with anything changed is
// never accepted.

#include "shared/protocol/ballot.hpp"
#include "shared/protocol/ceremony.hpp"
#include "shared/protocol/voting_paper_json.hpp"
#include "tests/fuzz/targets.hpp"
#include "tests/support/election.hpp"

#include <cstdlib>

using namespace walkout;

namespace {

struct Cast {
    test::WholeElection made{1};
    std::string ballot = made.ballot(0, 0);
};

void raw(const Group& group, std::string_view text)
{
    if (const auto ballot = protocol::parse_ballot(group, text); ballot && ballot->seal.size() != 43) std::abort();
    (void)protocol::parse_election(text);
    (void)protocol::parse_signed(group, text);
    (void)protocol::parse_trustee_key(group, text);
    (void)protocol::parse_trustees(group, text);
    (void)protocol::parse_credentials(group, text);
    if (const auto element = group.parse_element(text); element && group.text(*element) != text) std::abort();
    if (const auto paper = protocol::parse_voting_paper(text); paper && protocol::voting_paper_json(*paper) != text) std::abort();
    if (const auto code = protocol::VotingCode::parse(text); code && code->reveal().size() != 19) std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const Cast cast;
    fuzz::Input input(data, size);
    switch (input.byte() % 3) {
    case 0: raw(*Group::find("BELENIOS-2048"), input.rest()); return 0;
    case 1: raw(*Group::find("Ed25519"), input.rest()); return 0;
    default: break;
    }
    const auto& election = cast.made.election;
    const auto text = fuzz::edited(cast.ballot, input);
    const auto ballot = protocol::parse_ballot(*election.group, text);
    if (!ballot) return 0;
    const bool signed_ = protocol::check_signature(election, *ballot).has_value();
    const bool proved = protocol::check_proofs(election, *ballot).has_value();
    if ((signed_ && proved) != (text == cast.ballot)) std::abort();
    return 0;
}
