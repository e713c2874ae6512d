#include "server/service/remind_pickets.hpp"

#include "server/service/mail.hpp"
#include "server/service/picket_rules.hpp"
#include "server/store/strike_day_store.hpp"
#include "server/store/walkout_store.hpp"
#include "shared/strike/reminder.hpp"

#include <map>

namespace walkout::service {
namespace {

/// A wall time in no zone, near enough for a search that the zone then decides.
WallTime about(Instant now) { return WallTime(now.time_since_epoch()); }

std::string post_words(const strike::Walkout& walkout, const store::PostPlace& place, const strike::PicketSettings& settings)
{
    const auto& zone = walkout.window.zone();
    const auto number = std::to_string(static_cast<std::int64_t>(place.post.number));
    const auto cut_off = strike::span(place.post, zone).from - settings.cancel_cut_off;
    return "  " + place_words(walkout, place) + "\n" + (place.site.notes.empty() ? "" : "  " + place.site.notes + "\n") +
           "  Your code for the organiser to scan: walkout picket pass " + number + "\n  If you cannot come: walkout picket cancel " + number +
           ", before " + strike::words(zone.wall(cut_off)) + ", or offer your place with: walkout picket swap " + number + "\n";
}

} // namespace

std::int64_t remind_pickets(store::WriteTx& tx, const Context& context)
{
    struct Told {
        std::string email;
        std::string title;
        std::string posts;
    };
    std::map<std::pair<std::string, std::string>, Told> people; // by walkout and member
    const auto settings = store::picket_settings(tx);
    for (const auto& waiting : store::unreminded(tx, about(context.ballot_now) - Days(1), about(context.ballot_now) + Days(3))) {
        const auto place = store::find_post(tx, waiting.post).value();
        const auto walkout = store::find_walkout(tx, place.walkout).value();
        const auto& zone = walkout.window.zone();
        const bool due = context.ballot_now >= strike::reminder_due(place.post, zone) && context.ballot_now < strike::span(place.post, zone).from;
        if (!due || !strike::may_disturb(context.ballot_now, zone)) continue;
        store::put_reminded(tx, waiting);
        auto& told = people[{walkout.id.text(), waiting.member}];
        told.email = waiting.email;
        told.title = walkout.title + "\n" + strike::words(walkout);
        told.posts += post_words(walkout, place, settings);
    }
    for (const auto& [who, told] : people)
        queue_mail(tx, context,
                   {.to = told.email, .subject = "Reminder: your place on the picket", .body = told.title + "\n\nYou are on:\n" + told.posts});
    return static_cast<std::int64_t>(people.size());
}

std::optional<Instant> next_reminder(const store::ReadTx& tx, Instant after)
{
    std::optional<Instant> next;
    for (const auto post : store::posts_unreminded(tx, about(after) - Days(1))) {
        const auto place = store::find_post(tx, post).value();
        const auto due = strike::reminder_due(place.post, store::find_walkout(tx, place.walkout).value().window.zone());
        if (due > after && (!next || due < *next)) next = due;
    }
    return next;
}

} // namespace walkout::service
