#include "client/cli/login_command.hpp"

#include "client/cli/roster.hpp"
#include "shared/wire/people_messages.hpp"

namespace walkout::cli {
namespace {

struct Factors {
    std::string number;
    std::string code_file; ///< empty: ask
    std::string totp_file;
};

std::string office_words(const ballot::Office& office)
{
    std::string role(name(office.role));
    std::ranges::replace(role, '_', ' ');
    return office.scope.empty() ? role : role + " of " + office.scope;
}

std::string line(const std::string& label, const std::optional<std::string>& value)
{
    return value && !value->empty() ? "\n  " + label + std::string(12 - std::min<std::size_t>(label.size(), 11), ' ') + *value : std::string();
}

std::string me_words(const Terminal& terminal, const wire::Me& me)
{
    auto out = terminal.bold(me.name) + " (" + me.number + ")";
    for (const auto& office : me.offices) out += line("office", office_words(office));
    if (!me.member) return out + line("register", "not a member");
    const auto& record = *me.member;
    out += line("branch", record.branch) + line("employer", record.employer);
    out += line("workplace", record.workplace && record.workplace_address ? *record.workplace + ", " + *record.workplace_address : record.workplace);
    out += line("job", record.category) + line("joined", record.joined ? std::optional(text(*record.joined)) : std::nullopt);
    out += line("e-mail", record.email.value_or("none: no sign-in code can reach you")) + line("phone", record.phone);
    return out + "\n" +
           terminal.dim(terminal.fitted("Is your workplace right? A ballot's roll is made from this. If something is wrong, tell your branch now."));
}

Result<Exit> show_me(Session& session, Api& api)
{
    const auto me = api.get<wire::Me>("/api/v1/me");
    if (!me) return me.error();
    session.show(wire::to_json(*me), me_words(session.terminal(), *me));
    return Exit::done;
}

Result<wire::SignInChallenge> ask_for_code(Session& session, Api& api, const std::string& number)
{
    auto challenge = api.post<wire::SignInChallenge>("/api/v1/sign-in", wire::SignIn{number});
    if (challenge)
        session.terminal().tell("If " + number +
                                " is known here, a code is on its way to the e-mail address registered for it. It works for ten minutes.");
    return challenge;
}

/// One attempt with both factors. The second is asked for only when the server says that it is needed.
Result<wire::SignedIn> try_code(Session& session, Api& api, const Factors& factors, const std::string& challenge)
{
    const auto code = session.terminal().secret_from(factors.code_file, "Code (like 1234-5678):", "--code-file");
    if (!code) return code.error();
    wire::VerifySignIn answer{.challenge = challenge, .code = std::string(code->reveal()), .totp = {}};
    auto signed_in = api.post<wire::SignedIn>("/api/v1/sign-in/verify", answer);
    if (signed_in || signed_in.error().code != "totp_needed") return signed_in;
    const auto totp = session.terminal().secret_from(factors.totp_file, "Authenticator code (6 digits):", "--totp-file");
    if (!totp) return totp.error();
    answer.totp = std::string(totp->reveal());
    return api.post<wire::SignedIn>("/api/v1/sign-in/verify", answer);
}

/// A person at a terminal may mistype; the server counts the tries.
Result<wire::SignedIn> verify(Session& session, Api& api, const Factors& factors, const std::string& challenge)
{
    const bool asks_person = factors.code_file.empty() && factors.totp_file.empty();
    for (int attempt = 1;; ++attempt) {
        auto signed_in = try_code(session, api, factors, challenge);
        const bool mistyped = !signed_in && (signed_in.error().code == "sign_in_refused" || signed_in.error().code == "totp_refused");
        if (!mistyped || !asks_person || attempt == 3) return signed_in;
        session.terminal().tell(signed_in.error().detail + " Try again.");
    }
}

Result<void> sign_in(Session& session, Factors factors)
{
    const auto api = session.api();
    if (!api) return api.error();
    if (factors.number.empty()) {
        auto typed = session.terminal().ask("Member number:", "--number N");
        if (!typed) return typed.error();
        factors.number = *std::move(typed);
    }
    const auto challenge = ask_for_code(session, **api, factors.number);
    if (!challenge) return challenge.error();
    const auto signed_in = verify(session, **api, factors, challenge->challenge);
    if (!signed_in) return signed_in.error();
    if (const auto kept = session.keep_token(Secret(bytes_of(signed_in->token))); !kept) return kept.error();
    session.terminal().tell("Signed in until " + text(signed_in->expires) + " at the latest.");
    return {};
}

Result<Exit> login(Session& session, Factors factors)
{
    if (const auto done = sign_in(session, std::move(factors)); !done) return done.error();
    return show_me(session, *session.api().value());
}

Result<Exit> logout(Session& session, bool keep_rosters)
{
    const auto api = session.api();
    if (!api) return api.error();
    const auto ended = (*api)->signed_in() ? (*api)->del("/api/v1/session") : Result<void>();
    session.forget_token();
    const auto rosters = keep_rosters ? std::string() : remove_rosters(session); // also without a signal: names leave the device
    if (!ended && ended.error().kind != Kind::sign_in_needed) return ended.error();
    session.terminal().say("Signed out." + rosters);
    return Exit::done;
}

} // namespace

Result<void> sign_in_here(Session& session) { return sign_in(session, {}); }

void add_login_commands(Command app, Session& session)
{
    auto in = app.add_subcommand("login", "Sign in with your member number and a one-time code");
    const auto factors = value<Factors>();
    in.add_option("--number", factors->number, "your member number, or an official's sign-in name");
    in.add_option("--code-file", factors->code_file, "read the one-time code from this file, or - for standard input");
    in.add_option("--totp-file", factors->totp_file, "officials: read the authenticator's code from this file, or - for standard input");
    on_run(in, session, [&session, factors] { return login(session, *factors); });

    auto out = app.add_subcommand("logout", "End the session, and remove picket rosters with their names from this device");
    const auto keep = value<bool>(false);
    out.add_flag("--keep-rosters", *keep, "leave this server's picket rosters here, for a day without a signal");
    on_run(out, session, [&session, keep] { return logout(session, *keep); });

    auto who = app.add_subcommand("whoami", "Who you are signed in as, and what the register has of you");
    on_run(who, session, [&session]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        return show_me(session, **api);
    });
}

} // namespace walkout::cli
