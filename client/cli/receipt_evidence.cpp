#include "client/cli/receipt_evidence.hpp"

#include "shared/crypto/hash.hpp"
#include "shared/wire/audit_files.hpp"

#include <algorithm>

namespace walkout::cli {
namespace {

namespace fs = std::filesystem;

/// SubjectPublicKeyInfo of an Ed25519 key (RFC 8410), as OpenSSL reads it.
std::string pem_of(const SigningPublicKey& key)
{
    auto der = *from_hex("302a300506032b6570032100");
    der.insert(der.end(), key.begin(), key.end());
    return "-----BEGIN PUBLIC KEY-----\n" + base64(der) + "=\n-----END PUBLIC KEY-----\n"; // 44 bytes: one "=" of padding
}

constexpr std::string_view how_to_check = R"(A member of this ballot was promised that a vote would be on the public board, and it is not.

  receipt.txt   the promise, exactly as the board signed it:  walkout-receipt|election|tracker|on the board by
  head.txt      what the board held, exactly as it signed it: walkout-head|election|height|last event|register|audit|signed at
  archive.bel   the board of that head: its last event's SHA-256 is the one in head.txt, and no ballot in it has the tracker
  board-key.pem the board's key. It stands on the voting paper and in letters: compare it.

With walkout:   walkout receipt evidence FOLDER
With OpenSSL:   openssl pkeyutl -verify -pubin -inkey board-key.pem -rawin -in receipt.txt -sigfile receipt.sig
                openssl pkeyutl -verify -pubin -inkey board-key.pem -rawin -in head.txt -sigfile head.sig
With tar:       tar -xOf archive.bel FILE.event.json | sha256sum      for the last FILE that `tar -tf archive.bel` lists
                tar -tf archive.bel                                   no FILE.data.json is the tracker's (Base64) hash in hex
)";

Refusal rejected(const std::string& why)
{
    return {Kind::invalid, "evidence_rejected", "This does not show a broken promise: " + why, "Check that the folder is whole and unchanged."};
}

/// After this no ballot can be added, whatever the clock says.
bool board_is_closed(const protocol::Verification& board)
{
    return board.stage && *board.stage != protocol::EventType::setup && *board.stage != protocol::EventType::ballot;
}

Result<void> check_signatures(const wire::BrokenPromise& promise)
{
    const auto key = parse_public_key(promise.board_key);
    const auto signed_by_board = [&](const std::string& text, const std::string& signature) {
        const auto parsed = parse_signature(signature);
        return key && parsed && verify_signature(*key, text, *parsed);
    };
    if (!signed_by_board(promise.receipt, promise.receipt_signature)) return rejected("the receipt is not signed with the board's key.");
    if (!signed_by_board(promise.head, promise.head_signature)) return rejected("the head is not signed with the board's key.");
    return {};
}

/// What evidence.json holds, in files of its own for whoever checks it without this program. Only where its signatures have been checked.
std::vector<std::pair<std::string, std::string>> parts_of(const wire::BrokenPromise& promise)
{
    const auto raw = [](const std::string& signature) { return std::string(text_of(*from_hex(signature))); };
    return {{"receipt.txt", promise.receipt},
            {"receipt.sig", raw(promise.receipt_signature)},
            {"head.txt", promise.head},
            {"head.sig", raw(promise.head_signature)},
            {"board-key.pem", pem_of(*parse_public_key(promise.board_key))}};
}

} // namespace

Evidence keep_evidence(Session& session, const wire::ReceiptFile& receipt, const FetchedArchive& board, Instant found)
{
    const auto& head = board.head;
    const wire::BrokenPromise promise{
        receipt.board_key,
        protocol::receipt_text({receipt.election, receipt.tracker, receipt.on_board_by}),
        receipt.signature,
        protocol::head_text({head.election, static_cast<std::uint64_t>(head.height), head.event, head.register_hash, head.audit_hash, head.batch}),
        head.signature,
        found};
    const auto folder = session.folders().state / "evidence" / ("broken-promise-" + hex(sha256(receipt.tracker)).substr(0, 16));
    write_private(folder / "evidence.json", wire::to_json(promise) + "\n");
    write_private(folder / "archive.bel", board.bytes);
    for (const auto& [file, content] : parts_of(promise)) write_private(folder / file, content);
    write_private(folder / "README.txt", how_to_check);
    return {folder, "receipt    " + promise.receipt + "\nsignature  " + promise.receipt_signature + "\nhead       " + promise.head + "\nsignature  " +
                        promise.head_signature + "\nboard key  " + promise.board_key + "\narchive    " + (folder / "archive.bel").string() +
                        ", SHA-256 " + hex(sha256(board.bytes))};
}

Result<std::string> check_evidence(const fs::path& folder)
{
    const auto content = read_file(folder / "evidence.json");
    if (!content) return content.error();
    const auto promise = wire::from_json<wire::BrokenPromise>(*content);
    if (!promise) return promise.error();
    if (const auto genuine = check_signatures(*promise); !genuine) return genuine.error();
    for (const auto& [file, expected] : parts_of(*promise))
        if (const auto part = read_file(folder / file); !part || *part != expected) return rejected(file + " does not say what evidence.json says.");
    const auto receipt = protocol::parse_receipt_text(promise->receipt);
    const auto head = protocol::parse_head_text(promise->head);
    if (!receipt || !head || receipt->election != head->election) return rejected("the receipt and the head are not of one election.");

    const auto source = file_source(folder / "archive.bel");
    if (!source) return source.error();
    bool found = false;
    protocol::VerifyOptions options;
    options.structure_only = true; // the signed head vouches for the bytes; whether its ballots are valid is another question
    options.on_ballot = [&](const protocol::BoardBallot& ballot) { found = found || ballot.tracker == receipt->tracker; };
    const auto board = protocol::verify_archive([&] { return file_source(folder / "archive.bel").value(); }, options);
    if (board.failure) return rejected("the archive fails the check " + std::string(name(board.failure->check)) + ".");
    if (board.election->fingerprint != head->election || board.chain.head != head->event || board.chain.length != head->height + 1)
        return rejected("the archive is not the one of the signed head.");
    if (found) return rejected("the ballot is on the board.");
    const auto election =
        "The ballot " + receipt->tracker + " of the election \"" + board.election->name + "\" was promised for " + text(receipt->on_board_by) + ". ";
    if (board_is_closed(board)) return election + "The board is closed without it, under the head signed at " + text(head->batch) + ".";
    if (head->batch >= receipt->on_board_by) return election + "It is not on the board whose head was signed at " + text(head->batch) + ".";
    return rejected("the head was signed at " + text(head->batch) + ", before the promised " + text(receipt->on_board_by) +
                    ", while the board was open. What it shows is that no later head was found on the day it was made: compare the newest.");
}

} // namespace walkout::cli
