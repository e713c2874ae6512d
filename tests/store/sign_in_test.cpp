#include "server/service/sign_in.hpp"
#include "server/store/outbox_store.hpp"
#include "server/store/sign_in_store.hpp"
#include "tests/support/people_fixture.hpp"

#include <doctest/doctest.h>

using namespace walkout;
using namespace std::chrono_literals;

TEST_SUITE_BEGIN("service");

namespace {

struct SigningIn : test::People {
    Result<service::Challenged> ask(const std::string& number)
    {
        return write([&](store::WriteTx& tx) { return service::request_sign_in(tx, context(), number); });
    }
    std::vector<store::OutboxMail> make_codes()
    {
        (void)write([&](store::WriteTx& tx) -> Result<std::int64_t> { return service::make_sign_in_codes(tx, context()); });
        return read([&](const store::ReadTx& tx) { return store::mails_due(tx, now, 100); });
    }
    /// Asks, and returns the challenge and the code that is in the inbox then.
    std::pair<std::string, std::string> challenge_and_code(const std::string& number)
    {
        const auto challenge = ask(number).value().challenge;
        read_inbox();
        return {challenge, in_inbox};
    }
    void read_inbox()
    {
        const std::string lead = "Your sign-in code is ";
        for (const auto& mail : make_codes()) {
            REQUIRE(mail.body.starts_with(lead));
            in_inbox = mail.body.substr(lead.size(), 9);
            ++mails_sent;
        }
        (void)write([&](store::WriteTx& tx) -> Result<std::int64_t> { return tx.prepare("DELETE FROM outbox").changes(); });
    }
    std::string in_inbox; ///< the newest code
    int mails_sent = 0;
    /// As server/api does: the answer is committed even where it refuses.
    Result<service::SignedIn> verify(const std::string& challenge, const std::string& code, const std::optional<std::string>& totp = {})
    {
        std::optional<Result<service::SignedIn>> answer;
        (void)write([&](store::WriteTx& tx) -> Result<void> {
            answer.emplace(service::verify_sign_in(tx, context(), challenge, code, totp));
            return {};
        });
        return std::move(*answer);
    }
    std::string token_of(const std::string& number)
    {
        const auto [challenge, code] = challenge_and_code(number);
        return std::string(verify(challenge, code).value().token.reveal());
    }
    std::optional<ballot::Caller> caller(std::string_view token)
    {
        return read([&](const store::ReadTx& tx) { return service::session_caller(tx, token, now); });
    }
};

std::string wrong(std::string code)
{
    code.back() = code.back() == '0' ? '1' : '0';
    return code;
}

bool same_words(const Refusal& a, const Refusal& b) { return a.kind == b.kind && a.code == b.code && a.detail == b.detail && a.next == b.next; }

} // namespace

TEST_CASE_FIXTURE(SigningIn, "a member signs in with the code sent to their registered address")
{
    const auto challenge = ask("1001").value().challenge;
    const auto mails = make_codes();
    REQUIRE(mails.size() == 1);
    CHECK(mails[0].recipient == "ann@example.org");
    CHECK(mails[0].expires == now + 10min);
    const auto code = mails[0].body.substr(std::string("Your sign-in code is ").size(), 9);
    CHECK(code[4] == '-');
    const auto signed_in = verify(challenge, code);
    REQUIRE(signed_in.has_value());
    CHECK(signed_in->expires == now + 8h);
    CHECK(signed_in->caller.name == "Ann");
    const auto who = caller(signed_in->token.reveal());
    REQUIRE(who.has_value());
    CHECK(who->number == "1001");
    CHECK(who->member);
    CHECK(who->branch == "Hampshire");
    CHECK(who->offices.empty());
}

TEST_CASE_FIXTURE(SigningIn, "the code may be typed with or without its dash, with spaces, but works only once")
{
    for (const bool dashed : {true, false}) {
        const auto [challenge, code] = challenge_and_code("1001");
        const auto typed = dashed ? " " + code + " " : code.substr(0, 4) + code.substr(5);
        CHECK(verify(challenge, typed).has_value());
        CHECK(verify(challenge, typed).error().code == "sign_in_refused");
    }
}

TEST_CASE_FIXTURE(SigningIn, "an unknown number, a member who left and a wrong code all get the same words, and only a member gets mail")
{
    (void)write([](store::WriteTx& tx) -> Result<void> {
        store::mark_left(tx, "1002");
        return {};
    });
    const auto unknown = ask("4711");
    const auto left = ask("1002");
    const auto known = ask("1001");
    REQUIRE(unknown.has_value());
    CHECK(unknown->challenge.size() == known->challenge.size());
    CHECK(unknown->expires == known->expires);
    const auto mails = make_codes();
    REQUIRE(mails.size() == 1);
    CHECK(mails[0].recipient == "ann@example.org");
    const auto refused = verify(known->challenge, "00000000").error();
    CHECK(refused.code == "sign_in_refused");
    CHECK(same_words(verify(unknown->challenge, "00000000").error(), refused));
    CHECK(same_words(verify(left->challenge, "00000000").error(), refused));
    CHECK(same_words(verify(std::string(32, 'f'), "00000000").error(), refused));
}

