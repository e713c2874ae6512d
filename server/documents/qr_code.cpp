#include "server/documents/qr_code.hpp"

#include <qrencode.h>

#include <memory>
#include <stdexcept>
#include <string>

namespace walkout::documents {

bool QrCode::dark(int row, int column) const
{
    if (row < 0 || column < 0 || row >= width || column >= width) return false;
    return modules[static_cast<std::size_t>(row * width + column)];
}

QrCode qr_code(std::string_view text)
{
    const std::unique_ptr<QRcode, void (*)(QRcode*)> code(QRcode_encodeString8bit(std::string(text).c_str(), 0, QR_ECLEVEL_M), QRcode_free);
    if (!code) throw std::invalid_argument("qr_code: the text does not fit");
    QrCode out{.width = code->width};
    for (int module = 0; module < code->width * code->width; ++module) out.modules.push_back((code->data[module] & 1) != 0);
    return out;
}

} // namespace walkout::documents
