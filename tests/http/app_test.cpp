#include "server/app/board_key.hpp"
#include "server/app/config.hpp"
#include "server/app/log.hpp"
#include "server/app/operator.hpp"
#include "server/app/terminal_qr.hpp"
#include "server/app/ticker.hpp"
#include "shared/crypto/system_random.hpp"
#include "tests/support/temporary_folder.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <future>
#include <sstream>

using namespace walkout;
using namespace walkout::app;
using walkout::test::TemporaryFolder;

namespace {

const std::string complete = "database = \"walkout.db\"\nboard_key = \"board.key\"\noutbox = \"/var/outbox\"\npublic_url = \"https://localhost\"\n";
const std::string tls = "[tls]\ncertificate = \"server.pem\"\nkey = \"server.key\"\n";

std::string complaint(const std::string& toml)
{
    const auto config = parse_config(toml, "/etc/walkout");
    return config ? "" : config.error().detail;
}

Config config_in(const std::filesystem::path& folder, bool rehearsal)
{
    auto config = parse_config(complete + tls, folder).value();
    config.rehearsal = rehearsal;
    return config;
}

} // namespace

TEST_SUITE_BEGIN("app");

TEST_CASE("relative paths of the configuration count from its folder")
{
    const auto config = parse_config(complete + tls, "/etc/walkout").value();
    CHECK(config.database == "/etc/walkout/walkout.db");
    CHECK(config.outbox == "/var/outbox");
    CHECK(config.certificate == "/etc/walkout/server.pem");
    CHECK(config.port == 8443);
    CHECK(config.threads >= 1);
    CHECK_FALSE(config.rehearsal);
}

TEST_CASE("a configuration that is not right is refused, and the field named")
{
    CHECK(complaint(complete + tls).empty());
    CHECK(complaint(tls).find("database is missing") != std::string::npos);
    CHECK(complaint(complete).find("[tls] is missing") != std::string::npos);
    CHECK(complaint(complete + "[tls]\nkey = \"k\"\n").find("tls.certificate is missing") != std::string::npos);
    CHECK(complaint(complete + "databse = \"x\"\n" + tls).find("databse is not a field") != std::string::npos);
    CHECK(complaint(complete + tls + "tls13 = true\n").find("tls.tls13 is not a field") != std::string::npos);
    CHECK(complaint(complete + "port = \"8443\"\n" + tls).find("port has the wrong type") != std::string::npos);
    CHECK(complaint(complete + "port = 65535\n" + tls).empty());
    CHECK(complaint(complete + "port = 65536\n" + tls).find("port must be") != std::string::npos);
    CHECK(complaint("a = \n").find("line 1") != std::string::npos);
}

TEST_CASE("a rehearsal is made only where both the configuration and the operator say so, and nothing is overwritten")
{
    TemporaryFolder folder;
    std::ostringstream out;
    const auto normal = config_in(folder.path, false);
    const auto rehearsal = config_in(folder.path, true);
    const auto in_2013 = parse_instant("2013-09-02T08:00:00Z");
    CHECK(init(normal, true, {}, out).error().code == "wrong_purpose");
    CHECK(init(rehearsal, false, {}, out).error().code == "wrong_purpose");
    CHECK(init(normal, false, in_2013, out).error().code == "not_a_rehearsal");
    CHECK_FALSE(std::filesystem::exists(normal.database));
    CHECK(init(rehearsal, true, in_2013, out).has_value());
    CHECK(init(rehearsal, true, in_2013, out).error().code == "already_exists");
    CHECK(check(rehearsal, out).has_value());
    CHECK(check(normal, out).error().code == "wrong_purpose");
}

TEST_CASE("the board's key comes back from its file, which nobody else may read")
{
    TemporaryFolder folder;
    SystemRandom random;
    const auto file = folder.path / "board.key";
    CHECK(load_board_key(file).error().code == "bad_board_key");
    make_board_key(file, random);
    const auto key = load_board_key(file);
    REQUIRE(key.has_value());
    CHECK(verify_signature(key->public_key(), "head", key->sign("head")));
    CHECK_THROWS(make_board_key(file, random));
    CHECK(load_board_key(file)->public_key() == key->public_key());
    std::filesystem::permissions(file, std::filesystem::perms::group_read, std::filesystem::perm_options::add);
    CHECK(load_board_key(file).error().code == "bad_board_key");
}

TEST_CASE("an official enrolled by the operator gets an authenticator once")
{
    TemporaryFolder folder;
    std::ostringstream out;
    const auto config = config_in(folder.path, false);
    REQUIRE(init(config, false, {}, out).has_value());
    SystemRandom random;
    const service::Enrolment jo{.number = "100",
                                .name = "Jo Bloggs",
                                .email = "jo@example.org",
                                .office = {ballot::Role::scrutineer, ""},
                                .signing_key = SigningKey::make(random).public_key()};
    REQUIRE(add_official(config, jo, /*terminal=*/false, out).has_value());
    CHECK(out.str().find("otpauth://totp/") != std::string::npos);
    CHECK(add_official(config, jo, false, out).error().code == "office_held");
    CHECK(check(config, out).has_value());
}

TEST_CASE("log lines are JSON, one each, appended")
{
    TemporaryFolder folder;
    const auto file = folder.path / "log";
    for (const auto* event : {"started", "stopped"}) {
        Log log(file);
        log.write({.at = *parse_instant("2013-11-05T12:00:00Z"), .event = event});
    }
    std::ifstream in(file);
    std::ostringstream text;
    text << in.rdbuf();
    CHECK(text.str() == "{\"at\":\"2013-11-05T12:00:00Z\",\"event\":\"started\"}\n{\"at\":\"2013-11-05T12:00:00Z\",\"event\":\"stopped\"}\n");
    CHECK_THROWS(Log("/nonexistent/log"));
}

TEST_CASE("a ticker goes on after a failure, complains of it, and stops at once when told")
{
    std::promise<void> third;
    int times = 0;
    std::vector<std::string> complaints;
    const auto work = [&] {
        if (++times == 1) throw std::runtime_error("the first time is always hard");
        if (times == 3) third.set_value();
    };
    Ticker ticker(std::chrono::milliseconds(1), work, [&](const std::string& what) { complaints.push_back(what); });
    ticker.start();
    third.get_future().wait();
    ticker.stop();
    CHECK(complaints == std::vector<std::string>{"the first time is always hard"});
    Ticker slow(
        std::chrono::hours(1), [] {}, [](const std::string&) {});
    slow.start();
    slow.stop();
}

TEST_CASE("a QR code is square with its quiet zone, and refuses what does not fit")
{
    const auto code = terminal_qr("otpauth://totp/Walkout:100?secret=ABCDEFGH");
    const auto lines = std::count(code.begin(), code.end(), '\n');
    CHECK(lines >= (21 + 8) / 2);
    CHECK(code.starts_with("\x1b[30;107m     "));
    CHECK_THROWS_AS(terminal_qr(std::string(3000, 'x')), std::invalid_argument);
}

TEST_SUITE_END();
