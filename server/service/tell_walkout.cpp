#include "server/service/tell_walkout.hpp"

#include "server/service/audit.hpp"
#include "server/service/mail.hpp"
#include "server/service/picket_rules.hpp"
#include "server/store/official_store.hpp"
#include "server/store/picket_store.hpp"
#include "server/store/register_store.hpp"
#include "server/store/strike_day_store.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace walkout::service {
namespace {

using strike::State;

/// Everybody active whom the call reaches. Employers first: most of a large register is called by none.
template <class Use> void each_called(const store::ReadTx& tx, const strike::Walkout& walkout, Use use)
{
    for (const auto& number : store::active_numbers(tx)) {
        const auto member = store::find_member(tx, number).value();
        const bool there = std::ranges::find(walkout.called, member.employer, &strike::Called::employer) != walkout.called.end();
        if (there && is_called(tx, walkout, member)) use(member);
    }
}

std::string lower(std::string text)
{
    std::ranges::transform(text, text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

struct Told {
    std::string email;
    std::string concerns{}; ///< lines
};

/// Who is told, by number. An official is often a member too, under another number but with one address: they get one mail.
struct People {
    std::map<std::string, Told> by_number{};

    Told& of(const std::string& number, const std::string& email)
    {
        auto& told = by_number[number];
        if (told.email.empty()) told.email = email;
        return told;
    }
    Told& of_official(const store::Official& official)
    {
        for (auto& [number, told] : by_number)
            if (number == official.number || (!official.email.empty() && lower(told.email) == lower(official.email))) return told;
        return of(official.number, official.email);
    }
};

/// Each co-chair of these branches, with which of them they chair.
template <class Use> void each_co_chair(const store::ReadTx& tx, const std::set<std::string>& branches, Use use)
{
    for (const auto& official : store::officials_with(tx, ballot::Role::co_chair))
        for (const auto& office : official.offices)
            if (office.role == ballot::Role::co_chair && branches.contains(office.scope)) use(official, office.scope);
}

std::string action_with_capital(const strike::Walkout& walkout)
{
    return walkout.action == strike::Action::strike ? "Strike" : "Action short of a strike";
}

std::string subject_of(const strike::Walkout& walkout)
{
    const auto what = "The " + std::string(strike::action_words(walkout.action));
    switch (walkout.state) {
    case State::called: return what + " is on again: " + walkout.title;
    case State::suspended: return what + " is SUSPENDED: " + walkout.title;
    case State::ended: return what + " has ENDED: " + walkout.title;
    }
    throw std::logic_error("a walkout in no state");
}

std::string what_now(const strike::Walkout& walkout, bool concerned)
{
    switch (walkout.state) {
    case State::called:
        return "It is on again for what is left of it. Whether it covers your shift: walkout strike covers " + walkout.id.text() + "\n" +
               (concerned ? "\nThese stand as before:\n" : "");
    case State::suspended:
        return std::string("Go to work as normal") +
               (concerned ? ", and do not come to the picket unless you hear from us again. Yours, should it resume:\n"
                          : " unless you hear from us again.\n");
    case State::ended: return std::string("Go to work as normal.") + (concerned ? " These no longer stand:\n" : "\n");
    }
    throw std::logic_error("a walkout in no state");
}

std::string post_line(const store::ReadTx& tx, const strike::Walkout& walkout, strike::PostNumber number)
{
    const auto place = store::find_post(tx, number).value();
    return strike::words(place.post.from, place.post.to, walkout.window.zone()) + ", " + place.site.name + "\n";
}

/// Those who picket or are exempt, with what of theirs the walkout is about.
void add_concerned(const store::ReadTx& tx, const strike::Walkout& walkout, People& people)
{
    for (const auto& person : store::people_of_walkout(tx, walkout.id))
        people.of(person.number, person.email).concerns += "  " + post_line(tx, walkout, person.post);
    for (const auto& organiser : store::organisers_of_walkout(tx, walkout.id))
        people.of(organiser.number, organiser.email).concerns += "  in charge of " + post_line(tx, walkout, organiser.post);
    for (const auto& branch : store::branches(tx)) {
        for (const auto& number : store::reserves(tx, walkout.id, branch))
            people.of(number, store::find_member(tx, number).value().email).concerns += "  in reserve\n";
        for (const auto& exemption : store::exemptions(tx, walkout.id, branch))
            if (exemption.state() == strike::Exemption::State::granted)
                people.of(exemption.member, store::find_member(tx, exemption.member).value().email).concerns +=
                    "  exempt, " + strike::words(exemption.from(), exemption.to(), walkout.window.zone()) + "\n";
    }
}

} // namespace

CallTold tell_call(store::WriteTx& tx, const Context& context, const strike::Walkout& walkout)
{
    CallTold told;
    People people;
    std::set<std::string> branches;
    each_called(tx, walkout, [&](const store::Member& member) {
        branches.insert(member.branch);
        if (member.email.empty()) {
            ++told.without_address;
            return;
        }
        ++told.mailed;
        people.of(member.number, member.email).concerns = "You are called.\nDoes it cover your shift? walkout strike covers " + walkout.id.text() +
                                                          "\nStand on the picket: walkout picket list " + walkout.id.text() +
                                                          "\nWork that cannot wait: walkout exemption request " + walkout.id.text() + "\n";
    });
    each_co_chair(tx, branches, [&](const store::Official& official, const std::string& branch) {
        auto& one = people.of_official(official);
        one.concerns += (one.concerns.empty() ? "" : "\n") + ("You are a co-chair of " + branch) + ". Plan its picket: walkout picket site add " +
                        walkout.id.text() + ", entrances with their opening hours, and walkout picket template noon-to-noon " + walkout.id.text() +
                        "\n";
    });
    auto about = walkout.title + "\n" + strike::words(walkout) + "\n\n" + action_with_capital(walkout) + ", called by " + walkout.called_by + ".\n";
    for (const auto& type : types_of_action(tx, walkout)) about += "  " + type + "\n";
    for (const auto& who : called_words(tx, walkout)) about += "Called: " + who + "\n";
    for (const auto& [number, one] : people.by_number)
        queue_mail(tx, context,
                   {.to = one.email,
                    .subject = action_with_capital(walkout) + " called: " + walkout.title,
                    .body = about + "\n" + one.concerns +
                            "\nIf it is suspended or ends early you get another mail. The page of the walkout is always right.\n"});
    record_audit(tx, context, walkout.office, "walkout_told", walkout.id.text(),
                 {{"mailed", std::to_string(told.mailed)}, {"without_address", std::to_string(told.without_address)}});
    return told;
}

void tell_change(store::WriteTx& tx, const Context& context, const strike::Walkout& walkout)
{
    if (walkout.state == strike::State::ended && context.ballot_now >= walkout.window.span().to) return; // it was over, and nobody goes anywhere
    People people;
    add_concerned(tx, walkout, people);
    std::set<std::string> planned;
    std::set<std::string> branches;
    for (const auto& branch : store::branches(tx))
        if (store::picket_plan(tx, walkout.id, branch).version > 0) planned.insert(branch);
    if (context.ballot_now < walkout.window.span().to)
        each_called(tx, walkout, [&](const store::Member& member) {
            branches.insert(member.branch);
            people.of(member.number, member.email);
        });
    branches.insert(planned.begin(), planned.end());
    each_co_chair(tx, branches, [&](const store::Official& official, const std::string& branch) {
        people.of_official(official).concerns +=
            std::string("  ") + (planned.contains(branch) ? "the picket plan of " : "the members of ") + branch + ", whose co-chair you are\n";
    });
    for (const auto& [number, told] : people.by_number)
        queue_mail(tx, context,
                   {.to = told.email,
                    .subject = subject_of(walkout),
                    .body = walkout.title + "\n" + strike::words(walkout) + "\n\n" + walkout.called_by + " says: " + walkout.reason + "\n\n" +
                            what_now(walkout, !told.concerns.empty()) + told.concerns +
                            (told.concerns.empty() ? "" : "\nYour calendar changes with it, but may be slow to show it: believe this mail.\n")});
}

std::string off_words(const strike::Walkout& walkout)
{
    switch (walkout.state) {
    case State::called: return {};
    case State::suspended:
        return "This walkout is SUSPENDED: go to work as normal, and do not come to the picket unless you hear that it resumes.\n\n";
    case State::ended: return "This walkout has ENDED: go to work as normal.\n\n";
    }
    throw std::logic_error("a walkout in no state");
}

} // namespace walkout::service
