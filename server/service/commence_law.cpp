#include "server/service/commence_law.hpp"

#include "server/service/audit.hpp"
#include "server/service/ballots.hpp"
#include "server/store/ballot_store.hpp"
#include "server/store/law_store.hpp"
#include "shared/ballot/plain_text.hpp"

namespace walkout::service {
namespace {

std::optional<ballot::Role> first_office(const Context& context)
{
    return context.caller.offices.empty() ? std::nullopt : std::optional(context.caller.offices.front().role);
}

Result<void> check_line(const std::string& source)
{
    constexpr std::size_t longest = 500;
    if (ballot::is_plain_line(source) && source.size() <= longest) return {};
    return Refusal{.kind = Kind::invalid,
                   .code = "not_plain_text",
                   .detail = "The source or instrument must be one line of at most 500 bytes.",
                   .next = "Write it on one line, such as \"S.I. 2026/999, regulation 2\"."};
}

/// Statutory ballots planned but not opened, in that jurisdiction, whose opening day it covers.
std::vector<BallotId> reached(const store::ReadTx& tx, law::Jurisdiction jurisdiction, Date from)
{
    std::vector<BallotId> out;
    for (const auto& ballot : store::ballots(tx)) {
        const bool waits = !ballot.opened_at && !ballot.first_sending && ballot.phase != ballot::Phase::abandoned;
        if (waits && ballot.plan.statutory && ballot.plan.jurisdiction == jurisdiction && opening_day_of(ballot) >= from)
            out.push_back(ballot.plan.id);
    }
    return out;
}

} // namespace

Result<std::vector<BallotId>> commence_law(store::WriteTx& tx, const Context& context, const law::Amendment& amendment)
{
    if (const auto possible = law::check(amendment); !possible) return possible.error();
    if (const auto plain = check_line(amendment.instrument); !plain) return plain.error();
    store::add_commencement(tx, {amendment, context.ballot_now, context.caller.number});
    record_audit(tx, context, first_office(context), "law_commenced", std::string(name(amendment.provision)),
                 {{"from", text(amendment.from)}, {"instrument", amendment.instrument}});
    return reached(tx, law::Jurisdiction::great_britain, amendment.from); // every provision known here is of Great Britain
}

Result<std::vector<BallotId>> set_law(store::WriteTx& tx, const Context& context, const law::Setting& setting)
{
    if (const auto possible = law::check(setting); !possible) return possible.error();
    const auto value = law::value_text(setting.value);
    if (const auto plain = check_line(setting.source); !plain) return plain.error();
    if (!ballot::is_plain_line(value))
        return Refusal{.kind = Kind::invalid,
                       .code = "not_plain_text",
                       .detail = "The words have a control character, or a letter with a separate accent.",
                       .next = "Give them as plain text in UTF-8 (Unicode NFC)."};
    store::add_law_setting(tx, {setting, context.ballot_now, context.caller.number});
    record_audit(
        tx, context, first_office(context), "law_set", std::string(name(setting.topic)),
        {{"jurisdiction", std::string(name(setting.jurisdiction))}, {"from", text(setting.from)}, {"value", value}, {"source", setting.source}});
    return reached(tx, setting.jurisdiction, setting.from);
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
