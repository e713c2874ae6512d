#pragma once

#include "server/service/context.hpp"
#include "server/store/ballot_store.hpp"
#include "shared/ballot/catalogue.hpp"
#include "shared/ballot/notified_action.hpp"
#include "shared/crypto/ed25519.hpp"
#include "shared/wire/notice_messages.hpp"

namespace walkout::service {

// Documents as data, drafted from what is recorded now, in the form that the law of their date asks for.

/// The notice of ballot. Refuses wrong_phase before the roll is frozen, employer_not_on_roll, and not_covered.
Result<wire::EmployerNotice> ballot_notice(const store::ReadTx& tx, const Context& context, const store::Ballot& ballot, const std::string& employer);

/// The notice of action, once the result is declared; `too_early` warns where its first date is not lawful if it is received today. Refuses as
/// above, no_mandate, and what with_kind() refuses.
Result<wire::EmployerNotice> action_notice(const store::ReadTx& tx, const Context& context, const store::Ballot& ballot, const std::string& employer,
                                           const ballot::NotifiedAction& action);

/// The sample in the form that the paper takes if employers have it today, which is what they must be shown; in the form it has without that
/// where the plan lacks a field of it.
Result<wire::SamplePaper> sample_paper(const store::ReadTx& tx, const Context& context, const store::Ballot& ballot,
                                       const SigningPublicKey& board_key, ballot::Language language = ballot::Language::en);

/// The declared result: to an employer the constituencies its employees vote in, else all. Refuses what declared_result refuses.
Result<wire::ResultNotice> result_notice(const store::ReadTx& tx, const store::Ballot& ballot, const std::optional<std::string>& employer,
                                         ballot::Language language = ballot::Language::en);

Result<wire::TimetablePage> timetable_page(const store::ReadTx& tx, const store::Ballot& ballot);

} // namespace walkout::service
