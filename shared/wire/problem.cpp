#include "shared/wire/problem.hpp"

#include "shared/wire/codec_impl.hpp"

namespace walkout::wire {

Refusal refusal_of(const Problem& problem)
{
    constexpr std::string_view prefix = "/problems/";
    return Refusal{.kind = problem.kind.value_or(Kind::unavailable),
                   .code = problem.type.starts_with(prefix) ? problem.type.substr(prefix.size()) : problem.type,
                   .detail = problem.detail,
                   .next = problem.next.value_or(""),
                   .rule = problem.rule.value_or(""),
                   .source = problem.source.value_or(""),
                   .earliest_lawful = problem.earliest_lawful.value_or("")};
}

} // namespace walkout::wire

WALKOUT_WIRE(walkout::wire::Problem)
