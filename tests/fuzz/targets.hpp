#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

// One entry a fuzz target. Under clang (preset fuzz) libFuzzer calls it; elsewhere tests/fuzz/replay.cpp runs it over the corpus as a plain test.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace walkout::fuzz {

/// Reads an input piece by piece; past its end everything is 0 and empty.
class Input {
public:
    Input(const std::uint8_t* data, std::size_t size) : left_(reinterpret_cast<const char*>(data), size) {}
    bool done() const { return left_.empty(); }
    std::uint8_t byte() { return static_cast<std::uint8_t>(take(1).empty() ? '\0' : taken_.front()); }
    std::string_view take(std::size_t most)
    {
        taken_ = left_.substr(0, most);
        left_.remove_prefix(taken_.size());
        return taken_;
    }
    std::string_view rest() { return take(left_.size()); }

private:
    std::string_view left_;
    std::string_view taken_;
};

/// A right message with something wrong in it: what a mutation of raw bytes would hardly ever hit behind a hash or a signature. Each edit is
/// two bytes of position, one of how many bytes go, one of how many come, and these.
inline std::string edited(std::string_view right, Input& input, int most_edits = 4)
{
    std::string text(right);
    for (int i = 0; i < most_edits && !input.done(); ++i) {
        const auto high = input.byte();
        const auto at = (std::size_t{high} * 256 + input.byte()) % (text.size() + 1);
        const auto gone = std::min<std::size_t>(input.byte(), text.size() - at);
        text.replace(at, gone, input.take(input.byte()));
    }
    return text;
}

} // namespace walkout::fuzz
