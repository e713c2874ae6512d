// trustee status | join | confirm | shares | restart: the ceremony of protocol.md 5.7. The server carries the messages and is trusted with none of it:
// everything is checked here against this trustee's own file and the words read aloud.

#include "client/cli/trustee_command.hpp"

#include "client/cli/archive_file.hpp"
#include "client/cli/key_command.hpp"
#include "client/cli/trustee_copy.hpp"
#include "client/cli/trustee_decrypt.hpp"
#include "client/cli/trustee_seat.hpp"
#include "shared/protocol/spoken.hpp"

#include <algorithm>
#include <chrono>

namespace walkout::cli {
namespace {

namespace fs = std::filesystem;
using wire::TrusteeFile;

struct Options {
    std::string ballot;
    std::string passphrase_file;
    std::string reason;
    bool yes = false;
};

Result<wire::CeremonyState> send(Session& session, const Options& options, const char* step, const std::string& message)
{
    const auto api = session.api();
    if (!api) return api.error();
    return (*api)->post<wire::CeremonyState>(trustee_path(options.ballot, std::string("ceremony/") + step), wire::CeremonyMessage{message});
}

// ---- status ----

std::string table(const Terminal& terminal, const wire::CeremonyState& state, std::int64_t mine)
{
    std::size_t width = 8;
    for (const auto& seat : state.seats) width = std::max(width, seat.number.size());
    const auto padded = [](std::string text, std::size_t to) {
        if (text.size() < to) text.resize(to, ' ');
        return text;
    };
    auto out = padded("  trustee", width + 6) + "joined   words    shares   key\n";
    for (std::size_t i = 0; i < state.seats.size(); ++i) {
        auto line = "  " + std::to_string(i + 1) + " " + padded(state.seats[i].number, width + 2);
        for (const auto* messages : {&state.joins, &state.confirms, &state.shares, &state.keys})
            line += padded((*messages)[i].empty() ? "-" : "done", 9);
        if (static_cast<std::int64_t>(i + 1) == mine) line += "(you)";
        line.erase(line.find_last_not_of(' ') + 1);
        out += (static_cast<std::int64_t>(i + 1) == mine ? terminal.bold(line) : line) + "\n";
    }
    return out;
}

Result<Exit> status(Session& session, const Options& options)
{
    const auto state = ceremony(session, options.ballot);
    if (!state) return state.error();
    const auto seat = own_seat(session, *state);
    auto words = session.terminal().bold(state->title) + "  " + session.terminal().dim(state->ballot.text()) + "\n\nThe key's ceremony" +
                 (state->attempt > 1 ? ", attempt " + std::to_string(state->attempt) : "") + ", in the group " + state->group + ": " +
                 needed_words(*state) + ".\n" + table(session.terminal(), *state, seat ? *seat : 0) + restarts_words(*state, nullptr);
    const auto count = state->trustees ? (*session.api())->get<wire::CountState>(trustee_path(options.ballot, "decryptions"))
                                       : Result<wire::CountState>(wire::CountState{});
    words += "\n";
    if (state->trustees && count)
        words += progress_words(*count) + (count->counted ? "" : "\nEach of them: walkout trustee decrypt " + options.ballot);
    else words += seat ? what_next(*state, *seat) : std::string("You are not one of the trustees.");
    session.show(wire::to_json(*state), words);
    return Exit::done;
}

// ---- join ----

/// The key that the server has for this person is the one on this machine, where there is one.
Result<void> own_approval_key(Session& session, const wire::CeremonyState& state, std::int64_t seat)
{
    const auto& number = state.seats.at(static_cast<std::size_t>(seat - 1)).number;
    const auto mine = std::ranges::find(state.approvers, number, &wire::ApproverKey::number);
    const auto key = load_signing_key(session.folders());
    if (mine == state.approvers.end() || !key || hex(key->public_key()) == mine->key) return {};
    return Refusal{Kind::invalid, "approver_key_wrong", "The server shows another signing key as yours than the one on this machine.",
                   "Do not go on. Compare it with the words of `walkout key show` on the machine you sign with, and tell the other trustees."};
}

TrusteeFile new_file(const wire::CeremonyState& state, std::int64_t seat, Random& random)
{
    TrusteeFile file;
    file.ballot = state.ballot.text();
    file.title = state.title;
    file.attempt = state.attempt;
    file.context = state.context;
    file.group = state.group;
    file.threshold = state.threshold;
    file.seat = seat;
    for (const auto& one : state.seats) file.trustees.push_back(one.number);
    for (const auto& id : state.constituencies) file.constituencies.push_back(id.text());
    file.paper = state.paper;
    file.approvers = state.approvers;
    file.seed = protocol::TrusteeSecrets::make_seed(random);
    return file;
}

/// The file of an attempt that was given up stays, under the date it was replaced.
Result<void> set_aside(Session& session, const Options& options, const LockedFile<TrusteeFile>& locked, const TrusteeFile& file,
                       const wire::CeremonyState& state)
{
    auto& terminal = session.terminal();
    if (const auto why = restarts_words(state, &file); !why.empty()) terminal.say(why);
    if (state.trustees)
        return Refusal{Kind::conflict, "ceremony_finished", "The ceremony is finished, and your file is of another attempt.",
                       "Do not replace it. Look for a later copy of your trustee file: walkout trustee restore FILE"};
    if (!file.share.empty() && !options.yes) {
        const auto agreed =
            terminal.confirm("Your file holds a finished share, which the new ceremony makes useless. The file will be kept under another "
                             "name. Have all trustees agreed to start again? Type yes: ",
                             "--yes");
        if (!agreed) return agreed.error();
        if (!*agreed)
            return Refusal{Kind::invalid, "not_confirmed", "Nothing was changed.", "Ask the other trustees why the ceremony was started again."};
    }
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    auto date = text(now);
    std::ranges::replace(date, ':', '-');
    auto kept = locked.path;
    for (int n = 1; kept == locked.path || fs::exists(kept); ++n)
        kept.replace_filename(file.ballot + "." + date + (n > 1 ? "." + std::to_string(n) : "") + ".old-trustee");
    fs::rename(locked.path, kept);
    terminal.say("Your file of attempt " + std::to_string(file.attempt) + " is kept as " + kept.string() + ".");
    return {};
}

Result<Exit> join(Session& session, const Options& options)
{
    const auto state = ceremony(session, options.ballot);
    if (!state) return state.error();
    const auto seat = own_seat(session, *state);
    if (!seat) return seat.error();
    if (const auto mine = own_approval_key(session, *state, *seat); !mine) return mine.error();
    const bool joined_already = !state->joins.at(static_cast<std::size_t>(*seat - 1)).empty();
    const auto locked = seat_file(session, options.ballot);
    if (!locked.exists() && (joined_already || state->trustees))
        return Refusal{Kind::conflict, "joined_elsewhere", "You have joined this ceremony already, but not with a file on this machine.",
                       "Work on that machine, or bring its file here. If it is lost: walkout trustee restart " + options.ballot +
                           " --reason \"...\""};
    const auto secret = passphrase(session, options.passphrase_file, !locked.exists());
    if (!secret) return secret.error();
    TrusteeFile file;
    if (locked.exists()) {
        auto existing = locked.open(*secret);
        if (!existing) return existing.error();
        file = *std::move(existing);
    }
    if (file.context != state->context) {
        if (locked.exists())
            if (const auto aside = set_aside(session, options, locked, file, *state); !aside) return aside.error();
        file = new_file(*state, *seat, session.random());
        locked.write(file, *secret, session.random()); // before anybody is told, so that nobody waits for a lost seed
    }
    auto mine = seated(std::move(file));
    if (!mine) return mine.error();
    if (joined_already) {
        session.show(wire::to_json(*state), "You have joined already. " + what_next(*state, *seat));
        return Exit::done;
    }
    const auto message = mine->secrets.join_message(session.random());
    const auto sent = send(session, options, "join", message);
    if (!sent) return sent.error();
    const auto joined = protocol::check_join(mine->secrets.context(), mine->secrets.index(), message);
    session.show(wire::to_json(*sent), "You are " + seat_words(mine->file) + "; " + needed_words(*sent) + ". Your eight words:\n\n    " +
                                           joined->words + "\n\nWrite them down: you will read them aloud to the others. Your secrets are in\n    " +
                                           locked.path.string() + "\nunder your passphrase, which nobody can replace.\n" + what_next(*sent, *seat));
    return Exit::done;
}

// ---- confirm ----

std::string approver_words(const TrusteeFile& file)
{
    std::string out;
    for (const auto& one : file.approvers) {
        std::string office(name(one.role));
        std::ranges::replace(office, '_', ' ');
        out += "  " + one.number + ", " + office + ":  " + protocol::spoken_fingerprint(one.key) + "\n";
    }
    return out;
}

/// First confirmation: the certificates are the ones heard, and the keys of those who may approve the count are theirs.
Result<Exit> confirm_certificates(Session& session, const Options& options, Seated& seat, const wire::CeremonyState& state, const Secret& secret)
{
    const auto joined = protocol::check_joins(seat.secrets.context(), state.joins);
    if (!joined) return joined.error();
    if (!seat.secrets.owns((*joined)[seat.secrets.index() - 1]))
        return Refusal{Kind::invalid, "seat_taken", "The server shows another certificate in your seat than yours.",
                       "Do not go on. Tell the other trustees."};
    if (!seat.file.certificates.empty())
        if (const auto same = as_confirmed(state, seat.file); !same) return same.error();
    auto& terminal = session.terminal();
    terminal.say("With this key " + needed_words(state) +
                 ".\nEach trustee now reads eight words aloud, in one room or on the telephone. You should hear:\n");
    for (std::size_t i = 0; i < joined->size(); ++i)
        terminal.say("  trustee " + std::to_string(i + 1) + ", " + state.seats[i].number +
                     (static_cast<std::int64_t>(i + 1) == seat.file.seat ? " (you)" : "") + ":  " + (*joined)[i].words);
    terminal.say("\nYou will decrypt only what two of the following people have signed, one of them the scrutineer. Each reads the eight words that\n"
                 "`walkout key show` prints:\n\n" +
                 approver_words(seat.file));
    if (!options.yes) {
        const auto agreed = terminal.confirm("Do all of them match what you heard? Type yes: ", "--yes");
        if (!agreed) return agreed.error();
        if (!*agreed)
            return Refusal{Kind::invalid, "not_confirmed", "You did not confirm, and nothing was sent.",
                           "Find out whose words differ, and tell the others. If a mistake was made, start again: walkout trustee restart " +
                               options.ballot + " --reason \"...\""};
    }
    seat.file.certificates = protocol::certificates_hash(state.joins);
    seat_file(session, options.ballot).write(seat.file, secret, session.random()); // before the server hears of it
    const auto sent = send(session, options, "confirm", seat.secrets.confirm_message(state.joins, session.random()));
    if (!sent) return sent.error();
    session.show(wire::to_json(*sent), "Confirmed. " + what_next(*sent, seat.file.seat));
    return Exit::done;
}

/// A share that is wrong is complained of, in writing and signed, and the ceremony starts again.
Refusal complain(Session& session, const Options& options, const Seated& seat, const wire::CeremonyState& state, const Refusal& wrong)
{
    auto refusal = wrong;
    const auto fault = seat.secrets.fault_in(state.joins, state.shares);
    if (!fault) return refusal;
    const auto named = seat.file.trustees.at(fault->trustee - 1);
    if (fault->trustee == seat.secrets.index()) {
        refusal.next = "These are your own: the server or your file has changed them. Start again: walkout trustee restart " + options.ballot;
        return refusal;
    }
    const auto complained =
        send(session, options, "complaint", seat.secrets.complaint_message(fault->trustee, fault->why.substr(0, 400), session.random()));
    refusal.next = complained
                       ? "Your signed complaint names " + named +
                             " to all trustees, and the ceremony starts again. Find out together what went wrong "
                             "on that machine; then each of you runs: walkout trustee join " +
                             options.ballot
                       : "Your complaint could not be sent (" + complained.error().detail + "). Tell the other trustees that it names " + named + ".";
    return refusal;
}

/// Second confirmation: the shares received are right; publishes this trustee's verification key.
Result<Exit> confirm_shares(Session& session, const Options& options, Seated& seat, const wire::CeremonyState& state, const Secret& secret)
{
    if (const auto same = as_confirmed(state, seat.file); !same) return same.error();
    const auto share = seat.secrets.receive_shares(state.joins, state.shares);
    if (!share) return share.error().code == "bad_share" ? complain(session, options, seat, state, share.error()) : share.error();
    const auto& group = seat.group();
    seat.file.share = protocol::share_text(*share);
    seat.file.public_key = group.text(group.secret_power(group.generator(), *share));
    seat_file(session, options.ballot).write(seat.file, secret, session.random());
    const auto sent = send(session, options, "keys", seat.secrets.keys_message(*share, session.random()));
    if (!sent) return sent.error();
    session.show(wire::to_json(*sent),
                 "Every share you were dealt is right, and your part of the key is published. " + what_next(*sent, seat.file.seat));
    return Exit::done;
}

Result<Exit> confirm(Session& session, const Options& options)
{
    const auto state = ceremony(session, options.ballot);
    if (!state) return state.error();
    const auto seat_number = own_seat(session, *state);
    if (!seat_number) return seat_number.error();
    const auto secret = passphrase(session, options.passphrase_file, false);
    if (!secret) return secret.error();
    auto seat = take_seat(session, options.ballot, *secret);
    if (!seat) return seat.error();
    if (const auto same = same_attempt(*state, seat->file); !same) return same.error();
    if (!all_there(state->joins)) return waiting_for(*state, state->joins, "the certificate");
    const auto mine = static_cast<std::size_t>(seat->file.seat - 1);
    if (state->confirms.at(mine).empty()) return confirm_certificates(session, options, *seat, *state, *secret);
    if (state->shares.at(mine).empty() || !state->keys.at(mine).empty()) {
        session.show(wire::to_json(*state), "You have confirmed already. " + what_next(*state, *seat_number));
        return Exit::done;
    }
    if (!all_there(state->shares)) return waiting_for(*state, state->shares, "the shares");
    return confirm_shares(session, options, *seat, *state, *secret);
}

// ---- shares, restart ----

Result<Exit> shares(Session& session, const Options& options)
{
    const auto state = ceremony(session, options.ballot);
    if (!state) return state.error();
    const auto seat_number = own_seat(session, *state);
    if (!seat_number) return seat_number.error();
    const auto secret = passphrase(session, options.passphrase_file, false);
    if (!secret) return secret.error();
    const auto seat = take_seat(session, options.ballot, *secret);
    if (!seat) return seat.error();
    if (const auto same = same_attempt(*state, seat->file); !same) return same.error();
    if (!state->shares.at(static_cast<std::size_t>(*seat_number - 1)).empty()) {
        session.show(wire::to_json(*state), "You have dealt your shares already. " + what_next(*state, *seat_number));
        return Exit::done;
    }
    if (!all_there(state->confirms)) return waiting_for(*state, state->confirms, "the confirmation");
    if (const auto same = as_confirmed(*state, seat->file); !same) return same.error();
    for (std::size_t i = 0; i < state->confirms.size(); ++i) // nobody else's word is taken for what the others confirmed
        if (const auto checked = protocol::check_confirm(seat->secrets.context(), static_cast<unsigned>(i + 1), state->joins, state->confirms[i]);
            !checked)
            return checked.error();
    const auto message = seat->secrets.shares_message(state->joins, session.random());
    if (!message) return message.error();
    const auto sent = send(session, options, "shares", *message);
    if (!sent) return sent.error();
    session.show(wire::to_json(*sent), "Your shares are dealt, each sealed so that only its trustee can open it. " + what_next(*sent, *seat_number));
    return Exit::done;
}

Result<Exit> restart(Session& session, const Options& options)
{
    const auto state = ceremony(session, options.ballot);
    if (!state) return state.error();
    if (!options.yes) {
        const auto agreed = session.terminal().confirm(
            "Start the ceremony again from the beginning? All trustees join anew, and read your reason. Type yes: ", "--yes");
        if (!agreed) return agreed.error();
        if (!*agreed) return Refusal{Kind::invalid, "not_confirmed", "The ceremony goes on.", ""};
    }
    const auto api = session.api();
    if (!api) return api.error();
    const auto after = (*api)->post<wire::CeremonyState>(trustee_path(options.ballot, "ceremony/restart"), wire::NewRestart{options.reason});
    if (!after) return after.error();
    session.show(wire::to_json(*after), "The ceremony starts again: attempt " + std::to_string(after->attempt) +
                                            ". Each trustee now runs: walkout trustee join " + options.ballot);
    return Exit::done;
}

} // namespace

void add_trustee_commands(Command app, Session& session)
{
    auto trustee = app.add_subcommand("trustee", "Hold one share of the ballot's key").require_subcommand();
    const auto add = [&](const char* name, const char* help, Result<Exit> (*run)(Session&, const Options&), bool asks_passphrase = true) {
        auto command = trustee.add_subcommand(name, help);
        auto options = value<Options>();
        command.add_option("ballot", options->ballot, "The ballot's id").required();
        if (asks_passphrase)
            command.add_option("--passphrase-file", options->passphrase_file, "File (or -) whose first line is the passphrase of your trustee file");
        on_run(command, session, [&session, options, run] { return run(session, *options); });
        return std::pair(command, options);
    };
    add("status", "Who has done what, and what you do next", status, /*asks_passphrase=*/false);
    const auto [join_command, join_options] = add("join", "Make your certificate and take your seat", join);
    join_command.add_flag("--yes", join_options->yes, "Set a finished share of an attempt that was given up aside without asking");
    const auto [confirm_command, confirm_options] = add("confirm", "Confirm the words read aloud; later, the shares you were dealt", confirm);
    confirm_command.add_flag("--yes", confirm_options->yes, "The words have been compared aloud");
    add("shares", "Deal the others their shares", shares);
    const auto [restart_command, restart_options] =
        add("restart", "Start the ceremony again, with a reason for the others", restart, /*asks_passphrase=*/false);
    restart_command.add_option("--reason", restart_options->reason, "One line that all trustees read").required();
    restart_command.add_flag("--yes", restart_options->yes, "Do not ask");
    add_trustee_copy_commands(trustee, session);

    auto command = trustee.add_subcommand("decrypt", "Verify the archives and the two signatures, and decrypt the totals, once");
    auto options = value<DecryptOptions>();
    command.add_option("ballot", options->ballot, "The ballot's id").required();
    command.add_option("--passphrase-file", options->passphrase_file, "File (or -) whose first line is the passphrase of your trustee file");
    command.add_flag("--closed-early", options->closed_early, "The ballot was closed before its time, and that was announced to everybody");
    on_run(command, session, [&session, options] { return decrypt(session, *options); });
}

} // namespace walkout::cli
