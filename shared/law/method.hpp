#pragma once

#include "shared/law/rulebook.hpp"

namespace walkout::law {

enum class Method { post, online, hybrid, workplace };

constexpr auto enum_names(Method)
{
    return std::to_array<std::pair<Method, std::string_view>>(
        {{Method::post, "post"}, {Method::online, "online"}, {Method::hybrid, "hybrid"}, {Method::workplace, "workplace"}});
}

/// The rule that says whether a method is lawful.
Topic topic_of(Method method);

/// Whether a statutory ballot opened on that day may be held by this method. Refuses with "method_not_lawful": rule, source, what was
/// lawful instead, and the earliest opening day where a commencement is recorded.
Result<void> check_method(const Rulebook& book, Jurisdiction jurisdiction, Date opening_day, Method method);

} // namespace walkout::law
