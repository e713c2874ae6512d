#include "client/cli/command.hpp"
#include "client/cli/config.hpp"
#include "client/cli/roster.hpp"
#include "shared/base/encoding.hpp"
#include "shared/crypto/system_random.hpp"
#include "shared/wire/problem.hpp"
#include "tests/support/temporary_folder.hpp"

#include <doctest/doctest.h>

#include <sys/stat.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>

using namespace walkout;
using namespace walkout::cli;
using walkout::test::TemporaryFolder;

namespace {

/// Runs `walkout` with one command, `probe`, that does what a test tells it to, in folders of the test's own.
struct Shell {
    Shell()
    {
        ::unsetenv("WALKOUT_SERVER");
        for (const auto* variable : {"XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"})
            ::setenv(variable, (folder.path / variable).c_str(), /*overwrite=*/1);
    }
    int run(std::vector<const char*> arguments, std::function<Result<Exit>(Session&)> probe)
    {
        std::ostringstream captured;
        arguments.insert(arguments.begin(), "walkout");
        auto* const former = std::cerr.rdbuf(captured.rdbuf());
        const int code = cli::run(static_cast<int>(arguments.size()), arguments.data(), [&](Command app, Session& session) {
            app.add_subcommand("group", "A noun without its verb").add_subcommand("verb", "A verb");
            on_run(app.add_subcommand("probe", "A test's own"), session, [&session, probe] { return probe(session); });
        });
        std::cerr.rdbuf(former);
        errors = captured.str();
        return code;
    }
    TemporaryFolder folder;
    std::string errors;
};

unsigned mode_of(const std::filesystem::path& file)
{
    struct stat status {};
    REQUIRE(::stat(file.c_str(), &status) == 0);
    return status.st_mode & 0777U;
}

Refusal refusal(Kind kind) { return {.kind = kind, .code = "some_code", .detail = "It cannot be.", .next = "Do this."}; }

} // namespace

TEST_SUITE_BEGIN("cli");

TEST_CASE("each kind of refusal has the exit code that scripts rely on")
{
    const std::map<Kind, Exit> expected{{Kind::malformed, Exit::error},
                                        {Kind::sign_in_needed, Exit::sign_in},
                                        {Kind::not_allowed, Exit::sign_in},
                                        {Kind::not_entitled, Exit::not_open},
                                        {Kind::not_found, Exit::error},
                                        {Kind::not_open, Exit::not_open},
                                        {Kind::conflict, Exit::conflict},
                                        {Kind::changed_by_other, Exit::conflict},
                                        {Kind::precondition_required, Exit::error},
                                        {Kind::too_large, Exit::error},
                                        {Kind::invalid, Exit::error},
                                        {Kind::unlawful, Exit::error},
                                        {Kind::too_many, Exit::error},
                                        {Kind::unavailable, Exit::unreachable}};
    for (const auto& [kind, kind_name] : enum_names(Kind{})) {
        CAPTURE(kind_name);
        CHECK(exit_code(refusal(kind)) == expected.at(kind));
    }
    auto failed = refusal(Kind::invalid);
    failed.code = "verification_failed";
    CHECK(exit_code(failed) == Exit::verification_failed);
}

TEST_CASE("a refusal is shown as a sentence, the next step and its code, or as one problem object")
{
    Shell shell;
    CHECK(shell.run({"probe"}, [](Session&) -> Result<Exit> { return refusal(Kind::not_open); }) == 5);
    CHECK(shell.errors == "walkout: It cannot be.\n  Do this.\n  [some_code]\n");
    CHECK(shell.run({"probe", "--json"}, [](Session&) -> Result<Exit> { return refusal(Kind::conflict); }) == 7);
    const auto problem = wire::from_json<wire::Problem>(shell.errors);
    REQUIRE(problem.has_value());
    CHECK(problem->type == "/problems/some_code");
    CHECK(problem->kind == Kind::conflict);
}

