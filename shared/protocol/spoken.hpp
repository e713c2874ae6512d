#pragma once

#include <string>
#include <string_view>

namespace walkout::protocol {

/// Eight plain words for 64 bits of a SHA-256, to be read aloud and compared: of certificates, keys, papers.
std::string spoken_fingerprint(std::string_view content);

} // namespace walkout::protocol
