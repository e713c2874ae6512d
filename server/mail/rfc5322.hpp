#pragma once

#include "server/mail/transport.hpp"

namespace walkout::mail {

/// The message in RFC 5322 form with CRLF line ends: UTF-8 in quoted-printable, encoded words (RFC 2047) in the subject.
/// A rehearsal's is marked in the subject, in a header and at the end of the text.
/// Throws std::invalid_argument where an address or subject holds a line end or another control character.
std::string rfc5322(const Message& message, const std::string& from);

} // namespace walkout::mail
