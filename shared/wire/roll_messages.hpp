#pragma once

#include "shared/ballot/roll.hpp"
#include "shared/wire/codec.hpp"

#include <map>

namespace walkout::wire {

/// The figures notices are drafted from. Overseas members are counted apart and in none of the tables.
struct FrozenRoll {
    BallotId ballot = *BallotId::parse("unnamed");
    bool rehearsal = false;
    std::int64_t revision = 0;
    std::string hash; ///< 64 hex digits
    std::int64_t entitled = 0;
    std::int64_t overseas = 0;
    std::map<std::string, std::int64_t> by_constituency;
    std::map<std::string, std::int64_t> by_employer;
    std::map<std::string, std::int64_t> by_workplace;
    std::map<std::string, std::int64_t> by_category;
    std::map<std::string, std::int64_t> excluded; ///< by reason
    std::vector<std::string> notify_again;        ///< employers told other figures than these: a fresh notice may be needed
};
template <class V> void describe(V& v, FrozenRoll& m)
{
    v("ballot", m.ballot);
    v("rehearsal", m.rehearsal);
    v("revision", m.revision);
    v("hash", m.hash);
    v("entitled", m.entitled);
    v("overseas", m.overseas);
    v("by_constituency", m.by_constituency);
    v("by_employer", m.by_employer);
    v("by_workplace", m.by_workplace);
    v("by_category", m.by_category);
    v("excluded", m.excluded);
    v("notify_again", m.notify_again);
}

/// POST .../roll/corrections
struct RollCorrection {
    ballot::Correction::Kind kind = ballot::Correction::Kind::add;
    std::string number;
    std::string reason;
};
template <class V> void describe(V& v, RollCorrection& m)
{
    v("kind", m.kind);
    v("number", m.number);
    v("reason", m.reason);
}
struct RollCorrections {
    std::vector<RollCorrection> corrections;
};
template <class V> void describe(V& v, RollCorrections& m) { v("corrections", m.corrections); }

/// For the scrutineer alone.
struct RollPerson {
    std::string number;
    std::string name;
    std::string email; ///< empty where the register has none
    std::string phone;
    ConstituencyId constituency = *ConstituencyId::parse("unnamed");
    bool overseas = false;
};
template <class V> void describe(V& v, RollPerson& m)
{
    v("number", m.number);
    v("name", m.name);
    v("email", m.email);
    v("phone", m.phone);
    v("constituency", m.constituency);
    v("overseas", m.overseas);
}
struct RollPage {
    std::int64_t revision = 0;
    std::string hash;
    std::vector<RollPerson> people;
    std::optional<std::string> next; ///< the cursor of the next page; absent on the last
};
template <class V> void describe(V& v, RollPage& m)
{
    v("revision", m.revision);
    v("hash", m.hash);
    v("people", m.people);
    v("next", m.next);
}

/// A member's own place on the roll.
struct MyEntitlement {
    bool rehearsal = false;
    bool entitled = false;
    std::optional<std::string> constituency;
    std::optional<std::string> employer;
    std::optional<std::string> workplace;
    std::optional<std::string> category;
    std::optional<std::int64_t> paper; ///< the number of their voting paper (TULRCA s.229(1A)(d)), on whichever channel they return it
    std::string words;                 ///< one sentence or two
};
template <class V> void describe(V& v, MyEntitlement& m)
{
    v("rehearsal", m.rehearsal);
    v("entitled", m.entitled);
    v("constituency", m.constituency);
    v("employer", m.employer);
    v("workplace", m.workplace);
    v("category", m.category);
    v("paper", m.paper);
    v("words", m.words);
}

} // namespace walkout::wire
