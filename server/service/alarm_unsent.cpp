#include "server/service/alarm_unsent.hpp"

#include "server/service/ballots.hpp"
#include "server/service/mail.hpp"
#include "server/store/official_store.hpp"
#include "server/store/roll_store.hpp"

#include <algorithm>

namespace walkout::service {
namespace {

constexpr std::chrono::hours grace{1};

std::vector<store::Ballot> unsent(const store::ReadTx& tx)
{
    auto out = store::ballots_in(tx, ballot::Phase::open);
    std::erase_if(out, [](const store::Ballot& ballot) { return ballot.first_sending || !ballot.opened_at; });
    return out;
}

/// The last alarm due by `now`; none in the first hour.
std::optional<Instant> due_by(const store::Ballot& ballot, Instant now)
{
    const auto first = *ballot.opened_at + grace;
    if (now < first) return std::nullopt;
    return first + date::floor<Days>(now - first);
}

} // namespace

std::int64_t alarm_unsent(store::WriteTx& tx, const Context& context)
{
    std::int64_t warned = 0;
    for (const auto& ballot : unsent(tx)) {
        const auto due = due_by(ballot, context.ballot_now);
        if (!due || !store::put_unsent_alarm(tx, ballot.plan.id, *due)) continue;
        std::int64_t people = 0;
        for (const auto& constituency : store::constituencies(tx, ballot.plan.id)) {
            const auto figures = store::figures(tx, constituency.id);
            people += figures.entitled + figures.overseas;
        }
        const auto none = "0 of " + std::to_string(people);
        const auto id = ballot.plan.id.text();
        const auto body =
            "The ballot \"" + ballot.plan.title + "\" opened at " + words(Zone::find(ballot.plan.zone).value().wall(*ballot.opened_at)) +
            ", and no voting code and no voting paper is recorded as sent: " + none +
            ".\n\nMembers cannot vote, and in law the ballot opens with the first sending. The scrutineer sends them:\n  walkout codes send " + id +
            "\n  walkout postal issue " + id + "\nor records what has left already:\n  walkout postal sent " + id + "\n";
        for (const auto& official : store::officials(tx))
            queue_mail(tx, context, {.to = official.email, .subject = "ALARM: " + none + " sent: " + ballot.plan.title, .body = body, .expires = {}});
        ++warned;
    }
    return warned;
}

std::optional<Instant> next_unsent_alarm(const store::ReadTx& tx, Instant after)
{
    std::optional<Instant> next;
    for (const auto& ballot : unsent(tx)) {
        const auto last = due_by(ballot, after);
        const auto due = last ? *last + Days(1) : *ballot.opened_at + grace;
        next = std::min(next.value_or(due), due);
    }
    return next;
}

} // namespace walkout::service
