#include "client/cli/receipts.hpp"

#include "shared/crypto/ed25519.hpp"
#include "shared/crypto/hash.hpp"
#include "shared/protocol/head.hpp"

#include <algorithm>

namespace walkout::cli {
namespace {

namespace fs = std::filesystem;

fs::path receipts_folder(Session& session) { return session.folders().state / "receipts"; }

} // namespace

fs::path unsent_file(Session& session, const std::string& election, const std::string& credential)
{
    return session.folders().state / "unsent" / (hex(sha256(election + "|" + credential)).substr(0, 32) + ".ballot");
}

Result<void> check_receipt(const wire::VoteReceipt& receipt, const std::string& election, const std::string& tracker, const std::string& board_key)
{
    const auto key = parse_public_key(board_key);
    const auto signature = parse_signature(receipt.signature);
    const bool genuine = receipt.election == election && receipt.tracker == tracker && key && signature &&
                         verify_signature(*key, protocol::receipt_text({election, tracker, receipt.on_board_by}), *signature);
    if (genuine) return {};
    return Refusal{Kind::invalid, "receipt_rejected", "The server's receipt is not a genuine receipt for your ballot.",
                   "Keep this message, and tell the scrutineer. Your tracker is " + tracker + "."};
}

void keep_receipt(Session& session, const wire::VoteReceipt& receipt, const std::string& title, const std::string& board_key, const std::string& zone)
{
    const wire::ReceiptFile file{receipt.ballot.text(), title,           receipt.constituency.text(),
                                 receipt.election,      receipt.tracker, receipt.on_board_by,
                                 receipt.signature,     board_key,       zone};
    write_private(receipts_folder(session) / (hex(sha256(receipt.tracker)).substr(0, 32) + ".json"), wire::to_json(file));
}

std::vector<wire::ReceiptFile> kept_receipts(Session& session)
{
    std::vector<wire::ReceiptFile> out;
    if (!fs::exists(receipts_folder(session))) return out;
    for (const auto& entry : fs::directory_iterator(receipts_folder(session))) {
        const auto content = read_file(entry.path());
        const auto receipt = content ? wire::from_json<wire::ReceiptFile>(*content) : Result<wire::ReceiptFile>(content.error());
        if (receipt) out.push_back(*receipt);
    }
    std::ranges::sort(out, {}, [](const wire::ReceiptFile& receipt) { return std::pair(receipt.title, receipt.tracker); });
    return out;
}

} // namespace walkout::cli
