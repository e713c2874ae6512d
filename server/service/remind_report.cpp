#include "server/service/remind_report.hpp"

#include "server/service/ballots.hpp"
#include "server/service/mail.hpp"
#include "server/store/official_store.hpp"
#include "server/store/report_store.hpp"

#include <array>
#include <set>

namespace walkout::service {
namespace {

constexpr std::chrono::hours morning{9};

/// A declared ballot whose report the law asks for and nobody has signed.
struct Awaiting {
    store::Ballot ballot;
    Zone zone;
    Date due{};
    std::array<Date, 3> days() const { return {due - Days(7), due, due + Days(1)}; }
    Instant at(Date day) const { return zone.instant(WallTime(day) + morning); }
};

std::vector<Awaiting> awaiting(const store::ReadTx& tx)
{
    std::vector<Awaiting> out;
    for (auto& ballot : store::unreported_ballots(tx)) {
        if (!ballot.plan.statutory) continue;
        const auto planned = timetable_of(tx, ballot, is_rehearsal(tx));
        if (!planned || !planned->scrutineer_statutory) continue;
        const auto due = planned->timetable.report_due;
        auto zone = Zone::find(ballot.plan.zone).value();
        out.push_back({std::move(ballot), zone, due});
    }
    return out;
}

std::string subject_of(const Awaiting& one, Date today)
{
    const auto when = today > one.due ? std::string("LATE") : today == one.due ? "Due today" : "Due by " + words(one.due);
    return when + ": the scrutineer's report on " + one.ballot.plan.title;
}

} // namespace

std::int64_t remind_reports(store::WriteTx& tx, const Context& context)
{
    std::int64_t reminded = 0;
    for (const auto& one : awaiting(tx)) {
        std::optional<Date> newest; // a server that was down sends the last that applies, and no pile
        for (const auto day : one.days())
            if (context.ballot_now >= one.at(day) && store::put_report_reminded(tx, one.ballot.plan.id, day)) newest = day;
        if (!newest) continue;
        const auto id = one.ballot.plan.id.text();
        const auto body = "The independent scrutineer's report on the ballot \"" + one.ballot.plan.title + "\" is not signed. It is due by " +
                          words(one.due) +
                          ": not later than the end of four weeks beginning with the date of the ballot (TULRCA s.226B(1)(b)).\n\n"
                          "The scrutineer reads it and signs it:\n  walkout report --draft " +
                          id + "\n  walkout report sign " + id + "\n";
        std::set<std::string> told;
        for (const auto role : {ballot::Role::scrutineer, ballot::Role::general_secretary})
            for (const auto& official : store::officials_with(tx, role))
                if (told.insert(official.number).second)
                    queue_mail(tx, context,
                               {.to = official.email, .subject = subject_of(one, one.zone.date(context.ballot_now)), .body = body, .expires = {}});
        ++reminded;
    }
    return reminded;
}

std::optional<Instant> next_report_reminder(const store::ReadTx& tx, Instant after)
{
    std::optional<Instant> next;
    for (const auto& one : awaiting(tx))
        for (const auto day : one.days())
            if (const auto due = one.at(day); due > after && (!next || due < *next)) next = due;
    return next;
}

} // namespace walkout::service
