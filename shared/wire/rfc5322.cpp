#include "shared/wire/rfc5322.hpp"

#include "shared/base/encoding.hpp"

#include <algorithm>
#include <stdexcept>

namespace walkout::mail {
namespace {

bool ascii(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) { return c >= ' ' && c < 0x7F; });
}

void require_one_line(std::string_view text)
{
    if (std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }))
        throw std::invalid_argument("a mail header with a control character");
}

std::string padded_base64(std::string_view text)
{
    auto out = base64(bytes_of(text));
    return out + std::string((4 - out.size() % 4) % 4, '=');
}

/// RFC 2047: words short enough for the line the header begins, none cut inside a UTF-8 character.
std::string header_text(std::string_view text)
{
    if (ascii(text)) return std::string(text);
    std::string out;
    while (!text.empty()) {
        std::size_t size = std::min<std::size_t>(text.size(), 36);
        while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
        out += (out.empty() ? "" : "\r\n ") + ("=?UTF-8?B?" + padded_base64(text.substr(0, size)) + "?=");
        text.remove_prefix(size);
    }
    return out;
}

std::string upper_hex(char c)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    return {digits[byte >> 4U], digits[byte & 0xFU]};
}

/// RFC 2045 section 6.7: lines of at most 76 characters. Blanks at a line's end are encoded.
std::string quoted_printable(std::string_view text)
{
    std::string out;
    std::size_t column = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\n') {
            out += "\r\n";
            column = 0;
            continue;
        }
        const bool ends_line = i + 1 == text.size() || text[i + 1] == '\n';
        const bool plain = (c > ' ' && c < 0x7F && c != '=') || (c == ' ' && !ends_line);
        const auto piece = plain ? std::string(1, c) : "=" + upper_hex(c);
        if (column + piece.size() > 75) {
            out += "=\r\n";
            column = 0;
        }
        out += piece;
        column += piece.size();
    }
    return out;
}

std::string date_header(Instant at) { return date::format("%a, %d %b %Y %H:%M:%S +0000", at); }

} // namespace

std::string rfc5322(const Message& message, const std::string& from)
{
    for (const auto* text : {&message.to, &message.subject, &message.id, &from}) require_one_line(*text);
    const auto domain = from.substr(from.rfind('@') + 1);
    const auto subject = (message.rehearsal ? "REHEARSAL: " : "") + message.subject;
    auto body = message.body;
    if (message.rehearsal) body += "\n-- \nThis is a rehearsal: invented people, no real ballot.\n";
    return "From: Walkout <" + from + ">\r\n" + "To: <" + message.to + ">\r\n" + "Subject: " + header_text(subject) + "\r\n" +
           "Date: " + date_header(message.date) + "\r\n" + "Message-ID: <" + message.id + "@" + domain + ">\r\n" +
           "Auto-Submitted: auto-generated\r\n" + (message.rehearsal ? "X-Walkout-Rehearsal: yes\r\n" : "") + "MIME-Version: 1.0\r\n" +
           "Content-Type: text/plain; charset=utf-8\r\n" + "Content-Transfer-Encoding: quoted-printable\r\n\r\n" + quoted_printable(body);
}

} // namespace walkout::mail
