#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace walkout::protocol {

/// Reads the credentials record, a JSON list of strings, as it arrives in pieces: it may be many times larger than anything else in an archive.
/// Stricter than JSON where that costs no honest archive anything: an entry holds no escape and at most 1000 characters.
class CredentialStream {
public:
    explicit CredentialStream(std::function<void(std::string entry)> on_entry) : on_entry_(std::move(on_entry)) {}
    void feed(std::string_view piece);
    bool complete() const { return at_ == At::end; } ///< everything fed was one whole list
    bool broken() const { return at_ == At::broken; }

private:
    enum class At { start, first, entry, comma, next, end, broken };
    void take(char c);
    std::function<void(std::string entry)> on_entry_;
    std::string entry_;
    At at_ = At::start;
};

} // namespace walkout::protocol
