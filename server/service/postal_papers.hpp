#pragma once

#include "server/service/context.hpp"
#include "server/store/ballot_store.hpp"
#include "server/store/postal_store.hpp"
#include "shared/ballot/catalogue.hpp"
#include "shared/crypto/ed25519.hpp"
#include "shared/wire/postal_messages.hpp"

#include <span>

namespace walkout::service {

// Voting papers on their way out: who asks for one, whose number is whose, what is printed, and that they have left (protocol.md 5.4, TULRCA ss.229, 230).

/// A member's request; asking again replaces the address. Refuses not_on_roll, ballot_closed, already_voted, and no_address where nobody knows one.
Result<wire::PaperAskedFor> ask_for_paper(store::WriteTx& tx, const Context& context, const BallotId& ballot,
                                          const std::optional<std::string>& address);

/// Papers are printed from now on, so that some may come back: the boards wait for them. Asked again it changes nothing. Refuses wrong_phase.
Result<void> issue_papers(store::WriteTx& tx, const Context& context, const BallotId& ballot);

/// The number of the paper that this member holds now; absent before the voting codes are made, and for who is not on the roll. For the member and
/// the scrutineer alone: the credential that it belongs to is published with its ballot.
std::optional<std::int64_t> paper_number(const store::ReadTx& tx, const BallotId& ballot, const std::string& member);

/// Every numbered paper, and whose it is now.
Result<wire::PaperList> paper_list(const store::ReadTx& tx, const Context& context, const BallotId& ballot);

/// These papers have left, today or on an earlier local day since the opening: sending is opening. Refuses ballot_not_open, unknown_paper,
/// left_on_which_day (asked for after the closing), not_to_be_sent for one that is nobody's or void, and paper_outdated (first_sending.hpp).
Result<wire::PapersSentNow> record_papers_sent(store::WriteTx& tx, const Context& context, const BallotId& ballot,
                                               std::span<const std::int64_t> serials, std::optional<Date> left_on = std::nullopt);

/// What is printed on these papers: the bound words, boxes, and the number. Refuses unknown_paper, wrong_phase, and papers_not_issued.
Result<std::vector<wire::PrintedPaper>> printed_papers(const store::ReadTx& tx, const store::Ballot& ballot, const SigningPublicKey& board_key,
                                                       std::span<const std::int64_t> serials, ballot::Language language);

} // namespace walkout::service
