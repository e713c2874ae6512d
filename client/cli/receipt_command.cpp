// receipt list | check | evidence: was my vote included?

#include "client/cli/receipt_command.hpp"

#include "client/cli/archive_file.hpp"
#include "client/cli/receipt_evidence.hpp"
#include "client/cli/receipts.hpp"
#include "shared/wire/audit_files.hpp"
#include "shared/wire/server.hpp"

#include <algorithm>
#include <chrono>

namespace walkout::cli {
namespace {

Result<Exit> list(Session& session)
{
    wire::Receipts receipts{kept_receipts(session)};
    std::string out = receipts.receipts.empty() ? "No receipts on this machine yet." : "";
    for (const auto& receipt : receipts.receipts) out += (out.empty() ? "" : "\n") + receipt.title + "\n  " + receipt.tracker;
    session.show(wire::to_json(receipts), out);
    return Exit::done;
}

std::string local(const wire::ReceiptFile& receipt, Instant instant)
{
    const auto zone = Zone::find(receipt.zone.value_or("Europe/London")); // receipts of the first versions do not name theirs
    return zone ? words(zone->wall(instant)) + " (" + zone->abbreviation(instant) + ")" : text(instant);
}

/// When the head was signed and what it says, for somebody to compare with another copy.
std::string head_lines(const wire::ReceiptFile& receipt, const wire::BoardHead& head)
{
    return "  signed head   height " + std::to_string(head.height) + ", signed at " + local(receipt, head.batch) + "\n  last event    " + head.event +
           "\n  board key     " + receipt.board_key;
}

/// The promise is judged by this machine too: the server's own clock could put it off for ever.
Result<Instant> promise_clock(Api& api)
{
    const auto now = api.get<wire::ClockReading>("/api/v1/clock");
    if (!now) return now.error();
    const auto here = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    return now->rehearsal ? now->ballot : std::max(now->ballot, here);
}

std::string words_of(const Terminal& terminal, const wire::ReceiptFile& receipt, const wire::ReceiptCheck& result, const FetchedArchive& board)
{
    const auto under_head = "\n\n" + head_lines(receipt, board.head);
    if (result.counted)
        return terminal.good("Your vote was counted.") +
               terminal.fitted(" It is on the public board, under this signed head, and the whole count has just been verified on this machine.") +
               under_head;
    if (result.on_board)
        return terminal.good("Your vote is on the public board,") +
               terminal.fitted(" under this signed head. Every ballot on it has just been verified on this machine.") + under_head;
    return terminal.bold("Promised by " + local(receipt, receipt.on_board_by) + ".") +
           terminal.fitted(
               " It is not on the public board yet: ballots are published in batches, so that nobody can tell who cast which. Look again then.") +
           under_head;
}

Result<Exit> check(Session& session, const std::string& tracker)
{
    const auto receipts = kept_receipts(session);
    const auto receipt = std::ranges::find(receipts, tracker, &wire::ReceiptFile::tracker);
    if (receipt == receipts.end())
        return Refusal{Kind::not_found, "no_receipt", "There is no receipt with this tracker on this machine.",
                       "See `walkout receipt list`. On any machine: `walkout archive fetch`, then `walkout archive verify FILE --tracker T`."};
    const auto api = session.api();
    if (!api) return api.error();
    const auto clock = promise_clock(**api);
    if (!clock) return clock.error();
    wire::ReceiptCheck result;
    result.tracker = tracker;
    result.ballot = receipt->ballot;
    result.on_board_by = receipt->on_board_by;
    const auto board = fetch_archive(session, ConstituencyId::parse(receipt->constituency).value(), receipt->board_key,
                                     [&](const protocol::BoardBallot& ballot) { result.on_board = result.on_board || ballot.tracker == tracker; });
    if (!board) return board.error();
    if (board->head.election != receipt->election)
        return Refusal{Kind::invalid, "board_changed", "The board is of another election than the one you voted in.",
                       "Keep your receipt and tell the scrutineer."};
    if (board->verification.failure)
        return Refusal{Kind::invalid, "archive_rejected", "The board fails verification: " + board->verification.failure->why + ".",
                       "Keep your receipt and tell the scrutineer."};
    result.head_height = board->head.height;
    result.head_event = board->head.event;
    result.head_signed = board->head.batch;
    result.counted = result.on_board && board->verification.finished();
    const auto stage = *board->verification.stage;
    const bool still_growing = stage == protocol::EventType::setup || stage == protocol::EventType::ballot;
    result.promise_broken = !result.on_board && (*clock >= receipt->on_board_by || !still_growing);
    const auto& terminal = session.terminal();
    if (!result.promise_broken) {
        session.show(wire::to_json(result), words_of(terminal, *receipt, result, *board));
        return Exit::done;
    }
    const auto evidence = keep_evidence(session, *receipt, *board, *clock);
    result.evidence = evidence.folder.string();
    session.show(wire::to_json(result),
                 terminal.bad("The promise was broken.") +
                     terminal.fitted(" The server signed that this vote would be on the public board by " + local(*receipt, receipt->on_board_by) +
                                     ", and it is not on the board it shows. These two signatures of the board prove it:") +
                     "\n\n" + evidence.words + "\n\n" +
                     terminal.fitted("All of it is in " + evidence.folder.string() +
                                     ", with how to check it without this program. Give it to the scrutineer; anyone can check it with") +
                     "\n  walkout receipt evidence " + evidence.folder.string());
    return Exit::verification_failed;
}

Result<Exit> evidence(Session& session, const std::string& folder)
{
    const auto shown = check_evidence(folder);
    if (!shown) return shown.error();
    const auto& terminal = session.terminal();
    terminal.print(terminal.bad("A promise was broken.") + terminal.fitted(" " + *shown) +
                   "\nBoth are signed with the board's key in evidence.json and board-key.pem: compare it with the one on the voting paper.");
    return Exit::done;
}

} // namespace

void add_receipt_commands(Command app, Session& session)
{
    auto receipt = app.add_subcommand("receipt", "Your receipts: was your vote included?").require_subcommand();
    on_run(receipt.add_subcommand("list", "The receipts on this machine"), session, [&session] { return list(session); });
    auto check_command = receipt.add_subcommand("check", "Whether the vote is on the board, under which signed head, and counted");
    auto tracker = value<std::string>();
    check_command.add_option("tracker", *tracker, "The tracker you were given when you voted").required();
    check_command.footer("Exit code 3: the promise was broken, or the board fails verification. The evidence is printed and kept.");
    on_run(check_command, session, [&session, tracker] { return check(session, *tracker); });
    auto evidence_command = receipt.add_subcommand("evidence", "Check somebody's evidence of a broken promise, offline");
    auto folder = value<std::string>();
    evidence_command.add_option("folder", *folder, "The folder that `receipt check` kept").required();
    on_run(evidence_command, session, [&session, folder] { return evidence(session, *folder); });
}

} // namespace walkout::cli
