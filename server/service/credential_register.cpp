#include "server/service/credential_register.hpp"

#include "server/store/replacement_store.hpp"
#include "server/store/roll_store.hpp"

#include <algorithm>

namespace walkout::service {
namespace {

bool is_public(ballot::Phase phase) { return phase == ballot::Phase::closed || phase == ballot::Phase::counted || phase == ballot::Phase::declared; }

std::uint64_t people_on_roll(const store::ReadTx& tx, const ConstituencyId& constituency)
{
    const auto figures = store::figures(tx, constituency);
    return static_cast<std::uint64_t>(figures.entitled + figures.overseas);
}

} // namespace

void start_register(store::WriteTx& tx, const Context& context, const store::Constituency& constituency)
{
    std::array<std::uint8_t, 32> blind;
    context.random.fill(blind);
    const auto spares = store::spares_at_setup(tx, constituency.id);
    store::start_register(tx, constituency.id, protocol::register_genesis(constituency.fingerprint.value(), spares), hex(blind));
}

std::string register_hash(const store::ReadTx& tx, const ConstituencyId& constituency, const std::optional<store::SignedHead>& before)
{
    const auto state = store::register_state(tx, constituency);
    if (!state) return protocol::no_register_changes; // codes made before registers were kept
    return protocol::register_commitment(state->blind, before ? before->head.register_hash : "", state->last);
}

Result<std::string> published_register(const store::ReadTx& tx, const ConstituencyId& id)
{
    const auto constituency = store::find_constituency(tx, id);
    if (!constituency) return Refusal{Kind::not_found, "unknown_constituency", "There is no such constituency."};
    const auto ballot = store::find_ballot(tx, constituency->ballot).value();
    const auto state = store::register_state(tx, id);
    if (!state || !is_public(ballot.phase))
        return Refusal{Kind::not_open, "register_not_published", "The register of replaced voting codes is published when the ballot has closed.",
                       "Until then every signed head commits to it."};
    protocol::CredentialRegister reg{constituency->fingerprint.value(),
                                     ballot.paper.value(),
                                     state->blind,
                                     people_on_roll(tx, id),
                                     store::spares_at_setup(tx, id),
                                     store::register_records(tx, id),
                                     {}};
    for (auto& [head, signature] : store::heads(tx, id)) {
        head.election = reg.election;
        reg.heads.push_back({std::move(head), signature});
    }
    return protocol::write_register(reg);
}

std::vector<std::string> register_faults(const store::ReadTx& tx, const ConstituencyId& id)
{
    const auto state = store::register_state(tx, id);
    if (!state) return {};
    std::vector<std::string> faults;
    const auto constituency = store::find_constituency(tx, id).value();
    const auto spares = store::spares_at_setup(tx, id);
    auto last = protocol::register_genesis(constituency.fingerprint.value(), spares);
    std::vector<std::string> chain{last};
    auto live = static_cast<std::int64_t>(people_on_roll(tx, id));
    for (const auto& record : store::register_records(tx, id)) {
        if (record.prev != last) faults.push_back("record " + std::to_string(record.seq) + " of its register does not follow from those before it");
        last = hex(sha256(protocol::write_register_record(record)));
        chain.push_back(last);
        live += (record.credential_out ? 1 : 0) - (record.credential_in ? 1 : 0);
    }
    if (last != state->last) faults.push_back("its register does not end as it should");
    if (live != store::credential_counts(tx, id).live) faults.push_back("its register and its roll count other numbers of live codes");
    std::string before;
    auto known = chain.begin(); // what is in force never shrinks
    for (const auto& [head, signature] : store::heads(tx, id)) {
        const auto named = std::find_if(known, chain.end(), [&](const auto& record) {
            return protocol::register_commitment(state->blind, before, record) == head.register_hash;
        });
        if (named == chain.end()) faults.push_back("the head at height " + std::to_string(head.height) + " names another register");
        else known = named;
        before = head.register_hash;
    }
    return faults;
}

} // namespace walkout::service
