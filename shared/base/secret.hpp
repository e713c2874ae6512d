#pragma once

#include "shared/base/encoding.hpp"

#include <string.h> // explicit_bzero

#include <concepts>
#include <string>
#include <utility>

namespace walkout {

/// Wipes memory in a way the compiler may not remove.
inline void wipe(void* data, std::size_t size) noexcept
{
    if (size != 0) explicit_bzero(data, size); // an empty vector's data() may be null, which explicit_bzero forbids
}

/// Text or bytes that must not outlive their use: move-only, wiped when they go, not printable, compared only by matches().
/// Storage is a string so that it can be read from a terminal or file without another copy.
class Secret {
public:
    Secret() = default;
    explicit Secret(std::string text) : text_(std::move(text)) { wipe(text.data(), text.capacity()); } // a short text stays in the moved-from string
    explicit Secret(ByteView bytes) : text_(text_of(bytes)) {}
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;
    Secret(Secret&& other) noexcept : text_(std::move(other.text_)) { other.clear(); }
    Secret& operator=(Secret&& other) noexcept
    {
        if (this != &other) {
            clear();
            text_ = std::move(other.text_);
            other.clear();
        }
        return *this;
    }
    ~Secret() { clear(); }

    /// Named so that every place that touches the bytes can be found with grep.
    std::string_view reveal() const { return text_; }
    ByteView reveal_bytes() const { return bytes_of(text_); }
    bool empty() const { return text_.empty(); }

    /// Constant time in the content (not in the length).
    bool matches(const Secret& other) const
    {
        if (text_.size() != other.text_.size()) return false;
        unsigned char difference = 0;
        for (std::size_t i = 0; i < text_.size(); ++i) difference = static_cast<unsigned char>(difference | (text_[i] ^ other.text_[i]));
        return difference == 0;
    }
    friend bool operator==(const Secret&, const Secret&) = delete;

private:
    void clear() noexcept
    {
        wipe(text_.data(), text_.capacity());
        text_.clear();
    }
    std::string text_;
};

static_assert(!std::copy_constructible<Secret> && !std::equality_comparable<Secret>);

} // namespace walkout
