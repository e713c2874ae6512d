#pragma once

#include "server/service/context.hpp"
#include "server/store/ballot_store.hpp"
#include "shared/ballot/notified_action.hpp"

namespace walkout::service {

// What a notice of action may say (TULRCA s.234A), for whoever drafts, serves or records one.

/// The action with its kind: the one given, or the only one that the ballot gave a mandate for. Refuses what ballot::check refuses, no_mandate, and
/// action_kind_missing where there are mandates for both kinds.
Result<ballot::NotifiedAction> with_kind(const store::ReadTx& tx, const store::Ballot& ballot, ballot::NotifiedAction action);

/// Whether the first date is lawful if this employer receives the notice today.
struct FirstDate {
    std::optional<Refusal> refusal{};     ///< action_notice_short: it cannot be
    std::optional<std::string> warning{}; ///< why it is not, or what must be so; one or two sentences for the union
};
FirstDate first_date_today(const store::ReadTx& tx, const Context& context, const store::Ballot& ballot, const std::string& employer,
                           const ballot::NotifiedAction& action);

/// The dates of a notice received on that day that are earlier than it allows, as a sentence; none where all of them are lawful.
std::optional<std::string> dates_too_early(const store::ReadTx& tx, const store::Ballot& ballot, Date received, bool shorter_agreed,
                                           const ballot::NotifiedAction& action);

} // namespace walkout::service
