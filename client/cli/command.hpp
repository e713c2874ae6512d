#pragma once

#include "client/cli/api.hpp"
#include "client/cli/command_line.hpp"
#include "client/cli/folders.hpp"
#include "client/cli/terminal.hpp"
#include "shared/base/names.hpp"
#include "shared/base/result.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace walkout::cli {

/// design.md section 4.
enum class Exit {
    done = 0,
    error = 1,
    usage = 2,
    verification_failed = 3,
    sign_in = 4,
    not_open = 5,
    unreachable = 6,
    conflict = 7,
    interrupted = 130
};

/// The one mapping from a refusal to an exit code.
Exit exit_code(const Refusal& refusal);

enum class Lang { en, cy };
constexpr auto enum_names(Lang) { return std::to_array<std::pair<Lang, std::string_view>>({{Lang::en, "en"}, {Lang::cy, "cy"}}); }

/// What all commands share: the common options, the folders, the terminal and the server.
class Session {
public:
    struct Common {
        std::string server{};
        std::string cacert{};
        Lang lang = Lang::en;
        bool json = false;
    };
    Session(Folders folders, Terminal& terminal, Random& random) : folders_(std::move(folders)), terminal_(terminal), random_(random) {}

    /// The server named by --server, WALKOUT_SERVER or the configuration, in this order, with the stored session token where it is that
    /// server's. Refuses with "no_server" where none is named. Made once; the pointer lives as long as the session.
    Result<Api*> api();
    Result<std::string> server_url() const; ///< of the same server

    Terminal& terminal() { return terminal_; }
    const Folders& folders() const { return folders_; }
    Random& random() { return random_; }
    bool json() const { return common_.json; }
    Lang lang() const { return common_.lang; }

    /// After signing in: keeps the token (state folder, 0600) for this server only, and makes this server and its --cacert the remembered
    /// ones.
    Result<void> keep_token(Secret token);
    void forget_token();

    /// Data on stdout: the JSON under --json, else the words.
    void show(const std::string& json, const std::string& words) const;

private:
    friend int run(int argc, const char* const* argv, const std::function<void(Command, Session&)>& add);
    friend void on_run(Command command, Session& session, std::function<Result<Exit>()> run);
    struct Trusted {
        std::string server{};
        std::string cacert{};
    };
    Result<Trusted> trusted() const;
    Secret stored_token(const std::string& server) const;

    Folders folders_;
    Terminal& terminal_;
    Random& random_;
    Common common_{};
    std::unique_ptr<Api> api_;
    std::function<Result<Exit>()> chosen_;
};

/// Makes `run` what the command does once everything is parsed. Its refusal is shown (sentence, next step, code; with --json one problem
/// object on stderr) and becomes the exit code; an exception becomes "error".
void on_run(Command command, Session& session, std::function<Result<Exit>()> run);

/// A place for an option's value that lives as long as the command's callback: `auto file = value<std::string>();`
///     command.add_option("--answers", *file, "..."); on_run(command, session, [file] { use(*file); ... });
template <class T> std::shared_ptr<T> value(T initial = {}) { return std::make_shared<T>(std::move(initial)); }

// One per command group, called by main.cpp:   void add_<group>_commands(Command app, Session& session);

/// Parses and runs. `add` registers the command groups.
int run(int argc, const char* const* argv, const std::function<void(Command, Session&)>& add);

} // namespace walkout::cli
