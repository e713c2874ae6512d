// trustee join | confirm | shares | decrypt: the ceremony of protocol.md 5.7, and decrypting once (5.6).

#include "client/cli/trustee_command.hpp"

#include "client/cli/archive_file.hpp"
#include "client/cli/bound_paper.hpp"
#include "client/cli/locked_file.hpp"
#include "shared/protocol/ceremony.hpp"
#include "shared/wire/client_files.hpp"
#include "shared/wire/vote_messages.hpp"

#include <algorithm>
#include <chrono>

namespace walkout::cli {
namespace {

using wire::TrusteeFile;

struct Options {
    std::string ballot;
    std::string passphrase_file;
    bool yes = false;
    bool closed_early = false;
};

Instant machine_now() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

LockedFile<TrusteeFile> seat_file(Session& session, const std::string& ballot)
{
    return {session.folders().data / "trustees" / (ballot + ".trustee"), "walkout-trustee/1"};
}

std::string ballot_path(const std::string& ballot, std::string_view rest) { return "/api/v1/ballots/" + segment(ballot) + "/" + std::string(rest); }

bool all_there(const std::vector<std::string>& messages) { return std::ranges::none_of(messages, &std::string::empty); }

Refusal waiting_for(const wire::CeremonyState& state, const std::vector<std::string>& messages, std::string_view what)
{
    std::string who;
    for (std::size_t i = 0; i < messages.size(); ++i)
        if (messages[i].empty()) who += (who.empty() ? "" : ", ") + state.seats[i].number;
    return {Kind::conflict, "ceremony_incomplete", "Still waiting for " + std::string(what) + " of " + who + ".",
            "Try again when they have done their step."};
}

/// The server is not trusted with any of it: everything is checked against this trustee's own file.
struct Seated {
    TrusteeFile file;
    protocol::TrusteeSecrets secrets;
};

protocol::CeremonyContext context_of(const TrusteeFile& file)
{
    return {Group::find(file.group), file.context, static_cast<unsigned>(file.threshold), static_cast<unsigned>(file.size)};
}

Result<Seated> take_seat(Session& session, const Options& options, const Secret& passphrase_)
{
    auto file = seat_file(session, options.ballot).open(passphrase_);
    if (!file) return file.error();
    if (Group::find(file->group) == nullptr)
        return Refusal{Kind::invalid, "unknown_group", "Your trustee file names a group that this program does not know."};
    protocol::TrusteeSecrets secrets(context_of(*file), static_cast<unsigned>(file->seat), Secret(std::string(file->seed)));
    return Result<Seated>(boost::system::in_place_value, Seated{std::move(*file), std::move(secrets)});
}

Result<wire::CeremonyState> ceremony(Session& session, const std::string& ballot)
{
    const auto api = session.api();
    if (!api) return api.error();
    auto state = (*api)->get<wire::CeremonyState>(ballot_path(ballot, "ceremony"));
    if (!state) return state.error();
    const auto size = state->seats.size();
    const bool sound = size >= 2 && size <= 9 && state->threshold >= 2 && state->threshold <= static_cast<std::int64_t>(size) &&
                       state->joins.size() == size && state->confirms.size() == size && state->shares.size() == size && state->keys.size() == size;
    if (!sound)
        return Refusal{Kind::invalid, "ceremony_unsound",
                       "The server describes a ceremony that cannot be: at least two of two to nine trustees must be needed.",
                       "Do not go on. Tell the other trustees."};
    return state;
}

std::string needed(const wire::CeremonyState& state)
{
    return "any " + std::to_string(state.threshold) + " of " + std::to_string(state.seats.size()) + " trustees will be able to decrypt";
}

/// The certificates are still those confirmed aloud. A server that shows others is after the shares.
Result<void> as_confirmed(const wire::CeremonyState& state, const TrusteeFile& file)
{
    if (file.certificates == protocol::certificates_hash(state.joins)) return {};
    return Refusal{Kind::invalid, "certificates_changed", "The server shows other certificates than those you confirmed.",
                   "Do not go on. Tell the other trustees."};
}

Result<wire::CeremonyState> send(Session& session, const Options& options, const char* step, const std::string& message)
{
    const auto api = session.api();
    if (!api) return api.error();
    return (*api)->post<wire::CeremonyState>(ballot_path(options.ballot, std::string("ceremony/") + step), wire::CeremonyMessage{message});
}

Result<std::int64_t> my_seat(Session& session, const wire::CeremonyState& state);

Refusal moved_on()
{
    return {Kind::conflict, "ceremony_restarted", "The ceremony has been restarted since you joined it.", "Run `walkout trustee join` again."};
}

Result<Exit> join(Session& session, const Options& options)
{
    const auto state = ceremony(session, options.ballot);
    if (!state) return state.error();
    const auto* group = Group::find(state->group);
    if (group == nullptr) return Refusal{Kind::invalid, "unknown_group", "This ballot uses a group that this program does not know."};
    const auto seat = my_seat(session, *state);
    if (!seat) return seat.error();
    const auto locked = seat_file(session, options.ballot);
    const auto secret = passphrase(session, options.passphrase_file, !locked.exists());
    if (!secret) return secret.error();
    TrusteeFile file;
    if (locked.exists()) {
        auto existing = locked.open(*secret);
        if (!existing) return existing.error();
        file = std::move(*existing);
    }
    if (file.context != state->context) {
        if (!file.share.empty())
            return Refusal{Kind::conflict, "share_exists", locked.path.string() + " holds a finished share, which a new ceremony would destroy.",
                           "If a new ceremony was announced, move that file away first."};
        file = {options.ballot,
                state->context,
                state->group,
                state->threshold,
                static_cast<std::int64_t>(state->seats.size()),
                *seat,
                {},
                {},
                {},
                {},
                {}};
        for (const auto& id : state->constituencies) file.constituencies.push_back(id.text());
        file.seed = protocol::TrusteeSecrets::make_seed(session.random()).reveal();
        locked.write(file, *secret, session.random()); // before anybody is told, so that nobody waits for a lost seed
    }
    const protocol::TrusteeSecrets secrets(context_of(file), static_cast<unsigned>(file.seat), Secret(std::string(file.seed)));
    if (!state->joins.at(static_cast<std::size_t>(*seat - 1)).empty()) {
        session.terminal().say("You have joined already. Next: walkout trustee confirm " + options.ballot);
        return Exit::done;
    }
    const auto message = secrets.join_message(session.random());
    const auto sent = send(session, options, "join", message);
    if (!sent) return sent.error();
    const auto joined = protocol::check_join(secrets.context(), secrets.index(), message);
    session.show(wire::to_json(*sent), "You are trustee " + std::to_string(*seat) + "; " + needed(*state) + ". Your eight words:\n\n    " +
                                           joined->words + "\n\nRead them aloud to the others. Your secrets are in " + locked.path.string() +
                                           ":\nkeep a copy of that file in another place.\nWhen all have joined: walkout trustee confirm " +
                                           options.ballot);
    return Exit::done;
}

Result<std::int64_t> my_seat(Session& session, const wire::CeremonyState& state)
{
    const auto api = session.api();
    if (!api) return api.error();
    const auto number = own_number(**api);
    if (!number) return number.error();
    for (const auto& seat : state.seats)
        if (seat.number == *number) return seat.seat;
    return Refusal{Kind::not_allowed, "not_a_trustee", "You are not a trustee of this ballot."};
}

/// First confirmation: the others' certificates are the ones heard.
Result<Exit> confirm_certificates(Session& session, const Options& options, Seated& seat, const wire::CeremonyState& state, const Secret& secret)
{
    const auto joined = protocol::check_joins(seat.secrets.context(), state.joins);
    if (!joined) return joined.error();
    const auto mine = seat.secrets.index() - 1;
    if (!seat.secrets.owns((*joined)[mine]))
        return Refusal{Kind::invalid, "seat_taken", "The server shows another certificate in your seat than yours.",
                       "Do not go on. Tell the other trustees."};
    if (!seat.file.certificates.empty())
        if (const auto same = as_confirmed(state, seat.file); !same) return same.error();
    auto& terminal = session.terminal();
    terminal.say("With this key " + needed(state) + ". Each trustee now reads eight words aloud. Do they match what you see here?\n");
    for (std::size_t i = 0; i < joined->size(); ++i)
        terminal.say("  trustee " + std::to_string(i + 1) + " (" + state.seats[i].number + "):  " + (*joined)[i].words);
    if (!options.yes) {
        const auto agreed = terminal.confirm("\nDo all of them match?", "--yes");
        if (!agreed) return agreed.error();
        if (!*agreed) return Refusal{Kind::invalid, "not_confirmed", "You did not confirm.", "Find out whose words differ before anybody goes on."};
    }
    seat.file.certificates = protocol::certificates_hash(state.joins);
    seat_file(session, options.ballot).write(seat.file, secret, session.random()); // before the server hears of it
    const auto sent = send(session, options, "confirm", seat.secrets.confirm_message(state.joins, session.random()));
    if (!sent) return sent.error();
    session.show(wire::to_json(*sent), "Confirmed. When all have confirmed: walkout trustee shares " + options.ballot);
    return Exit::done;
}

/// Second confirmation: the shares received are right; publishes this trustee's verification key.
Result<Exit> confirm_shares(Session& session, const Options& options, Seated& seat, const wire::CeremonyState& state, const Secret& secret)
{
    if (const auto same = as_confirmed(state, seat.file); !same) return same.error();
    const auto share = seat.secrets.receive_shares(state.joins, state.shares);
    if (!share) {
        if (share.error().code == "bad_share") {
            const auto bad = std::ranges::find_if(state.seats, [&](const wire::Seat& one) {
                return share.error().detail.find("trustee " + std::to_string(one.seat) + " ") != std::string::npos;
            });
            const auto against = bad == state.seats.end() ? 0 : bad->seat;
            const auto complained = send(session, options, "complaint",
                                         seat.secrets.complaint_message(static_cast<unsigned>(against), share.error().detail, session.random()));
            if (!complained) return complained.error();
        }
        return share.error();
    }
    seat.file.share = Group::find(seat.file.group)->text(share->reveal());
    seat_file(session, options.ballot).write(seat.file, secret, session.random());
    const auto sent = send(session, options, "keys", seat.secrets.keys_message(*share, session.random()));
    if (!sent) return sent.error();
    session.show(wire::to_json(*sent), sent->trustees ? "Your share is right and your key is published. The ballot's key is complete."
                                                      : "Your share is right and your key is published. Waiting for the other trustees.");
    return Exit::done;
}

Result<Exit> confirm(Session& session, const Options& options)
{
    const auto state = ceremony(session, options.ballot);
    if (!state) return state.error();
    if (!all_there(state->joins)) return waiting_for(*state, state->joins, "the certificate");
    const auto secret = passphrase(session, options.passphrase_file, false);
    if (!secret) return secret.error();
    auto seat = take_seat(session, options, *secret);
    if (!seat) return seat.error();
    if (seat->file.context != state->context) return moved_on();
    const auto mine = static_cast<std::size_t>(seat->file.seat - 1);
    if (state->confirms.at(mine).empty()) return confirm_certificates(session, options, *seat, *state, *secret);
    if (state->shares.at(mine).empty()) {
        session.terminal().say("You have confirmed the certificates. Next, when all have: walkout trustee shares " + options.ballot);
        return Exit::done;
    }
    if (!all_there(state->shares)) return waiting_for(*state, state->shares, "the shares");
    return confirm_shares(session, options, *seat, *state, *secret);
}

Result<Exit> shares(Session& session, const Options& options)
{
    const auto state = ceremony(session, options.ballot);
    if (!state) return state.error();
    if (!all_there(state->confirms)) return waiting_for(*state, state->confirms, "the confirmation");
    const auto secret = passphrase(session, options.passphrase_file, false);
    if (!secret) return secret.error();
    const auto seat = take_seat(session, options, *secret);
    if (!seat) return seat.error();
    if (seat->file.context != state->context) return moved_on();
    if (const auto same = as_confirmed(*state, seat->file); !same) return same.error();
    for (std::size_t i = 0; i < state->confirms.size(); ++i) // nobody else's word is taken for what the others confirmed
        if (const auto checked = protocol::check_confirm(seat->secrets.context(), static_cast<unsigned>(i + 1), state->joins, state->confirms[i]);
            !checked)
            return checked.error();
    const auto message = seat->secrets.shares_message(state->joins, session.random());
    if (!message) return message.error();
    const auto sent = send(session, options, "shares", *message);
    if (!sent) return sent.error();
    session.show(wire::to_json(*sent),
                 "Your shares are dealt, each sealed to its trustee. When all have dealt: walkout trustee confirm " + options.ballot);
    return Exit::done;
}

/// Verifies one constituency's archive and decrypts its tally, and only that.
Result<std::string> decrypt_constituency(Session& session, const Options& options, Seated& seat, const wire::BoardConstituency& constituency,
                                         const wire::VotingMaterial& material)
{
    const auto refuse = [&](const char* code, const std::string& why) {
        return Refusal{Kind::invalid, code, constituency.name + ": " + why + ".", "Do not decrypt. Tell the other trustees and the scrutineer."};
    };
    if (std::ranges::find(seat.file.constituencies, constituency.id.text()) == seat.file.constituencies.end())
        return refuse("not_in_ceremony", "it was not on the list of constituencies when your key was made");
    const auto fetched = fetch_archive(session, constituency.id, material.board_key);
    if (!fetched) return fetched.error();
    const auto& verified = fetched->verification;
    if (verified.failure)
        return refuse("archive_rejected", "its archive fails the check " + std::string(name(verified.failure->check)) + ": " + verified.failure->why);
    if (verified.stage != protocol::EventType::encrypted_tally && verified.stage != protocol::EventType::partial_decryption)
        return Refusal{Kind::conflict, "not_counted", constituency.name + " is not ready to be decrypted.",
                       "Wait until the count is approved and started."};
    if (verified.election->uuid != constituency.id.text()) return refuse("wrong_election", "its archive belongs to another election");
    const auto paper = bound_paper(material, *verified.election);
    if (!paper) return paper.error();
    // The return instant is bound into every ballot, so a server cannot ask for a partial count by moving it.
    const bool over = fetched->published >= paper->return_by && (paper->rehearsal || machine_now() >= paper->return_by);
    if (!over && !options.closed_early)
        return Refusal{Kind::not_open, "ballot_still_open",
                       constituency.name + ": its voting papers may be returned until " + text(paper->return_by) + ".",
                       "Decrypt after that. Only where two people have approved and announced an early closing: --closed-early."};
    const auto& group = *verified.election->group;
    const auto tally_hash = hex(sha256(protocol::write_tally(group, *verified.tally)));
    const auto [entry, fresh] = seat.file.decrypted.try_emplace(verified.election->fingerprint, tally_hash);
    if (!fresh && entry->second != tally_hash)
        return refuse("second_tally", "you have decrypted a different tally of this election before; a second one would reveal votes");
    const auto share = group.parse_scalar(seat.file.share);
    const auto keys = verified.trustees->flattened_keys();
    const auto seat_index = static_cast<std::size_t>(seat.file.seat - 1);
    if (share && (seat_index >= keys.size() || keys[seat_index] != group.secret_power(group.generator(), SecretScalar::hide(*share))))
        return refuse("wrong_key", "its votes are not encrypted to the key of your ceremony");
    if (!share)
        return Refusal{Kind::invalid, "no_share", "Your trustee file holds no share yet.", "Finish the ceremony first: walkout trustee confirm."};
    return protocol::write_partial_decryption(
        group, protocol::decrypt_share(*verified.election, *verified.tally, SecretScalar::hide(*share), session.random()));
}

Result<Exit> decrypt(Session& session, const Options& options)
{
    const auto api = session.api();
    if (!api) return api.error();
    const auto material = (*api)->get<wire::VotingMaterial>(ballot_path(options.ballot, "voting"));
    if (!material) return material.error();
    const auto secret = passphrase(session, options.passphrase_file, false);
    if (!secret) return secret.error();
    auto seat = take_seat(session, options, *secret);
    if (!seat) return seat.error();
    wire::Decryptions out;
    for (const auto& constituency : material->constituencies) {
        session.terminal().say("Verifying every ballot of " + constituency.name + " before decrypting its total …");
        const auto partial = decrypt_constituency(session, options, *seat, constituency, *material);
        if (!partial) return partial.error();
        out.constituencies.push_back({constituency.id, *partial});
    }
    seat_file(session, options.ballot).write(seat->file, *secret, session.random()); // the journal, before the partial decryptions leave
    const auto progress = (*api)->post<wire::DecryptionProgress>(ballot_path(options.ballot, "decryptions"), out);
    if (!progress) return progress.error();
    session.show(wire::to_json(*progress), "Decrypted. " + std::to_string(progress->trustees) + " of the " + std::to_string(progress->needed) +
                                               " trustees needed have done so.");
    return Exit::done;
}

} // namespace

void add_trustee_commands(CLI::App& app, Session& session)
{
    auto* trustee = app.add_subcommand("trustee", "Hold one share of the ballot's key")->require_subcommand(1);
    struct Step {
        const char* name;
        const char* help;
        Result<Exit> (*run)(Session&, const Options&);
    };
    for (const auto& step :
         {Step{"join", "Make your certificate and take your seat", join},
          Step{"confirm", "Confirm the others' certificates; later, the shares you were dealt", confirm},
          Step{"shares", "Deal the others their shares", shares}, Step{"decrypt", "Verify the archives and decrypt their totals, once", decrypt}}) {
        auto* command = trustee->add_subcommand(step.name, step.help);
        auto options = value<Options>();
        command->add_option("ballot", options->ballot, "The ballot's id")->required();
        command->add_option("--passphrase-file", options->passphrase_file, "File (or -) whose first line is the passphrase of your trustee file");
        if (step.run == confirm) command->add_flag("--yes", options->yes, "The words have been compared aloud");
        if (step.run == decrypt)
            command->add_flag("--closed-early", options->closed_early, "An early closing was approved by two people and announced");
        on_run(*command, session, [&session, options, run = step.run] { return run(session, *options); });
    }
}

} // namespace walkout::cli
