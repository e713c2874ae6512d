#pragma once

#include "shared/base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <string>

namespace walkout::app {

/// walkoutd's configuration, one TOML file. Relative paths count from the folder of that file; secrets lie in files of their own.
///
///     database = "walkout.db"
///     board_key = "board.key"             # made by `walkoutd init`
///     outbox = "outbox"                   # folder that mails are written to
///     public_url = "https://localhost:8443"
///     rehearsal = false                   # must be what the database was made for
///     templates = "templates"             # a union's own wording and look of documents; absent: ours
///     log = "walkoutd.log"                # JSON lines; standard error if absent
///     address = "127.0.0.1"
///     port = 8443
///     threads = 2                         # for checking votes and reading; absent: one for each core
///     io_threads = 2
///     requests_per_second = 100           # from one address, in bursts of ten times as many; 0: unlimited
///     mail_from = "ballots@example.org"
///     [tls]
///     certificate = "server.pem"
///     key = "server.key"
///     allow_tls12 = false
struct Config {
    std::filesystem::path database{};
    std::filesystem::path board_key{};
    std::filesystem::path outbox{};
    std::string public_url{};
    bool rehearsal = false;
    std::filesystem::path templates{}; ///< empty where absent
    std::filesystem::path log{};
    std::string address = "127.0.0.1";
    std::int64_t port = 8443;
    std::int64_t threads = 0;
    std::int64_t io_threads = 2;
    std::int64_t requests_per_second = 100;
    std::string mail_from = "walkout@localhost";
    std::filesystem::path certificate{};
    std::filesystem::path key{};
    bool allow_tls12 = false;
};

/// Refuses with bad_config: what is not TOML, a missing or unknown field, a field of the wrong type or out of range; the sentence names it.
Result<Config> parse_config(std::string_view toml, const std::filesystem::path& folder);
Result<Config> read_config(const std::filesystem::path& file);

} // namespace walkout::app
