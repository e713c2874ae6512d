#include "server/service/code_reports.hpp"

#include "server/service/audit.hpp"
#include "server/service/ballots.hpp"
#include "server/service/first_sending.hpp"
#include "server/store/ceremony_store.hpp"
#include "server/store/incident_store.hpp"
#include "server/store/official_store.hpp"
#include "server/store/replacement_store.hpp"
#include "server/store/report_store.hpp"
#include "server/store/roll_store.hpp"

namespace walkout::service {
namespace {

Refusal not_on_roll(const std::string& number)
{
    return {Kind::not_found, "not_on_roll", "Member " + number + " is not on the roll of this ballot.", "Check the number."};
}

} // namespace

Result<void> record_resending(store::WriteTx& tx, const Context& context, const BallotId& id, const std::string& number)
{
    const auto ballot = require_ballot(tx, id);
    if (!ballot) return ballot.error();
    if (ballot->phase != ballot::Phase::open) return Refusal{Kind::not_open, "ballot_not_open", "Voting codes are sent while the ballot is open."};
    if (!store::roll_line(tx, id, number)) return not_on_roll(number);
    if (auto opened = first_sent(tx, context, *ballot, context.ballot_now); !opened) return opened;
    const auto changed = store::put_change_sent(tx, id, number, context.ballot_now);
    const auto statement = store::code_statement(tx, id).value();
    // A late member is one more to send to; a replaced one had been counted.
    if (changed == ballot::ChangeReason::late_entitlement && statement.sent < statement.total) store::put_sent(tx, id, statement.sent + 1);
    record_audit(tx, context, ballot::Role::scrutineer, "code_sent_again", id.text());
    return {};
}

Result<wire::Incidents> record_incident(store::WriteTx& tx, const Context& context, const BallotId& id, const std::string& number)
{
    const auto ballot = require_ballot(tx, id);
    if (!ballot) return ballot.error();
    if (store::signed_report(tx, id))
        return Refusal{Kind::conflict, "report_stands", "The scrutineer's report is signed, so nothing is added to what it tells.",
                       "The scrutineer may publish a statement of their own."};
    const auto line = store::roll_line(tx, id, number);
    if (!line) return not_on_roll(number);
    if (!line->returned)
        return Refusal{Kind::conflict, "code_unused", "No vote has been recorded for member " + number + ".",
                       "Replace their code: walkout codes replace " + id.text() + " --member " + number + " --reason disclosed"};
    if (store::add_code_incident(tx, id, number, context.ballot_now, context.caller.number))
        record_audit(tx, context, ballot::Role::scrutineer, "code_incident", id.text(),
                     {{"incidents", std::to_string(store::incident_count(tx, id))}}); // who it was is the scrutineer's to know
    return wire::Incidents{store::incident_count(tx, id)};
}

Result<void> record_vault_destroyed(store::WriteTx& tx, const Context& context, const wire::VaultDestroyed& statement)
{
    const auto ballot = require_ballot(tx, statement.ballot);
    if (!ballot) return ballot.error();
    if (ballot->phase != ballot::Phase::declared && ballot->phase != ballot::Phase::abandoned)
        return Refusal{Kind::conflict, "result_not_declared", "The voting codes are kept until the result is declared.",
                       "Destroy them then: until it is, a paper vote may need them."};
    const auto official = store::find_official(tx, context.caller.number);
    const auto signature = parse_signature(statement.signature);
    if (!official || !signature || statement.key != hex(official->signing_key) ||
        !verify_signature(official->signing_key, wire::vault_destroyed_text(statement), *signature))
        return Refusal{Kind::not_allowed, "wrong_signature", "The statement was not signed with the key pinned when you were enrolled.",
                       "Sign on the machine that holds that key."};
    const auto json = wire::to_json(statement);
    if (const auto earlier = store::vault_statement(tx, statement.ballot)) {
        if (*earlier == json) return {};
        return Refusal{Kind::conflict, "statement_stands", "There is a signed statement already that the voting codes are destroyed."};
    }
    store::put_vault_statement(tx, statement.ballot, json);
    record_audit(tx, context, ballot::Role::scrutineer, "vault_destroyed", statement.ballot.text(),
                 {{"vault", statement.vault}, {"copies", std::to_string(statement.copies)}});
    return {};
}

Result<wire::VaultDestroyed> vault_destroyed(const store::ReadTx& tx, const BallotId& id)
{
    const auto ballot = require_ballot(tx, id);
    if (!ballot) return ballot.error();
    const auto statement = store::vault_statement(tx, id);
    if (!statement)
        return Refusal{Kind::not_found, "vault_kept", "The scrutineer has not stated that the voting codes are destroyed.",
                       "They do so when the result is declared."};
    return wire::from_json<wire::VaultDestroyed>(*statement);
}

} // namespace walkout::service
