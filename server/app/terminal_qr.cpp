#include "server/app/terminal_qr.hpp"

#include "server/documents/qr_code.hpp"

namespace walkout::app {

std::string terminal_qr(std::string_view text)
{
    const auto code = documents::qr_code(text);
    std::string out;
    for (int row = -code.quiet; row < code.width + code.quiet; row += 2) {
        out += "\x1b[30;107m";
        for (int column = -code.quiet; column < code.width + code.quiet; ++column) {
            const bool upper = code.dark(row, column);
            const bool lower = code.dark(row + 1, column);
            out += upper && lower ? "\u2588" : upper ? "\u2580" : lower ? "\u2584" : " ";
        }
        out += "\x1b[0m\n";
    }
    return out;
}

} // namespace walkout::app
