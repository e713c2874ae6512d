#include "shared/protocol/credential_stream.hpp"

namespace walkout::protocol {

void CredentialStream::feed(std::string_view piece)
{
    for (const char c : piece) take(c);
}

void CredentialStream::take(char c)
{
    constexpr std::size_t longest_entry = 1000; // 617 digits, a comma and a weight
    const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (blank && at_ != At::entry) return;
    switch (at_) {
    case At::start: at_ = c == '[' ? At::first : At::broken; return;
    case At::first: at_ = c == '"' ? At::entry : c == ']' ? At::end : At::broken; return;
    case At::next: at_ = c == '"' ? At::entry : At::broken; return;
    case At::comma: at_ = c == ',' ? At::next : c == ']' ? At::end : At::broken; return;
    case At::entry:
        if (c == '"') {
            at_ = At::comma;
            on_entry_(std::move(entry_));
            entry_ = {};
        } else if (static_cast<unsigned char>(c) < ' ' || c == '\\' || entry_.size() >= longest_entry) {
            at_ = At::broken;
        } else {
            entry_ += c;
        }
        return;
    case At::end: at_ = At::broken; return; // something follows the list
    case At::broken: return;
    }
}

} // namespace walkout::protocol
