#include "server/service/commence_law.hpp"

#include "server/service/audit.hpp"
#include "server/service/ballots.hpp"
#include "server/service/first_sending.hpp"
#include "server/store/ballot_store.hpp"
#include "server/store/law_store.hpp"
#include "server/store/notice_store.hpp"
#include "shared/ballot/plain_text.hpp"
#include "shared/law/paper.hpp"

#include <algorithm>

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

/// What the law wants of a ballot's paper; nothing where it cannot say.
using Form = std::optional<law::PaperRules>;
Form form_of(const store::ReadTx& tx, const store::Ballot& ballot)
{
    const auto rules =
        law::paper_rules(rulebook_of(tx, ballot), ballot.plan.jurisdiction, opening_day_of(ballot), sample_served_on(tx, ballot.plan.id), INT64_MAX);
    return rules ? Form(*rules) : std::nullopt;
}
bool same(const Form& one, const Form& other)
{
    if (!one || !other) return !one && !other;
    return one->fields == other->fields && one->statement == other->statement;
}

bool has_samples(const store::ReadTx& tx, const BallotId& id)
{
    const auto is_sample = [](const auto& notice) { return notice.kind == ballot::NoticeKind::sample; };
    return std::ranges::any_of(store::receipts(tx, id), is_sample) || std::ranges::any_of(store::served(tx, id), is_sample);
}

/// Statutory ballots planned but not opened, in that jurisdiction, whose opening day it covers, each with the form of its paper.
std::vector<std::pair<store::Ballot, Form>> waiting(const store::ReadTx& tx, law::Jurisdiction jurisdiction, Date from)
{
    std::vector<std::pair<store::Ballot, Form>> out;
    for (const auto& ballot : store::ballots(tx)) {
        const bool waits = !ballot.opened_at && !ballot.first_sending && ballot.phase != ballot::Phase::abandoned;
        if (waits && ballot.plan.statutory && ballot.plan.jurisdiction == jurisdiction && opening_day_of(ballot) >= from)
            out.emplace_back(ballot, form_of(tx, ballot));
    }
    return out;
}

/// Asked when the record is made, of the ballots as they were before it.
LawReach reach_of(const store::ReadTx& tx, const std::vector<std::pair<store::Ballot, Form>>& before)
{
    LawReach out;
    for (const auto& [ballot, form] : before) {
        const auto now = form_of(tx, ballot);
        const auto& id = ballot.plan.id;
        const auto words = bound_statement(ballot);
        const bool other_words = words && now && *words != now->statement;
        const bool other_fields = ballot.paper && form && now && form->fields != now->fields;
        if (other_words || other_fields) {
            out.bound.push_back(id);
            continue;
        }
        out.follows.push_back(id);
        if (!ballot.paper && !same(form, now) && has_samples(tx, id)) out.samples.push_back(id);
    }
    return out;
}

} // namespace

Result<LawReach> commence_law(store::WriteTx& tx, const Context& context, const law::Amendment& amendment)
{
    if (const auto possible = law::check(amendment); !possible) return possible.error();
    if (const auto plain = check_line(amendment.instrument); !plain) return plain.error();
    const auto before = waiting(tx, law::Jurisdiction::great_britain, amendment.from); // every provision known here is of Great Britain
    store::add_commencement(tx, {amendment, context.ballot_now, context.caller.number});
    record_audit(tx, context, first_office(context), "law_commenced", std::string(name(amendment.provision)),
                 {{"from", text(amendment.from)}, {"instrument", amendment.instrument}});
    return reach_of(tx, before);
}

Result<LawReach> set_law(store::WriteTx& tx, const Context& context, const law::Setting& setting)
{
    if (const auto possible = law::check(setting); !possible) return possible.error();
    const auto value = law::value_text(setting.value);
    if (const auto plain = check_line(setting.source); !plain) return plain.error();
    if (!ballot::is_plain_line(value))
        return Refusal{.kind = Kind::invalid,
                       .code = "not_plain_text",
                       .detail = "The words have a control character, or a letter with a separate accent.",
                       .next = "Give them as plain text in UTF-8 (Unicode NFC)."};
    const auto before = waiting(tx, setting.jurisdiction, setting.from);
    store::add_law_setting(tx, {setting, context.ballot_now, context.caller.number});
    record_audit(
        tx, context, first_office(context), "law_set", std::string(name(setting.topic)),
        {{"jurisdiction", std::string(name(setting.jurisdiction))}, {"from", text(setting.from)}, {"value", value}, {"source", setting.source}});
    return reach_of(tx, before);
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
