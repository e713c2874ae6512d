#pragma once

#include "server/store/sqlite.hpp"

#include <condition_variable>
#include <mutex>

namespace walkout::store {

/// A pool of read-only connections. Each read sees one snapshot, which includes every write acknowledged before it began. Thread-safe.
class Readers {
public:
    Readers(const std::filesystem::path& file, std::size_t connections);

    /// read([&](const ReadTx& tx) { ... }) waits for a free connection and returns what the work returns.
    template <class Work> std::invoke_result_t<Work, const ReadTx&> read(Work&& work)
    {
        Loan loan(*this);
        return loan.database.read(std::forward<Work>(work));
    }

private:
    struct Loan {
        explicit Loan(Readers& from) : readers(from), database(from.take()) {}
        Loan(const Loan&) = delete;
        Loan& operator=(const Loan&) = delete;
        ~Loan() { readers.give_back(database); }
        Readers& readers;
        Database& database;
    };
    Database& take();
    void give_back(Database& database);

    std::vector<Database> connections_;
    std::vector<Database*> free_;
    std::mutex mutex_;
    std::condition_variable returned_;
};

} // namespace walkout::store
