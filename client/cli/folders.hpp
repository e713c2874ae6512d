#pragma once

#include "shared/base/result.hpp"
#include "shared/base/secret.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

namespace walkout::cli {

/// XDG base directories, each with "walkout" appended. Folders are made 0700 and files 0600.
struct Folders {
    std::filesystem::path config; ///< trusted server
    std::filesystem::path state;  ///< session token, receipts, sealed ballots not yet acknowledged
    std::filesystem::path data;   ///< signing keys, vaults

    static Folders from_environment(); ///< XDG_CONFIG_HOME, XDG_STATE_HOME, XDG_DATA_HOME, else under HOME
};

/// Refuses with "no_such_file" or "cannot_read".
Result<std::string> read_file(const std::filesystem::path& file);
/// The same into memory that is wiped; warns nobody and follows no "-".
Result<Secret> read_secret_file(const std::filesystem::path& file);

/// Replaces the file in one step (a temporary beside it, fsync, rename), mode 0600, making its folder 0700 if need be. Throws on failure.
void write_private(const std::filesystem::path& file, std::string_view content);

/// One command at a time reads a file, adds to it and writes it again. Held until destroyed, or the process ends in any way.
class FileLock {
public:
    static Result<FileLock> take(const std::filesystem::path& file); ///< refuses with "in_use"; leaves an empty FILE.lock behind
    static FileLock wait_for(const std::filesystem::path& file);     ///< for what takes a moment
    FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    FileLock& operator=(FileLock&&) = delete;
    ~FileLock();

private:
    explicit FileLock(int descriptor) : descriptor_(descriptor) {}
    static FileLock open(const std::filesystem::path& file);
    int descriptor_;
};

} // namespace walkout::cli
