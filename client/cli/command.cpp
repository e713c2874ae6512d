#include "client/cli/command.hpp"

#include "client/cli/config.hpp"
#include "shared/crypto/system_random.hpp"
#include "shared/wire/problem.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>
#include <iterator>

namespace walkout::cli {
namespace {

void show_refusal(const Refusal& refusal, bool json, const Terminal& terminal)
{
    const auto unless_empty = [](const std::string& text) { return text.empty() ? std::nullopt : std::optional(text); };
    if (json)
        return terminal.say(wire::to_json(wire::Problem{.type = "/problems/" + refusal.code,
                                                        .title = refusal.code,
                                                        .status = 0,
                                                        .detail = refusal.detail,
                                                        .instance = "",
                                                        .kind = refusal.kind,
                                                        .next = unless_empty(refusal.next),
                                                        .rule = unless_empty(refusal.rule),
                                                        .source = unless_empty(refusal.source),
                                                        .earliest_lawful = unless_empty(refusal.earliest_lawful)}));
    terminal.tell("walkout: " + refusal.detail);
    if (!refusal.rule.empty()) terminal.say("  rule: " + refusal.rule + (refusal.source.empty() ? "" : " (" + refusal.source + ")"));
    if (!refusal.earliest_lawful.empty()) terminal.say("  lawful from: " + refusal.earliest_lawful);
    if (!refusal.next.empty()) terminal.tell("  " + refusal.next);
    terminal.say("  [" + refusal.code + "]");
}

/// "walkout ballot vote": the deepest command that was named, whose usage an error is about.
std::string named_command(const CLI::App& app)
{
    const auto below = app.get_subcommands();
    return app.get_name() + (below.empty() ? "" : " " + named_command(*below.front()));
}

} // namespace

Exit exit_code(const Refusal& refusal)
{
    // What a check of this machine found wrong with what a server or a file says.
    constexpr std::string_view verification[] = {
        "verification_failed", "archive_rejected", "not_an_extension", "head_signature",    "head_mismatch",        "board_changed",
        "receipt_rejected",    "paper_not_bound",  "split_view",       "board_key_changed", "evidence_rejected",    "approval_not_proven",
        "approver_key_wrong",  "bad_share",        "ceremony_message", "ceremony_unsound",  "certificates_changed", "seat_taken",
        "second_tally",        "wrong_election",   "wrong_key",        "wrong_share",       "not_in_ceremony",      "register_rejected",
        "batch_not_signed",    "not_in_vault",     "roster_damaged",   "pass_not_genuine"};
    // What shared/protocol/challenge.hpp and shared/protocol/ballot.hpp find wrong with a challenge file and with a ballot.
    constexpr std::string_view ballot_checks[] = {"not_canonical", "signature", "credential", "group", "shape", "proof"};
    if (refusal.code.starts_with("challenge_") || std::ranges::find(ballot_checks, refusal.code) != std::end(ballot_checks))
        return Exit::verification_failed;
    if (std::ranges::find(verification, refusal.code) != std::end(verification)) return Exit::verification_failed;
    switch (refusal.kind) {
    case Kind::sign_in_needed:
    case Kind::not_allowed: return Exit::sign_in;
    case Kind::not_entitled:
    case Kind::not_open: return Exit::not_open;
    case Kind::conflict:
    case Kind::changed_by_other: return Exit::conflict;
    case Kind::unavailable: return Exit::unreachable;
    case Kind::malformed:
    case Kind::not_found:
    case Kind::precondition_required:
    case Kind::too_large:
    case Kind::invalid:
    case Kind::unlawful:
    case Kind::too_many: return Exit::error;
    }
    return Exit::error;
}

Result<Session::Trusted> Session::trusted() const
{
    auto configured = read_config(folders_.config);
    if (!configured) return configured.error();
    const auto server = !common_.server.empty() ? common_.server : configured->server;
    if (server.empty())
        return Refusal{.kind = Kind::invalid,
                       .code = "no_server",
                       .detail = "No server is named.",
                       .next = "Give --server https://..., or set WALKOUT_SERVER; `walkout login` then remembers it."};
    // A certificate authority goes with the server it was accepted for, and with no other.
    const auto remembered = server == configured->server ? configured->cacert : std::string();
    return Trusted{server, !common_.cacert.empty() ? common_.cacert : remembered};
}

Result<std::string> Session::server_url() const
{
    auto known = trusted();
    if (!known) return known.error();
    return std::move(known->server);
}

Result<Api*> Session::api()
{
    if (api_) return api_.get();
    const auto known = trusted();
    if (!known) return known.error();
    auto address = net::parse_address(known->server);
    if (!address) return address.error();
    api_ = std::make_unique<Api>(net::HttpsClient(*std::move(address), {.cacert = known->cacert}), stored_token(known->server), random_);
    return api_.get();
}

/// The file holds the server's address and the token, a line each, so that a token never goes to another server.
Secret Session::stored_token(const std::string& server) const
{
    const auto file = read_secret_file(folders_.state / "session");
    if (!file) return {};
    const auto text = file->reveal();
    const auto end = text.find('\n');
    if (end == text.npos || text.substr(0, end) != server) return {};
    const auto token = text.substr(end + 1);
    return Secret(bytes_of(token.substr(0, token.find('\n'))));
}

Result<void> Session::keep_token(Secret token)
{
    const auto known = trusted();
    if (!known) return known.error();
    const Secret file(known->server + "\n" + std::string(token.reveal()) + "\n");
    write_private(folders_.state / "session", file.reveal());
    const auto cacert = known->cacert.empty() ? std::string() : std::filesystem::absolute(known->cacert).string();
    write_config(folders_.config, {.server = known->server, .cacert = cacert});
    if (api_) api_->use_token(std::move(token));
    return {};
}

void Session::forget_token()
{
    std::filesystem::remove(folders_.state / "session");
    if (api_) api_->use_token({});
}

void Session::show(const std::string& json, const std::string& words) const { terminal_.print(common_.json ? json : words); }

void on_run(Command command, Session& session, std::function<Result<Exit>()> run)
{
    command.get().callback([&session, run = std::move(run)] { session.chosen_ = run; });
}

int run(int argc, const char* const* argv, const std::function<void(Command, Session&)>& add)
{
    Terminal terminal;
    SystemRandom random;
    Session session(Folders::from_environment(), terminal, random);
    auto& common = session.common_;
    CLI::App app("Industrial action ballots that anyone can verify, walkouts and pickets.", "walkout");
    bool no_input = false;
    std::string lang = "en";
    app.set_version_flag("--version", "walkout " WALKOUT_VERSION);
    app.add_option("--server", common.server, "Address of the server, https://host[:port]")->envname("WALKOUT_SERVER");
    app.add_option("--cacert", common.cacert, "Certificate authorities to trust instead of the system's (PEM)")->check(CLI::ExistingFile);
    app.add_flag("--json", common.json, "Print data as JSON");
    app.add_option("--lang", lang, "Language of voting papers and of documents that are written in both: en or cy")
        ->check(CLI::IsMember({"en", "cy"}));
    app.add_flag("--no-input", no_input, "Never ask; fail where an answer would be needed");
    app.fallthrough()->require_subcommand(1);
    add(Command(app), session);
    try {
        app.parse(argc, argv);
    } catch (const CLI::Success& asked_for_help) {
        return app.exit(asked_for_help);
    } catch (const CLI::ParseError& misused) {
        std::cerr << "walkout: " << misused.what() << "\n  Run `" << named_command(app) << " --help` for how to use it.\n";
        return static_cast<int>(Exit::usage);
    }
    if (!session.chosen_) {
        std::cerr << "walkout: There is more to say.\n  Run `" << named_command(app) << " --help` for how to use it.\n";
        return static_cast<int>(Exit::usage);
    }
    common.lang = *from_name<Lang>(lang);
    if (no_input) terminal.no_input();
    try {
        const auto result = session.chosen_();
        if (session.api_ && session.api_->rehearsal() && !common.json)
            terminal.tell(
                terminal.dim("REHEARSAL: practice only. Ballots here may be played online as if that had been lawful on their dates; it was not."));
        if (result) return static_cast<int>(*result);
        show_refusal(result.error(), common.json, terminal);
        return static_cast<int>(exit_code(result.error()));
    } catch (const Interrupted&) {
        terminal.say(Terminal::interrupted_words());
        return static_cast<int>(Exit::interrupted);
    } catch (const std::exception& broken) {
        show_refusal({.kind = Kind::invalid, .code = "failed", .detail = broken.what()}, common.json, terminal);
        return static_cast<int>(Exit::error);
    }
}

} // namespace walkout::cli
