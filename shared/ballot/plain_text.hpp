#pragma once

#include <string_view>

namespace walkout::ballot {

/// Text that everybody hashes alike: valid UTF-8 of one line, no control characters, and none of the characters that Unicode's NFC form
/// would change (combining accents, conjoining Hangul, the Kelvin, Ohm and Angstrom signs and other look-alikes). Welsh ŵ and ŷ are one
/// character each and fine.
bool is_plain_line(std::string_view text);

/// Has something in it, but nothing that can be read: spaces of any width, line ends, marks without width.
bool is_blank(std::string_view text);

} // namespace walkout::ballot
