#include "server/service/strike_day.hpp"

#include "server/service/audit.hpp"
#include "server/service/ballots.hpp"
#include "server/service/change_walkout.hpp"
#include "server/store/register_store.hpp"
#include "shared/base/encoding.hpp"

#include <algorithm>
#include <map>

namespace walkout::service {
namespace {

using ballot::Role;

std::set<strike::SiteNumber> sites_organised(const strike::Plan& plan, const std::string& member)
{
    std::set<strike::SiteNumber> sites;
    for (const auto& post : plan.posts)
        for (const auto& entrance : plan.entrances)
            if (!member.empty() && post.organiser == member && entrance.number == post.entrance) sites.insert(entrance.site);
    return sites;
}

std::set<strike::PostNumber> posts_of_sites(const strike::Plan& plan, const std::set<strike::SiteNumber>& sites)
{
    std::set<strike::PostNumber> posts;
    for (const auto& post : plan.posts)
        for (const auto& entrance : plan.entrances)
            if (entrance.number == post.entrance && sites.contains(entrance.site)) posts.insert(post.number);
    return posts;
}

Refusal line_refused(std::string code, std::string detail)
{
    return {.kind = Kind::invalid, .code = std::move(code), .detail = std::move(detail), .next = "The line stays on the device; correct it there."};
}

/// Which posts' lists somebody may keep, and when those posts are.
std::map<strike::PostNumber, strike::Span> listable(const store::ReadTx& tx, const Context& context, const Result<Organising>& organising,
                                                    const std::optional<WrittenUnder>& under)
{
    std::map<strike::PostNumber, strike::Span> posts;
    if (organising)
        for (const auto& post : organising->plan.posts)
            if (organising->posts.contains(post.number)) posts[post.number] = strike::span(post, organising->walkout.window.zone());
    if (!under) return posts;
    const bool theirs = under->holder == context.caller.number || (organising && organising->co_chair);
    // A roster is a right for as long as the device keeps it: whoever is no organiser any more settles what they noted, and not later days.
    for (const auto& [post, hours] : under->posts)
        if ((theirs && context.ballot_now < hours.to + Days(7) && store::post_was_planned(tx, post)) || posts.contains(post)) posts[post] = hours;
    return posts;
}

std::optional<Refusal> bad_line(const store::ReadTx& tx, const std::string& branch, const std::map<strike::PostNumber, strike::Span>& posts,
                                const strike::CheckIn& line)
{
    const auto id = from_hex(line.id);
    if (!id || id->size() != 16) return line_refused("bad_line", "A line has an id of 32 hexadecimal digits.");
    const auto post = posts.find(line.post);
    if (post == posts.end())
        return line_refused("not_your_post", "Post " + std::to_string(static_cast<std::int64_t>(line.post)) + " is not one you keep the list of.");
    if (line.at < post->second.from - Days(1) || line.at >= post->second.to + Days(1))
        return line_refused("bad_time", "The line is from " + text(line.at) + ", a day or more away from its post: check the device's clock.");
    auto member = store::find_member(tx, line.member);
    if (member && !member->active) member.reset();
    // The same for a stranger and for a member elsewhere: a list must not tell who is in the union. Who works there comes onto it by signing up.
    const bool known = line.listed || store::find_sign_up(tx, line.post, line.member).has_value() || (member && member->branch == branch);
    if (!member || !known)
        return line_refused("no_such_colleague", "No member of " + branch + ", and nobody on this post, has the number " + line.member +
                                                     "; members of other branches sign up for the post themselves.");
    return std::nullopt;
}

/// With what was removed since somebody was checked in there.
Organising on_the_day(const store::ReadTx& tx, Organising organising)
{
    const auto sites = sites_organised(organising.plan, organising.number);
    organising.plan = store::attended_plan(tx, organising.walkout.id, organising.plan.branch);
    if (!organising.co_chair) organising.posts = posts_of_sites(organising.plan, sites);
    else
        for (const auto& post : organising.plan.posts) organising.posts.insert(post.number);
    return organising;
}

std::vector<strike::Attendance> attendance_of(const store::ReadTx& tx, const strike::Walkout& walkout, const strike::Plan& plan)
{
    return strike::attendance(store::check_ins(tx, walkout.id, plan.branch), plan.posts, walkout.window.zone());
}

/// "2026-10-25T01:30", and in the hour that autumn repeats "2026-10-25T01:30 GMT".
std::string labelled(const strike::Moment& moment, const Zone& zone)
{
    return text(moment.wall) + (strike::is_repeated(moment.wall, zone) ? " " + zone.abbreviation(strike::instant(moment, zone)) : "");
}

/// RFC 4180; what a spreadsheet would take for a formula gets an apostrophe.
std::string csv_field(std::string text)
{
    if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) text.insert(0, "'");
    if (text.find_first_of(",\"\r\n") == text.npos) return text;
    std::string out = "\"";
    for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"";
}

} // namespace

