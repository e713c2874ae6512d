#pragma once

#include "server/service/boards.hpp"
#include "server/service/context.hpp"
#include "server/store/ballot_store.hpp"
#include "shared/wire/report_messages.hpp"
#include "shared/wire/result_messages.hpp"

#include <map>

namespace walkout::service {

// The scrutineer's report (TULRCA s.231B): the facts are the server's, the statements the scrutineer's, whose key signs both.

/// SHA-256 of each constituency's published archive, 64 hex digits. Slow for a large ballot. Refuses result_not_declared.
using ArchiveHashes = std::map<ConstituencyId, std::string>;
Result<ArchiveHashes> archive_hashes(const store::ReadTx& tx, const store::Ballot& ballot, PublishedBoards& boards);

/// The report as it would be made at `made_at`, every statement still unanswered (not satisfied, without reasons). Refuses result_not_declared.
Result<wire::ScrutineerReport> draft_report(const store::ReadTx& tx, const store::Ballot& ballot, Instant made_at, const ArchiveHashes& archives);

/// Keeps the signed report and thereby publishes it; the same report again changes nothing. Refuses report_changed where the facts are not those
/// recorded here now, statement_unanswered, report_stands where another is signed, wrong_signature, and report_time where it was not made in the
/// last day, and report_does_not_add_up. Everybody is told once, with the address of its page.
Result<void> sign_report(store::WriteTx& tx, const Context& context, const BallotId& ballot, const wire::NewSignedReport& given,
                         const ArchiveHashes& archives, const std::string& page);

/// Of a declared ballot: where its report is, or when it is due.
wire::ReportStanding report_standing(const store::ReadTx& tx, const store::Ballot& ballot);

/// The published report. Refuses report_not_signed.
Result<wire::SignedReport> signed_report(const store::ReadTx& tx, const store::Ballot& ballot);

} // namespace walkout::service
