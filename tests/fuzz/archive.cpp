// Archives: any bytes are verified or refused, never more.

#include "shared/protocol/verify.hpp"
#include "tests/fuzz/targets.hpp"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace walkout;
    const auto text = text_of({data, size});
    const auto verification = protocol::verify_archive(protocol::ArchiveReader::from(text));
    if (!verification.failure && !verification.election) std::abort(); // nothing passes without an election
    if (const auto event = protocol::parse_event(text); event && protocol::write_event(*event) != text) std::abort();
    return 0;
}
