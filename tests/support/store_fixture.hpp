#pragma once

#include "server/store/store.hpp"
#include "tests/support/temporary_folder.hpp"

namespace walkout::test {

/// A new, migrated database in a file of its own.
struct OpenStore {
    explicit OpenStore(store::Purpose purpose = store::Purpose::normal, store::Writer::BeforeCommit before_commit = {})
        : file(folder.path / "walkout.db"), store(made(file, purpose, std::move(before_commit)))
    {}
    TemporaryFolder folder;
    std::filesystem::path file;
    std::unique_ptr<store::Store> store;

private:
    static std::unique_ptr<store::Store> made(const std::filesystem::path& file, store::Purpose purpose, store::Writer::BeforeCommit before_commit)
    {
        store::Database(file, store::Database::Mode::create);
        return store::Store::open(file, purpose, 2, std::move(before_commit)).value();
    }
};

} // namespace walkout::test
