#include "server/service/change_walkout.hpp"

#include "server/service/audit.hpp"
#include "server/service/mail.hpp"
#include "server/store/picket_store.hpp"
#include "server/store/register_store.hpp"
#include "server/store/strike_day_store.hpp"
#include "server/store/walkout_store.hpp"

#include <map>

namespace walkout::service {
namespace {

Result<strike::Walkout> decide(strike::Walkout walkout, WalkoutChange change, std::string reason, Instant now)
{
    switch (change) {
    case WalkoutChange::suspend: return strike::suspend(std::move(walkout), std::move(reason), now);
    case WalkoutChange::resume: return strike::resume(std::move(walkout), std::move(reason), now);
    case WalkoutChange::end: return strike::end(std::move(walkout), std::move(reason), now);
    }
    throw std::logic_error("a walkout change of no kind");
}

std::string subject_of(const strike::Walkout& walkout)
{
    switch (walkout.state) {
    case strike::State::called: return "The strike is on again: " + walkout.title;
    case strike::State::suspended: return "The strike is SUSPENDED: " + walkout.title;
    case strike::State::ended: return "The strike has ENDED: " + walkout.title;
    }
    throw std::logic_error("a walkout in no state");
}

std::string what_now(const strike::Walkout& walkout)
{
    switch (walkout.state) {
    case strike::State::called: return "Your places on the picket stand as before:";
    case strike::State::suspended:
        return "Go to work as normal, and do not come to the picket unless you hear from us again. Your places, should it resume:";
    case strike::State::ended: return "Go to work as normal. These places on the picket no longer stand:";
    }
    throw std::logic_error("a walkout in no state");
}

void tell_everyone(store::WriteTx& tx, const Context& context, const strike::Walkout& walkout)
{
    struct Told {
        std::string email;
        std::string posts;
    };
    std::map<std::string, Told> people;
    for (const auto& person : store::people_of_walkout(tx, walkout.id)) {
        const auto place = store::find_post(tx, person.post).value();
        auto& told = people[person.number];
        told.email = person.email;
        told.posts += "  " + strike::words(place.post.from, place.post.to, walkout.window.zone()) + ", " + place.site.name + "\n";
    }
    for (const auto& branch : store::branches(tx))
        for (const auto& number : store::reserves(tx, walkout.id, branch))
            if (!people.contains(number)) people[number] = {store::find_member(tx, number).value().email, "  in reserve\n"};
    for (const auto& [number, told] : people)
        queue_mail(tx, context,
                   {.to = told.email,
                    .subject = subject_of(walkout),
                    .body = walkout.title + "\n" + strike::words(walkout) + "\n\n" + walkout.called_by + " says: " + walkout.reason + "\n\n" +
                            what_now(walkout) + "\n" + told.posts +
                            "\nYour calendar changes with it, but may be slow to show it: believe this mail.\n"});
}

} // namespace

Result<strike::Walkout> require_walkout(const store::ReadTx& tx, const WalkoutId& id)
{
    if (auto walkout = store::find_walkout(tx, id)) return *std::move(walkout);
    return Refusal{.kind = Kind::not_found,
                   .code = "no_such_walkout",
                   .detail = "There is no walkout called " + id.text() + ".",
                   .next = "See them with: walkout strike list"};
}

Result<strike::Walkout> change_walkout(store::WriteTx& tx, const Context& context, const WalkoutId& id, WalkoutChange change, std::string reason)
{
    auto walkout = require_walkout(tx, id);
    if (!walkout) return walkout;
    if (!context.caller.holds(walkout->office)) {
        return Refusal{.kind = Kind::not_allowed,
                       .code = "wrong_office",
                       .detail = "Only " + walkout->called_by + ", who called this walkout, may " + std::string(name(change)) + " it.",
                       .next = "Ask them to."};
    }
    const auto office = walkout->office;
    auto changed = decide(*std::move(walkout), change, std::move(reason), context.ballot_now);
    if (!changed) return changed;
    store::put_walkout_state(tx, *changed);
    tell_everyone(tx, context, *changed);
    record_audit(tx, context, office, "walkout_" + std::string(name(change)), id.text(), {{"reason", changed->reason}});
    return changed;
}

} // namespace walkout::service
