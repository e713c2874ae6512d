#include "server/app/operator.hpp"
#include "server/app/serve.hpp"

#include <CLI/CLI.hpp>

#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <iostream>

namespace {

using namespace walkout;

struct Arguments {
    std::string config = "/etc/walkout/walkoutd.toml";
    bool rehearsal = false;
    std::string role, key, clock;
    service::Enrolment official{};
};

void add_options(CLI::App& app, Arguments& given)
{
    app.set_version_flag("--version", "walkoutd " WALKOUT_VERSION);
    app.add_option("--config", given.config, "Configuration file (TOML)")->capture_default_str();
    app.fallthrough()->require_subcommand(1);
    auto* init = app.add_subcommand("init", "Make the database and the board's signing key");
    auto* rehearsal = init->add_flag("--rehearsal", given.rehearsal, "For a rehearsal, for ever");
    init->add_option("--clock", given.clock, "Where the rehearsal's ballot clock begins, such as 2013-09-02T08:00:00Z; now where absent")
        ->needs(rehearsal)
        ->check([](const std::string& text) { return parse_instant(text) ? std::string() : "is not an instant such as 2013-09-02T08:00:00Z"; });
    app.add_subcommand("serve", "Serve until SIGTERM");
    app.add_subcommand("check", "Verify the database, the audit log and every board");
    auto* official = app.add_subcommand("official", "Those who run ballots")->require_subcommand(1);
    auto* add = official->add_subcommand("add", "Enrol an official");
    std::vector<std::string> roles;
    for (const auto& [role, role_name] : enum_names(ballot::Role{})) roles.emplace_back(role_name);
    add->add_option("--number", given.official.number, "Member number, or a name to sign in with")->required();
    add->add_option("--name", given.official.name, "Full name")->required();
    add->add_option("--email", given.official.email, "Where one-time codes go")->required();
    add->add_option("--role", given.role, "Their office")->required()->check(CLI::IsMember(roles));
    add->add_option("--scope", given.official.office.scope, "The branch of a co-chair");
    add->add_option("--signing-key,--key", given.key,
                    "Public half of the signing key, as the official's `walkout key new` printed it (64 hex digits)")
        ->required();
}

Result<void> run(const CLI::App& app, Arguments& given)
{
    const auto config = app::read_config(given.config);
    if (!config) return config.error();
    const auto chosen = app.get_subcommands().front()->get_name();
    if (chosen == "init") return app::init(*config, given.rehearsal, parse_instant(given.clock), std::cout);
    if (chosen == "serve") return app::serve(*config, std::cout);
    if (chosen == "check") return app::check(*config, std::cout);
    given.official.office.role = *from_name<ballot::Role>(given.role);
    const auto key = parse_public_key(given.key);
    if (!key) return Refusal{.kind = Kind::malformed, .code = "bad_key", .detail = "--signing-key is 64 lower-case hexadecimal digits."};
    given.official.signing_key = *key;
    return app::add_official(*config, given.official, ::isatty(STDOUT_FILENO) == 1, std::cout);
}

} // namespace

int main(int argc, char** argv)
try {
    ::umask(077);                  // whatever is made here is its owner's alone
    std::signal(SIGPIPE, SIG_IGN); // a log or terminal that went away must not end an open ballot
    CLI::App app("The Walkout ballot server.", "walkoutd");
    Arguments given;
    add_options(app, given);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& misused) {
        return app.exit(misused) == 0 ? 0 : 2;
    }
    const auto result = run(app, given);
    if (result) return 0;
    const auto& refusal = result.error();
    std::cerr << "walkoutd: " << refusal.detail << (refusal.next.empty() ? "" : "\n  " + refusal.next) << "\n  [" << refusal.code << "]\n";
    return 1;
} catch (const std::exception& broken) {
    std::cerr << "walkoutd: " << broken.what() << '\n';
    return 1;
}
