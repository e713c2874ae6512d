#pragma once

#include "server/service/context.hpp"
#include "server/store/sqlite.hpp"
#include "shared/base/secret.hpp"

namespace walkout::store {
class Writer;
}

namespace walkout::service {

// Signing in: a member number, then a one-time code to the registered channel, and for officials a code of their authenticator.
// An outsider cannot tell an unknown number from a wrong code: the request looks nobody up (make_sign_in_codes does, after the reply),
// and a code is compared the same way for everybody.

inline constexpr std::chrono::minutes code_lifetime{10};
inline constexpr std::int64_t code_tries = 5;

// An inbox is not flooded, and yet nobody who asks for codes with somebody's number can lock them out: one mail in half a minute, and after ten
// within an hour one in five minutes. Between two mails the newest code, which is in the inbox and still good, opens every new request too.
// (How often one network may ask with one number is server/api's to limit.)
inline constexpr std::chrono::seconds mail_spacing{30};
inline constexpr std::int64_t mails_before_pause = 10;
inline constexpr std::chrono::minutes mail_window{60};
inline constexpr std::chrono::minutes mail_pause{5};
static_assert(mail_pause < code_lifetime);

/// How long a session lasts: since its last use, and altogether.
struct SessionLife {
    std::chrono::minutes idle;
    std::chrono::hours longest;
};
inline constexpr SessionLife member_session{std::chrono::minutes(30), std::chrono::hours(8)};
inline constexpr SessionLife official_session{std::chrono::minutes(15), std::chrono::hours(4)};

struct Challenged {
    std::string challenge; ///< to be sent back with the code
    Instant expires{};     ///< machine clock
};
/// Refuses what cannot be a number, and nothing else: known and unknown ones are treated alike.
Result<Challenged> request_sign_in(store::WriteTx& tx, const Context& context, const std::string& number);

/// Makes and mails the codes that were asked for; for a number nobody has, a code nobody learns. Returns how many requests it answered.
std::int64_t make_sign_in_codes(store::WriteTx& tx, const Context& context);

struct SignedIn {
    Secret token;
    Instant expires{}; ///< at the latest; earlier when idle
    ballot::Caller caller{};
};
/// An answer that must be committed even where it refuses: a failed try counts. Refusals: sign_in_refused whatever was wrong,
/// and only after the right code of an official: totp_needed and totp_refused.
Result<SignedIn> verify_sign_in(store::WriteTx& tx, const Context& context, const std::string& challenge, std::string_view code,
                                const std::optional<std::string>& totp);

/// Whose session a token opens.
std::optional<ballot::Caller> session_caller(const store::ReadTx& tx, std::string_view token, Instant machine_now);
/// Its idle time starts again (at most one write a minute). Never for casting: when a session was last used would say when its member voted.
void note_session_use(const store::ReadTx& tx, std::string_view token, Instant machine_now, store::Writer& writer);

void sign_out(store::WriteTx& tx, std::string_view token);

/// Deletes what has expired: challenges and sessions.
void delete_expired_sign_ins(store::WriteTx& tx, Instant machine_now);

} // namespace walkout::service
