#pragma once

#include "server/mail/transport.hpp"
#include "server/service/clocks.hpp"
#include "server/service/context.hpp"
#include "server/store/readers.hpp"
#include "server/store/writer.hpp"
#include "shared/base/random.hpp"

#include <atomic>
#include <functional>
#include <string>
#include <thread>

namespace walkout::jobs {

/// Makes the sign-in codes that were asked for, and sends what waits in the outbox, on a thread of its own from start() to stop().
/// A mail may be sent twice if the server dies between sending and noting it, with one Message-ID; never not at all.
class OutboxJob {
public:
    struct Settings {
        bool rehearsal = false;
        std::chrono::milliseconds poll{100};
        std::function<void(const std::string& what)> complain = [](const std::string&) {}; ///< a mail or a pass failed; holds no body and no address
    };
    OutboxJob(store::Readers& readers, store::Writer& writer, mail::Transport& transport, const service::Clocks& clocks, Random& random,
              Settings settings);
    OutboxJob(const OutboxJob&) = delete;
    OutboxJob& operator=(const OutboxJob&) = delete;
    ~OutboxJob() { stop(); }

    void start();
    void stop(); ///< after the mail in hand. Before the writer stops.

    /// One pass: codes, then up to a hundred mails that are due. Returns how many left. For the thread, or for a test that starts none.
    std::int64_t pass();

private:
    void loop();
    void make_codes(const service::Context& context);
    bool deliver(const mail::Message& message);
    void clean_up(Instant now);

    store::Readers& readers_;
    store::Writer& writer_;
    mail::Transport& transport_;
    const service::Clocks& clocks_;
    Random& random_;
    Settings settings_;
    Instant next_clean_up_{};
    std::atomic<bool> stopping_ = false;
    std::thread thread_; // last: it uses everything above
};

} // namespace walkout::jobs
