#include "shared/ballot/plain_text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

namespace walkout::ballot {
namespace {

struct Range {
    char32_t first, last;
};

/// NFC leaves everything outside these ranges as it is (UAX #15: NFC_Quick_Check No or Maybe), and some it would leave too: refusing
/// a rare character costs less than two machines that disagree on a hash.
constexpr auto refused = std::to_array<Range>({
    {0x0000, 0x001F}, {0x007F, 0x009F},                                         // controls, line ends
    {0x0300, 0x036F}, {0x0374, 0x0374},   {0x037E, 0x037E},   {0x0387, 0x0387}, // combining marks, Greek look-alikes
    {0x0591, 0x05BD}, {0x0610, 0x061A},   {0x064B, 0x065F},   {0x0900, 0x0DFF}, // marks of Hebrew, Arabic; Indic scripts
    {0x0F00, 0x0FFF}, {0x1000, 0x11FF},   {0x1AB0, 0x1AFF},   {0x1B00, 0x1B7F}, // Tibetan, Burmese, conjoining Hangul, Balinese
    {0x1DC0, 0x1DFF}, {0x1F71, 0x1F7D},   {0x1FBB, 0x1FFD},   {0x2000, 0x2001}, // more marks, Greek with tonos, old spaces
    {0x2028, 0x202E}, {0x20D0, 0x20FF},   {0x2066, 0x2069},   {0x2126, 0x2126}, // line separators, direction overrides
    {0x212A, 0x212B}, {0x2329, 0x232A},   {0x2ADC, 0x2ADC},   {0x302A, 0x302F},
    {0x3099, 0x309A}, {0xF900, 0xFAFF},   {0xFB1D, 0xFB4E},   {0xFE20, 0xFE2F}, // Japanese voicing, compatibility ideographs
    {0xFEFF, 0xFEFF}, {0x10A00, 0x11FFF}, {0x1D15E, 0x1D1C0}, {0x2F800, 0x2FA1F},
});

/// The next code point, or nullopt where the bytes are not UTF-8 (RFC 3629: shortest form, no surrogates).
std::optional<char32_t> next(std::string_view& text)
{
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    if (length == 0 || text.size() < length) return std::nullopt;
    char32_t point = length == 1 ? lead : lead & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if ((byte & 0xC0U) != 0x80) return std::nullopt;
        point = (point << 6U) | (byte & 0x3FU);
    }
    constexpr std::array<char32_t, 5> shortest{0, 0, 0x80, 0x800, 0x10000};
    if (point < shortest[length] || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) return std::nullopt;
    text.remove_prefix(length);
    return point;
}

} // namespace

bool is_plain_line(std::string_view text)
{
    while (!text.empty()) {
        const auto point = next(text);
        if (!point || std::ranges::any_of(refused, [&](Range range) { return *point >= range.first && *point <= range.last; })) return false;
    }
    return true;
}

bool is_blank(std::string_view text)
{
    constexpr auto unseen = std::to_array<Range>({{0x0000, 0x0020},
                                                  {0x007F, 0x00A0},
                                                  {0x00AD, 0x00AD}, // soft hyphen
                                                  {0x115F, 0x1160},
                                                  {0x1680, 0x1680},
                                                  {0x180E, 0x180E},
                                                  {0x2000, 0x200F},
                                                  {0x2028, 0x202F},
                                                  {0x205F, 0x206F},
                                                  {0x2800, 0x2800}, // the empty Braille pattern
                                                  {0x3000, 0x3000},
                                                  {0x3164, 0x3164},
                                                  {0xFEFF, 0xFEFF},
                                                  {0xFFA0, 0xFFA0}});
    if (text.empty()) return false;
    while (!text.empty()) {
        const auto point = next(text);
        if (!point || std::ranges::none_of(unseen, [&](Range range) { return *point >= range.first && *point <= range.last; })) return false;
    }
    return true;
}

} // namespace walkout::ballot
