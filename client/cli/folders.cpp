#include "client/cli/folders.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <optional>
#include <stdexcept>
#include <system_error>

namespace walkout::cli {
namespace {

namespace fs = std::filesystem;

fs::path base(const char* variable, const char* under_home)
{
    if (const char* set = std::getenv(variable); set != nullptr && *set == '/') return fs::path(set) / "walkout"; // the XDG rule: absolute or ignored
    const char* home = std::getenv("HOME");
    if (home == nullptr || *home == '\0') throw std::runtime_error(std::string("neither ") + variable + " nor HOME is set");
    return fs::path(home) / under_home / "walkout";
}

[[noreturn]] void fail(const fs::path& file, const char* what)
{
    throw std::system_error(errno, std::generic_category(), file.string() + ": " + what);
}

struct File {
    explicit File(int opened) : descriptor(opened) {}
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File()
    {
        if (descriptor >= 0) ::close(descriptor);
    }
    int descriptor;
};

void write_all(int descriptor, std::string_view content, const fs::path& file)
{
    while (!content.empty()) {
        const auto written = ::write(descriptor, content.data(), content.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) fail(file, "cannot be written");
        content.remove_prefix(static_cast<std::size_t>(written));
    }
}

/// Room for the whole file at once: a string that had to grow would leave unwiped copies of a secret behind.
std::size_t room_for(int descriptor)
{
    struct stat status {};
    if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) return 64 * 1024;
    return static_cast<std::size_t>(status.st_size) + 1;
}

std::optional<std::string> read_all(const fs::path& file)
{
    const File in(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (in.descriptor < 0) return std::nullopt;
    std::string out(room_for(in.descriptor), '\0');
    std::size_t size = 0;
    for (;;) {
        if (size == out.size()) out.resize(2 * out.size());
        const auto got = ::read(in.descriptor, out.data() + size, out.size() - size);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return std::nullopt;
        if (got == 0) break;
        size += static_cast<std::size_t>(got);
    }
    out.resize(size);
    return out;
}

Refusal unreadable(const fs::path& file)
{
    if (errno == ENOENT) return {.kind = Kind::not_found, .code = "no_such_file", .detail = "There is no file " + file.string() + "."};
    return {.kind = Kind::invalid,
            .code = "cannot_read",
            .detail = "The file " + file.string() + " cannot be read (" + std::generic_category().message(errno) + ")."};
}

} // namespace

Folders Folders::from_environment()
{
    return {
        .config = base("XDG_CONFIG_HOME", ".config"), .state = base("XDG_STATE_HOME", ".local/state"), .data = base("XDG_DATA_HOME", ".local/share")};
}

Result<std::string> read_file(const fs::path& file)
{
    if (auto content = read_all(file)) return *std::move(content);
    return unreadable(file);
}

Result<Secret> read_secret_file(const fs::path& file)
{
    if (auto content = read_all(file)) return Secret(*std::move(content));
    return unreadable(file);
}

void write_private(const fs::path& file, std::string_view content)
{
    const auto folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
    if (fs::create_directories(folder)) fs::permissions(folder, fs::perms::owner_all);
    auto pattern = file.string() + ".XXXXXX";
    {
        const File out(::mkstemp(pattern.data())); // mode 0600
        if (out.descriptor < 0) fail(file, "cannot be made");
        write_all(out.descriptor, content, file);
        if (::fsync(out.descriptor) != 0) fail(file, "cannot be synced");
    }
    if (::rename(pattern.c_str(), file.c_str()) != 0) fail(file, "cannot be replaced");
    const File directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (directory.descriptor < 0 || ::fsync(directory.descriptor) != 0) fail(file, "cannot be synced");
}

FileLock FileLock::open(const fs::path& file)
{
    const auto name = file.string() + ".lock";
    FileLock lock(::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (lock.descriptor_ < 0) fail(name, "cannot be made");
    return lock;
}

Result<FileLock> FileLock::take(const fs::path& file)
{
    auto lock = open(file);
    if (::flock(lock.descriptor_, LOCK_EX | LOCK_NB) == 0) return lock;
    if (errno != EWOULDBLOCK) fail(file, "cannot be locked");
    return Refusal{Kind::conflict, "in_use", "Another command is working with " + file.string() + ".", "Wait until it has ended, then try again."};
}

FileLock FileLock::wait_for(const fs::path& file)
{
    auto lock = open(file);
    while (::flock(lock.descriptor_, LOCK_EX) != 0)
        if (errno != EINTR) fail(file, "cannot be locked");
    return lock;
}

FileLock::~FileLock()
{
    if (descriptor_ >= 0) ::close(descriptor_);
}

} // namespace walkout::cli
