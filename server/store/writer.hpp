#pragma once

#include "server/store/sqlite.hpp"

#include <condition_variable>
#include <exception>
#include <future>
#include <mutex>
#include <thread>

namespace walkout::store {

/// How a job ended. Known only when the group's commit has succeeded or failed: a refusal, too, may rest on what an earlier job
/// of the same group wrote, so nobody is told anything before the disk has it.
enum class Outcome {
    committed,   ///< the job kept its changes and they are on disk
    rolled_back, ///< the job refused: nothing of it is left, whatever it answers is true of what is on disk
    failed,      ///< it threw, or the transaction broke: nothing of it is left, its caller may try again
};

/// THE writer: one thread, one connection. It takes everything waiting, runs each job in a savepoint of one IMMEDIATE transaction,
/// commits once (one fsync for many votes), then tells everybody. Thread-safe. See design.md section 2 for its traps.
class Writer {
public:
    /// Runs inside the transaction after its last job, just before COMMIT, where at least one job kept changes.
    /// If it throws, the commit fails and nobody in the group is acknowledged. May be empty.
    using BeforeCommit = std::function<void()>;

    explicit Writer(Database database, BeforeCommit before_commit = {});
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;
    ~Writer() { stop(); }

    /// job(WriteTx&) -> bool: true keeps its changes, false (or throwing) leaves nothing behind.
    /// done(Outcome, std::exception_ptr) is called once, on the writer thread, after the commit; the pointer is set when failed.
    /// done must not throw and must not wait for another write. Both may be move-only. Throws std::runtime_error after stop().
    template <class Job, class Done> void submit(Job job, Done done)
    {
        struct Both final : Task {
            Both(Job&& j, Done&& d) : job(std::move(j)), done(std::move(d)) {}
            bool run(WriteTx& tx) override { return job(tx); }
            void tell() noexcept override { done(this->outcome, std::move(this->why)); }
            Job job;
            Done done;
        };
        enqueue(std::make_unique<Both>(std::move(job), std::move(done)));
    }

    /// Runs work(WriteTx&) -> Result<T> and waits for its answer. A value commits, a refusal leaves nothing behind;
    /// throws what the work threw, or Failure if the commit failed. Never call it from a job or a done.
    template <class Work> std::invoke_result_t<Work, WriteTx&> write(Work&& work)
    {
        using Answer = std::invoke_result_t<Work, WriteTx&>;
        std::optional<Answer> answer;
        // Shared with the writer thread, which may still be inside set_value() when this thread wakes and leaves. The exception is
        // handed over whole, so that only this thread ever reads and destroys it.
        const auto finished = std::make_shared<std::promise<std::exception_ptr>>();
        submit([&](WriteTx& tx) { return answer.emplace(work(tx)).has_value(); },
               [finished](Outcome, std::exception_ptr why) { finished->set_value(std::move(why)); });
        if (const auto why = finished->get_future().get()) std::rethrow_exception(why);
        return std::move(*answer);
    }

    /// Between two groups: writes the log's pages into the database and cuts the log to nothing, so that it keeps no order of what was written.
    /// Waits for its answer: false where a reader is still looking at the log (call again later) or after stop(). Not from a job or a done.
    bool truncate_log();

    void stop(); ///< finishes everything already submitted, then ends the thread

private:
    struct Task {
        virtual ~Task() = default;
        virtual bool run(WriteTx& tx) = 0;
        virtual void tell() noexcept = 0;
        Outcome outcome = Outcome::failed;
        std::exception_ptr why;
    };
    using Group = std::vector<std::unique_ptr<Task>>;

    void enqueue(std::unique_ptr<Task> task);
    void loop();
    void write_group(Group& group);
    void run_group(Group& group);
    void run_in_savepoint(Task& task, WriteTx& tx);

    Database database_;
    BeforeCommit before_commit_;
    std::mutex mutex_;
    std::condition_variable arrived_;
    Group waiting_;
    std::vector<std::promise<bool>> truncations_; ///< asked for and not yet answered
    bool stopping_ = false;
    std::thread thread_; // last: it uses everything above
};

} // namespace walkout::store
