#include "client/cli/picket_command.hpp"

#include "client/cli/options.hpp"
#include "shared/wire/strike_messages.hpp"

namespace walkout::cli {
namespace {

struct Plan {
    std::string walkout, branch;
};

void add_plan(CLI::App& command, Plan& plan)
{
    command.add_option("walkout", plan.walkout, "its id; see `walkout strike list`")->required();
    command.add_option("--branch", plan.branch, "the branch; yours where absent");
}

std::string target(const std::string& walkout, const std::string& branch)
{
    const auto base = "/api/v1/walkouts/" + segment(walkout);
    return branch.empty() ? base + "/plan" : base + "/plans/" + segment(branch);
}

Result<Versioned<wire::PlanView>> read_plan(Session& session, const Plan& plan)
{
    const auto api = session.api();
    if (!api) return api.error();
    return (*api)->get_versioned<wire::PlanView>(target(plan.walkout, plan.branch));
}

std::string places(const Terminal& terminal, const wire::PostView& post)
{
    const auto counted = std::to_string(post.taken) + " of " + std::to_string(post.places);
    if (post.taken >= post.places) return terminal.dim(counted + ", full");
    return post.taken < post.needed ? terminal.bad(counted + ", needs " + std::to_string(post.needed)) : counted;
}

std::string post_words(const Terminal& terminal, const wire::PostView& post)
{
    return terminal.bold("post " + std::to_string(post.number)) + "  " + std::string(name(post.role)) + "  " + post.words + "  " +
           places(terminal, post) + (post.mine ? "  " + terminal.good("you are on it") : "");
}

std::string plan_words(const Terminal& terminal, const wire::PlanView& plan)
{
    auto out = rehearsal_line(terminal, plan.rehearsal) + terminal.bold(plan.branch) + "  " + terminal.dim("version " + std::to_string(plan.version));
    for (const auto& site : plan.sites) {
        out += "\n\n" + terminal.bold(site.name) + ", " + site.address + "  " +
               terminal.dim("site " + std::to_string(site.number) + (site.is_public ? ", public" : ""));
        if (!site.notes.empty()) out += "\n  " + site.notes;
        for (const auto& entrance : site.entrances) {
            out += "\n  " + entrance.name + "  " + terminal.dim("entrance " + std::to_string(entrance.number));
            for (const auto& post : entrance.posts) {
                out += "\n    " + post_words(terminal, post);
                for (const auto& person : post.people.value_or(std::vector<wire::Person>{}))
                    out += "\n      " + person.name + terminal.dim(" " + person.number);
            }
        }
    }
    return plan.sites.empty() ? out + "\n\nNo picket site yet." : out;
}

void add_plan_command(CLI::App& group, Session& session)
{
    auto& command = *group.add_subcommand("plan", "A branch's picket plan: sites, entrances, posts; names for its co-chairs");
    const auto plan = value<Plan>();
    add_plan(command, *plan);
    on_run(command, session, [&session, plan]() -> Result<Exit> {
        const auto read = read_plan(session, *plan);
        if (!read) return read.error();
        session.show(wire::to_json(read->value), plan_words(session.terminal(), read->value));
        return Exit::done;
    });
}

// ---- for members ----

std::string my_words(const Terminal& terminal, const wire::MyPostView& post)
{
    auto out = terminal.bold("post " + std::to_string(post.post)) + "  " + std::string(name(post.role)) + "  " + post.words + "\n  " + post.site +
               ", " + post.address + " (" + post.entrance + ")\n  ";
    if (!post.notes.empty()) out += post.notes + "\n  ";
    out += terminal.dim(post.title);
    if (post.state == strike::State::suspended) out += "  " + terminal.bad("This walkout is suspended.");
    if (post.state == strike::State::ended) out += "  " + terminal.bad("This walkout has ended.");
    return out;
}

Result<Exit> list_posts(Session& session, const Plan& plan)
{
    const auto read = read_plan(session, plan);
    if (!read) return read.error();
    const auto& terminal = session.terminal();
    std::string out;
    for (const auto& site : read->value.sites)
        for (const auto& entrance : site.entrances)
            for (const auto& post : entrance.posts)
                out += post_words(terminal, post) + "\n  " + site.name + ", " + site.address + " (" + entrance.name + ")\n";
    session.show(wire::to_json(read->value),
                 rehearsal_line(terminal, read->value.rehearsal) +
                     (out.empty() ? "Your branch has no picket post yet." : out + "\nSign up with: walkout picket sign-up POST"));
    return Exit::done;
}

Result<Exit> list_mine(Session& session)
{
    const auto api = session.api();
    if (!api) return api.error();
    const auto mine = (*api)->get<wire::MyPostList>("/api/v1/me/posts");
    if (!mine) return mine.error();
    std::string out;
    for (const auto& post : mine->posts) out += (out.empty() ? "" : "\n") + my_words(session.terminal(), post);
    session.show(wire::to_json(*mine), rehearsal_line(session.terminal(), mine->rehearsal) +
                                           (out.empty() ? "You are on no picket post. See what is free with: walkout picket list WALKOUT" : out));
    return Exit::done;
}

void add_list(CLI::App& group, Session& session)
{
    auto& command = *group.add_subcommand("list", "Posts you can sign up for; without a walkout, those you are on");
    const auto plan = value<Plan>();
    add_plan(command, *plan);
    command.get_option("walkout")->required(false);
    on_run(command, session, [&session, plan] { return plan->walkout.empty() ? list_mine(session) : list_posts(session, *plan); });
}

std::shared_ptr<std::int64_t> add_post_number(CLI::App& command)
{
    auto number = value<std::int64_t>();
    command.add_option("post", *number, "its number; see `walkout picket list`")->required()->check(CLI::PositiveNumber);
    return number;
}

std::string sign_ups(std::int64_t post) { return "/api/v1/posts/" + std::to_string(post) + "/sign-ups"; }

void add_sign_up(CLI::App& group, Session& session)
{
    auto& command = *group.add_subcommand("sign-up", "Take a place on a post");
    const auto post = add_post_number(command);
    on_run(command, session, [&session, post]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        const auto joined = (*api)->post_raw<wire::MyPostView>(sign_ups(*post), {}); // signing up twice is one sign-up, so a retry is safe
        if (!joined) return joined.error();
        session.show(wire::to_json(*joined), rehearsal_line(session.terminal(), joined->rehearsal) + session.terminal().good("You are on ") +
                                                 my_words(session.terminal(), *joined) + "\n\nFor your calendar: walkout picket ics -o pickets.ics");
        return Exit::done;
    });
}

void add_cancel(CLI::App& group, Session& session)
{
    auto& command = *group.add_subcommand("cancel", "Give up your place on a post");
    const auto post = add_post_number(command);
    on_run(command, session, [&session, post]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        if (const auto left = (*api)->del(sign_ups(*post)); !left) return left.error();
        session.terminal().say("You are no longer on post " + std::to_string(*post) + ".");
        return Exit::done;
    });
}