Result<Organising> as_organiser(const store::ReadTx& tx, const Context& context, const WalkoutId& id, const std::string& branch)
{
    auto walkout = require_walkout(tx, id);
    if (!walkout) return walkout.error();
    auto plan = store::picket_plan(tx, id, branch);
    const bool co_chair = context.caller.holds(Role::co_chair, branch);
    std::set<strike::PostNumber> posts;
    if (co_chair)
        for (const auto& post : plan.posts) posts.insert(post.number);
    else posts = posts_of_sites(plan, sites_organised(plan, context.caller.number));
    if (!co_chair && (posts.empty() || !context.caller.member || context.caller.branch != branch)) // an organiser who has moved branch is none here
        return Refusal{.kind = Kind::not_allowed,
                       .code = "not_your_branch",
                       .detail = "Only the co-chairs of " + branch + ", and the organisers of its posts, keep its lists.",
                       .next = "Ask a co-chair to name you as the organiser of a post."};
    return Organising{*std::move(walkout), std::move(plan), std::move(posts), co_chair, context.caller.number};
}

Result<std::vector<Taken>> check_in(store::WriteTx& tx, const Context& context, const WalkoutId& walkout, const std::string& branch,
                                    const std::vector<strike::CheckIn>& lines, const std::optional<WrittenUnder>& under)
{
    const auto organising = as_organiser(tx, context, walkout, branch);
    const bool held = under && under->holder == context.caller.number;
    if (!organising && !(held && organising.error().code == "not_your_branch")) return organising.error();
    if (store::was_forgotten(tx, walkout))
        return Refusal{.kind = Kind::conflict,
                       .code = "names_deleted",
                       .detail = "The names of this walkout's pickets have been deleted, as they had to be, so no more are taken.",
                       .next = ""};
    const auto posts = listable(tx, context, organising, under);
    std::vector<Taken> taken;
    std::int64_t stored = 0;
    for (auto line : lines) {
        if (posts.contains(line.post)) line.hours = posts.at(line.post); // kept with the line: a later plan takes nothing from that day
        if (under && under->posts.contains(line.post)) {
            line.hours = under->posts.at(line.post);
            line.listed = under->listed.contains({line.post, line.member});
        }
        if (auto refusal = bad_line(tx, branch, posts, line)) taken.push_back({line.id, false, std::move(refusal)});
        else taken.push_back({line.id, store::add_check_in(tx, line, context.caller.number), std::nullopt});
        stored += taken.back().stored ? 1 : 0;
    }
    if (stored > 0)
        record_audit(tx, context, std::nullopt, "picket_lines_taken", walkout.text(),
                     {{"branch", branch}, {"lines", std::to_string(stored)}, {"right", organising ? "organiser" : "roster"}});
    return taken;
}

