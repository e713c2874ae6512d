#include "server/store/growing_file.hpp"

#include <sys/mman.h>
#include <sys/stat.h>

#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace walkout::store {
namespace {

[[noreturn]] void fail(const char* operation) { throw std::system_error(errno, std::system_category(), operation); }

} // namespace

GrowingFile::GrowingFile(const std::filesystem::path& folder) : descriptor_(::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR))
{
    if (descriptor_ < 0) fail("cannot make a file for a published board");
}

GrowingFile::~GrowingFile() { ::close(descriptor_); }

void GrowingFile::append(std::string_view bytes)
{
    while (!bytes.empty()) {
        const auto written = ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(size_));
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) fail("cannot write a published board");
        bytes.remove_prefix(static_cast<std::size_t>(written));
        size_ += static_cast<std::uint64_t>(written);
    }
}

void GrowingFile::cut(std::uint64_t size)
{
    if (::ftruncate(descriptor_, static_cast<off_t>(size)) != 0) fail("cannot cut a published board");
    size_ = size;
}

SharedBytes GrowingFile::view() const
{
    if (size_ == 0) return {};
    const auto size = size_;
    void* const start = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, descriptor_, 0);
    if (start == MAP_FAILED) fail("cannot map a published board");
    std::shared_ptr<const void> owner(start, [size](const void* mapped) { ::munmap(const_cast<void*>(mapped), size); });
    return {std::move(owner), {static_cast<const char*>(start), size}};
}

} // namespace walkout::store
