#pragma once

#include "server/service/context.hpp"
#include "server/store/ballot_store.hpp"
#include "server/store/postal_store.hpp"
#include "shared/ballot/catalogue.hpp"
#include "shared/crypto/ed25519.hpp"
#include "shared/wire/postal_messages.hpp"

#include <span>

namespace walkout::service {

// Voting papers on their way out: who asks for one, their numbers, what is printed, and that they have left (protocol.md 5.4, TULRCA ss.229, 230).

/// A member's request; asking again replaces the address. Refuses not_on_roll, ballot_closed, already_voted, and no_address where nobody knows one.
Result<wire::PaperAskedFor> ask_for_paper(store::WriteTx& tx, const Context& context, const BallotId& ballot,
                                          const std::optional<std::string>& address);

/// The numbers of all papers, once; the same again changes nothing. Refuses wrong_phase, serials_rejected, and serials_stand.
Result<void> number_papers(store::WriteTx& tx, const Context& context, const BallotId& ballot, const wire::PaperNumbers& numbers);

/// Every numbered paper, and whose it is now.
Result<wire::PaperList> paper_list(const store::ReadTx& tx, const Context& context, const BallotId& ballot);

/// These papers have left: sending is opening. Refuses ballot_not_open, unknown_paper, and not_to_be_sent for one that is nobody's or void.
Result<wire::PapersSentNow> record_papers_sent(store::WriteTx& tx, const Context& context, const BallotId& ballot,
                                               std::span<const std::int64_t> serials);

/// What is printed on these papers: the bound words, boxes, and the number. Refuses unknown_paper and wrong_phase.
Result<std::vector<wire::PrintedPaper>> printed_papers(const store::ReadTx& tx, const store::Ballot& ballot, const SigningPublicKey& board_key,
                                                       std::span<const std::int64_t> serials, ballot::Language language);

} // namespace walkout::service
