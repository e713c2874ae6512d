#pragma once

#include "shared/ballot/turnout.hpp"
#include "shared/base/id.hpp"
#include "shared/base/time.hpp"
#include "shared/wire/codec.hpp"

namespace walkout::ballot {

template <class V> void describe(V& v, TurnoutCell& m)
{
    v("name", m.name);
    v("entitled", m.entitled);
    v("returned", m.returned);
}

} // namespace walkout::ballot

namespace walkout::wire {

struct TurnoutDistance {
    std::string name; ///< of the constituency
    std::int64_t needed = 0;
    std::int64_t still_needed = 0;
    std::string rule;
    std::string source;
};
template <class V> void describe(V& v, TurnoutDistance& m)
{
    v("name", m.name);
    v("needed", m.needed);
    v("still_needed", m.still_needed);
    v("rule", m.rule);
    v("source", m.source);
}
/// A cell without `returned` is hidden: fewer than 10 returned or not returned, fewer than 20 entitled, or needed to hide another.
struct TurnoutView {
    BallotId ballot = *BallotId::parse("unnamed");
    std::string title;
    bool rehearsal = false;
    std::optional<Instant> constituencies_at; ///< absent: nothing published yet
    std::optional<Instant> tables_at;         ///< branches and workplaces: once a day
    std::vector<ballot::TurnoutCell> constituencies;
    std::vector<ballot::TurnoutCell> branches;
    std::vector<ballot::TurnoutCell> workplaces;
    std::vector<TurnoutDistance> distance; ///< where the rules of the opening day ask for a share
};
template <class V> void describe(V& v, TurnoutView& m)
{
    v("ballot", m.ballot);
    v("title", m.title);
    v("rehearsal", m.rehearsal);
    v("constituencies_at", m.constituencies_at);
    v("tables_at", m.tables_at);
    v("constituencies", m.constituencies);
    v("branches", m.branches);
    v("workplaces", m.workplaces);
    v("distance", m.distance);
}

} // namespace walkout::wire