TEST_CASE_FIXTURE(SigningIn, "known and unknown numbers cause the same statements and leave the same rows")
{
    const auto columns = "SELECT count(*) FROM sign_in_challenge WHERE number = ? AND tries = 1 AND used = 0 AND length(code_hash) = 32";
    for (const auto* number : {"1001", "4711"}) {
        const auto challenge = ask(number).value().challenge;
        make_codes();
        CHECK(verify(challenge, "00000000").has_error());
        CHECK(read([&](const store::ReadTx& tx) { return tx.prepare(columns).bind(number).number(); }) == 1);
    }
}

TEST_CASE_FIXTURE(SigningIn, "a code is good until just before ten minutes are over")
{
    for (const auto after : {10min - 1s, 10min + 0s}) {
        const auto [challenge, code] = challenge_and_code("1001");
        now += after;
        CHECK(verify(challenge, code).has_value() == (after < 10min));
    }
}

TEST_CASE_FIXTURE(SigningIn, "the fifth try may still be right, the sixth is not looked at")
{
    const auto [lucky, lucky_code] = challenge_and_code("1001");
    for (int i = 0; i < 4; ++i) CHECK(verify(lucky, wrong(lucky_code)).has_error());
    CHECK(verify(lucky, lucky_code).has_value());
    const auto [unlucky, unlucky_code] = challenge_and_code("1001");
    for (int i = 0; i < 5; ++i) CHECK(verify(unlucky, wrong(unlucky_code)).has_error());
    CHECK(verify(unlucky, unlucky_code).has_error());
}

TEST_CASE_FIXTURE(SigningIn, "before its code is made a challenge opens to nothing, not even to no code")
{
    const auto challenge = ask("1001").value().challenge;
    CHECK(verify(challenge, "").error().code == "sign_in_refused");
}

TEST_CASE_FIXTURE(SigningIn, "asking ever so often with somebody's number neither floods their inbox nor locks them out")
{
    for (int minute = 0; minute < 60; ++minute, now += 1min) {
        CAPTURE(minute);
        for (int i = 0; i < 20; ++i) REQUIRE(ask("1001").has_value());
        read_inbox();
        if (minute % 7 != 0) continue;
        const auto [own, code] = challenge_and_code("1001"); // the owner's, with the code that is in the inbox, sent for it or not
        const auto signed_in = verify(own, code);
        REQUIRE(signed_in.has_value());
        CHECK(signed_in->caller.number == "1001");
    }
    CHECK(mails_sent <= 10 + 12 + 9); // ten, then one in five minutes; and one at once where the owner has used the newest
    CHECK(mails_sent >= 15);
}

TEST_CASE_FIXTURE(SigningIn, "a code that opens several requests works once all the same, and is lost to none by wrong tries elsewhere")
{
    const auto [first, code] = challenge_and_code("1001");
    const auto stranger = challenge_and_code("1001").first;
    const auto [one, same] = challenge_and_code("1001");
    CHECK(mails_sent == 1);
    for (int i = 0; i < 5; ++i) CHECK(verify(stranger, wrong(code)).error().code == "sign_in_refused");
    CHECK(verify(stranger, code).error().code == "sign_in_refused");
    CHECK(verify(one, code).has_value());
    CHECK(verify(first, code).error().code == "sign_in_refused");
    CHECK(same == code);
    now += 30s;
    CHECK(challenge_and_code("1001").second != code);
    CHECK(mails_sent == 2);
}

TEST_CASE_FIXTURE(SigningIn, "many requests with a number leave the same rows whether it is somebody's or nobody's")
{
    for (int i = 0; i < 15; ++i) {
        REQUIRE(ask("1001").has_value());
        REQUIRE(ask("4711").has_value());
    }
    make_codes();
    const auto rows = [&](const char* number) {
        return read([&](const store::ReadTx& tx) {
            return tx.prepare("SELECT count(*) * 100 + count(code_of) FROM sign_in_challenge WHERE number = ? AND code_hash IS NOT NULL")
                .bind(number)
                .number();
        });
    };
    CHECK(rows("1001") == 1514);
    CHECK(rows("4711") == 1514);
}

TEST_CASE_FIXTURE(SigningIn, "a code is stored hashed, and so is a token")
{
    const auto [challenge, code] = challenge_and_code("1001");
    const auto stored = read([&](const store::ReadTx& tx) { return store::find_challenge(tx, challenge); }).value();
    CHECK(std::string(text_of(*stored.code_hash)).find(code.substr(0, 4)) == std::string::npos);
    const auto token = std::string(verify(challenge, code).value().token.reveal());
    CHECK(token.size() == 64);
    CHECK(read([&](const store::ReadTx& tx) {
              return tx.prepare("SELECT count(*) FROM session WHERE token_hash = ?").bind(from_hex(token).value()).number();
          }) == 0);
}

