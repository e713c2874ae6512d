#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace walkout::api {

/// The CPU pool: threads that read the database and check proofs, away from the I/O threads. Thread-safe.
class Pool {
public:
    explicit Pool(unsigned threads, std::size_t most_waiting = 4096);
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;
    ~Pool() { stop(); }

    /// False, and nothing is done, when too much waits already or the pool has stopped: a clear 503 beats an endless queue.
    /// What is run must not throw.
    bool run(std::function<void()> work);
    void stop(); ///< finishes what waits, then ends the threads

private:
    void loop();

    const std::size_t most_waiting_;
    std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<std::function<void()>> waiting_;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

} // namespace walkout::api
