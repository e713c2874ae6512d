#pragma once

#ifdef WALKOUT_MEMCHECK
#include <valgrind/memcheck.h>
#endif

#include <ranges>

namespace walkout {

/// Says that a value made from secrets is meant for everybody: from here on code may branch on it. Does nothing, except in the memcheck test
/// (tests/constant_time), where secrets count as undefined and any branch, index or length that depends on one is an error. Every call is a
/// declaration to be justified: find them all with grep.
template <class T> T published(T value)
{
#ifdef WALKOUT_MEMCHECK
    if constexpr (std::ranges::contiguous_range<T>)
        VALGRIND_MAKE_MEM_DEFINED(std::ranges::data(value), std::ranges::size(value) * sizeof *std::ranges::data(value));
    else VALGRIND_MAKE_MEM_DEFINED(&value, sizeof value);
#endif
    return value;
}

} // namespace walkout
