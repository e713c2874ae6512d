#pragma once

#include <memory>
#include <string_view>

namespace walkout {

/// Bytes that many may look at and nobody changes. They stay as long as the last copy of `owner` does.
struct SharedBytes {
    std::shared_ptr<const void> owner{};
    std::string_view bytes{};
};

} // namespace walkout
