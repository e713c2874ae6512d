#pragma once

#include "shared/base/time.hpp"
#include "shared/wire/codec.hpp"

#include <optional>
#include <string>
#include <vector>

namespace walkout::wire {

/// Somebody on a post's list, as a device knows it.
struct OnPost {
    std::string number;
    std::string name;
    std::string state; ///< expected, arrived or left
    std::optional<Instant> at;
    std::string words;    ///< "arrived 11:50am", in local time; empty while they are expected
    bool waits = false;   ///< on this device, for the server
    bool refused = false; ///< by the server; it is on this device alone
};
template <class V> void describe(V& v, OnPost& m)
{
    v("number", m.number);
    v("name", m.name);
    v("state", m.state);
    v("at", m.at);
    v("words", m.words);
    v("waits", m.waits);
    v("refused", m.refused);
}

/// What `walkout picket check-in POST --json` shows.
struct PostList {
    std::int64_t post = 0;
    std::string words;
    std::optional<Instant> heard_at; ///< when the server was last heard, by this machine's clock
    std::vector<OnPost> people;
    bool rehearsal = false;
};
template <class V> void describe(V& v, PostList& m)
{
    v("post", m.post);
    v("words", m.words);
    v("heard_at", m.heard_at);
    v("people", m.people);
    v("rehearsal", m.rehearsal);
}

} // namespace walkout::wire