TEST_CASE("misuse is 2, a breakage 1, an interruption 130, and help and version are no errors")
{
    Shell shell;
    const auto done = [](Session&) -> Result<Exit> { return Exit::done; };
    CHECK(shell.run({"probe"}, done) == 0);
    CHECK(shell.run({"--version"}, done) == 0);
    CHECK(shell.run({"probe", "--help"}, done) == 0);
    CHECK(shell.run({}, done) == 2);
    CHECK(shell.run({"nonsense"}, done) == 2);
    CHECK(shell.run({"group"}, done) == 2);
    CHECK(shell.errors.find("walkout group --help") != std::string::npos);
    CHECK(shell.run({"probe", "--nonsense"}, done) == 2);
    CHECK(shell.errors.find("walkout probe --help") != std::string::npos);
    CHECK(shell.run({"probe", "--lang", "fr"}, done) == 2);
    CHECK(shell.run({"probe"}, [](Session&) -> Result<Exit> { throw std::runtime_error("the disk is gone"); }) == 1);
    CHECK(shell.errors.find("the disk is gone") != std::string::npos);
    CHECK(shell.run({"probe"}, [](Session&) -> Result<Exit> { throw Interrupted(); }) == 130);
}

TEST_CASE("the common options may stand after the command")
{
    Shell shell;
    CHECK(shell.run({"probe", "--lang", "cy", "--json", "--server", "https://a.example"}, [](Session& session) -> Result<Exit> {
        CHECK(session.lang() == Lang::cy);
        CHECK(session.json());
        CHECK(session.server_url().value() == "https://a.example");
        return Exit::done;
    }) == 0);
}

TEST_CASE("the server is the option's, else the environment's, else the remembered one")
{
    Shell shell;
    const auto server = [](Session& session) -> Result<Exit> {
        const auto url = session.server_url();
        if (!url) return url.error();
        std::cerr << *url;
        return Exit::done;
    };
    CHECK(shell.run({"probe"}, server) == 1);
    CHECK(shell.errors.find("[no_server]") != std::string::npos);
    write_config(shell.folder.path / "XDG_CONFIG_HOME" / "walkout", {.server = "https://remembered.example"});
    shell.run({"probe"}, server);
    CHECK(shell.errors == "https://remembered.example");
    ::setenv("WALKOUT_SERVER", "https://environment.example", 1);
    shell.run({"probe"}, server);
    CHECK(shell.errors == "https://environment.example");
    shell.run({"probe", "--server", "https://option.example"}, server);
    CHECK(shell.errors == "https://option.example");
    ::unsetenv("WALKOUT_SERVER");
}

TEST_CASE("a token is kept privately, for its own server only, until it is forgotten")
{
    Shell shell;
    const auto signed_in = [](Session& session) -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        return (*api)->signed_in() ? Exit::done : Exit::sign_in;
    };
    CHECK(shell.run({"probe", "--server", "https://a.example"}, [](Session& session) -> Result<Exit> {
        if (const auto kept = session.keep_token(Secret(std::string("t0ken"))); !kept) return kept.error();
        return Exit::done;
    }) == 0);
    const auto file = shell.folder.path / "XDG_STATE_HOME" / "walkout" / "session";
    CHECK(mode_of(file) == 0600);
    CHECK(mode_of(file.parent_path()) == 0700);
    CHECK(shell.run({"probe"}, signed_in) == 0);
    CHECK(shell.run({"probe", "--server", "https://b.example"}, signed_in) == 4);
    CHECK(shell.run({"probe"}, [](Session& session) -> Result<Exit> {
        session.forget_token();
        return Exit::done;
    }) == 0);
    CHECK(shell.run({"probe"}, signed_in) == 4);
}

