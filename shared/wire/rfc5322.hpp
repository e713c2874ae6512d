#pragma once

#include "shared/base/time.hpp"

#include <string>

namespace walkout::mail {

/// A mail ready to leave.
struct Message {
    std::string id; ///< [0-9a-f]+, the same at every attempt: receivers drop a second copy by its Message-ID
    std::string to; ///< one address
    std::string subject;
    std::string body; ///< UTF-8, lines ending in "\n"
    Instant date{};
    bool rehearsal = false;
};

/// The message in RFC 5322 form with CRLF line ends: UTF-8 in quoted-printable, encoded words (RFC 2047) in the subject.
/// A rehearsal's is marked in the subject, in a header and at the end of the text.
/// Throws std::invalid_argument where an address or subject holds a line end or another control character.
std::string rfc5322(const Message& message, const std::string& from);

} // namespace walkout::mail
