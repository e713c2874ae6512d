#include "client/cli/trustee_decrypt.hpp"

#include "client/cli/archive_file.hpp"
#include "client/cli/bound_paper.hpp"
#include "client/cli/trustee_seat.hpp"
#include "shared/wire/conduct_messages.hpp"
#include "shared/wire/vote_messages.hpp"

#include <algorithm>
#include <chrono>

namespace walkout::cli {
namespace {

using ballot::ApprovalStep;

Instant machine_now() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

constexpr auto stop = "Do not decrypt. Tell the other trustees and the scrutineer.";

/// A constituency whose archive has been verified to the last ballot.
struct Board {
    wire::BoardConstituency constituency;
    FetchedArchive fetched;
    ballot::SealedBoard sealed;
    ballot::VotingPaper paper;
};

/// The event that ended the ballots, as the archive has it.
ballot::SealedBoard sealed_board(const std::string& constituency, std::string_view archive)
{
    protocol::ArchiveReader reader(protocol::ArchiveReader::from(archive));
    if (reader.read_header())
        for (auto record = reader.next(); record && *record; record = reader.next()) {
            if (!(*record)->is_event) continue;
            const auto event = protocol::parse_event((*record)->body);
            if (event && event->type == protocol::EventType::end_ballots) return {constituency, event->height, (*record)->hash()};
        }
    return {constituency, 0, ""};
}

Result<Board> verified_board(Session& session, const Seated& seat, const wire::BoardConstituency& constituency, const wire::VotingMaterial& material)
{
    const auto refuse = [&](const char* code, const std::string& why) {
        return Refusal{Kind::invalid, code, constituency.name + ": " + why + ".", stop};
    };
    if (std::ranges::find(seat.file.constituencies, constituency.id.text()) == seat.file.constituencies.end())
        return refuse("not_in_ceremony", "it was not on the list of constituencies when your key was made");
    auto fetched = fetch_archive(session, constituency.id, material.board_key);
    if (!fetched) return fetched.error();
    const auto& verified = fetched->verification;
    if (verified.failure)
        return refuse("archive_rejected", "its archive fails the check " + std::string(name(verified.failure->check)) + ": " + verified.failure->why);
    if (verified.stage != protocol::EventType::encrypted_tally && verified.stage != protocol::EventType::partial_decryption)
        return Refusal{Kind::conflict, "not_counted", constituency.name + " is not ready to be decrypted.",
                       "Wait until the count is approved and started."};
    if (verified.election->uuid != constituency.id.text()) return refuse("wrong_election", "its archive belongs to another election");
    auto paper = bound_paper(material, *verified.election);
    if (!paper) return paper.error();
    if (hex(sha256(material.voting_paper)) != seat.file.paper)
        return refuse("paper_not_bound", "its voting paper is not the one your key was made for");
    auto sealed = sealed_board(constituency.id.text(), fetched->bytes);
    return Board{constituency, *std::move(fetched), std::move(sealed), *std::move(paper)};
}

std::vector<ballot::GivenApproval> given(const wire::ApprovedObject& object)
{
    std::vector<ballot::GivenApproval> out;
    for (const auto& one : object.approvals) out.push_back({one.by, one.expires, parse_signature(one.signature).value_or(Signature{})});
    return out;
}

/// The people confirmed at the ceremony, with the keys confirmed there.
std::vector<ballot::Approver> people_confirmed(const Seated& seat)
{
    std::vector<ballot::Approver> out;
    for (const auto& one : seat.file.approvers) out.push_back({one.number, one.role, parse_public_key(one.key).value()});
    return out;
}

/// Two of the people confirmed at the ceremony have signed this object for this step.
Result<void> two_signed(const Seated& seat, ApprovalStep step, const wire::ApprovedObject& object, Instant when)
{
    const auto pinned = people_confirmed(seat);
    const ballot::ApprovalClaim claim{step, *BallotId::parse(seat.file.ballot), sha256(object.canonical), {}};
    auto proven = ballot::verify_approvals(claim, given(object), pinned, when);
    if (!proven) proven.error().next = stop;
    return proven;
}

/// What is about to be decrypted is what two people approved for counting: exactly these sealed boards (protocol.md 5.6).
Result<void> approved(const Seated& seat, const wire::CountState& count, const std::vector<Board>& boards)
{
    const auto id = *BallotId::parse(seat.file.ballot);
    const auto sealed = ballot::sealed_boards(id, count.count.canonical);
    if (!sealed) return Refusal{Kind::invalid, "approval_not_proven", "What the server says was approved is not the count of this ballot.", stop};
    auto begun = boards.front().fetched.published; // the signatures had to be good when the count began, by the signed head of its tally
    for (const auto& board : boards) {
        begun = std::min(begun, board.fetched.published);
        if (std::ranges::count(*sealed, board.sealed) != 1)
            return Refusal{Kind::invalid, "approval_not_proven",
                           board.constituency.name + ": the ballots on its board are not those whose count was approved.", stop};
    }
    return two_signed(seat, ApprovalStep::count, count.count, begun);
}

/// Nothing is decrypted before the return instant that is bound into every ballot, or the later one that two people have signed in addenda to it, unless
/// two people have signed an earlier closing.
Result<void> over(const Seated& seat, const DecryptOptions& options, const wire::CountState& count, const wire::AddendumList& list,
                  const Board& board)
{
    const auto extended =
        wire::verify_addenda(*BallotId::parse(seat.file.ballot), list.addenda, count.count.canonical, board.paper.return_by, people_confirmed(seat));
    if (!extended) return Refusal{Kind::invalid, "addendum_not_proven", board.constituency.name + ": " + extended.error().detail, stop};
    const auto by = *extended;
    if (board.fetched.published >= by && (board.paper.rehearsal || machine_now() >= by)) return {};
    const auto until = board.constituency.name + ": its voting papers may be returned until " + text(by);
    if (!count.early_closing)
        return Refusal{Kind::not_open, "ballot_still_open", until + ", and no early closing was approved.", "Decrypt after that."};
    if (!options.closed_early)
        return Refusal{Kind::not_open, "ballot_still_open", until + ".", "Only if the early closing was announced to everybody: --closed-early."};
    const auto title = ballot::object_title(ApprovalStep::close_early, *BallotId::parse(seat.file.ballot)) + "\n";
    if (!count.early_closing->canonical.starts_with(title))
        return Refusal{Kind::invalid, "approval_not_proven", "What the server says was approved is not the early closing of this ballot.", stop};
    return two_signed(seat, ApprovalStep::close_early, *count.early_closing,
                      Instant::min()); // it has happened; its signatures may have expired since
}

/// The key of the archive is the one of this trustee's own ceremony, made again from the messages of its members.
Result<void> own_ceremony(const Seated& seat, const wire::CeremonyState& state, const Board& board)
{
    if (const auto same = as_confirmed(state, seat.file); !same) return same;
    const auto made = protocol::finish_ceremony(seat.secrets.context(), state.joins, state.shares, state.keys);
    if (!made) return made.error();
    const auto keys = made->flattened_keys();
    if (made->bytes == board.fetched.verification.trustees->bytes &&
        seat.group().text(keys.at(static_cast<std::size_t>(seat.file.seat - 1))) == seat.file.public_key)
        return {};
    return Refusal{Kind::invalid, "wrong_key", board.constituency.name + ": its votes are not encrypted to the key of your ceremony.", stop};
}

/// Decrypts the total, unless another one of the same election has been decrypted before: two totals tell a vote by their difference.
Result<std::string> decrypt_once(Session& session, Seated& seat, const Board& board)
{
    const auto& verified = board.fetched.verification;
    const auto tally_hash = hex(sha256(protocol::write_tally(seat.group(), *verified.tally)));
    const auto [entry, fresh] = seat.file.decrypted.try_emplace(verified.election->fingerprint, tally_hash);
    if (!fresh && entry->second != tally_hash)
        return Refusal{Kind::invalid, "second_tally",
                       board.constituency.name + ": you have decrypted a different total of this election before; a second one would reveal votes.",
                       stop};
    const auto share = protocol::share_from_text(seat.group(), seat.file.share.reveal());
    if (!share)
        return Refusal{Kind::invalid, "wrong_share", "The share in your trustee file is damaged.", "Use your copy: walkout trustee restore FILE"};
    return protocol::write_partial_decryption(seat.group(), protocol::decrypt_share(*verified.election, *verified.tally, *share, session.random()));
}

bool has_decrypted(const wire::CountState& state, std::int64_t seat)
{
    return std::ranges::any_of(state.trustees, [&](const wire::TrusteePart& part) { return part.seat == seat && part.decrypted; });
}

} // namespace

std::string progress_words(const wire::CountState& state)
{
    std::string done, others;
    std::int64_t count = 0;
    for (const auto& trustee : state.trustees) {
        auto& list = trustee.decrypted ? done : others;
        list += (list.empty() ? "" : ", ") + trustee.number;
        count += trustee.decrypted ? 1 : 0;
    }
    const auto so_far = std::to_string(count) + " of the " + std::to_string(state.needed) + " trustees needed have decrypted" +
                        (done.empty() ? "." : ": " + done + ".");
    if (state.counted)
        return so_far + " The totals are known; two people now declare the result: walkout ballot approve " + state.ballot.text() + " declare";
    return so_far + " Still needed: " + std::to_string(state.needed - count) + " of " + others + ".";
}

Result<Exit> decrypt(Session& session, const DecryptOptions& options)
{
    const auto api = session.api();
    if (!api) return api.error();
    const auto count = (*api)->get<wire::CountState>(trustee_path(options.ballot, "decryptions"));
    if (!count) return count.error();
    const auto state = (*api)->get<wire::CeremonyState>(trustee_path(options.ballot, "ceremony"));
    if (!state) return state.error();
    const auto material = (*api)->get<wire::VotingMaterial>(trustee_path(options.ballot, "voting"));
    if (!material) return material.error();
    const auto addenda = (*api)->get<wire::AddendumList>(trustee_path(options.ballot, "addenda"));
    if (!addenda) return addenda.error();
    const auto secret = passphrase(session, options.passphrase_file, false);
    if (!secret) return secret.error();
    auto seat = take_seat(session, options.ballot, *secret);
    if (!seat) return seat.error();
    if (seat->file.share.empty())
        return Refusal{Kind::invalid, "no_share", "Your trustee file holds no share yet.", "Finish the ceremony first: walkout trustee confirm."};
    if (count->counted && !has_decrypted(*count, seat->file.seat))
        return Refusal{Kind::conflict, "decryption_complete", "Enough trustees have decrypted already; your part is not needed.",
                       "There is nothing more to do."};

    std::vector<Board> boards;
    for (const auto& constituency : material->constituencies) {
        session.terminal().say("Verifying every ballot of " + constituency.name + " before decrypting its total …");
        auto board = verified_board(session, *seat, constituency, *material);
        if (!board) return board.error();
        if (const auto fine = own_ceremony(*seat, *state, *board); !fine) return fine.error();
        if (const auto fine = over(*seat, options, *count, *addenda, *board); !fine) return fine.error();
        boards.push_back(*std::move(board));
    }
    if (boards.empty()) return Refusal{Kind::invalid, "not_counted", "The server shows no constituency to decrypt.", stop};
    if (const auto fine = approved(*seat, *count, boards); !fine) return fine.error();
    session.terminal().say("Two people have signed that exactly these ballots are counted, one of them the scrutineer.");
    if (!addenda->addenda.empty())
        session.terminal().say("So they have every extension of the voting; the last one closed it at " + text(addenda->addenda.back().closes) + ".");
    wire::Decryptions out;
    for (const auto& board : boards) {
        const auto partial = decrypt_once(session, *seat, board);
        if (!partial) return partial.error();
        out.constituencies.push_back({board.constituency.id, *partial});
    }
    seat_file(session, options.ballot).write(seat->file, *secret, session.random()); // the journal, before the partial decryptions leave
    const auto after = (*api)->post<wire::CountState>(trustee_path(options.ballot, "decryptions"), out);
    if (!after) return after.error();
    session.show(wire::to_json(*after), "Decrypted. " + progress_words(*after));
    return Exit::done;
}

} // namespace walkout::cli
