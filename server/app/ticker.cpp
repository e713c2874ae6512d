#include "server/app/ticker.hpp"

#include <exception>
#include <utility>

namespace walkout::app {

Ticker::Ticker(std::chrono::milliseconds every, std::function<void()> work, std::function<void(const std::string& what)> complain)
    : every_(every), work_(std::move(work)), complain_(std::move(complain))
{}

void Ticker::start()
{
    thread_ = std::thread([this] { loop(); });
}

void Ticker::stop()
{
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    stopped_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void Ticker::loop()
{
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        lock.unlock();
        try {
            work_();
        } catch (const std::exception& failure) {
            complain_(failure.what());
        }
        lock.lock();
        stopped_.wait_for(lock, every_, [this] { return stopping_; });
    }
}

} // namespace walkout::app
