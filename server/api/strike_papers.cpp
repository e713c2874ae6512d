#include "server/api/strike_papers.hpp"

#include <algorithm>
#include <cstdio>
#include <stdexcept>

namespace walkout::api {
namespace {

using ballot::Language;
using ballot::Phrase;
using strike::State;
using strike::Walkout;

std::string sentence_case(std::string_view text)
{
    std::string out(text);
    if (!out.empty() && out.front() >= 'a' && out.front() <= 'z') out.front() = static_cast<char>(out.front() - 'a' + 'A');
    return out;
}

std::string when(const Walkout& walkout, Language language) { return sentence_case(strike::words_in(language, walkout)) + "."; }
std::string when(const Walkout& walkout, const strike::Post& post, Language language)
{
    return strike::words_in(language, post.from, post.to, walkout.window.zone());
}

std::string plain_title(const Walkout& walkout, const Spoken& spoken) { return spoken.title.value_or(walkout.title); }
std::string office(const Walkout& walkout, const Spoken& spoken) { return spoken.called_by.value_or(walkout.called_by); }

std::string title_of(const Walkout& walkout, const Spoken& spoken)
{
    const auto title = plain_title(walkout, spoken);
    switch (walkout.state) {
    case State::called: return title;
    case State::suspended: return say(spoken.language, Phrase::walkout_suspended, {{"title", title}});
    case State::ended: return say(spoken.language, Phrase::walkout_ended, {{"title", title}});
    }
    throw std::logic_error("a walkout in no state");
}

/// The one thing on a page that nobody may miss.
std::optional<std::string> state_of(const Walkout& walkout, Language language = Language::en)
{
    switch (walkout.state) {
    case State::called: return std::nullopt;
    case State::suspended: return say(language, Phrase::suspended_means, {{"reason", walkout.reason}});
    case State::ended: return say(language, Phrase::ended_means, {{"reason", walkout.reason}});
    }
    throw std::logic_error("a walkout in no state");
}

std::string covers(const Walkout& walkout, Language language)
{
    using strike::Semantics;
    switch (walkout.window.semantics()) {
    case Semantics::clock: return say(language, Phrase::covers_clock);
    case Semantics::commencing: return say(language, Phrase::covers_commencing);
    case Semantics::hybrid: return say(language, Phrase::covers_hybrid);
    }
    throw std::logic_error("semantics without words");
}

std::string position(const strike::Coordinates& at)
{
    std::array<char, 48> text{};
    const int length = std::snprintf(text.data(), text.size(), "%.5f, %.5f", at.latitude, at.longitude);
    return {text.data(), static_cast<std::size_t>(length)};
}

std::vector<wire::SiteLines> site_lines(const Walkout& walkout, const std::vector<strike::PublicSite>& sites, Language language)
{
    std::vector<wire::SiteLines> lines;
    for (const auto& [site, posts] : sites) {
        lines.push_back({site.name, site.address, site.coordinates ? std::optional(position(*site.coordinates)) : std::nullopt, {}});
        for (const auto& post : posts) lines.back().posts.push_back({when(walkout, post, language), strike::words_in(language, post.role)});
    }
    return lines;
}

std::string name_in(const SheetFacts& facts, const std::string& number)
{
    if (number.empty()) return say(facts.spoken.language, Phrase::nobody_yet);
    const auto found = facts.organisers.find(number);
    return found == facts.organisers.end() ? number : found->second;
}

std::string published_words(const strike::Plan& plan, const Zone& zone, Language language)
{
    if (plan.published_version == 0) return say(language, Phrase::rota_unpublished);
    const auto wall = date::floor<std::chrono::minutes>(zone.wall(plan.published_at));
    const auto at = language == Language::en ? strike::words(wall) : ballot::words_in(language, wall);
    return say(language, plan.published_version == plan.version ? Phrase::rota_published : Phrase::rota_changed, {{"when", at}});
}

wire::RotaPost rota_post(const SheetFacts& facts, const strike::Post& post)
{
    wire::RotaPost line{.number = static_cast<std::int64_t>(post.number),
                        .when = when(facts.walkout, post, facts.spoken.language),
                        .role = strike::words_in(facts.spoken.language, post.role),
                        .organiser = name_in(facts, post.organiser),
                        .people = {},
                        .missing = std::nullopt};
    for (const auto& person : facts.people)
        if (person.post == post.number) line.people.push_back({person.name, person.number});
    const auto missing = post.needed - static_cast<std::int64_t>(line.people.size());
    if (missing > 0) line.missing = say(facts.spoken.language, Phrase::more_needed, {{"number", std::to_string(missing)}});
    return line;
}

const strike::Entrance& entrance_of(const strike::Plan& plan, const strike::Post& post)
{
    const auto entrance = std::ranges::find(plan.entrances, post.entrance, &strike::Entrance::number);
    if (entrance == plan.entrances.end()) throw std::logic_error("a post at no entrance of its plan");
    return *entrance;
}

const strike::Site& site_of(const strike::Plan& plan, const strike::Post& post)
{
    const auto site = std::ranges::find(plan.sites, entrance_of(plan, post).site, &strike::Site::number);
    if (site == plan.sites.end()) throw std::logic_error("an entrance of no site of its plan");
    return *site;
}

std::optional<std::string> contact_of(const SheetFacts& facts)
{
    return facts.plan.contact.empty() ? std::nullopt : std::optional(facts.plan.contact);
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
        if (picketed)
            days += (days.empty() ? "" : facts.spoken.language == Language::en ? " and " : ", ") + ballot::words_in(facts.spoken.language, day);
    }
    return days.empty() ? std::nullopt : std::optional(days);
}

std::vector<std::string> times_at(const SheetFacts& facts, const strike::Site& site)
{
    std::vector<std::string> times;
    for (const auto& post : facts.plan.posts)
        if (site_of(facts.plan, post).number == site.number) times.push_back(when(facts.walkout, post, facts.spoken.language));
    return times;
}

/// One card for all that a person organises at one site.
wire::AuthorityCard& card_of(std::vector<wire::AuthorityCard>& cards, const std::string& person, const std::string& where, Language language)
{
    const auto found =
        std::ranges::find_if(cards, [&](const wire::AuthorityCard& card) { return !card.letter && card.person == person && card.where == where; });
    if (found != cards.end()) return *found;
    cards.push_back({.heading = say(language, Phrase::card_organiser),
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

wire::WalkoutsPage walkouts_page(const std::vector<ListedWalkout>& walkouts, bool rehearsal)
{
    wire::WalkoutsPage page{.walkouts = {}, .rehearsal = rehearsal};
    for (const auto& [walkout, spoken] : walkouts)
        page.walkouts.push_back({title_of(walkout, spoken), when(walkout, spoken.language),
                                 "/strike/" + walkout.id.text() + "?lang=" + std::string(name(spoken.language))});
    return page;
}

wire::WalkoutPage walkout_page(const Walkout& walkout, const std::vector<strike::PublicSite>& sites, const Spoken& spoken, bool rehearsal)
{
    const auto base = "/api/v1/walkouts/" + walkout.id.text();
    const auto what = walkout.action == strike::Action::strike ? Phrase::what_strike : Phrase::what_action_short;
    return {.title = title_of(walkout, spoken),
            .state = state_of(walkout, spoken.language),
            .when = when(walkout, spoken.language),
            .what = say(spoken.language, what, {{"office", office(walkout, spoken)}}),
            .covers = covers(walkout, spoken.language),
            .called = spoken.called,
            .sites = site_lines(walkout, sites, spoken.language),
            .zone = walkout.window.zone().name(),
            .ics = base + "/ics",
            .geojson = base + "/sites.geojson",
            .rehearsal = rehearsal};
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
        if (sites.back().posts.empty()) sites.pop_back();
    }
    auto lines = site_lines(facts.walkout, sites, facts.spoken.language);
    for (auto& site : lines) { // two entrances at the same hours are one line
        const auto same = [](const wire::PostLine& a, const wire::PostLine& b) { return a.when == b.when && a.what == b.what; };
        site.posts.erase(std::unique(site.posts.begin(), site.posts.end(), same), site.posts.end());
    }
    return {.strike = facts.walkout.action == strike::Action::strike,
            .title = plain_title(facts.walkout, facts.spoken),
            .called_by = office(facts.walkout, facts.spoken),
            .state = state_of(facts.walkout, facts.spoken.language),
            .when = when(facts.walkout, facts.spoken.language),
            .called = facts.spoken.called,
            .sites = std::move(lines),
            .page = std::move(page),
            .rehearsal = facts.rehearsal};
}

wire::RotaPaper rota_paper(const SheetFacts& facts)
{
    const auto& plan = facts.plan;
    wire::RotaPaper paper{.branch = plan.branch,
                          .title = plain_title(facts.walkout, facts.spoken),
                          .when = when(facts.walkout, facts.spoken.language),
                          .state = state_of(facts.walkout, facts.spoken.language),
                          .version = plan.version,
                          .published = published_words(plan, facts.walkout.window.zone(), facts.spoken.language),
                          .contact = contact_of(facts),
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
                               .title = plain_title(facts.walkout, facts.spoken),
                               .called_by = office(facts.walkout, facts.spoken),
                               .walkout = strike::words_in(facts.spoken.language, facts.walkout),
                               .state = state_of(facts.walkout, facts.spoken.language),
                               .branch_contact = contact_of(facts),
                               .cards = {},
                               .place_source = facts.law.place_source,
                               .most = facts.law.most,
                               .number_source = facts.law.number_source,
                               .rehearsal = facts.rehearsal};
    for (const auto& site : facts.plan.sites) {
        if (!site.supervisor) continue;
        paper.cards.push_back({.heading = say(facts.spoken.language, Phrase::card_supervisor),
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
            card_of(paper.cards, name_in(facts, post.organiser), place(site_of(facts.plan, post)), facts.spoken.language)
                .times.push_back(when(facts.walkout, post, facts.spoken.language) + " (" + entrance_of(facts.plan, post).name + ")");
    return paper;
}

wire::IncidentPaper incident_paper(const SheetFacts& facts)
{
    wire::IncidentPaper paper{.branch = facts.plan.branch,
                              .walkout = facts.walkout.id.text(),
                              .title = plain_title(facts.walkout, facts.spoken),
                              .when = when(facts.walkout, facts.spoken.language),
                              .sites = {},
                              .contact = contact_of(facts),
                              .rehearsal = facts.rehearsal};
    for (const auto& site : facts.plan.sites)
        paper.sites += (paper.sites.empty() ? "" : ", ") + std::to_string(static_cast<std::int64_t>(site.number)) + " " + site.name;
    if (paper.sites.empty()) paper.sites = say(facts.spoken.language, Phrase::none_yet);
    return paper;
}

wire::ExemptionLetter exemption_letter(const Walkout& walkout, const strike::Exemption& exemption, bool rehearsal)
{
    if (exemption.state() != strike::Exemption::State::granted) throw std::logic_error("a letter for an exemption that was not granted");
    const auto& zone = walkout.window.zone();
    wire::ExemptionLetter letter{.number = static_cast<std::int64_t>(exemption.number),
                                 .name = exemption.member_name,
                                 .member = exemption.member,
                                 .hours = sentence_case(strike::words(exemption.from(), exemption.to(), zone)),
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
            .when = when(walkout, place.post, Language::en),
            .site = place.site.name,
            .address = place.site.address,
            .entrance = place.entrance.name,
            .notes = place.site.notes.empty() ? std::nullopt : std::optional(place.site.notes),
            .code = std::move(code),
            .rehearsal = rehearsal};
}

} // namespace walkout::api
