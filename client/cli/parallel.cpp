#include "client/cli/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace walkout::cli {

void run_on_all_cores(std::size_t count, const std::function<void(std::size_t)>& work)
{
    std::atomic<std::size_t> next{0};
    std::exception_ptr thrown;
    std::mutex mutex;
    const auto loop = [&] {
        try {
            for (auto i = next++; i < count; i = next++) work(i);
        } catch (...) {
            const std::lock_guard lock(mutex);
            thrown = std::current_exception();
        }
    };
    const auto cores = std::min<std::size_t>(std::max(1U, std::thread::hardware_concurrency()), count);
    std::vector<std::jthread> threads;
    for (std::size_t i = 1; i < cores; ++i) threads.emplace_back(loop);
    loop();
    threads.clear(); // joins
    if (thrown) std::rethrow_exception(thrown);
}

} // namespace walkout::cli
