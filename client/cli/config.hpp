#pragma once

#include "shared/base/result.hpp"

#include <filesystem>
#include <string>

namespace walkout::cli {

/// config.toml in the config folder: what `walkout login` remembers, and people may edit.
struct Config {
    std::string server{}; ///< empty: none
    std::string cacert{}; ///< empty: the system's authorities
};

Result<Config> read_config(const std::filesystem::path& folder); ///< empty where there is no file; refuses bad_config
void write_config(const std::filesystem::path& folder, const Config& config);

} // namespace walkout::cli