Result<std::vector<Attended>> attended(const store::ReadTx& tx, const Context& context, const WalkoutId& walkout, const std::string& branch)
{
    auto allowed = as_organiser(tx, context, walkout, branch);
    if (!allowed) return allowed.error();
    const auto organising = on_the_day(tx, *std::move(allowed));
    using State = Attended::State;
    std::map<std::pair<strike::PostNumber, std::string>, Attended> people;
    for (const auto& person : store::people_on_posts(tx, walkout, branch))
        if (organising.posts.contains(person.post))
            people[{person.post, person.number}] = {person.post, person.number, person.name, State::expected, {}};
    for (auto& one : attendance_of(tx, organising.walkout, organising.plan)) {
        if (!organising.posts.contains(one.post)) continue;
        const auto found = people.find({one.post, one.member});
        if (found == people.end()) {
            const auto member = store::find_member(tx, one.member);
            people[{one.post, one.member}] = {one.post, one.member, member ? member->name : "", one.listed ? State::expected : State::walked_up,
                                              std::move(one.stayed)};
        } else found->second.stayed = std::move(one.stayed);
    }
    std::vector<Attended> out;
    for (auto& [key, person] : people) {
        const auto post = std::ranges::find(organising.plan.posts, person.post, &strike::Post::number);
        const auto hours = strike::span(*post, organising.walkout.window.zone());
        const bool over = context.ballot_now >= hours.to;
        if (person.state == State::expected && !person.stayed.empty())
            person.state = !over && context.ballot_now < person.stayed.back().to ? State::there : State::came;
        else if (person.state == State::expected && over) person.state = State::no_show;
        person.stayed = strike::until(std::move(person.stayed), context.ballot_now);
        out.push_back(std::move(person));
    }
    return out;
}

Result<std::vector<TakenLine>> taken_lines(const store::ReadTx& tx, const Context& context, const WalkoutId& walkout, const std::string& branch)
{
    auto allowed = as_organiser(tx, context, walkout, branch);
    if (!allowed) return allowed.error();
    const auto organising = on_the_day(tx, *std::move(allowed));
    std::vector<TakenLine> out;
    for (auto& line : store::check_ins(tx, walkout, branch)) {
        if (!organising.posts.contains(line.post)) continue;
        const auto member = store::find_member(tx, line.member);
        out.push_back({std::move(line), member ? member->name : ""});
    }
    return out;
}

Result<std::vector<SiteCount>> headcounts(const store::ReadTx& tx, const Context& context, const WalkoutId& id)
{
    const auto walkout = require_walkout(tx, id);
    if (!walkout) return walkout.error();
    const bool everywhere = context.caller.holds(Role::general_secretary);
    std::vector<SiteCount> out;
    for (const auto& branch : store::branches(tx)) {
        if (!everywhere && !as_organiser(tx, context, id, branch)) continue;
        const auto plan = store::attended_plan(tx, id, branch);
        auto people = attendance_of(tx, *walkout, plan);
        for (auto& one : people) one.stayed = strike::until(std::move(one.stayed), context.ballot_now);
        for (const auto& site : plan.sites) {
            const auto posts = posts_of_sites(plan, {site.number});
            out.push_back({branch, site.number, site.name, strike::headcount(people, {posts.begin(), posts.end()})});
        }
    }
    if (out.empty() && !everywhere)
        return Refusal{.kind = Kind::not_allowed,
                       .code = "not_your_branch",
                       .detail = "Headcounts are for co-chairs, organisers and the general secretary.",
                       .next = "Ask one of them."};
    return out;
}

