#include "server/store/readers.hpp"

namespace walkout::store {

Readers::Readers(const std::filesystem::path& file, std::size_t connections)
{
    connections_.reserve(connections); // free_ points into it
    for (std::size_t i = 0; i < connections; ++i) free_.push_back(&connections_.emplace_back(file, Database::Mode::read_only));
}

Database& Readers::take()
{
    std::unique_lock lock(mutex_);
    returned_.wait(lock, [this] { return !free_.empty(); });
    auto* const database = free_.back();
    free_.pop_back();
    return *database;
}

void Readers::give_back(Database& database)
{
    {
        const std::lock_guard lock(mutex_);
        free_.push_back(&database);
    }
    returned_.notify_one();
}

} // namespace walkout::store
