#pragma once

#include "shared/base/shared_bytes.hpp"

#include <cstdint>
#include <filesystem>

namespace walkout::store {

/// A file without a name that only grows: a published board as it is served. Looked at through a mapping, its bytes lie in the system's page cache and
/// not in this process's memory, however many clients take however long over them. One thread at a time; views may be used by any.
class GrowingFile {
public:
    explicit GrowingFile(const std::filesystem::path& folder); ///< throws std::system_error, as append does (a full disk)
    GrowingFile(const GrowingFile&) = delete;
    GrowingFile& operator=(const GrowingFile&) = delete;
    ~GrowingFile();

    void append(std::string_view bytes);
    void cut(std::uint64_t size); ///< undoes what was appended beyond, which no view has seen
    std::uint64_t size() const { return size_; }
    SharedBytes view() const; ///< what it holds now; good also after it has grown, and when it is gone

private:
    int descriptor_;
    std::uint64_t size_ = 0;
};

} // namespace walkout::store
