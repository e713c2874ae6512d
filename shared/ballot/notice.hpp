#pragma once

#include "shared/ballot/roll.hpp"
#include "shared/law/rule.hpp"

namespace walkout::ballot {

struct NamedNumber {
    std::string name;
    std::int64_t number = 0;
    friend bool operator==(const NamedNumber&, const NamedNumber&) = default;
};

/// What a notice to an employer says of the employees concerned: exactly what the law of its date asks for, and never a name
/// (TULRCA ss.226A(2)-(2G), 234A(3)-(3F)).
struct NoticeFigures {
    std::optional<std::int64_t> total;
    std::vector<std::string> categories;
    std::vector<std::string> workplaces;
    std::vector<NamedNumber> per_category;
    std::vector<NamedNumber> per_workplace;
    std::optional<std::string> explanation; ///< how the figures were arrived at
    friend bool operator==(const NoticeFigures&, const NoticeFigures&) = default;
};

/// The employer's part of the roll, overseas members left out (s.232). Lists are sorted by name. intends: what the union means to do with those
/// counted, as the explanation says it: "ballot".
NoticeFigures notice_figures(const Roll& roll, const std::string& employer, const law::NoticeItems& items, Date cut_off,
                             std::string_view intends = "ballot");

} // namespace walkout::ballot
