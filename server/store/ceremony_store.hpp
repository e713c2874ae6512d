#pragma once

#include "server/store/sqlite.hpp"
#include "shared/ballot/approval.hpp"
#include "shared/crypto/ed25519.hpp"

#include <map>

namespace walkout::store {

enum class CeremonyStep { join, confirm, shares, keys, complaint };
constexpr auto enum_names(CeremonyStep)
{
    return std::to_array<std::pair<CeremonyStep, std::string_view>>({{CeremonyStep::join, "join"},
                                                                     {CeremonyStep::confirm, "confirm"},
                                                                     {CeremonyStep::shares, "shares"},
                                                                     {CeremonyStep::keys, "keys"},
                                                                     {CeremonyStep::complaint, "complaint"}});
}

std::int64_t ceremony_attempt(const ReadTx& tx, const BallotId& ballot); ///< 1 until it is restarted

/// Why an attempt ended: somebody asked for a restart, or complained of a share.
struct Restart {
    std::int64_t attempt = 0;
    std::string by;
    std::optional<std::string> against; ///< whose share was wrong
    std::string reason;
    std::optional<std::string> complaint; ///< signed
};
void restart_ceremony(WriteTx& tx, const BallotId& ballot, const Restart& restart, Instant at);
std::vector<Restart> ceremony_restarts(const ReadTx& tx, const BallotId& ballot); ///< the first attempt first

/// Whose signatures the trustees of this attempt will accept: fixed when its first trustee joins, and then the same for all of them.
std::vector<ballot::Approver> ceremony_approvers(const ReadTx& tx, const BallotId& ballot); ///< empty before
void put_ceremony_approvers(WriteTx& tx, const BallotId& ballot, const std::vector<ballot::Approver>& approvers);

/// The same of an earlier attempt, or the current one.
std::vector<std::string> ceremony_messages_of(const ReadTx& tx, const BallotId& ballot, std::int64_t attempt, CeremonyStep step, std::size_t seats);
/// Messages of a step by seat; an empty text where that trustee has not spoken yet.
std::vector<std::string> ceremony_messages(const ReadTx& tx, const BallotId& ballot, CeremonyStep step, std::size_t seats);
/// Adds a message of the current attempt.
void add_ceremony_message(WriteTx& tx, const BallotId& ballot, CeremonyStep step, std::int64_t seat, const std::string& message);
void finish_ceremony(WriteTx& tx, const BallotId& ballot, const std::string& trustees_record);
std::optional<std::string> trustees_record(const ReadTx& tx, const BallotId& ballot);

/// What the scrutineer has said of the voting codes. (That the vault's copy was verified and when the first code left is in ballot_store.hpp.)
struct CodeStatement {
    std::string made_by;
    Signature signature{};
    std::int64_t sent = 0;
    std::int64_t total = 0;
};
void add_code_statement(WriteTx& tx, const BallotId& ballot, const CodeStatement& statement);
std::optional<CodeStatement> code_statement(const ReadTx& tx, const BallotId& ballot);
void put_sent(WriteTx& tx, const BallotId& ballot, std::int64_t sent_in_all);

/// Seats whose partial decryption of a constituency is on its board.
std::vector<std::int64_t> decrypted_seats(const ReadTx& tx, const ConstituencyId& constituency);
void add_decryption(WriteTx& tx, const ConstituencyId& constituency, std::int64_t seat, const std::string& record);
std::map<unsigned, std::string> decryptions(const ReadTx& tx, const ConstituencyId& constituency); ///< records by seat

} // namespace walkout::store
