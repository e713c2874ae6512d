#include "server/app/qr_code.hpp"

#include <qrencode.h>

#include <memory>
#include <stdexcept>

namespace walkout::app {

std::string qr_code(std::string_view text)
{
    const std::unique_ptr<QRcode, void (*)(QRcode*)> code(QRcode_encodeString8bit(std::string(text).c_str(), 0, QR_ECLEVEL_M), QRcode_free);
    if (!code) throw std::invalid_argument("qr_code: the text does not fit");
    const auto dark = [&](int row, int column) {
        if (row < 0 || column < 0 || row >= code->width || column >= code->width) return false;
        return (code->data[row * code->width + column] & 1) != 0;
    };
    constexpr int quiet = 4;
    std::string out;
    for (int row = -quiet; row < code->width + quiet; row += 2) {
        out += "\x1b[30;107m";
        for (int column = -quiet; column < code->width + quiet; ++column) {
            const bool upper = dark(row, column);
            const bool lower = dark(row + 1, column);
            out += upper && lower ? "\u2588" : upper ? "\u2580" : lower ? "\u2584" : " ";
        }
        out += "\x1b[0m\n";
    }
    return out;
}

} // namespace walkout::app
