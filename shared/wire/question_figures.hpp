#pragma once

#include "shared/law/outcome.hpp"

#include <cstdint>
#include <string>

namespace walkout::wire {

/// The statutory figures of one question, as every document states them (TULRCA s.231).
struct QuestionFigures {
    std::string text;
    std::int64_t yes = 0;
    std::int64_t no = 0;
    std::int64_t spoiled = 0; ///< blank for this question, or otherwise invalid
    std::string yes_percent;  ///< of valid votes, as unions publish it; "-" where there is none
    std::string no_percent;
};
/// Described among the fields of what it belongs to: templates and readers see one object.
template <class V> void describe(V& v, QuestionFigures& m)
{
    v("text", m.text);
    v("yes", m.yes);
    v("no", m.no);
    v("spoiled", m.spoiled);
    v("yes_percent", m.yes_percent);
    v("no_percent", m.no_percent);
}

inline QuestionFigures question_figures(std::string text, std::int64_t yes, std::int64_t no, std::int64_t spoiled)
{
    const auto valid = yes + no;
    return {std::move(text), yes, no, spoiled, law::percent(yes, valid).value_or("-"), law::percent(no, valid).value_or("-")};
}

} // namespace walkout::wire
