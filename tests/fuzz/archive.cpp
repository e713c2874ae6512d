// Archives: any bytes are verified or refused, never more; and a finished archive with anything changed is never accepted.

#include "shared/protocol/verify.hpp"
#include "tests/fuzz/targets.hpp"
#include "tests/support/election.hpp"

#include <cstdlib>

using namespace walkout;

namespace {

/// Two of three have voted, and two of three trustees have decrypted. Made once.
const std::string& finished()
{
    static const auto archive = [] {
        test::WholeElection made(3, 1, 1);
        made.put_on_board(made.ballot(0, 0));
        made.put_on_board(made.ballot(1, 1));
        made.close();
        made.publish_tally();
        made.decrypt(1);
        made.decrypt(3);
        made.publish_result({{1, 1}});
        return made.archive;
    }();
    return archive;
}

protocol::Verification verify(std::string_view archive)
{
    auto verification = protocol::verify_archive(protocol::ArchiveReader::from(archive));
    if (!verification.failure && !verification.election) std::abort(); // nothing passes without an election
    return verification;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    fuzz::Input input(data, size);
    if (input.byte() % 2 == 0) {
        const auto text = input.rest();
        (void)verify(text);
        if (const auto event = protocol::parse_event(text); event && protocol::write_event(*event) != text) std::abort();
        return 0;
    }
    const auto archive = fuzz::edited(finished(), input);
    if (!verify(archive).failure && !finished().starts_with(archive)) std::abort(); // only cutting the end off is not seen in one archive alone
    return 0;
}
