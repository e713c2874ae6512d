#include "client/cli/board_trust.hpp"

#include "shared/base/encoding.hpp"
#include "shared/crypto/hash.hpp"

#include <filesystem>

namespace walkout::cli {
namespace {

/// "KEY URL", beside what else is trusted of a server.
std::filesystem::path file_of(const Session& session, const std::string& server)
{
    return session.folders().config / "boards" / (hex(sha256(server)).substr(0, 16) + ".key");
}

Result<std::string> kept_key(const std::filesystem::path& file)
{
    if (!std::filesystem::exists(file)) return std::string();
    const auto content = read_file(file);
    if (!content) return content.error();
    return content->substr(0, content->find(' '));
}

Refusal changed(const std::filesystem::path& file, const std::string& kept, const std::string& key)
{
    return {.kind = Kind::conflict,
            .code = "board_key_changed",
            .detail = "This is signed by the board key " + key + ", and the server's on this device is " + kept + ".",
            .next = "Do not use it. Only if the server's operator tells you that the server was set up anew, with exactly this key: remove " +
                    file.string() + "."};
}

} // namespace

Result<void> trust_board_key(const Session& session, const std::string& key)
{
    const auto server = session.server_url();
    if (!server) return server.error();
    const auto file = file_of(session, *server);
    const auto kept = kept_key(file);
    if (!kept) return kept.error();
    if (kept->empty()) write_private(file, key + " " + *server + "\n");
    else if (*kept != key) return changed(file, *kept, key);
    return {};
}

Result<void> check_board_key(const Session& session, const std::string& key)
{
    const auto server = session.server_url();
    if (!server) return server.error();
    const auto file = file_of(session, *server);
    const auto kept = kept_key(file);
    if (!kept) return kept.error();
    if (kept->empty())
        return Refusal{.kind = Kind::not_found,
                       .code = "board_key_unknown",
                       .detail = "This device has never been given the board key of " + *server + ", so it cannot tell who signed this.",
                       .next = "Once, while there is a signal: walkout picket roster WALKOUT"};
    if (*kept != key) return changed(file, *kept, key);
    return {};
}

} // namespace walkout::cli
