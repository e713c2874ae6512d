#include "server/store/store.hpp"

namespace walkout::store {

Store::Store(const std::filesystem::path& file, Database database, Purpose of, std::size_t connections, Writer::BeforeCommit before_commit)
    : purpose(of), writer(std::move(database), std::move(before_commit)), readers(file, connections)
{}

Result<std::unique_ptr<Store>> Store::open(const std::filesystem::path& file, Purpose purpose, std::size_t readers,
                                           Writer::BeforeCommit before_commit)
{
    Database database(file);
    if (const auto ready = migrate(database, purpose); !ready) return ready.error();
    return std::make_unique<Store>(file, std::move(database), purpose, readers, std::move(before_commit));
}

} // namespace walkout::store