void add_ics(CLI::App& group, Session& session)
{
    auto& command = *group.add_subcommand("ics", "Your picket posts for your calendar (RFC 5545)");
    const auto output = add_output(command);
    on_run(command, session, [&session, output]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        return save(session, (*api)->get_text("/api/v1/me/posts.ics"), *output);
    });
}

// ---- for co-chairs ----

struct Edit {
    Plan plan;
    std::optional<std::int64_t> version;
};

std::shared_ptr<Edit> add_edit(CLI::App& command)
{
    auto edit = value<Edit>();
    add_plan(command, edit->plan);
    command.add_option("--version", edit->version, "only if the plan is still at the version you saw; otherwise as it stands now");
    return edit;
}

/// Adds under If-Match: what another co-chair changed since is never overwritten.
template <class New> Result<Exit> add(Session& session, const Edit& edit, const std::string& collection, const std::string& what, const New& message)
{
    const auto plan = read_plan(session, edit.plan);
    if (!plan) return plan.error();
    const auto etag = edit.version ? "\"v" + std::to_string(*edit.version) + "\"" : plan->etag;
    const auto api = session.api();
    const auto response = (*api)->exchange({.verb = net::Verb::post,
                                            .target = target(edit.plan.walkout, plan->value.branch) + "/" + collection,
                                            .headers = {{"If-Match", etag}},
                                            .body = wire::to_json(message)},
                                           Api::Repeat::no);
    if (!response) return response.error();
    const auto added = wire::from_json<wire::Added>(response->body);
    if (!added) return added.error();
    session.show(response->body,
                 "Added " + what + " " + std::to_string(added->number) + "; the plan is now at version " + std::to_string(added->version) + ".");
    return Exit::done;
}

