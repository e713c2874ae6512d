#include "server/api/strike_papers.hpp"

#include <algorithm>
#include <cstdio>
#include <stdexcept>

namespace walkout::api {
namespace {

using strike::State;
using strike::Walkout;

std::string sentence_case(std::string_view text)
{
    std::string out(text);
    if (!out.empty() && out.front() >= 'a' && out.front() <= 'z') out.front() = static_cast<char>(out.front() - 'a' + 'A');
    return out;
}

std::string when(const Walkout& walkout) { return sentence_case(strike::words(walkout)) + "."; }
std::string when(const Walkout& walkout, const strike::Post& post) { return strike::words(post.from, post.to, walkout.window.zone()); }

std::string title_of(const Walkout& walkout)
{
    switch (walkout.state) {
    case State::called: return walkout.title;
    case State::suspended: return "SUSPENDED: " + walkout.title;
    case State::ended: return "ENDED: " + walkout.title;
    }
    throw std::logic_error("a walkout in no state");
}

/// The one thing on a page that nobody may miss.
std::optional<std::string> state_of(const Walkout& walkout)
{
    switch (walkout.state) {
    case State::called: return std::nullopt;
    case State::suspended: return "This action is suspended. Go to work as normal. " + walkout.reason;
    case State::ended: return "This action has ended. Go to work as normal. " + walkout.reason;
    }
    throw std::logic_error("a walkout in no state");
}

std::string covers(const Walkout& walkout)
{
    using strike::Semantics;
    switch (walkout.window.semantics()) {
    case Semantics::clock: return "It covers work by the clock between these times.";
    case Semantics::commencing: return "It covers every shift that starts between these times, to its end. A shift that began before is finished.";
    case Semantics::hybrid:
        return "It covers every shift that starts between these times, to its end. A shift that began before is finished and handed over safely.";
    }
    throw std::logic_error("semantics without words");
}

std::string position(const strike::Coordinates& at)
{
    std::array<char, 48> text{};
    const int length = std::snprintf(text.data(), text.size(), "%.5f, %.5f", at.latitude, at.longitude);
    return {text.data(), static_cast<std::size_t>(length)};
}

std::vector<wire::SiteLines> site_lines(const Walkout& walkout, const std::vector<strike::PublicSite>& sites)
{
    std::vector<wire::SiteLines> lines;
    for (const auto& [site, posts] : sites) {
        lines.push_back({site.name, site.address, site.coordinates ? std::optional(position(*site.coordinates)) : std::nullopt, {}});
        for (const auto& post : posts) lines.back().posts.push_back({when(walkout, post), sentence_case(strike::role_words(post.role))});
    }
    return lines;
}

std::string name_in(const SheetFacts& facts, const std::string& number)
{
    if (number.empty()) return "nobody yet";
    const auto found = facts.organisers.find(number);
    return found == facts.organisers.end() ? number : found->second;
}

std::string published_words(const strike::Plan& plan, const Zone& zone)
{
    if (plan.published_version == 0) return "Not published yet: this may still change.";
    const auto at = strike::words(date::floor<std::chrono::minutes>(zone.wall(plan.published_at)));
    return plan.published_version == plan.version ? "Published at " + at + "." : "CHANGED since it was published at " + at + ": publish it again.";
}

wire::RotaPost rota_post(const SheetFacts& facts, const strike::Post& post)
{
    wire::RotaPost line{.number = static_cast<std::int64_t>(post.number),
                        .when = when(facts.walkout, post),
                        .role = sentence_case(strike::role_words(post.role)),
                        .organiser = name_in(facts, post.organiser),
                        .people = {},
                        .missing = std::nullopt};
    for (const auto& person : facts.people)
        if (person.post == post.number) line.people.push_back({person.name, person.number});
    const auto missing = post.needed - static_cast<std::int64_t>(line.people.size());
    if (missing > 0) line.missing = std::to_string(missing) + " more needed";
    return line;
}

const strike::Site& site_of(const strike::Plan& plan, const strike::Post& post)
{
    const auto entrance = std::ranges::find(plan.entrances, post.entrance, &strike::Entrance::number);
    if (entrance == plan.entrances.end()) throw std::logic_error("a post at no entrance of its plan");
    const auto site = std::ranges::find(plan.sites, entrance->site, &strike::Site::number);
    if (site == plan.sites.end()) throw std::logic_error("an entrance of no site of its plan");
    return *site;
}

std::string place(const strike::Site& site) { return site.name + ", " + site.address; }

/// The days of pickets at a site on which the law requires a supervisor, in words; nothing where there are none.
std::optional<std::string> required_on(const SheetFacts& facts, const strike::Site& site)
{
    const auto& zone = facts.walkout.window.zone();
    std::string days;
    for (const auto day : facts.supervised) {
        const bool picketed = std::ranges::any_of(facts.plan.posts, [&](const strike::Post& post) {
            const auto held = strike::span(post, zone);
            return site_of(facts.plan, post).number == site.number && zone.date(held.from) <= day &&
                   day <= zone.date(held.to - std::chrono::seconds(1));
        });
        if (picketed) days += (days.empty() ? "" : " and ") + words(day);
    }
    return days.empty() ? std::nullopt : std::optional(days);
}

std::vector<std::string> times_at(const SheetFacts& facts, const strike::Site& site)
{
    std::vector<std::string> times;
    for (const auto& post : facts.plan.posts)
        if (site_of(facts.plan, post).number == site.number) times.push_back(when(facts.walkout, post));
    return times;
}

/// One card for all that a person organises at one site.
wire::AuthorityCard& card_of(std::vector<wire::AuthorityCard>& cards, const std::string& person, const std::string& where)
{
    const auto found =
        std::ranges::find_if(cards, [&](const wire::AuthorityCard& card) { return !card.letter && card.person == person && card.where == where; });
    if (found != cards.end()) return *found;
    cards.push_back({.heading = "Picket organiser",
                     .person = person,
                     .where = where,
                     .times = {},
                     .letter = std::nullopt,
                     .contact = std::nullopt,
                     .police_told = std::nullopt,
                     .required = std::nullopt});
    return cards.back();
}

} // namespace

wire::WalkoutsPage walkouts_page(const std::vector<Walkout>& walkouts, bool rehearsal)
{
    wire::WalkoutsPage page{.walkouts = {}, .rehearsal = rehearsal};
    for (const auto& walkout : walkouts) page.walkouts.push_back({title_of(walkout), when(walkout), "/strike/" + walkout.id.text()});
    return page;
}

wire::WalkoutPage walkout_page(const Walkout& walkout, const std::vector<strike::PublicSite>& sites, bool rehearsal)
{
    const auto base = "/api/v1/walkouts/" + walkout.id.text();
    wire::WalkoutPage page{.title = title_of(walkout),
                           .state = state_of(walkout),
                           .when = when(walkout),
                           .what = std::string("This is ") + (walkout.action == strike::Action::strike ? "a strike" : "action short of a strike") +
                                   ", called by " + walkout.called_by + ".",
                           .covers = covers(walkout),
                           .employers = {},
                           .sites = site_lines(walkout, sites),
                           .zone = walkout.window.zone().name(),
                           .ics = base + "/ics",
                           .geojson = base + "/sites.geojson",
                           .rehearsal = rehearsal};
    for (const auto& part : walkout.called)
        if (std::ranges::find(page.employers, part.employer) == page.employers.end()) page.employers.push_back(part.employer);
    return page;
}

wire::PosterPaper poster(const SheetFacts& facts, std::string page)
{
    const auto& zone = facts.walkout.window.zone();
    std::vector<strike::PublicSite> sites;
    for (const auto& site : facts.plan.sites) {
        if (!site.is_public) continue;
        sites.push_back({site, {}});
        for (const auto& post : facts.plan.posts)
            if (post.role != strike::PostRole::night && site_of(facts.plan, post).number == site.number) sites.back().posts.push_back(post);
        std::ranges::stable_sort(sites.back().posts, {}, [&](const strike::Post& post) { return strike::span(post, zone).from; });
    }
    return {.title = facts.walkout.title,
            .state = state_of(facts.walkout),
            .when = when(facts.walkout),
            .sites = site_lines(facts.walkout, sites),
            .page = std::move(page),
            .rehearsal = facts.rehearsal};
}

wire::RotaPaper rota_paper(const SheetFacts& facts)
{
    const auto& plan = facts.plan;
    wire::RotaPaper paper{.branch = plan.branch,
                          .title = facts.walkout.title,
                          .when = when(facts.walkout),
                          .state = state_of(facts.walkout),
                          .version = plan.version,
                          .published = published_words(plan, facts.walkout.window.zone()),
                          .sites = {},
                          .rehearsal = facts.rehearsal};
    for (const auto& site : plan.sites) {
        wire::RotaSite lines{.name = site.name, .address = site.address, .notes = std::nullopt, .supervisor = std::nullopt, .entrances = {}};
        if (!site.notes.empty()) lines.notes = site.notes;
        if (site.supervisor) lines.supervisor = site.supervisor->name + ", " + site.supervisor->contact;
        for (const auto& entrance : plan.entrances) {
            if (entrance.site != site.number) continue;
            lines.entrances.push_back({entrance.name, {}});
            for (const auto& post : plan.posts)
                if (post.entrance == entrance.number) lines.entrances.back().posts.push_back(rota_post(facts, post));
        }
        paper.sites.push_back(std::move(lines));
    }
    return paper;
}

wire::AuthorityPaper authority_paper(const SheetFacts& facts)
{
    wire::AuthorityPaper paper{.branch = facts.plan.branch,
                               .title = facts.walkout.title,
                               .called_by = facts.walkout.called_by,
                               .walkout = strike::words(facts.walkout),
                               .cards = {},
                               .rehearsal = facts.rehearsal};
    for (const auto& site : facts.plan.sites) {
        if (!site.supervisor) continue;
        paper.cards.push_back({.heading = "Letter of authority for the picket supervisor",
                               .person = site.supervisor->name,
                               .where = place(site),
                               .times = times_at(facts, site),
                               .letter = site.supervisor->letter,
                               .contact = site.supervisor->contact,
                               .police_told = site.supervisor->police_told,
                               .required = required_on(facts, site)});
    }
    for (const auto& post : facts.plan.posts)
        if (!post.organiser.empty())
            card_of(paper.cards, name_in(facts, post.organiser), place(site_of(facts.plan, post))).times.push_back(when(facts.walkout, post));
    return paper;
}

wire::IncidentPaper incident_paper(const SheetFacts& facts)
{
    wire::IncidentPaper paper{.branch = facts.plan.branch,
                              .walkout = facts.walkout.id.text(),
                              .title = facts.walkout.title,
                              .when = when(facts.walkout),
                              .sites = {},
                              .rehearsal = facts.rehearsal};
    for (const auto& site : facts.plan.sites)
        paper.sites += (paper.sites.empty() ? "" : ", ") + std::to_string(static_cast<std::int64_t>(site.number)) + " " + site.name;
    if (paper.sites.empty()) paper.sites = "none yet";
    return paper;
}

wire::ExemptionLetter exemption_letter(const Walkout& walkout, const strike::Exemption& exemption, bool rehearsal)
{
    if (exemption.state() != strike::Exemption::State::granted) throw std::logic_error("a letter for an exemption that was not granted");
    const auto& zone = walkout.window.zone();
    wire::ExemptionLetter letter{.number = static_cast<std::int64_t>(exemption.number),
                                 .name = exemption.member_name,
                                 .member = exemption.member,
                                 .hours =
                                     sentence_case(strike::words(strike::Moment{exemption.hours.start}, strike::Moment{exemption.hours.end}, zone)),
                                 .zone = zone.name(),
                                 .work = exemption.work,
                                 .title = walkout.title,
                                 .called_by = walkout.called_by,
                                 .when = strike::words(walkout),
                                 .state = state_of(walkout),
                                 .decisions = {},
                                 .rehearsal = rehearsal};
    for (const auto& decision : exemption.decisions)
        letter.decisions.push_back({decision.name, words(date::floor<Days>(zone.wall(decision.at))), decision.reason});
    return letter;
}

wire::PassPaper pass_paper(const Walkout& walkout, const store::PostPlace& place, const std::string& number, const std::string& name,
                           std::string code, bool rehearsal)
{
    return {.name = name,
            .number = number,
            .title = walkout.title,
            .off = state_of(walkout),
            .post = static_cast<std::int64_t>(place.post.number),
            .when = when(walkout, place.post),
            .site = place.site.name,
            .address = place.site.address,
            .entrance = place.entrance.name,
            .notes = place.site.notes.empty() ? std::nullopt : std::optional(place.site.notes),
            .code = std::move(code),
            .rehearsal = rehearsal};
}

} // namespace walkout::api