TEST_CASE("two servers with one walkout share no roster on a device, nor the lines that wait for each")
{
    Shell shell;
    SystemRandom random;
    const auto sealed = [&](const SigningKey& key, const std::string& person) {
        wire::Roster roster;
        roster.walkout = *WalkoutId::parse("nov-2013");
        roster.branch = "Hampshire";
        roster.posts.emplace_back().number = 1;
        roster.people = {{1, "1001", person}};
        const auto text = wire::to_json(roster);
        return wire::to_json(wire::SignedRoster{text, hex(key.sign("walkout-roster|" + text)), hex(key.public_key())});
    };
    const auto real = SigningKey::make(random);
    const auto rehearsal = SigningKey::make(random);
    const auto at = [&](const char* server, std::function<void(Session&)> does) {
        CHECK(shell.run({"probe", "--server", server}, [&](Session& session) -> Result<Exit> {
            does(session);
            return Exit::done;
        }) == 0);
    };
    const auto person = [](Session& session) { return roster_with(session, 1, "")->roster.people.at(0).name; };
    const wire::CheckInLine line{std::string(32, 'a'), 1, "1001", strike::CheckKind::arrived, {}};
    at("https://real.example", [&](Session& session) {
        const auto kept = keep_roster(session, sealed(real, "Real Person"));
        CHECK(Journal(session, *kept).note(*kept, {line}).has_value());
    });
    at("https://rehearsal.example", [&](Session& session) {
        const auto kept = keep_roster(session, sealed(rehearsal, "Invented Person"));
        CHECK(person(session) == "Invented Person");
        CHECK(Journal(session, *kept).read()->lines.empty());
        CHECK(kept_journals(session).size() == 1);
        CHECK(kept_journals(session)[0].open(session, kept_journals(session)[0].read()->rosters.begin()->second).error().code == "board_key_changed");
    });
    at("https://real.example", [&](Session& session) {
        CHECK(person(session) == "Real Person");
        const auto opened = roster_with(session, 1, "");
        const Journal journal(session, *opened);
        CHECK(journal.read()->lines.size() == 1);
        const auto newer = keep_roster(session, sealed(real, "Person Renamed")); // lines keep the roster they were written under
        CHECK(journal.note(*newer, {line}).has_value());
        CHECK(journal.read()->rosters.size() == 2);
        CHECK(journal.change([](wire::WaitingLines& waiting) { waiting.lines.erase(waiting.lines.begin()); }).has_value());
        CHECK(journal.read()->rosters.begin()->first == newer->hash);
    });
}

TEST_CASE("under --no-input a question is refused with the option to use instead")
{
    Shell shell;
    CHECK(shell.run({"probe", "--no-input"}, [](Session& session) -> Result<Exit> {
        const auto code = session.terminal().secret_from("", "Voting code:", "--code-file");
        REQUIRE_FALSE(code.has_value());
        return code.error();
    }) == 1);
    CHECK(shell.errors.find("Use --code-file F or --code-file -.") != std::string::npos);
}

TEST_CASE("a secret's file gives its first line")
{
    Shell shell;
    const auto file = shell.folder.path / "code";
    std::ofstream(file) << "abc def\r\nnot this\n";
    CHECK(Terminal().secret_from(file.string(), "?", "--code-file").value().reveal() == "abc def");
    CHECK(Terminal().secret_from((shell.folder.path / "none").string(), "?", "--code-file").error().code == "no_such_file");
}

TEST_CASE("writing privately replaces the whole file and tightens its mode")
{
    TemporaryFolder folder;
    const auto file = folder.path / "new" / "file";
    write_private(file, "first, and longer");
    write_private(file, "second");
    CHECK(read_file(file).value() == "second");
    CHECK(mode_of(file) == 0600);
    CHECK(mode_of(file.parent_path()) == 0700);
    CHECK(std::distance(std::filesystem::directory_iterator(file.parent_path()), {}) == 1);
    CHECK_THROWS_AS(write_private("/proc/nowhere/file", "x"), std::system_error);
}

TEST_CASE("a file that one command works with is refused to the next, until that has ended")
{
    TemporaryFolder folder;
    const auto file = folder.path / "t.trustee";
    {
        const auto held = cli::FileLock::take(file);
        REQUIRE(held.has_value());
        const auto second = cli::FileLock::take(file);
        REQUIRE_FALSE(second.has_value());
        CHECK(second.error().code == "in_use");
    }
    CHECK(cli::FileLock::take(file).has_value());
}

TEST_CASE("a configuration that is not TOML is refused by name and line")
{
    TemporaryFolder folder;
    CHECK(cli::read_config(folder.path).value().server.empty());
    std::ofstream(folder.path / "config.toml") << "server = \n";
    const auto config = cli::read_config(folder.path);
    REQUIRE_FALSE(config.has_value());
    CHECK(config.error().code == "bad_config");
    CHECK(config.error().detail.find("line 1") != std::string::npos);
}

TEST_CASE("a path segment comes through whatever it holds")
{
    CHECK(segment("Hampshire and Isle of Wight/a?b#c%") == "Hampshire%20and%20Isle%20of%20Wight%2fa%3fb%23c%25");
    CHECK(segment("probation-2013_~.") == "probation-2013_~.");
}

TEST_SUITE_END();
