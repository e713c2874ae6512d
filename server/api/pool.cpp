#include "server/api/pool.hpp"

namespace walkout::api {

Pool::Pool(unsigned threads, std::size_t most_waiting) : most_waiting_(most_waiting)
{
    for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { loop(); });
}

bool Pool::run(std::function<void()> work)
{
    {
        const std::lock_guard lock(mutex_);
        if (stopping_ || waiting_.size() >= most_waiting_) return false;
        waiting_.push_back(std::move(work));
    }
    arrived_.notify_one();
    return true;
}

void Pool::stop()
{
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    arrived_.notify_all();
    for (auto& thread : threads_)
        if (thread.joinable()) thread.join();
}

void Pool::loop()
{
    for (;;) {
        std::function<void()> work;
        {
            std::unique_lock lock(mutex_);
            arrived_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
            if (waiting_.empty()) return;
            work = std::move(waiting_.front());
            waiting_.pop_front();
        }
        work();
    }
}

} // namespace walkout::api
