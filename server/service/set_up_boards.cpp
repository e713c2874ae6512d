#include "server/service/set_up_boards.hpp"

#include "server/service/audit.hpp"
#include "server/service/ballots.hpp"
#include "server/service/credential_register.hpp"
#include "server/service/first_sending.hpp"
#include "server/store/ballot_store.hpp"
#include "server/store/board_store.hpp"
#include "server/store/ceremony_store.hpp"
#include "server/store/official_store.hpp"
#include "server/store/postal_store.hpp"
#include "server/store/register_store.hpp"
#include "server/store/roll_store.hpp"
#include "shared/ballot/postal.hpp"
#include "shared/protocol/election.hpp"
#include "shared/protocol/trustees.hpp"
#include "shared/protocol/voting_paper_json.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace walkout::service {
namespace {

Refusal wrong(const std::string& why)
{
    return {Kind::invalid, "setup_rejected", "The setup of the ballot is refused: " + why + ".", "Make the codes again: walkout codes make."};
}

std::vector<store::RollLine> all_roll_lines(const store::ReadTx& tx, const BallotId& ballot)
{
    std::vector<store::RollLine> out;
    for (std::string after;;) {
        const auto page = store::roll_lines(tx, ballot, after, 1000);
        if (page.empty()) return out;
        after = page.back().number;
        out.insert(out.end(), page.begin(), page.end());
    }
}

/// The election record this ballot prescribes for a constituency, byte for byte.
std::string prescribed_election(const wire::SetupMaterial& material, const ConstituencyId& constituency, const Group& group, const Element& key)
{
    std::vector<protocol::Question> questions;
    for (const auto& q : material.questions)
        questions.push_back({q.answers, false, static_cast<unsigned>(q.min), static_cast<unsigned>(q.max), q.question});
    return protocol::make_election(material.description, material.name, group, key, std::move(questions), constituency.text()).bytes;
}

Result<void> check_constituency(const wire::ConstituencyMaterial& expected, const wire::ConstituencySetup& given, const Group& group)
{
    const auto listed = protocol::parse_credentials(group, given.credentials);
    if (!listed) return listed.error();
    std::set<std::string> unassigned;
    for (const auto& voter : *listed) unassigned.insert(group.text(voter.credential));
    std::set<std::string> awaiting;
    for (const auto& member : expected.entitled) awaiting.insert(member.number);
    for (const auto& [number, credential] : given.live) {
        if (awaiting.erase(number) == 0) return wrong("it gives a code to somebody who is not entitled, or two codes to one member");
        if (unassigned.erase(credential) == 0) return wrong("it assigns a credential that is not on its list");
    }
    if (!awaiting.empty()) return wrong("it leaves out " + std::to_string(awaiting.size()) + " entitled members of " + expected.name);
    for (const auto& spare : given.spares)
        if (unassigned.erase(spare) == 0) return wrong("a spare is not on the list of credentials");
    if (!unassigned.empty() || static_cast<std::int64_t>(given.spares.size()) != expected.spares)
        return wrong("the number of spares is not the one planned");
    return {};
}

} // namespace

Result<wire::SetupMaterial> setup_material(const store::ReadTx& tx, bool rehearsal, const BallotId& id)
{
    const auto ballot = require_ballot(tx, id);
    if (!ballot) return ballot.error();
    if (const auto phase = ballot::after(ballot->phase, ballot::Step::code); !phase) return phase.error();
    const auto paper = protocol::parse_voting_paper(ballot->paper.value());
    if (!paper) return paper.error();
    auto text = ballot::election_text(*paper, sha256(*ballot->paper));
    wire::SetupMaterial out{id,
                            ballot->plan.title,
                            rehearsal,
                            std::string(name(ballot->plan.group_or_default())),
                            store::trustees_record(tx, id).value(),
                            *ballot->paper,
                            std::move(text.name),
                            std::move(text.description),
                            {},
                            ballot::opening_instant(ballot->plan),
                            ballot->closes,
                            ballot->plan.zone,
                            {}};
    for (const auto& q : text.questions) out.questions.push_back({q.question, q.answers, q.min, q.max});
    std::map<ConstituencyId, wire::ConstituencyMaterial> by_id;
    for (const auto& constituency : store::constituencies(tx, id))
        by_id.emplace(constituency.id, wire::ConstituencyMaterial{constituency.id, constituency.name, 0, {}});
    for (const auto& line : all_roll_lines(tx, id)) {
        const auto member = store::find_member(tx, line.number).value();
        by_id.at(line.constituency).entitled.push_back({line.number, member.name, member.email});
    }
    for (auto& [constituency_id, constituency] : by_id) {
        constituency.spares = ballot->plan.spares_for(static_cast<std::int64_t>(constituency.entitled.size()));
        out.constituencies.push_back(std::move(constituency));
    }
    return out;
}

