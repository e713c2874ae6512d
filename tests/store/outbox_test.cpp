#include "server/jobs/outbox_job.hpp"
#include "server/mail/folder_transport.hpp"
#include "server/service/mail.hpp"
#include "server/service/sign_in.hpp"
#include "server/store/outbox_store.hpp"
#include "server/store/register_store.hpp"
#include "shared/wire/rfc5322.hpp"
#include "tests/support/random.hpp"
#include "tests/support/store_fixture.hpp"

#include <doctest/doctest.h>

#include <sys/stat.h>

#include <fstream>
#include <sstream>

using namespace walkout;
using namespace std::chrono_literals;

TEST_SUITE_BEGIN("mail");

namespace {

const mail::Message plain{.id = "0123abcd",
                          .to = "ann@example.org",
                          .subject = "Your sign-in code",
                          .body = "Your sign-in code is 1234-5678\n",
                          .date = parse_instant("2013-11-05T12:00:00Z").value()};

struct Memory final : mail::Transport {
    void send(const mail::Message& message) override
    {
        if (broken) throw std::runtime_error("no route");
        sent.push_back(message);
    }
    bool broken = false;
    std::vector<mail::Message> sent;
};

struct Outbox : test::OpenStore {
    void queue(const service::Mail& mail)
    {
        (void)store->write([&](store::WriteTx& tx) -> Result<void> {
            service::queue_mail(tx, {.ballot_now = now, .machine_now = now, .random = random}, mail);
            return {};
        });
    }
    store::OutboxCounts counts()
    {
        return store->read([](const store::ReadTx& tx) { return store::outbox_counts(tx); });
    }
    Instant now = parse_instant("2026-11-22T09:00:00Z").value();
    service::Clocks clocks{[this] { return now; }};
    test::SeededRandom random{1};
    Memory transport;
    std::vector<std::string> complaints;
    jobs::OutboxJob job{
        store->readers, store->writer, transport,
        clocks,         random,        {.rehearsal = true, .poll = 1ms, .complain = [this](const std::string& what) { complaints.push_back(what); }}};
};

} // namespace

TEST_CASE("a mail is RFC 5322, and a script finds the sign-in code on the first line of its body")
{
    CHECK(mail::rfc5322(plain, "walkout@union.example") == "From: Walkout <walkout@union.example>\r\n"
                                                           "To: <ann@example.org>\r\n"
                                                           "Subject: Your sign-in code\r\n"
                                                           "Date: Tue, 05 Nov 2013 12:00:00 +0000\r\n"
                                                           "Message-ID: <0123abcd@union.example>\r\n"
                                                           "Auto-Submitted: auto-generated\r\n"
                                                           "MIME-Version: 1.0\r\n"
                                                           "Content-Type: text/plain; charset=utf-8\r\n"
                                                           "Content-Transfer-Encoding: quoted-printable\r\n"
                                                           "\r\n"
                                                           "Your sign-in code is 1234-5678\r\n");
}

TEST_CASE("a rehearsal's mail says so in its subject, a header and its text")
{
    auto message = plain;
    message.rehearsal = true;
    const auto text = mail::rfc5322(message, "walkout@union.example");
    CHECK(text.find("Subject: REHEARSAL: Your sign-in code\r\n") != std::string::npos);
    CHECK(text.find("X-Walkout-Rehearsal: yes\r\n") != std::string::npos);
    CHECK(text.find("This is a rehearsal") != std::string::npos);
}

TEST_CASE("text beyond ASCII and long lines survive the mail system")
{
    auto message = plain;
    message.subject = "Pleidlais: cwestiynau am weithredu diwydiannol a’r canlyniad â diolch";
    message.body = "a=b \nŷ\n" + std::string(100, 'x') + "\n";
    const auto text = mail::rfc5322(message, "walkout@union.example");
    CHECK(text.find("Subject: =?UTF-8?B?UGxlaWRsYWlzOiBjd2VzdGl5bmF1IGFtIHdlaXRocmVkdSBk?=\r\n "
                    "=?UTF-8?B?aXd5ZGlhbm5vbCBh4oCZciBjYW5seW5pYWQgw6IgZGlvbGNo?=\r\n") != std::string::npos);
    CHECK(text.find("\r\n\r\na=3Db=20\r\n=C5=B7\r\n" + std::string(75, 'x') + "=\r\n" + std::string(25, 'x') + "\r\n") != std::string::npos);
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) CHECK(line.size() <= 77);
}

