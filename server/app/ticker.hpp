#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace walkout::app {

/// Does something again and again on a thread of its own, from start() to stop(). What throws is complained of and tried again next time.
class Ticker {
public:
    Ticker(std::chrono::milliseconds every, std::function<void()> work, std::function<void(const std::string& what)> complain);
    Ticker(const Ticker&) = delete;
    Ticker& operator=(const Ticker&) = delete;
    ~Ticker() { stop(); }

    void start();
    void stop(); ///< after the present time, if any

private:
    void loop();

    const std::chrono::milliseconds every_;
    std::function<void()> work_;
    std::function<void(const std::string&)> complain_;
    std::mutex mutex_;
    std::condition_variable stopped_;
    bool stopping_ = false;
    std::thread thread_; // last: it uses everything above
};

} // namespace walkout::app