Result<void> check_setup(const store::ReadTx& tx, const Context& context, bool rehearsal, const BallotId& id, const wire::Setup& setup)
{
    const auto material = setup_material(tx, rehearsal, id);
    if (!material) return material.error();
    const auto& group = *Group::find(material->group);
    const auto trustees = protocol::parse_trustees(group, material->trustees).value();
    const auto official = store::find_official(tx, context.caller.number);
    const auto signature = parse_signature(setup.signature);
    if (!official || !signature || !verify_signature(official->signing_key, wire::setup_text(id, setup.constituencies), *signature))
        return wrong("it is not signed with your enrolled key");
    if (setup.constituencies.size() != material->constituencies.size()) return wrong("it does not cover every constituency once");
    std::vector<std::size_t> papers;
    std::vector<std::vector<std::int64_t>> numbers;
    for (std::size_t i = 0; i < setup.constituencies.size(); ++i) {
        const auto& given = setup.constituencies[i];
        const auto& expected = material->constituencies[i];
        if (given.id != expected.id) return wrong("its constituencies are not in the order of their ids");
        if (given.election != prescribed_election(*material, given.id, group, trustees.election_key))
            return wrong("an election record is not the one this ballot prescribes");
        if (const auto checked = check_constituency(expected, given, group); !checked) return checked;
        papers.push_back(given.live.size() + given.spares.size());
        numbers.push_back(given.papers);
    }
    return ballot::check_paper_numbers(papers, numbers);
}

Result<void> take_setup(store::WriteTx& tx, const Context& context, const BallotId& id, const wire::Setup& setup)
{
    const auto ballot = require_ballot(tx, id);
    if (!ballot) return ballot.error();
    const auto phase = ballot::after(ballot->phase, ballot::Step::code);
    if (!phase) return phase.error();
    std::int64_t total = 0;
    const auto trustees = store::trustees_record(tx, id).value();
    for (const auto& constituency : setup.constituencies) {
        store::add_board(tx, {constituency.id, id, ballot::opening_instant(ballot->plan).time_since_epoch().count(), constituency.election, trustees,
                              constituency.credentials});
        store::put_fingerprint(tx, constituency.id, protocol::fingerprint_of(constituency.election));
        for (const auto& [number, credential] : constituency.live) {
            store::add_credential(tx, constituency.id, credential, /*spare=*/false);
            store::put_credential(tx, id, number, credential);
        }
        for (const auto& spare : constituency.spares) store::add_credential(tx, constituency.id, spare, /*spare=*/true);
        const auto listed = wire::from_json<std::vector<std::string>>(constituency.credentials).value();
        for (std::size_t i = 0; i < listed.size(); ++i) store::add_serial(tx, id, {constituency.papers.at(i), constituency.id, listed[i], {}});
        start_register(tx, context, store::find_constituency(tx, constituency.id).value());
        total += static_cast<std::int64_t>(constituency.live.size());
    }
    store::add_code_statement(tx, id, {context.caller.number, parse_signature(setup.signature).value(), 0, total});
    store::put_phase(tx, id, ballot->phase, *phase);
    record_audit(tx, context, ballot::Role::scrutineer, "ballot_coded", id.text(), {{"codes", std::to_string(total)}});
    return {};
}

Result<void> vault_verified(store::WriteTx& tx, const Context& context, const BallotId& id)
{
    const auto ballot = require_ballot(tx, id);
    if (!ballot) return ballot.error();
    if (ballot->vault_verified) return {};
    if (ballot->phase != ballot::Phase::coded)
        return Refusal{Kind::conflict, "wrong_phase", "There are no voting codes to have a copy of.", "Make them first: walkout codes make."};
    store::put_vault_verified(tx, id);
    record_audit(tx, context, ballot::Role::scrutineer, "vault_verified", id.text());
    return {};
}

Result<void> record_sending(store::WriteTx& tx, const Context& context, const BallotId& id, std::int64_t sent)
{
    const auto ballot = require_ballot(tx, id);
    if (!ballot) return ballot.error();
    const auto statement = store::code_statement(tx, id);
    if (!statement || ballot->phase != ballot::Phase::open)
        return Refusal{Kind::not_open, "ballot_not_open", "No voting code may leave before the ballot is open: sending is opening.",
                       "Wait for the opening instant and both signatures."};
    if (sent == 0) return may_send(tx, *ballot, context.ballot_now);
    if (sent < statement->sent || sent > statement->total)
        return Refusal{Kind::invalid, "sending_count", "The number of codes sent only grows, up to the number of codes."};
    if (auto opened = first_sent(tx, context, *ballot, context.ballot_now); !opened) return opened;
    store::put_sent(tx, id, sent);
    record_audit(tx, context, ballot::Role::scrutineer, "codes_sent", id.text(),
                 {{"sent", std::to_string(sent)}, {"of", std::to_string(statement->total)}});
    return {};
}

} // namespace walkout::service
