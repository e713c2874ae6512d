// receipt list | check: was my vote included?

#include "client/cli/receipt_command.hpp"

#include "client/cli/archive_file.hpp"
#include "client/cli/receipts.hpp"
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

std::string local(Instant instant) { return words(Zone::find("Europe/London")->wall(instant)); }

Result<Exit> check(Session& session, const std::string& tracker)
{
    const auto receipts = kept_receipts(session);
    const auto receipt = std::ranges::find(receipts, tracker, &wire::ReceiptFile::tracker);
    if (receipt == receipts.end())
        return Refusal{Kind::not_found, "no_receipt", "There is no receipt with this tracker on this machine.",
                       "See `walkout receipt list`; on another machine, fetch the archive and look for the tracker in it."};
    const auto api = session.api();
    if (!api) return api.error();
    const auto now = (*api)->get<wire::ClockReading>("/api/v1/clock");
    if (!now) return now.error();
    wire::ReceiptCheck result{tracker, receipt->ballot, false, receipt->on_board_by, false, false};
    const auto fetched = fetch_archive(session, ConstituencyId::parse(receipt->constituency).value(), receipt->board_key);
    if (!fetched) return fetched.error();
    if (fetched->verification.failure)
        return Refusal{Kind::invalid, "archive_rejected", "The board fails verification: " + fetched->verification.failure->why + ".",
                       "Keep your receipt and tell the scrutineer."};
    // The promise is judged by this machine too: the server's own clock could put it off for ever.
    const auto here = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const auto clock = now->rehearsal ? now->ballot : std::max(now->ballot, here);
    result.on_board = std::ranges::find(fetched->trackers, tracker) != fetched->trackers.end();
    result.counted = result.on_board && fetched->verification.finished();
    result.promise_broken = !result.on_board && clock >= receipt->on_board_by;
    const auto& terminal = session.terminal();
    std::string out;
    if (result.counted)
        out = terminal.good("Your vote was counted.") + " It is on the board, and the whole count has just been verified on this machine.";
    else if (result.on_board)
        out = terminal.good("Your vote is on the public board.") + " Every ballot on it has just been verified on this machine.";
    else if (result.promise_broken)
        out = terminal.bad("The promise was broken.") + " The server signed that this vote would be on the board by " + local(receipt->on_board_by) +
              ", and it is not.\nThis receipt proves it. Keep it and give it to the scrutineer:\n" + wire::to_json(*receipt);
    else
        out = "Promised for " + local(receipt->on_board_by) +
              ". It is not on the public board yet: ballots are published in batches, so that nobody can tell who cast which.";
    session.show(wire::to_json(result), out);
    return result.promise_broken ? Exit::verification_failed : Exit::done;
}

} // namespace

void add_receipt_commands(CLI::App& app, Session& session)
{
    auto* receipt = app.add_subcommand("receipt", "Your receipts: was your vote included?")->require_subcommand(1);
    on_run(*receipt->add_subcommand("list", "The receipts on this machine"), session, [&session] { return list(session); });
    auto* check_command = receipt->add_subcommand("check", "Whether the vote is on the board, and counted");
    auto tracker = value<std::string>();
    check_command->add_option("tracker", *tracker, "The tracker you were given when you voted")->required();
    on_run(*check_command, session, [&session, tracker] { return check(session, *tracker); });
}

} // namespace walkout::cli
