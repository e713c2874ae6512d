#pragma once

#include "server/store/migrations.hpp"
#include "server/store/readers.hpp"
#include "server/store/writer.hpp"

namespace walkout::store {

/// An open database file, as a server uses it: migrated, with its one writer and its readers.
struct Store {
    /// Throws Failure when the file cannot be opened; see migrate() for what it refuses.
    static Result<std::unique_ptr<Store>> open(const std::filesystem::path& file, Purpose purpose, std::size_t readers = 4,
                                               Writer::BeforeCommit before_commit = {});

    template <class Work> auto read(Work&& work) { return readers.read(std::forward<Work>(work)); }
    template <class Work> auto write(Work&& work) { return writer.write(std::forward<Work>(work)); }

    Purpose purpose;
    Writer writer; // opened first, closed last: a read-only connection cannot checkpoint the WAL
    Readers readers;

    Store(const std::filesystem::path& file, Database database, Purpose purpose, std::size_t readers, Writer::BeforeCommit before_commit);
};

} // namespace walkout::store
