#pragma once

#include "client/cli/command.hpp"
#include "shared/crypto/sealing.hpp"
#include "shared/wire/secret_json.hpp"

namespace walkout::cli {

/// Reads and writes described messages that rest under a passphrase: "walkout-trustee/1", "walkout-vault/1".
template <class T> struct LockedFile {
    std::filesystem::path path;
    std::string_view magic;

    bool exists() const { return std::filesystem::exists(path); }

    /// Refuses with "passphrase" when it does not open.
    Result<T> open(const Secret& passphrase) const
    {
        const auto content = read_secret_file(path);
        if (!content) return content.error();
        if (!content->reveal().starts_with(magic))
            return Refusal{Kind::invalid, "wrong_file",
                           path.string() + " is not a file of this kind: it should begin with \"" + std::string(magic) + "\".",
                           "Check the file's name."};
        const auto plain = unlock_with_passphrase(magic, content->reveal(), passphrase);
        if (!plain)
            return Refusal{Kind::not_allowed, "passphrase", "The passphrase does not open " + path.string() + ", or the file is damaged.",
                           "Try again: capital letters and blanks count. If you are sure of the passphrase, use your copy of the file."};
        return wire::from_secret_json<T>(plain->reveal());
    }

    void write(const T& message, const Secret& passphrase, Random& random) const
    {
        write_private(path, lock_with_passphrase(magic, wire::to_secret_json(message), passphrase, random));
    }
};

inline constexpr std::size_t shortest_passphrase = 12; ///< whoever steals the file may try as many as they like

/// A passphrase for a new file is asked for twice; for an existing one, once.
inline Result<Secret> passphrase(Session& session, const std::string& file_or_dash, bool fresh)
{
    auto first = session.terminal().secret_from(file_or_dash, fresh ? "New passphrase for this file:" : "Passphrase:", "--passphrase-file");
    if (!first || !fresh) return first;
    if (first->reveal().size() < shortest_passphrase)
        return Refusal{
            Kind::invalid, "passphrase_short", "The passphrase is shorter than 12 characters.",
            "Four words that do not belong together are easy to keep in mind. Nobody can replace a passphrase: write it down and lock it away."};
    if (!file_or_dash.empty()) return first;
    const auto again = session.terminal().ask_secret("The same passphrase again:", "--passphrase-file");
    if (!again) return again.error();
    if (!first->matches(*again)) return Refusal{Kind::invalid, "passphrases_differ", "The two passphrases differ.", "Start again."};
    return first;
}

} // namespace walkout::cli
