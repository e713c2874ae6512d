// Messages of the API and the client's files: whatever is accepted is written back and accepted again, the same. The first byte says as which message
// the rest is read; 255, as every one.

#include "messages.hpp" // made by list_messages.cmake
#include "shared/base/encoding.hpp"
#include "tests/fuzz/targets.hpp"

#include <array>
#include <cstdlib>

namespace {

template <class Message> void round_trip(std::string_view text)
{
    const auto message = walkout::wire::from_json<Message>(text);
    if (!message) return;
    const auto written = walkout::wire::to_json(*message);
    const auto again = walkout::wire::from_json<Message>(written);
    if (!again || walkout::wire::to_json(*again) != written) std::abort();
}

template <class... Messages> constexpr auto checks() { return std::array<void (*)(std::string_view), sizeof...(Messages)>{round_trip<Messages>...}; }

constexpr auto every = checks<EVERY_MESSAGE>();

} // namespace

#ifdef WALKOUT_FUZZ
extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);

// Byte by byte the first would hardly ever change, and 255 is as slow as all messages together.
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed)
{
    size = LLVMFuzzerMutate(data, size, most);
    if (size > 0 && (data[0] == 255 || seed % 8 == 0)) data[0] = static_cast<std::uint8_t>(seed / 8 % every.size());
    return size;
}
#endif

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    walkout::fuzz::Input input(data, size);
    const auto which = input.byte();
    const auto text = input.rest();
    if (which != 255) every[which % every.size()](text);
    else
        for (const auto check : every) check(text);
    return 0;
}
