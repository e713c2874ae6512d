#pragma once

#include <string_view>
#include <vector>

namespace walkout::documents {

/// A QR code of ISO/IEC 18004, error correction M.
struct QrCode {
    static constexpr int quiet = 4; ///< light modules that whoever draws it leaves on every side
    int width = 0;
    std::vector<bool> modules{}; ///< width * width, by rows

    /// Whether a module is dark; everything outside is light.
    bool dark(int row, int column) const;
};

/// Throws std::invalid_argument where the text is too long for one (2,331 bytes).
QrCode qr_code(std::string_view text);

} // namespace walkout::documents
