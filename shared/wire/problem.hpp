#pragma once

#include "shared/base/names.hpp"
#include "shared/base/result.hpp"
#include "shared/wire/codec.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace walkout {

constexpr auto enum_names(Kind)
{
    return std::to_array<std::pair<Kind, std::string_view>>({{Kind::malformed, "malformed"},
                                                             {Kind::sign_in_needed, "sign_in_needed"},
                                                             {Kind::not_allowed, "not_allowed"},
                                                             {Kind::not_entitled, "not_entitled"},
                                                             {Kind::not_found, "not_found"},
                                                             {Kind::not_open, "not_open"},
                                                             {Kind::conflict, "conflict"},
                                                             {Kind::changed_by_other, "changed_by_other"},
                                                             {Kind::precondition_required, "precondition_required"},
                                                             {Kind::too_large, "too_large"},
                                                             {Kind::invalid, "invalid"},
                                                             {Kind::unlawful, "unlawful"},
                                                             {Kind::too_many, "too_many"},
                                                             {Kind::unavailable, "unavailable"}});
}

} // namespace walkout

namespace walkout::wire {

/// RFC 9457 problem details. `kind` and what follows are extension members; absent where empty.
struct Problem {
    std::string type;  ///< "/problems/" and the refusal's code: what clients match on
    std::string title; ///< the same for every problem of this kind
    std::int64_t status = 0;
    std::string detail;
    std::string instance; ///< the request id, to quote in a question to the operator
    std::optional<Kind> kind;
    std::optional<std::string> next;
    std::optional<std::string> rule;
    std::optional<std::string> source;
    std::optional<std::string> earliest_lawful;
};

template <class V> void describe(V& v, Problem& m)
{
    v("type", m.type);
    v("title", m.title);
    v("status", m.status);
    v("detail", m.detail);
    v("instance", m.instance);
    v("kind", m.kind);
    v("next", m.next);
    v("rule", m.rule);
    v("source", m.source);
    v("earliest_lawful", m.earliest_lawful);
}

/// The refusal a problem was made from: its code is what follows "/problems/" in the type.
Refusal refusal_of(const Problem& problem);

} // namespace walkout::wire
