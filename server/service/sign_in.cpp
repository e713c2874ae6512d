#include "server/service/sign_in.hpp"

#include "server/service/mail.hpp"
#include "server/store/official_store.hpp"
#include "server/store/register_store.hpp"
#include "server/store/sign_in_store.hpp"
#include "server/store/writer.hpp"
#include "shared/crypto/hash.hpp"
#include "shared/crypto/totp.hpp"

namespace walkout::service {
namespace {

std::string random_hex(Random& random, std::size_t bytes)
{
    Bytes raw(bytes);
    random.fill(raw);
    return hex(raw);
}

/// Eight digits; people may type them with a dash or spaces.
std::string digits_of(std::string_view code)
{
    std::string digits;
    for (const char c : code)
        if (c >= '0' && c <= '9') digits += c;
    return digits;
}

store::CodeHash hash_of_code(const std::string& challenge, std::string_view digits)
{
    return sha256("walkout-sign-in-code|" + challenge + "|" + std::string(digits));
}

store::TokenHash hash_of_token(std::string_view token) { return sha256("walkout-session|" + std::string(token)); }

std::string address_of(const store::ReadTx& tx, const std::string& number)
{
    if (const auto official = store::find_official(tx, number)) return official->email;
    const auto member = store::find_member(tx, number);
    return member && member->active ? member->email : std::string();
}

std::string mail_body(const std::string& digits)
{
    return "Your sign-in code is " + digits.substr(0, 4) + "-" + digits.substr(4) +
           "\n\n"
           "It works once, for ten minutes; if no newer code arrives, it is still the one to use. Nobody from the union or the scrutineer will ever "
           "ask you for it.\n"
           "If you did not ask for it, somebody typed your member number; you need do nothing.\n";
}

Refusal refused()
{
    return {Kind::sign_in_needed, "sign_in_refused", "That code is not right, or it has expired.",
            "Check it, or ask for a new one with 'walkout login'."};
}

std::optional<ballot::Caller> caller_of(const store::ReadTx& tx, const std::string& number, bool with_offices)
{
    ballot::Caller caller{.number = number, .name = {}, .member = false, .branch = {}, .offices = {}};
    if (const auto member = store::find_member(tx, number); member && member->active) {
        caller.name = member->name;
        caller.member = true;
        caller.branch = member->branch;
    }
    if (with_offices) {
        const auto official = store::find_official(tx, number);
        if (!official) return std::nullopt;
        caller.name = official->name;
        caller.offices = official->offices;
    }
    if (!caller.member && !with_offices) return std::nullopt;
    return caller;
}

/// The second factor. A step is used up in the transaction that signs in.
Result<void> check_totp(store::WriteTx& tx, const Context& context, const std::string& number, const store::TotpState& state,
                        const std::optional<std::string>& totp)
{
    if (!totp) return Refusal{Kind::sign_in_needed, "totp_needed", "You hold an office, so the code of your authenticator app is needed as well."};
    const auto step = totp_match(state.secret.reveal_bytes(), digits_of(*totp), context.machine_now, state.last_step);
    if (!step)
        return Refusal{Kind::sign_in_needed, "totp_refused", "The authenticator's code is not right, or was used already.",
                       "Wait for its next code, and check that the clock of its device is right."};
    store::use_totp_step(tx, number, *step);
    return {};
}

/// The code that is to open this challenge too, because a mail with it went only now; nothing where it gets one of its own.
std::optional<store::Challenge> code_to_share(const store::ReadTx& tx, const store::Challenge& challenge)
{
    auto newest = store::newest_code(tx, challenge.number);
    const bool many = store::codes_made_since(tx, challenge.number, challenge.created - mail_window) >= mails_before_pause;
    const std::chrono::seconds spacing = many ? std::chrono::seconds(mail_pause) : mail_spacing;
    if (!newest || newest->used || challenge.created >= newest->created + spacing) return std::nullopt;
    return newest;
}

/// A shared code works once, whichever challenge it opens.
bool code_is_used(const store::ReadTx& tx, const store::Challenge& challenge)
{
    if (!challenge.code_of) return false;
    const auto mailed = store::find_challenge(tx, *challenge.code_of);
    return !mailed || mailed->used;
}

const SessionLife& life_of(bool official) { return official ? official_session : member_session; }

std::optional<store::SessionRow> live_session(const store::ReadTx& tx, const store::TokenHash& hash, Instant machine_now)
{
    auto session = store::find_session(tx, hash);
    if (!session) return std::nullopt;
    const auto& life = life_of(session->official);
    if (machine_now >= session->last_used + life.idle || machine_now >= session->created + life.longest) return std::nullopt;
    return session;
}

SignedIn start_session(store::WriteTx& tx, const Context& context, ballot::Caller caller, bool official)
{
    Secret token(random_hex(context.random, 32));
    store::add_session(tx, hash_of_token(token.reveal()),
                       {.number = caller.number, .official = official, .created = context.machine_now, .last_used = context.machine_now});
    return {.token = std::move(token), .expires = context.machine_now + life_of(official).longest, .caller = std::move(caller)};
}

} // namespace

Result<Challenged> request_sign_in(store::WriteTx& tx, const Context& context, const std::string& number)
{
    if (number.empty() || number.size() > 64) return Refusal{Kind::malformed, "wrong_number", "A member number has between 1 and 64 characters."};
    const auto id = random_hex(context.random, 16);
    store::add_challenge(tx, {.id = id, .number = number, .created = context.machine_now});
    return Challenged{id, context.machine_now + code_lifetime};
}

std::int64_t make_sign_in_codes(store::WriteTx& tx, const Context& context)
{
    const auto asked = store::challenges_without_code(tx, 100);
    for (const auto& challenge : asked) {
        if (const auto mailed = code_to_share(tx, challenge)) {
            store::share_challenge_code(tx, challenge.id, *mailed);
            continue;
        }
        const auto number = std::to_string(100'000'000 + context.random.below(100'000'000));
        const auto digits = number.substr(1);
        store::set_challenge_code(tx, challenge.id, hash_of_code(challenge.id, digits));
        queue_mail(tx, context,
                   {.to = address_of(tx, challenge.number),
                    .subject = "Your sign-in code",
                    .body = mail_body(digits),
                    .expires = challenge.created + code_lifetime});
    }
    return static_cast<std::int64_t>(asked.size());
}

Result<SignedIn> verify_sign_in(store::WriteTx& tx, const Context& context, const std::string& challenge_id, std::string_view code,
                                const std::optional<std::string>& totp)
{
    const auto challenge = store::find_challenge(tx, challenge_id);
    store::count_try(tx, challenge_id);
    const auto given = hash_of_code(challenge ? challenge->code_id() : challenge_id, digits_of(code));
    const auto expected = challenge ? challenge->code_hash.value_or(store::CodeHash{}) : store::CodeHash{};
    const bool right = same_bytes(given, expected);
    const bool alive = challenge && !challenge->used && challenge->tries < code_tries && context.machine_now < challenge->created + code_lifetime;
    if (!right || !alive || code_is_used(tx, *challenge)) return refused();

    const auto second_factor = store::totp_state(tx, challenge->number);
    if (second_factor)
        if (const auto fine = check_totp(tx, context, challenge->number, *second_factor, totp); !fine) return fine.error();
    auto caller = caller_of(tx, challenge->number, second_factor.has_value());
    if (!caller) return refused(); // left the union since the code was sent
    store::mark_challenge_used(tx, challenge_id);
    if (challenge->code_of) store::mark_challenge_used(tx, *challenge->code_of);
    return start_session(tx, context, *std::move(caller), second_factor.has_value());
}

std::optional<ballot::Caller> session_caller(const store::ReadTx& tx, std::string_view token, Instant machine_now)
{
    const auto session = live_session(tx, hash_of_token(token), machine_now);
    if (!session) return std::nullopt;
    return caller_of(tx, session->number, session->official);
}

void note_session_use(const store::ReadTx& tx, std::string_view token, Instant machine_now, store::Writer& writer)
{
    const auto hash = hash_of_token(token);
    const auto session = live_session(tx, hash, machine_now);
    if (!session || machine_now < session->last_used + std::chrono::minutes(1)) return;
    writer.submit(
        [hash, machine_now](store::WriteTx& write) {
            store::touch_session(write, hash, machine_now);
            return true;
        },
        [](store::Outcome, std::exception_ptr) {}); // one that fails shortens a session, no more
}

void sign_out(store::WriteTx& tx, std::string_view token) { store::delete_session(tx, hash_of_token(token)); }

void delete_expired_sign_ins(store::WriteTx& tx, Instant machine_now)
{
    store::delete_challenges_before(tx, machine_now - mail_window);
    for (const bool official : {false, true})
        store::delete_sessions_before(tx, official, machine_now - life_of(official).longest, machine_now - life_of(official).idle);
}

} // namespace walkout::service
