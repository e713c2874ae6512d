#pragma once

#include "server/store/ballot_store.hpp"
#include "server/store/sqlite.hpp"
#include "shared/ballot/method_record.hpp"
#include "shared/ballot/office.hpp"
#include "shared/crypto/ed25519.hpp"

namespace walkout::store {

/// A choice-of-method record as it was signed.
struct MethodRecord {
    std::int64_t number = 0; ///< from 1
    std::string answers;     ///< JSON of wire::NewMethodRecord
    std::string canonical;   ///< what is signed
    Instant made_at{};
    std::string made_by;
    ballot::Role role = ballot::Role::general_secretary;
    SigningPublicKey key{};
    Signature signature{};
};
void add_method_record(WriteTx& tx, const BallotId& ballot, const MethodRecord& record); ///< numbered here
std::optional<MethodRecord> method_record(const ReadTx& tx, const BallotId& ballot);     ///< the newest

/// The scrutineer's report as it was signed.
struct SignedReport {
    std::string report; ///< JSON of wire::ScrutineerReport, byte for byte
    Instant signed_at{};
    std::string signed_by;
    SigningPublicKey key{};
    Signature signature{};
};
void put_report(WriteTx& tx, const BallotId& ballot, const SignedReport& report); ///< once
std::optional<SignedReport> signed_report(const ReadTx& tx, const BallotId& ballot);

/// Declared ballots without a signed report.
std::vector<Ballot> unreported_ballots(const ReadTx& tx);
/// The officials are reminded of the report on that day; true if they had not been.
bool put_report_reminded(WriteTx& tx, const BallotId& ballot, Date day);

/// A program that this server was.
struct ServerRun {
    Instant started_at{}; ///< ballot clock
    std::string version;
    std::string program; ///< SHA-256 of the file that runs, 64 hex digits
};
void add_server_run(WriteTx& tx, const ServerRun& run);
std::vector<ServerRun> server_runs(const ReadTx& tx); ///< oldest first

/// Voting codes that were made for those entitled, before any was replaced, withdrawn or given late.
std::int64_t codes_made(const ReadTx& tx, const ConstituencyId& constituency);

/// Ballots on the boards of a ballot that no voting paper stands behind: what is published, and not what other figures leave over.
std::int64_t votes_returned_online(const ReadTx& tx, const BallotId& ballot);

} // namespace walkout::store
