#include "client/cli/picket_parts.hpp"

#include <algorithm>

namespace walkout::cli {
namespace {

/// Adds (POST to the collection) or changes (PUT to the thing) a site, an entrance or a post.
template <class New>
Result<Exit> put(Session& session, const Edit& edit, const Versioned<wire::PlanView>& plan, net::Verb verb, const std::string& rest,
                 const std::string& what, const New& message)
{
    const auto response = send_edit(session, edit, plan, verb, rest, wire::to_json(message));
    if (!response) return response.error();
    const auto done = wire::from_json<wire::Added>(response->body);
    if (!done) return done.error();
    session.show(response->body, (verb == net::Verb::put ? "Changed " : "Added ") + what + " " + std::to_string(done->number) +
                                     "; the plan is now at version " + std::to_string(done->version) + ".");
    return Exit::done;
}

template <class New> Result<Exit> add(Session& session, const Edit& edit, const std::string& collection, const std::string& what, const New& message)
{
    const auto plan = read_plan(session, edit.plan);
    if (!plan) return plan.error();
    return put(session, edit, *plan, net::Verb::post, "/" + collection, what, message);
}

void add_remove(Command group, Session& session, const std::string& what, const std::string& collection)
{
    auto command = group.add_subcommand("remove", "Remove it, with all that is in it; whoever is on its posts is told");
    const auto edit = add_edit(command);
    const auto number = value<std::int64_t>();
    command.add_option("--number", *number, "its number; see `walkout picket plan`").required().check(is_positive());
    on_run(command, session, [&session, edit, number, what, collection]() -> Result<Exit> {
        const auto plan = read_plan(session, edit->plan);
        if (!plan) return plan.error();
        const auto response = send_edit(session, *edit, *plan, net::Verb::del, "/" + collection + "/" + std::to_string(*number), {});
        if (!response) return response.error();
        session.show(response->body, "Removed " + what + " " + std::to_string(*number) + ".");
        return Exit::done;
    });
}

Refusal not_in_plan(const std::string& what, std::int64_t number)
{
    return {.kind = Kind::not_found,
            .code = "no_such_" + what,
            .detail = "This branch's plan has no " + what + " " + std::to_string(number) + ".",
            .next = "See it with: walkout picket plan"};
}

// ---- sites ----

wire::NewSite as_new(const wire::SiteView& site)
{
    return {.name = site.name,
            .address = site.address,
            .employer = site.employer,
            .workplace = site.workplace,
            .latitude = site.latitude,
            .longitude = site.longitude,
            .is_public = site.is_public,
            .notes = site.notes,
            .supervisor = site.supervisor,
            .elsewhere_reason = site.elsewhere_reason};
}

const wire::SiteView* find_site(const wire::PlanView& plan, std::int64_t number)
{
    const auto found = std::ranges::find(plan.sites, number, &wire::SiteView::number);
    return found == plan.sites.end() ? nullptr : &*found;
}

struct SiteOptions {
    std::int64_t number = 0;
    std::optional<std::string> name, address, notes, workplace, employer, elsewhere_reason;
    std::optional<double> latitude, longitude;
    bool is_public = false, is_private = false;
    wire::SupervisorPart supervisor;
};

std::shared_ptr<SiteOptions> add_site_options(Command command, bool fresh)
{
    auto given = value<SiteOptions>();
    command.add_option("--name", given->name, "what people call it").required(fresh);
    command.add_option("--address", given->address, "where it is").required(fresh);
    auto workplace = command.add_option("--workplace", given->workplace, "the workplace it is, as in the register");
    workplace.needs(command.add_option("--employer", given->employer, "whose workplace it is").needs(workplace));
    auto latitude = command.add_option("--latitude", given->latitude, "degrees north, such as 51.068");
    latitude.needs(command.add_option("--longitude", given->longitude, "degrees east, such as -1.319").needs(latitude));
    command.add_option("--notes", given->notes, "toilets, parking, step-free access, private land");
    command.add_flag("--public", given->is_public, "show it to everyone: on the public page, in calendars and on maps");
    return given;
}

wire::NewSite with(wire::NewSite site, const SiteOptions& given)
{
    site.name = given.name.value_or(site.name);
    site.address = given.address.value_or(site.address);
    if (given.notes) site.notes = given.notes;
    if (given.elsewhere_reason) site.elsewhere_reason = given.elsewhere_reason;
    if (given.workplace) {
        site.workplace = given.workplace;
        site.employer = given.employer;
    }
    if (given.latitude) {
        site.latitude = given.latitude;
        site.longitude = given.longitude;
    }
    if (given.is_public) site.is_public = true;
    if (given.is_private) site.is_public = false;
    return site;
}

Result<Exit> change_site(Session& session, const Edit& edit, std::int64_t number, const std::function<wire::NewSite(wire::NewSite)>& change)
{
    const auto plan = read_plan(session, edit.plan);
    if (!plan) return plan.error();
    const auto* site = find_site(plan->value, number);
    if (site == nullptr) return not_in_plan("site", number);
    return put(session, edit, *plan, net::Verb::put, "/sites/" + std::to_string(number), "site", change(as_new(*site)));
}

void add_sites(Command group, Session& session)
{
    auto site = group.add_subcommand("site", "Picket sites (co-chairs)");
    site.require_subcommand();
    auto fresh = site.add_subcommand("add", "Add a site");
    const auto edit = add_edit(fresh);
    const auto given = add_site_options(fresh, true);
    on_run(fresh, session, [&session, edit, given] {
        auto message = with({}, *given);
        message.is_public = given->is_public;
        return add(session, *edit, "sites", "site", message);
    });
    auto change = site.add_subcommand("change", "Change what you name, and leave the rest");
    const auto change_edit = add_edit(change);
    const auto changed = add_site_options(change, false);
    change.add_option("--number", changed->number, "its number").required().check(is_positive());
    change.add_flag("--private", changed->is_private, "no longer show it to everyone");
    change.add_option("--elsewhere-reason", changed->elsewhere_reason,
                      "recorded where people stay signed up for whom it is then not their own place of work");
    on_run(change, session, [&session, change_edit, changed] {
        return change_site(session, *change_edit, changed->number, [&](wire::NewSite before) { return with(std::move(before), *changed); });
    });
    add_remove(site, session, "site", "sites");

    auto supervisor =
        group.add_subcommand("supervisor", "Name a site's picket supervisor, whom the law required from March 2017 to 17 February 2026");
    const auto supervisor_edit = add_edit(supervisor);
    const auto who = value<SiteOptions>();
    supervisor.add_option("--site", who->number, "number of the site").required().check(is_positive());
    supervisor.add_option("--name", who->supervisor.name, "an official or member familiar with the Code of Practice").required();
    supervisor.add_option("--contact", who->supervisor.contact, "how union and police reach them").required();
    supervisor.add_option("--letter", who->supervisor.letter, "reference of the union's letter of authority").required();
    supervisor.add_option("--police-told", who->supervisor.police_told, "who at the police was told the name, place and contact, when and how")
        .required();
    on_run(supervisor, session, [&session, supervisor_edit, who] {
        return change_site(session, *supervisor_edit, who->number, [&](wire::NewSite before) {
            before.supervisor = who->supervisor;
            return before;
        });
    });
}

// ---- entrances ----

/// "07:30-18:00" or "24h".
Form is_hours()
{
    return Form(
        [](std::string& text) {
            if (text == "24h") return std::string();
            const bool fits =
                text.size() == 11 && text[5] == '-' && parse_clock(text.substr(0, 5)) && (parse_clock(text.substr(6)) || text.ends_with("24:00"));
            return fits ? std::string() : "not hours such as 07:30-18:00, or 24h: " + text;
        },
        "HH:MM-HH:MM|24h");
}

void set_hours(wire::NewEntrance& entrance, const std::string& hours)
{
    if (hours.empty()) return;
    entrance.opens = hours == "24h" ? "00:00" : hours.substr(0, 5);
    entrance.closes = hours == "24h" ? "24:00" : hours.substr(6);
}

/// "mon-fri", "sat,sun", "mon,wed-fri": in order, each once; nothing where a part is no day or goes backwards.
std::optional<std::vector<strike::Weekday>> parse_days(std::string_view text)
{
    std::array<bool, 7> opens{};
    while (true) {
        const auto part = text.substr(0, text.find(','));
        const auto dash = part.find('-');
        const auto first = from_name<strike::Weekday>(part.substr(0, dash));
        const auto last = dash == part.npos ? first : from_name<strike::Weekday>(part.substr(dash + 1));
        if (!first || !last || *last < *first) return std::nullopt;
        for (auto day = static_cast<std::size_t>(*first); day <= static_cast<std::size_t>(*last); ++day) opens.at(day) = true;
        if (part.size() == text.size()) break;
        text.remove_prefix(part.size() + 1);
    }
    std::vector<strike::Weekday> days;
    for (std::size_t day = 0; day < opens.size(); ++day)
        if (opens.at(day)) days.push_back(strike::Weekday{static_cast<int>(day)});
    return days;
}

Form is_days()
{
    return Form(
        [](std::string& text) {
            return parse_days(text) ? std::string() : "not days of the week such as mon-fri or sat,sun (in order from mon to sun): " + text;
        },
        "DAYS");
}

/// Nothing where every day is meant.
std::optional<std::vector<strike::Weekday>> days_in(const std::string& text)
{
    if (text.empty()) return std::nullopt;
    auto days = parse_days(text);
    if (days->size() == 7) return std::nullopt;
    return days;
}

struct EntranceOptions {
    std::int64_t number = 0, site = 0;
    std::string name, hours, days;
};

void add_entrances(Command group, Session& session)
{
    auto entrance = group.add_subcommand("entrance", "Entrances of a site (co-chairs)");
    entrance.require_subcommand();
    const auto given = value<EntranceOptions>();
    auto fresh = entrance.add_subcommand("add", "Add an entrance");
    const auto edit = add_edit(fresh);
    fresh.add_option("--site", given->site, "number of the site").required();
    fresh.add_option("--name", given->name, "such as: main gate").required();
    fresh.add_option("--hours", given->hours, "when it is in use, such as 07:30-18:00, 22:00-06:00 or 24h; the template goes by it")
        .check(is_hours());
    fresh.add_option("--days", given->days, "of the week on which it opens, such as mon-fri or sat,sun; every day where absent").check(is_days());
    on_run(fresh, session, [&session, edit, given] {
        wire::NewEntrance message{
            .site = given->site, .name = given->name, .opens = std::nullopt, .closes = std::nullopt, .days = days_in(given->days)};
        set_hours(message, given->hours);
        return add(session, *edit, "entrances", "entrance", message);
    });
    auto change = entrance.add_subcommand("change", "Change what you name, and leave the rest");
    const auto change_edit = add_edit(change);
    change.add_option("--number", given->number, "its number").required().check(is_positive());
    change.add_option("--name", given->name, "such as: main gate");
    change.add_option("--hours", given->hours, "when it is in use, such as 07:30-18:00, 22:00-06:00 or 24h").check(is_hours());
    change.add_option("--days", given->days, "of the week on which it opens, such as mon-fri or sat,sun; mon-sun for every day").check(is_days());
    on_run(change, session, [&session, change_edit, given]() -> Result<Exit> {
        const auto plan = read_plan(session, change_edit->plan);
        if (!plan) return plan.error();
        for (const auto& site : plan->value.sites)
            for (const auto& before : site.entrances) {
                if (before.number != given->number) continue;
                wire::NewEntrance message{.site = site.number,
                                          .name = given->name.empty() ? before.name : given->name,
                                          .opens = before.opens,
                                          .closes = before.closes,
                                          .days = given->days.empty() ? before.days : days_in(given->days)};
                set_hours(message, given->hours);
                return put(session, *change_edit, *plan, net::Verb::put, "/entrances/" + std::to_string(given->number), "entrance", message);
            }
        return not_in_plan("entrance", given->number);
    });
    add_remove(entrance, session, "entrance", "entrances");
}

// ---- posts ----

struct PostOptions {
    std::int64_t number = 0, entrance = 0;
    std::string role, from, to;
    bool from_second = false, to_second = false;
    std::optional<std::int64_t> needed, places;
    std::optional<std::string> over_six_reason, organiser, lone_risk;
};

std::shared_ptr<PostOptions> add_post_options(Command command, bool fresh)
{
    auto given = value<PostOptions>();
    command.add_option("--role", given->role, fresh ? "what it is for; as its hours imply where absent" : "what it is for")
        .check(names_of<strike::PostRole>());
    command.add_option("--from", given->from, "local time it starts, within the days of the walkout").required(fresh).check(is_wall());
    command.add_option("--to", given->to, "local time it ends").required(fresh).check(is_wall());
    command.add_flag("--from-second", given->from_second, "it starts the second time the clocks show that hour (autumn)");
    command.add_flag("--to-second", given->to_second, "it ends the second time the clocks show that hour (autumn)");
    command.add_option("--needed", given->needed, "people it needs");
    command.add_option("--places", given->places, "people it has room for; six where absent");
    command.add_option("--over-six-reason", given->over_six_reason, "recorded where more than six may be at one entrance at once");
    command.add_option("--organiser", given->organiser, "member number of who is in charge there");
    command.add_option("--lone-risk", given->lone_risk, "recorded where fewer than two are safe there at night, and why");
    return given;
}

wire::NewPost with(wire::NewPost post, const PostOptions& given)
{
    if (!given.role.empty()) post.role = *from_name<strike::PostRole>(given.role);
    if (!given.from.empty()) {
        post.from = *parse_wall(given.from);
        post.from_second = given.from_second;
    }
    if (!given.to.empty()) {
        post.to = *parse_wall(given.to);
        post.to_second = given.to_second;
    }
    if (given.needed) post.needed = *given.needed;
    if (given.places) post.places = given.places;
    if (given.over_six_reason) post.over_six_reason = given.over_six_reason;
    if (given.organiser) post.organiser = given.organiser;
    if (given.lone_risk) post.lone_risk = given.lone_risk;
    return post;
}

wire::NewPost as_new(const wire::PostView& post, std::int64_t entrance)
{
    return {.entrance = entrance,
            .role = post.role,
            .from = post.from,
            .to = post.to,
            .from_second = post.from_second,
            .to_second = post.to_second,
            .needed = post.needed,
            .places = post.places,
            .over_six_reason = post.over_six_reason,
            .organiser = post.organiser ? std::optional(post.organiser->number) : std::nullopt,
            .lone_risk = post.lone_risk};
}

void add_posts(Command group, Session& session)
{
    auto post = group.add_subcommand("post", "Posts at an entrance (co-chairs)");
    post.require_subcommand();
    auto fresh = post.add_subcommand("add", "Add a post");
    const auto edit = add_edit(fresh);
    const auto given = add_post_options(fresh, true);
    fresh.add_option("--entrance", given->entrance, "number of the entrance").required();
    on_run(fresh, session, [&session, edit, given] {
        wire::NewPost message;
        message.entrance = given->entrance;
        return add(session, *edit, "posts", "post", with(std::move(message), *given));
    });
    auto change = post.add_subcommand("change", "Change what you name, and leave the rest; whoever is on it is told of other hours");
    const auto change_edit = add_edit(change);
    const auto changed = add_post_options(change, false);
    change.add_option("--number", changed->number, "its number").required().check(is_positive());
    on_run(change, session, [&session, change_edit, changed]() -> Result<Exit> {
        const auto plan = read_plan(session, change_edit->plan);
        if (!plan) return plan.error();
        for (const auto& site : plan->value.sites)
            for (const auto& entrance : site.entrances)
                for (const auto& before : entrance.posts)
                    if (before.number == changed->number)
                        return put(session, *change_edit, *plan, net::Verb::put, "/posts/" + std::to_string(changed->number), "post",
                                   with(as_new(before, entrance.number), *changed));
        return not_in_plan("post", changed->number);
    });
    add_remove(post, session, "post", "posts");
}

} // namespace

void add_picket_plan_commands(Command group, Session& session)
{
    add_sites(group, session);
    add_entrances(group, session);
    add_posts(group, session);
}

} // namespace walkout::cli
