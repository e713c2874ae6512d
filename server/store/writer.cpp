#include "server/store/writer.hpp"

namespace walkout::store {

Writer::Writer(Database database, BeforeCommit before_commit)
    : database_(std::move(database)), before_commit_(std::move(before_commit)), thread_([this] { loop(); })
{}

void Writer::stop()
{
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    arrived_.notify_one();
    if (thread_.joinable()) thread_.join();
}

void Writer::enqueue(std::unique_ptr<Task> task)
{
    {
        const std::lock_guard lock(mutex_);
        if (stopping_) throw std::runtime_error("the writer has stopped");
        waiting_.push_back(std::move(task));
    }
    arrived_.notify_one();
}

bool Writer::truncate_log()
{
    std::future<bool> done;
    {
        const std::lock_guard lock(mutex_);
        if (stopping_) return false;
        done = truncations_.emplace_back().get_future();
    }
    arrived_.notify_one();
    return done.get();
}

void Writer::loop()
{
    for (;;) {
        Group group;
        std::vector<std::promise<bool>> truncations;
        {
            std::unique_lock lock(mutex_);
            arrived_.wait(lock, [this] { return stopping_ || !waiting_.empty() || !truncations_.empty(); });
            if (waiting_.empty() && truncations_.empty()) return;
            group.swap(waiting_);
            truncations.swap(truncations_);
        }
        if (!group.empty()) write_group(group);
        for (const auto& task : group) task->tell();
        if (truncations.empty()) continue;
        const bool truncated = database_.truncate_log();
        for (auto& asked : truncations) asked.set_value(truncated);
    }
}

/// Either every task's outcome is on disk, or every task has failed.
void Writer::write_group(Group& group)
{
    try {
        run_group(group);
    } catch (...) {
        for (const auto& task : group) {
            task->outcome = Outcome::failed;
            task->why = std::current_exception();
        }
    }
}

void Writer::run_group(Group& group)
{
    Database::Scope scope(database_.db_.get(), "BEGIN IMMEDIATE");
    WriteTx tx(*database_.cache_, database_.db_.get());
    bool something_kept = false;
    for (const auto& task : group) {
        run_in_savepoint(*task, tx);
        something_kept = something_kept || task->outcome == Outcome::committed;
    }
    if (something_kept && before_commit_) before_commit_();
    scope.commit();
}

void Writer::run_in_savepoint(Task& task, WriteTx& tx)
{
    database_.exec("SAVEPOINT job");
    try {
        task.outcome = task.run(tx) ? Outcome::committed : Outcome::rolled_back;
    } catch (...) {
        task.outcome = Outcome::failed;
        task.why = std::current_exception();
    }
    // A full disk, an I/O error or OR ROLLBACK ends the whole transaction, and the next SAVEPOINT would silently start its own.
    if (!database_.in_transaction()) {
        if (task.why) std::rethrow_exception(task.why);
        throw std::logic_error("a job ended the transaction it ran in");
    }
    if (task.outcome != Outcome::committed) database_.exec("ROLLBACK TO job"); // which leaves the savepoint open
    database_.exec("RELEASE job");
}

} // namespace walkout::store
