#pragma once

#include <cstddef>
#include <functional>

namespace walkout::cli {

/// Runs work(0) ... work(count - 1) on all cores and waits.
void run_on_all_cores(std::size_t count, const std::function<void(std::size_t)>& work);

} // namespace walkout::cli
