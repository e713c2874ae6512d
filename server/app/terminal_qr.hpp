#pragma once

#include <string>
#include <string_view>

namespace walkout::app {

/// A QR code for a terminal: half-block characters, black on white whatever the terminal's colours.
/// Throws std::invalid_argument where the text is too long for one (2,331 bytes).
std::string terminal_qr(std::string_view text);

} // namespace walkout::app
