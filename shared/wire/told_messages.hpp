#pragma once

#include "shared/base/time.hpp"
#include "shared/wire/codec.hpp"

#include <cstdint>

namespace walkout::wire {

/// That those entitled to vote were told the result (TULRCA s.231).
struct MembersTold {
    bool rehearsal = false;
    Instant told_at{};
    std::string told_by;
    std::int64_t mailed = 0;
    std::int64_t without_address = 0; ///< no mail address on the register: they are owed a letter
};
template <class V> void describe(V& v, MembersTold& m)
{
    v("rehearsal", m.rehearsal);
    v("told_at", m.told_at);
    v("told_by", m.told_by);
    v("mailed", m.mailed);
    v("without_address", m.without_address);
}

} // namespace walkout::wire
