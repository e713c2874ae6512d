#pragma once

#include "server/store/sqlite.hpp"
#include "shared/ballot/notified_action.hpp"
#include "shared/ballot/phase.hpp"
#include "shared/crypto/hash.hpp"

namespace walkout::store {

/// That a receipt recorded by hand was wrong.
struct ReceiptWithdrawal {
    std::string reason;
    Instant at{}; ///< by the ballot clock
    std::string by;
};

/// That an employer received a notice, as recorded by hand or acknowledged by the employer itself.
struct NoticeReceipt {
    ballot::NoticeKind kind = ballot::NoticeKind::ballot;
    std::string employer;
    Date received_on{}; ///< local day
    std::string how;
    std::string evidence;
    std::optional<std::int64_t> roll_revision{};    ///< of the figures the notice gave
    std::optional<ballot::NotifiedAction> action{}; ///< a notice of action: what it says that will be
    bool shorter_agreed = false;                    ///< the employer agreed to shorter notice of action
    Instant recorded_at{};
    std::string recorded_by{};
    std::int64_t number = 0; ///< the server's, from 1; given when it is recorded
    std::optional<ReceiptWithdrawal> withdrawn{};
};
constexpr std::string_view recorded_by_employer = "the employer"; ///< an acknowledgement's recorded_by: no official has that number

void add_receipt(WriteTx& tx, const BallotId& ballot, const NoticeReceipt& receipt);
void add_withdrawal(WriteTx& tx, std::int64_t receipt, const ReceiptWithdrawal& withdrawal); ///< once
/// Those that stand, in the order recorded: what was withdrawn counts for nothing.
std::vector<NoticeReceipt> receipts(const ReadTx& tx, const BallotId& ballot);
std::vector<ballot::Receipt> receipt_days(const ReadTx& tx, const BallotId& ballot); ///< of those
std::vector<NoticeReceipt> receipts_ever(const ReadTx& tx, const BallotId& ballot);  ///< withdrawn ones too

/// A notice as it was sent, word for word.
struct ServedNotice {
    std::string id; ///< random, 32 hex digits; public
    BallotId ballot;
    ballot::NoticeKind kind = ballot::NoticeKind::ballot;
    std::string employer;
    std::string how;
    std::string content; ///< JSON of shared/wire/notice_messages.hpp
    Digest hash{};       ///< SHA-256 of content
    std::int64_t roll_revision = 0;
    std::optional<ballot::NotifiedAction> action{}; ///< as in NoticeReceipt
    std::optional<Digest> code_hash{};              ///< SHA-256 of the code with which the employer acknowledges; absent where no mail went
    Instant sent_at{};
    std::string sent_by;
    std::optional<Instant> acknowledged_at{};
    std::optional<std::string> acknowledged_by{}; ///< as they named themselves
};
void add_served(WriteTx& tx, const ServedNotice& notice);
std::optional<ServedNotice> find_served(const ReadTx& tx, const std::string& id);
std::vector<ServedNotice> served(const ReadTx& tx, const BallotId& ballot);                   ///< in the order sent
void put_acknowledged(WriteTx& tx, const std::string& id, Instant at, const std::string& by); ///< once

/// That those entitled to vote were told the result.
struct MembersTold {
    Instant told_at{};
    std::string told_by;
    std::int64_t mailed = 0;
    std::int64_t without_address = 0; ///< no mail address on the register: they are owed a letter
};
void put_members_told(WriteTx& tx, const BallotId& ballot, const MembersTold& told); ///< once
std::optional<MembersTold> members_told(const ReadTx& tx, const BallotId& ballot);

} // namespace walkout::store
