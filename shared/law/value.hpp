#pragma once

#include "shared/base/result.hpp"
#include "shared/law/rule.hpp"

namespace walkout::law {

// A rule's value as an official types it and as a server stores it. One form per alternative of Value:
//     none | holds | unverified | 1/2 | 7 days | 14 days or 7 if agreed | 4 weeks | 12 months | begin_by 4 weeks or 8 weeks if agreed |
//     expires_end_of 12 months | 50 | 7 first class, 14 second | categories, workplaces, total | (the words of the statement)

std::string value_text(const Value& value);

/// Refuses "setting_malformed" with the form the topic takes. Leading and trailing white space is dropped, and a line end within is a blank.
Result<Value> parse_value(Topic topic, std::string_view text);

/// Whether the code that asks for this topic understands the value: one of the kinds its shipped rows have.
bool fits(Topic topic, const Value& value);

/// "14 days, or 14 days or 7 if agreed": what parse_value() takes for this topic.
std::string form_of(Topic topic);

/// The value as the plain phrase of a row that an official recorded.
std::string in_words(Topic topic, const Value& value);

} // namespace walkout::law