Result<std::int64_t> note_incident(store::WriteTx& tx, const Context& context, const WalkoutId& id, const std::string& branch,
                                   store::Incident incident, const std::optional<WrittenUnder>& under)
{
    const auto organising = as_organiser(tx, context, id, branch);
    const bool held = under && under->holder == context.caller.number;
    if (!organising && !(held && organising.error().code == "not_your_branch")) return organising.error();
    if (store::was_forgotten(tx, id))
        return Refusal{.kind = Kind::conflict,
                       .code = "names_deleted",
                       .detail = "The names of this walkout's pickets have been deleted, as they had to be, so no more are taken.",
                       .next = ""};
    if (incident.id)
        if (const auto id_bytes = from_hex(*incident.id); !id_bytes || id_bytes->size() != 16)
            return Refusal{.kind = Kind::malformed, .code = "bad_line", .detail = "A note has an id of 32 hexadecimal digits.", .next = ""};
    if (const auto before = incident.id ? store::incident_with(tx, *incident.id) : std::nullopt) return *before;
    const auto walkout = require_walkout(tx, id).value();
    if (!store::site_was_planned(tx, id, branch, incident.site, held))
        return Refusal{.kind = Kind::not_found,
                       .code = "no_such_site",
                       .detail = "This branch's plan has no such site.",
                       .next = "See it with: walkout picket plan"};
    if (incident.words.find_first_not_of(' ') == std::string::npos)
        return Refusal{
            .kind = Kind::invalid, .code = "missing_words", .detail = "An incident note says what happened.", .next = "Say it in a sentence."};
    if (incident.words.size() > 4000 || incident.police.size() > 4000)
        return Refusal{
            .kind = Kind::invalid, .code = "text_too_long", .detail = "An incident note has at most 4000 characters.", .next = "Make two of it."};
    const auto& zone = walkout.window.zone();
    if (const auto time = strike::existing(incident.at.wall, zone); !time) return time.error();
    const auto at = strike::instant(incident.at, zone);
    const auto on = walkout.window.span();
    if (at > context.ballot_now + std::chrono::minutes(5) || at < on.from - Days(1) || at >= on.to + Days(1))
        return Refusal{.kind = Kind::invalid,
                       .code = "bad_time",
                       .detail = strike::words(incident.at, zone) + " has not come yet, or is a day or more away from the walkout.",
                       .next = "Check the date and the time."};
    incident.recorded_by = context.caller.number;
    incident.recorded_at = context.ballot_now;
    const auto number = store::add_incident(tx, incident);
    record_audit(tx, context, std::nullopt, "picket_incident_noted", id.text(), {{"branch", branch}, {"number", std::to_string(number)}});
    return number;
}

Result<std::vector<store::Incident>> noted_incidents(const store::ReadTx& tx, const Context& context, const WalkoutId& walkout,
                                                     const std::string& branch)
{
    const auto planning = as_co_chair(tx, context, walkout, branch);
    if (!planning) return planning.error();
    return store::incidents(tx, walkout, branch);
}

Result<std::string> export_attendance(store::WriteTx& tx, const Context& context, const WalkoutId& walkout, const std::string& branch,
                                      const std::string& purpose)
{
    const auto planning = as_co_chair(tx, context, walkout, branch);
    if (!planning) return planning.error();
    if (purpose.empty() || purpose.size() > 500)
        return Refusal{.kind = Kind::invalid,
                       .code = "missing_purpose",
                       .detail = "Names leave the server only for a stated purpose, in at most 500 characters.",
                       .next = "Say what it is for, such as: strike pay."};
    const auto people = attended(tx, context, walkout, branch);
    if (!people) return people.error();
    const auto plan = store::attended_plan(tx, walkout, branch);
    const auto& zone = planning->walkout.window.zone();
    const bool rehearsal = is_rehearsal(tx);
    // On every line: rows are cut out and pasted elsewhere.
    const std::string mark = rehearsal ? "REHEARSAL: not real," : "";
    std::string csv = std::string(rehearsal ? "rehearsal," : "") + "number,name,post,role,from,to,state,minutes\r\n";
    std::int64_t rows = 0;
    for (const auto& person : *people) {
        const auto post = std::ranges::find(plan.posts, person.post, &strike::Post::number);
        std::chrono::seconds stayed{0};
        for (const auto& stay : person.stayed) stayed += stay.to - stay.from;
        csv += mark + csv_field(person.number) + "," + csv_field(person.name) + "," + std::to_string(static_cast<std::int64_t>(person.post)) + "," +
               std::string(name(post->role)) + "," + labelled(post->from, zone) + "," + labelled(post->to, zone) + "," +
               std::string(name(person.state)) + "," + std::to_string(std::chrono::duration_cast<std::chrono::minutes>(stayed).count()) + "\r\n";
        ++rows;
    }
    record_audit(tx, context, Role::co_chair, "picket_attendance_exported", walkout.text(),
                 {{"branch", branch}, {"purpose", purpose}, {"rows", std::to_string(rows)}});
    return csv;
}

} // namespace walkout::service