TEST_CASE("a header cannot be smuggled in")
{
    auto message = plain;
    SUBCASE("by the address") { message.to = "ann@example.org>\r\nBcc: <x@example.org"; }
    SUBCASE("by the subject") { message.subject = "Hello\nBcc: x@example.org"; }
    CHECK_THROWS_AS(mail::rfc5322(message, "walkout@union.example"), std::invalid_argument);
}

TEST_CASE("the folder holds whole mails, for its owner only, under names that say nothing about a member but their address")
{
    const test::TemporaryFolder folder;
    const auto outbox = folder.path / "outbox";
    mail::FolderTransport transport(outbox, "walkout@union.example");
    transport.send(plain);
    transport.send(plain);
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(outbox)) files.push_back(entry.path());
    REQUIRE(files.size() == 1);
    CHECK(files[0].filename() == "0123abcd-ann@example.org.eml");
    struct stat status {};
    REQUIRE(::stat(outbox.c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0700);
    REQUIRE(::stat(files[0].c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);
    std::ifstream in(files[0]);
    CHECK(std::string(std::istreambuf_iterator<char>(in), {}) == mail::rfc5322(plain, "walkout@union.example"));
}

TEST_CASE("a folder that others may enter is refused")
{
    const test::TemporaryFolder folder;
    std::filesystem::create_directory(folder.path / "open");
    std::filesystem::permissions(folder.path / "open", std::filesystem::perms(0750));
    CHECK_THROWS_AS(mail::FolderTransport(folder.path / "open", "walkout@union.example"), std::runtime_error);
}

TEST_CASE_FIXTURE(Outbox, "a mail leaves once, and its text does not stay behind")
{
    queue({.to = "ann@example.org", .subject = "Hello", .body = "secret words\n"});
    CHECK(job.pass() == 1);
    CHECK(job.pass() == 0);
    REQUIRE(transport.sent.size() == 1);
    CHECK(transport.sent[0].to == "ann@example.org");
    CHECK(transport.sent[0].rehearsal);
    CHECK(counts().sent == 1);
    CHECK(store->read([](const store::ReadTx& tx) { return tx.prepare("SELECT count(*) FROM outbox WHERE body IS NOT NULL").number(); }) == 0);
    now += std::chrono::hours(30 * 24 + 1);
    CHECK(job.pass() == 0);
    CHECK(counts().sent == 0);
}

TEST_CASE_FIXTURE(Outbox, "a mail that fails is tried again later, with the same identity")
{
    transport.broken = true;
    queue({.to = "ann@example.org", .subject = "Hello", .body = "words\n"});
    CHECK(job.pass() == 0);
    REQUIRE(complaints.size() == 1);
    CHECK(complaints[0].find("ann@") == std::string::npos);
    CHECK(counts().failing == 1);
    transport.broken = false;
    now += 29s;
    CHECK(job.pass() == 0);
    now += 1s;
    CHECK(job.pass() == 1);
    CHECK(transport.sent.at(0).id.size() == 32);
}

TEST_CASE_FIXTURE(Outbox, "a mail past its time is dropped unsent; one without an address is not queued")
{
    queue({.to = "ann@example.org", .subject = "Code", .body = "words\n", .expires = now + 10min});
    queue({.to = "", .subject = "Nobody", .body = "words\n"});
    CHECK(counts().waiting == 1);
    now += 10min;
    CHECK(job.pass() == 0);
    CHECK(transport.sent.empty());
    CHECK(counts().waiting == 0);
}

TEST_CASE_FIXTURE(Outbox, "the thread makes codes that are asked for and sends them")
{
    (void)store->write([&](store::WriteTx& tx) -> Result<void> {
        store::put_branch(tx, "Hampshire");
        store::put_member(tx, {.number = "1001", .name = "Ann", .email = "ann@example.org", .branch = "Hampshire"});
        return {};
    });
    job.start();
    (void)store->write(
        [&](store::WriteTx& tx) { return service::request_sign_in(tx, {.ballot_now = now, .machine_now = now, .random = random}, "1001"); });
    for (int i = 0; i < 5000 && counts().sent == 0; ++i) std::this_thread::sleep_for(1ms);
    job.stop();
    REQUIRE(transport.sent.size() == 1);
    CHECK(transport.sent[0].body.starts_with("Your sign-in code is "));
    CHECK(complaints.empty());
}

TEST_SUITE_END();
