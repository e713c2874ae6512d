#include "server/service/commence_law.hpp"

#include "server/service/audit.hpp"
#include "server/service/ballots.hpp"
#include "server/store/law_store.hpp"

namespace walkout::service {
namespace {

std::optional<ballot::Role> first_office(const Context& context)
{
    return context.caller.offices.empty() ? std::nullopt : std::optional(context.caller.offices.front().role);
}

} // namespace

Result<void> commence_law(store::WriteTx& tx, const Context& context, const law::Amendment& amendment)
{
    if (const auto possible = law::check(amendment); !possible) return possible;
    store::add_commencement(tx, {amendment, context.ballot_now, context.caller.number});
    record_audit(tx, context, first_office(context), "law_commenced", std::string(name(amendment.provision)),
                 {{"from", text(amendment.from)}, {"instrument", amendment.instrument}});
    return {};
}

Result<void> may_move_clock(const store::ReadTx& tx, Instant ballot_now, Instant to)
{
    if (!is_rehearsal(tx))
        return Refusal{.kind = Kind::not_found,
                       .code = "not_a_rehearsal",
                       .detail = "Only a rehearsal's clock can be moved.",
                       .next = "Make one with: walkoutd init --rehearsal"};
    if (to <= ballot_now)
        return Refusal{.kind = Kind::invalid,
                       .code = "clock_back",
                       .detail = "The ballot clock stands at " + text(ballot_now) + " and only goes forward.",
                       .next = "Choose a later time."};
    return {};
}

Result<void> move_clock(store::WriteTx& tx, const Context& context, Instant to)
{
    if (const auto allowed = may_move_clock(tx, context.ballot_now, to); !allowed) return allowed;
    store::put_clock_offset(tx, to - context.machine_now);
    record_audit(tx, context, first_office(context), "clock_moved", "", {{"from", text(context.ballot_now)}, {"to", text(to)}});
    return {};
}

} // namespace walkout::service
