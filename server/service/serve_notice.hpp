#pragma once

#include "server/service/context.hpp"
#include "server/store/ballot_store.hpp"
#include "server/store/notice_store.hpp"
#include "shared/crypto/ed25519.hpp"
#include "shared/wire/notice_messages.hpp"

#include <functional>

namespace walkout::service {

/// A notice of any kind as data, or why there is none.
struct Drafted {
    std::string document; ///< the template's name: "ballot_notice"
    std::string json;     ///< of shared/wire/notice_messages.hpp
    std::int64_t roll_revision = 0;
};
Result<Drafted> draft_notice(const store::ReadTx& tx, const Context& context, const store::Ballot& ballot, const wire::NewServing& which,
                             const SigningPublicKey& board_key);

/// The template a served notice was written with.
std::string_view document_of(ballot::NoticeKind kind);

/// How a notice reads and where it can be acknowledged; given by whoever knows templates and addresses.
struct NoticeMail {
    std::function<std::string(const Drafted&)> words;             ///< its plain text
    std::function<std::string(const std::string& id)> address_of; ///< of the page on which receipt is acknowledged
};

/// Records that a notice was sent, with its exact words. By mail it leaves with the same transaction, with a code and the address of a page on
/// which the employer acknowledges it; otherwise `how` says how it went. Refusals: those of drafting, serving_how_missing, mail_address_bad,
/// and action_notice_short where the first date of the action is too early whenever it arrives.
Result<store::ServedNotice> serve_notice(store::WriteTx& tx, const Context& context, const BallotId& id, const wire::NewServing& which,
                                         const SigningPublicKey& board_key, const NoticeMail& mail);

/// The employer's own word that it has the notice, from which clocks run: a receipt dated today. Once acknowledged it stays so, and saying it
/// again changes nothing. Refusals: no_such_notice (also for a wrong code: the two cannot be told apart), name_missing, and record_receipt's.
Result<store::ServedNotice> acknowledge_notice(store::WriteTx& tx, const Context& context, const std::string& id, std::string_view code,
                                               const std::string& by, const SigningPublicKey& board_key);

} // namespace walkout::service
