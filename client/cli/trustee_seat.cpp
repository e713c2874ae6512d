#include "client/cli/trustee_seat.hpp"

#include "client/cli/archive_file.hpp"

#include <algorithm>

namespace walkout::cli {
namespace {

Refusal unsound(const std::string& why)
{
    return {Kind::invalid, "ceremony_unsound", "The server describes a ceremony that cannot be: " + why + ".",
            "Do not go on. Tell the other trustees."};
}

const wire::Seat* seat_of(const wire::CeremonyState& state, const std::string& number)
{
    const auto found = std::ranges::find(state.seats, number, &wire::Seat::number);
    return found == state.seats.end() ? nullptr : &*found;
}

/// The terms a file stands for, which its context follows from.
Result<protocol::CeremonyContext> context_of(const wire::TrusteeFile& file)
{
    const auto damaged = [](const std::string& why) {
        return Refusal{Kind::invalid, "wrong_file", "The trustee file " + why + ".", "Use your copy of it."};
    };
    const auto* group = Group::find(file.group);
    if (group == nullptr) return damaged("names a group that this program does not know");
    protocol::CeremonyTerms terms{file.ballot, file.attempt, file.group, file.threshold, file.trustees, file.constituencies, file.paper, {}};
    for (const auto& one : file.approvers) {
        const auto key = parse_public_key(one.key);
        if (!key) return damaged("holds a key that is none");
        terms.approvers.push_back({one.number, one.role, *key});
    }
    const auto size = static_cast<std::int64_t>(file.trustees.size());
    if (protocol::ceremony_context(terms) != file.context || file.seat < 1 || file.seat > size || file.threshold < 1 || file.threshold > size)
        return damaged("does not fit together");
    return protocol::CeremonyContext{group, file.context, static_cast<unsigned>(file.threshold), static_cast<unsigned>(size), file.trustees};
}

/// What the server says of a complaint, held against the certificates that this trustee confirmed in that attempt.
std::string complaint_words(const wire::CeremonyRestart& restart, const wire::CeremonyState& state, const wire::TrusteeFile* file)
{
    if (file == nullptr) return "  (It is signed: walkout trustee join checks that.)\n";
    const auto* by = seat_of(state, restart.by);
    const auto context = context_of(*file);
    if (!context || by == nullptr || file->attempt != restart.attempt || file->certificates != protocol::certificates_hash(restart.joins))
        return "  (It is signed, but your file cannot check by whom: you had not confirmed the certificates of that attempt.)\n";
    const auto checked = protocol::check_complaint(*context, static_cast<unsigned>(by->seat), restart.joins, *restart.complaint);
    if (!checked) return "  But that is NOT signed by " + restart.by + ": do not believe it, and tell the others.\n";
    const auto named = state.seats.at(checked->against - 1).number;
    if (named != restart.against) return "  But what " + restart.by + " signed names " + named + ": tell the others.\n";
    return "  " + restart.by +
           " has signed that, with the certificate you confirmed. One of the two, or the server between\n  them, is wrong: find out which before you "
           "go on.\n";
}

} // namespace

LockedFile<wire::TrusteeFile> seat_file(Session& session, const std::string& ballot)
{
    return {session.folders().data / "trustees" / (ballot + ".trustee"), trustee_magic};
}

Result<Seated> seated(wire::TrusteeFile file)
{
    auto context = context_of(file);
    if (!context) return context.error();
    protocol::TrusteeSecrets secrets(*std::move(context), static_cast<unsigned>(file.seat), Secret(file.seed.reveal_bytes()));
    return Result<Seated>(boost::system::in_place_value, Seated{std::move(file), std::move(secrets)});
}

Result<Seated> take_seat(Session& session, const std::string& ballot, const Secret& passphrase)
{
    const auto locked = seat_file(session, ballot);
    if (!locked.exists())
        return Refusal{Kind::not_found, "no_trustee_file", "This machine holds no trustee file for " + ballot + ": " + locked.path.string() + ".",
                       "Work on the machine with which you joined, or bring your copy here: walkout trustee restore FILE"};
    auto lock = FileLock::take(locked.path);
    if (!lock) return lock.error();
    auto file = locked.open(passphrase);
    if (!file) return file.error();
    auto seat = seated(*std::move(file));
    if (seat) seat->lock.emplace(*std::move(lock));
    return seat;
}

std::string seat_words(const wire::TrusteeFile& file)
{
    return "trustee " + std::to_string(file.seat) + " of " + std::to_string(file.trustees.size()) + " (" +
           file.trustees.at(static_cast<std::size_t>(file.seat - 1)) + ")";
}

std::string trustee_path(const std::string& ballot, std::string_view rest) { return "/api/v1/ballots/" + segment(ballot) + "/" + std::string(rest); }

Result<wire::CeremonyState> ceremony(Session& session, const std::string& ballot)
{
    const auto api = session.api();
    if (!api) return api.error();
    auto state = (*api)->get<wire::CeremonyState>(trustee_path(ballot, "ceremony"));
    if (!state) return state;
    const auto size = state->seats.size();
    if (size < 2 || size > 9 || state->threshold < 2 || state->threshold > static_cast<std::int64_t>(size))
        return unsound("at least two of two to nine trustees must be needed");
    for (std::size_t i = 0; i < size; ++i)
        if (state->seats[i].seat != static_cast<std::int64_t>(i + 1)) return unsound("its seats are out of order");
    for (const auto* messages : {&state->joins, &state->confirms, &state->shares, &state->keys})
        if (messages->size() != size) return unsound("it does not hold one message for each trustee");
    if (Group::find(state->group) == nullptr) return unsound("it names a group that this program does not know");
    const auto terms = wire::ceremony_terms(*state);
    if (state->ballot.text() != ballot || !terms || protocol::ceremony_context(*terms) != state->context)
        return unsound("what its messages are bound to does not follow from its terms");
    return state;
}

Result<std::int64_t> own_seat(Session& session, const wire::CeremonyState& state)
{
    const auto api = session.api();
    if (!api) return api.error();
    const auto number = own_number(**api);
    if (!number) return number.error();
    if (const auto* seat = seat_of(state, *number)) return seat->seat;
    std::string who;
    for (const auto& seat : state.seats) who += (who.empty() ? "" : ", ") + seat.number;
    return Refusal{Kind::not_allowed, "not_a_trustee", "You, " + *number + ", are not a trustee of this ballot.", "Its trustees are " + who + "."};
}

Result<void> as_confirmed(const wire::CeremonyState& state, const wire::TrusteeFile& file)
{
    if (file.certificates == protocol::certificates_hash(state.joins)) return {};
    return Refusal{Kind::invalid, "certificates_changed", "The server shows other certificates than those you confirmed.",
                   "Do not go on. Tell the other trustees."};
}

Result<void> same_attempt(const wire::CeremonyState& state, const wire::TrusteeFile& file)
{
    if (file.context == state.context) return {};
    std::string why = "The ceremony has been started again since you joined it.";
    if (!state.restarts.empty()) why += " " + state.restarts.back().by + ": " + state.restarts.back().reason;
    return Refusal{Kind::conflict, "ceremony_restarted", why,
                   "See walkout trustee status " + file.ballot + "; when you all agree, run walkout trustee join " + file.ballot + " again."};
}

bool all_there(const std::vector<std::string>& messages) { return std::ranges::none_of(messages, &std::string::empty); }

std::string missing(const wire::CeremonyState& state, const std::vector<std::string>& messages)
{
    std::string who;
    for (std::size_t i = 0; i < messages.size(); ++i)
        if (messages[i].empty()) who += (who.empty() ? "" : ", ") + state.seats[i].number;
    return who;
}

Refusal waiting_for(const wire::CeremonyState& state, const std::vector<std::string>& messages, std::string_view what)
{
    return {Kind::conflict, "ceremony_incomplete", "Still waiting for " + std::string(what) + " of: " + missing(state, messages) + ".",
            "Try again when they have done their step. See who has done what: walkout trustee status " + state.ballot.text()};
}

std::string needed_words(const wire::CeremonyState& state)
{
    return "any " + std::to_string(state.threshold) + " of the " + std::to_string(state.seats.size()) + " trustees will be able to decrypt";
}

std::string what_next(const wire::CeremonyState& state, std::int64_t seat)
{
    const auto mine = static_cast<std::size_t>(seat - 1);
    const auto id = state.ballot.text();
    struct Step {
        const std::vector<std::string>& messages;
        const char* command;
        const char* doing;
    };
    const Step steps[] = {{state.joins, "join", "join"},
                          {state.confirms, "confirm", "confirm the words"},
                          {state.shares, "shares", "deal their shares"},
                          {state.keys, "confirm", "confirm their shares"}};
    if (state.trustees)
        return "The ballot's key is complete. Now make a copy of your trustee file and keep it in another place:\n    walkout trustee copy " + id +
               " --to FILE\nYour next task is after the voting: walkout trustee decrypt " + id;
    for (std::size_t i = 0; i < std::size(steps); ++i) {
        const auto command = std::string("walkout trustee ") + steps[i].command + " " + id;
        if (steps[i].messages[mine].empty() && (i == 0 || all_there(steps[i - 1].messages))) return "Next, you: " + command;
        if (!all_there(steps[i].messages)) {
            const auto waiting = "Waiting for " + missing(state, steps[i].messages) + " to " + steps[i].doing + ".";
            if (i + 1 == std::size(steps))
                return waiting +
                       " Then the ballot's key is complete.\nMeanwhile, make a copy of your trustee file and keep it in another place:\n    walkout "
                       "trustee copy " +
                       id + " --to FILE";
            return waiting + " Then, you: walkout trustee " + steps[i + 1].command + " " + id;
        }
    }
    return "Every trustee has done every step.";
}

std::string restarts_words(const wire::CeremonyState& state, const wire::TrusteeFile* earlier)
{
    std::string out;
    for (const auto& restart : state.restarts) {
        out += "Attempt " + std::to_string(restart.attempt) + " was given up by " + restart.by +
               (restart.against ? ", whose complaint names " + *restart.against : "") + ": " + restart.reason + "\n";
        if (restart.complaint) out += complaint_words(restart, state, earlier);
    }
    return out;
}

} // namespace walkout::cli
