#pragma once

#include <algorithm>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace walkout {

/// A short printable identifier that only compares with its own kind: 1 to 64 of A-Z a-z 0-9 and '-', not starting with '-'.
/// People type ballot and walkout ids, so those are chosen by the planner ("probation-2013").
template <class Tag> class Id {
public:
    static std::optional<Id> parse(std::string_view text)
    {
        const auto allowed = [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-'; };
        if (text.empty() || text.size() > 64 || text.front() == '-' || !std::ranges::all_of(text, allowed)) return std::nullopt;
        return Id(std::string(text));
    }
    const std::string& text() const { return text_; }
    friend auto operator<=>(const Id&, const Id&) = default;

private:
    explicit Id(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

using BallotId = Id<struct BallotTag>;
using ConstituencyId = Id<struct ConstituencyTag>; ///< also the election uuid of protocol.md 2.3 (5.8)
using WalkoutId = Id<struct WalkoutTag>;

} // namespace walkout