TEST_CASE_FIXTURE(SigningIn, "a member's session ends after half an hour unused, and after eight hours in any case")
{
    const auto idle = token_of("1001");
    now += 30min - 1s;
    CHECK(caller(idle));
    now += 1s;
    CHECK_FALSE(caller(idle));

    const auto busy = token_of("1001");
    const auto began = now;
    const auto hash = read([](const store::ReadTx& tx) {
                          return tx.prepare("SELECT token_hash FROM session ORDER BY created DESC").first([](const store::Statement& row) {
                              return row.array<32>(0);
                          });
                      }).value();
    const auto touch = [&] {
        (void)write([&](store::WriteTx& tx) -> Result<void> {
            store::touch_session(tx, hash, now);
            return {};
        });
    };
    while (now < began + 8h - 1s) {
        REQUIRE(caller(busy));
        touch();
        now = std::min(now + 20min, began + 8h - 1s);
    }
    CHECK(caller(busy));
    touch();
    now += 1s;
    CHECK_FALSE(caller(busy));
}

TEST_CASE_FIXTURE(SigningIn, "signing out ends that session and no other, and a member who leaves is signed out")
{
    const auto one = token_of("1001");
    const auto two = token_of("1001");
    (void)write([&](store::WriteTx& tx) -> Result<void> {
        service::sign_out(tx, one);
        return {};
    });
    CHECK_FALSE(caller(one));
    CHECK(caller(two));
    CHECK_FALSE(caller(""));
    (void)write([](store::WriteTx& tx) -> Result<void> {
        store::mark_left(tx, "1001");
        return {};
    });
    CHECK_FALSE(caller(two));
}

TEST_CASE_FIXTURE(SigningIn, "an official needs both codes, learns of the second only after the first, and a session of four hours")
{
    const auto secret = enrol("gs", {ballot::Role::general_secretary, ""});
    const auto [challenge, code] = challenge_and_code("gs");
    const auto totp = totp_code(secret, totp_step(now));
    CHECK(verify(challenge, wrong(code), totp).error().code == "sign_in_refused");
    CHECK(verify(challenge, code).error().code == "totp_needed");
    CHECK(verify(challenge, code, wrong(totp)).error().code == "totp_refused");
    const auto signed_in = verify(challenge, code, totp);
    REQUIRE(signed_in.has_value());
    CHECK(signed_in->expires == now + 4h);
    CHECK(signed_in->caller.holds(ballot::Role::general_secretary));
    CHECK_FALSE(signed_in->caller.member);
    now += 15min;
    CHECK_FALSE(caller(signed_in->token.reveal()));
}

TEST_CASE_FIXTURE(SigningIn, "an authenticator's code works once, and one of the step before it no more")
{
    const auto secret = enrol("gs", {ballot::Role::general_secretary, ""});
    const auto sign_in = [&](std::int64_t step) {
        const auto [challenge, code] = challenge_and_code("gs");
        return verify(challenge, code, totp_code(secret, step));
    };
    const auto step = totp_step(now);
    CHECK(sign_in(step).has_value());
    CHECK(sign_in(step).error().code == "totp_refused");
    CHECK(sign_in(step - 1).error().code == "totp_refused");
    CHECK(sign_in(step + 1).has_value());
}

TEST_CASE_FIXTURE(SigningIn, "an official who is a member is both; a session from before they were enrolled gains no office")
{
    const auto before = token_of("1001");
    const auto secret = enrol("1001", {ballot::Role::co_chair, "Hampshire"});
    CHECK(caller(before)->offices.empty());
    const auto [challenge, code] = challenge_and_code("1001");
    const auto signed_in = verify(challenge, code, totp_code(secret, totp_step(now)));
    REQUIRE(signed_in.has_value());
    CHECK(signed_in->caller.member);
    CHECK(signed_in->caller.holds(ballot::Role::co_chair, "Hampshire"));
}

TEST_CASE_FIXTURE(SigningIn, "an official's code goes to the address they were enrolled with, whatever a register says")
{
    enrol("1001", {ballot::Role::co_chair, "Hampshire"});
    REQUIRE(ask("1001").has_value());
    CHECK(make_codes().at(0).recipient == "olu@example.org");
}

TEST_CASE_FIXTURE(SigningIn, "what has expired is deleted, what has not stays")
{
    const auto token = token_of("1001");
    const auto clean_up = [&] {
        (void)write([&](store::WriteTx& tx) -> Result<void> {
            service::delete_expired_sign_ins(tx, now);
            return {};
        });
    };
    const auto count = [&](std::string_view sql) { return read([&](const store::ReadTx& tx) { return tx.prepare(sql).number(); }); };
    now += 16min;
    REQUIRE(ask("1001").has_value());
    clean_up();
    CHECK(count("SELECT count(*) FROM sign_in_challenge") == 2); // how many mails went within an hour is still to be known
    CHECK(caller(token));
    now += 45min;
    clean_up();
    CHECK(count("SELECT count(*) FROM sign_in_challenge") == 1);
    now += 8h;
    clean_up();
    CHECK(count("SELECT count(*) FROM sign_in_challenge") == 0);
    CHECK(count("SELECT count(*) FROM session") == 0);
}

TEST_SUITE_END();
