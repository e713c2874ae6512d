// Encrypted ballots and the records of an election: whatever parses is in its one canonical form.

#include "shared/protocol/ballot.hpp"
#include "shared/protocol/ceremony.hpp"
#include "shared/protocol/voting_paper_json.hpp"
#include "tests/fuzz/targets.hpp"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace walkout;
    const auto& group = *Group::find("BELENIOS-2048");
    const auto text = text_of({data, size});
    if (const auto ballot = protocol::parse_ballot(group, text); ballot && ballot->seal.size() != 43) std::abort();
    (void)protocol::parse_election(text);
    (void)protocol::parse_signed(group, text);
    (void)protocol::parse_trustee_key(group, text);
    (void)protocol::parse_trustees(group, text);
    (void)protocol::parse_credentials(group, text);
    if (const auto paper = protocol::parse_voting_paper(text); paper && protocol::voting_paper_json(*paper) != text) std::abort();
    if (const auto code = protocol::VotingCode::parse(text); code && code->reveal().size() != 19) std::abort();
    return 0;
}