void add_site(CLI::App& group, Session& session)
{
    auto& site = *group.add_subcommand("site", "Picket sites (co-chairs)");
    site.require_subcommand(1);
    auto& command = *site.add_subcommand("add", "Add a site");
    const auto edit = add_edit(command);
    const auto given = value<wire::NewSite>();
    const auto is_public = value<bool>(false);
    command.add_option("--name", given->name, "what people call it")->required();
    command.add_option("--address", given->address, "where it is")->required();
    auto* workplace = command.add_option("--workplace", given->workplace, "the workplace it is, as in the register");
    workplace->needs(command.add_option("--employer", given->employer, "whose workplace it is")->needs(workplace));
    auto* latitude = command.add_option("--latitude", given->latitude, "degrees north, such as 51.068");
    latitude->needs(command.add_option("--longitude", given->longitude, "degrees east, such as -1.319")->needs(latitude));
    command.add_option("--notes", given->notes, "toilets, parking, step-free access, private land");
    command.add_flag("--public", *is_public, "show it to everyone: on the public page, in calendars and on maps");
    on_run(command, session, [&session, edit, given, is_public] {
        given->is_public = *is_public;
        return add(session, *edit, "sites", "site", *given);
    });
}

void add_entrance(CLI::App& group, Session& session)
{
    auto& entrance = *group.add_subcommand("entrance", "Entrances of a site (co-chairs)");
    entrance.require_subcommand(1);
    auto& command = *entrance.add_subcommand("add", "Add an entrance");
    const auto edit = add_edit(command);
    const auto given = value<wire::NewEntrance>();
    command.add_option("--site", given->site, "number of the site")->required();
    command.add_option("--name", given->name, "such as: main gate")->required();
    on_run(command, session, [&session, edit, given] { return add(session, *edit, "entrances", "entrance", *given); });
}

struct PostOptions {
    std::string role = "walkout", from, to;
    bool from_second = false, to_second = false;
};

void add_post(CLI::App& group, Session& session)
{
    auto& post = *group.add_subcommand("post", "Posts at an entrance (co-chairs)");
    post.require_subcommand(1);
    auto& command = *post.add_subcommand("add", "Add a post");
    const auto edit = add_edit(command);
    const auto message = value<wire::NewPost>();
    const auto given = value<PostOptions>();
    command.add_option("--entrance", message->entrance, "number of the entrance")->required();
    command.add_option("--role", given->role, "what it is for")->check(names_of<strike::PostRole>())->capture_default_str();
    command.add_option("--from", given->from, "local time it starts, within the days of the walkout")->required()->check(is_wall());
    command.add_option("--to", given->to, "local time it ends")->required()->check(is_wall());
    command.add_flag("--from-second", given->from_second, "it starts the second time the clocks show that hour (autumn)");
    command.add_flag("--to-second", given->to_second, "it ends the second time the clocks show that hour (autumn)");
    command.add_option("--needed", message->needed, "people it needs")->capture_default_str();
    command.add_option("--places", message->places, "people it has room for; six where absent");
    command.add_option("--over-six-reason", message->over_six_reason, "recorded where more than six may be at one entrance at once");
    on_run(command, session, [&session, edit, message, given] {
        message->role = *from_name<strike::PostRole>(given->role);
        message->from = *parse_wall(given->from);
        message->to = *parse_wall(given->to);
        message->from_second = given->from_second;
        message->to_second = given->to_second;
        return add(session, *edit, "posts", "post", *message);
    });
}

} // namespace

void add_picket_commands(CLI::App& app, Session& session)
{
    auto& group = *app.add_subcommand("picket", "Picket lines: see, join and plan them");
    group.require_subcommand(1);
    add_list(group, session);
    add_sign_up(group, session);
    add_cancel(group, session);
    add_ics(group, session);
    add_plan_command(group, session);
    add_site(group, session);
    add_entrance(group, session);
    add_post(group, session);
}

} // namespace walkout::cli
