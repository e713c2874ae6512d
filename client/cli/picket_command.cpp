#include "client/cli/picket_command.hpp"

#include "client/cli/document_command.hpp"
#include "client/cli/picket_parts.hpp"
#include "shared/wire/picket_messages.hpp"

namespace walkout::cli {

void add_plan_options(Command command, PlanOptions& plan)
{
    command.add_option("walkout", plan.walkout, "its id; see `walkout strike list`").required();
    command.add_option("--branch", plan.branch, "the branch; yours where absent");
}

Result<Versioned<wire::PlanView>> read_plan(Session& session, const PlanOptions& plan)
{
    const auto api = session.api();
    if (!api) return api.error();
    const auto base = "/api/v1/walkouts/" + segment(plan.walkout);
    return (*api)->get_versioned<wire::PlanView>(plan.branch.empty() ? base + "/plan" : base + "/plans/" + segment(plan.branch));
}

std::string plan_path(const wire::PlanView& plan, const std::string& rest)
{
    return "/api/v1/walkouts/" + segment(plan.walkout.text()) + "/plans/" + segment(plan.branch) + rest;
}

Result<std::string> plan_path(Session& session, const PlanOptions& plan, const std::string& rest)
{
    if (const auto api = session.api(); !api) return api.error();
    if (!plan.branch.empty()) return "/api/v1/walkouts/" + segment(plan.walkout) + "/plans/" + segment(plan.branch) + rest;
    const auto read = read_plan(session, plan);
    if (!read) return read.error();
    return plan_path(read->value, rest);
}

std::shared_ptr<Edit> add_edit(Command command)
{
    auto edit = value<Edit>();
    add_plan_options(command, edit->plan);
    command.add_option("--version", edit->version, "only if the plan is still at the version you saw; otherwise as it stands now");
    return edit;
}

Result<net::Response> send_edit(Session& session, const Edit& edit, const Versioned<wire::PlanView>& plan, net::Verb verb, const std::string& rest,
                                std::string body)
{
    const auto api = session.api();
    return (*api)->exchange({.verb = verb,
                             .target = plan_path(plan.value, rest),
                             .headers = {{"If-Match", edit.version ? "\"v" + std::to_string(*edit.version) + "\"" : plan.etag}},
                             .body = std::move(body)},
                            Api::Repeat::no);
}

std::shared_ptr<std::int64_t> add_post_number(Command command)
{
    auto number = value<std::int64_t>();
    command.add_option("post", *number, "its number; see `walkout picket list`").required().check(is_positive());
    return number;
}

std::string post_path(std::int64_t post, const std::string& rest) { return "/api/v1/posts/" + std::to_string(post) + rest; }

std::string state_line(const Terminal& terminal, strike::State state, const std::optional<std::string>& reason)
{
    switch (state) {
    case strike::State::called: return {};
    case strike::State::suspended: return terminal.bad("This walkout is SUSPENDED: go to work as normal. " + reason.value_or("")) + "\n";
    case strike::State::ended: return terminal.bad("This walkout has ENDED: go to work as normal. " + reason.value_or("")) + "\n";
    }
    throw std::logic_error("a walkout in no state");
}

namespace {

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

std::string entrance_words(const Terminal& terminal, const wire::EntranceView& entrance)
{
    std::string hours = !entrance.opens                                             ? ", no opening hours"
                        : *entrance.opens == "00:00" && *entrance.closes == "24:00" ? ", round the clock"
                                                                                    : ", open " + *entrance.opens + " to " + *entrance.closes;
    for (const auto day : entrance.days.value_or(std::vector<strike::Weekday>{})) hours += " " + std::string(name(day));
    auto out = "\n  " + entrance.name + "  " + terminal.dim("entrance " + std::to_string(entrance.number) + hours);
    for (const auto& post : entrance.posts) {
        out += "\n    " + post_words(terminal, post);
        if (post.organiser) out += "\n      organiser: " + post.organiser->name + terminal.dim(" " + post.organiser->number);
        for (const auto& person : post.people.value_or(std::vector<wire::Person>{}))
            out += "\n      " + person.name + terminal.dim(" " + person.number);
    }
    return out;
}

std::string published_words(const Terminal& terminal, const wire::PlanView& plan)
{
    if (plan.published_version == 0) return terminal.dim("version " + std::to_string(plan.version) + ", not published");
    if (plan.published_version == plan.version) return terminal.dim("version " + std::to_string(plan.version) + ", published");
    return terminal.bad("version " + std::to_string(plan.version) + ", changed since version " + std::to_string(plan.published_version) +
                        " was published");
}

/// That nobody misses that the walkout is off; nothing where it is on.
std::string plan_words(const Terminal& terminal, const wire::PlanView& plan)
{
    auto out =
        rehearsal_line(terminal, plan.rehearsal) + state_line(terminal, plan.state, plan.reason) + terminal.bold(plan.branch) + "  " + published_words(terminal, plan);
    if (plan.contact) out += "\nIn case of need: " + *plan.contact;
    for (const auto& site : plan.sites) {
        out += "\n\n" + terminal.bold(site.name) + ", " + site.address + "  " +
               terminal.dim("site " + std::to_string(site.number) + (site.is_public ? ", public" : ""));
        if (!site.notes.empty()) out += "\n  " + site.notes;
        if (site.elsewhere_reason) out += "\n  not everyone's own place of work: " + *site.elsewhere_reason;
        if (site.supervisor) out += "\n  supervisor: " + site.supervisor->name + ", " + site.supervisor->contact;
        for (const auto& entrance : site.entrances) out += entrance_words(terminal, entrance);
    }
    return plan.sites.empty() ? out + "\n\nNo picket site yet." : out;
}

void add_plan_command(Command group, Session& session)
{
    auto command = group.add_subcommand("plan", "A branch's picket plan: sites, entrances, posts; names for its co-chairs");
    const auto plan = value<PlanOptions>();
    add_plan_options(command, *plan);
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

std::string where(const Terminal& terminal, const wire::SiteView& site)
{
    if (site.own_workplace) return terminal.good("your place of work");
    const std::string elsewhere = site.workplace ? "another place of work" : "";
    if (!site.kilometres) return terminal.dim(elsewhere);
    return terminal.dim(elsewhere + (elsewhere.empty() ? "" : ", ") + std::to_string(static_cast<int>(*site.kilometres + 0.5)) + " km from yours");
}

Result<Exit> list_posts(Session& session, const PlanOptions& plan)
{
    const auto read = read_plan(session, plan);
    if (!read) return read.error();
    const auto& terminal = session.terminal();
    std::string out;
    for (const auto& site : read->value.sites) {
        std::string posts;
        for (const auto& entrance : site.entrances)
            for (const auto& post : entrance.posts) posts += "  " + post_words(terminal, post) + "  " + terminal.dim(entrance.name) + "\n";
        if (posts.empty()) continue;
        out += terminal.bold(site.name) + ", " + site.address + "  " + where(terminal, site) + "\n" +
               (site.notes.empty() ? "" : "  " + site.notes + "\n") + posts + "\n";
    }
    session.show(wire::to_json(read->value), rehearsal_line(terminal, read->value.rehearsal) + state_line(terminal, read->value.state, read->value.reason) +
                                                 (out.empty()                                  ? "Your branch has no picket post yet."
                                                  : read->value.state == strike::State::called ? out + "Sign up with: walkout picket sign-up POST"
                                                                                               : out));
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
    if (mine->posts.empty()) out = "You are on no picket post. See what is free with: walkout picket list WALKOUT";
    if (!mine->in_charge.empty()) out += "\n\n" + session.terminal().bold("You are in charge of:");
    for (const auto& post : mine->in_charge) out += "\n" + my_words(session.terminal(), post);
    if (!mine->in_charge.empty()) out += "\nTake their list along with: walkout picket roster " + mine->in_charge.front().walkout.text();
    session.show(wire::to_json(*mine), rehearsal_line(session.terminal(), mine->rehearsal) + out);
    return Exit::done;
}

void add_list(Command group, Session& session)
{
    auto command = group.add_subcommand("list", "Posts you can sign up for, your own place of work first; without a walkout, those you are on");
    const auto plan = value<PlanOptions>();
    add_plan_options(command, *plan);
    command.get_option("walkout").required(false);
    on_run(command, session, [&session, plan] { return plan->walkout.empty() ? list_mine(session) : list_posts(session, *plan); });
}

void add_sign_up(Command group, Session& session)
{
    auto command = group.add_subcommand("sign-up", "Take a place on a post");
    const auto post = add_post_number(command);
    on_run(command, session, [&session, post]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        const auto joined = (*api)->post_raw<wire::MyPostView>(post_path(*post, "/sign-ups"), {}); // twice is one sign-up, so a retry is safe
        if (!joined) return joined.error();
        session.show(wire::to_json(*joined), rehearsal_line(session.terminal(), joined->rehearsal) + session.terminal().good("You are on ") +
                                                 my_words(session.terminal(), *joined) + "\n\nFor your calendar: walkout picket calendar");
        return Exit::done;
    });
}

/// A DELETE, or a PUT or POST without a body, that answers with nothing.
Result<Exit> act(Session& session, net::Verb verb, const std::string& path, const std::string& done)
{
    const auto api = session.api();
    if (!api) return api.error();
    const auto response = (*api)->exchange({.verb = verb, .target = path}, Api::Repeat::no);
    if (!response) return response.error();
    session.terminal().say(done);
    return Exit::done;
}

void add_cancel(Command group, Session& session)
{
    auto command = group.add_subcommand("cancel", "Give up your place on a post, before the cut-off");
    const auto post = add_post_number(command);
    on_run(command, session, [&session, post] {
        return act(session, net::Verb::del, post_path(*post, "/sign-ups"), "You are no longer on post " + std::to_string(*post) + ".");
    });
}

void add_pass(Command group, Session& session)
{
    auto command = group.add_subcommand("pass", "Your QR code for a post: the organiser scans it, and you are checked in");
    const auto post = add_post_number(command);
    const auto format = value<std::string>();
    add_format(command, *format);
    const auto output = add_output(command);
    on_run(command, session, [&session, post, format, output]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        return save(session, (*api)->get_text(post_path(*post, "/pass?format=" + *format)), *output);
    });
}

void add_swaps(Command group, Session& session)
{
    auto swap = group.add_subcommand("swap", "Offer your place on a post; whoever may stand there accepts with: picket swap-accept");
    const auto post = add_post_number(swap);
    const auto message = value<wire::NewSwap>();
    swap.add_option("--for", message->wants, "the post whose place you want in return; nothing where absent").check(is_positive());
    on_run(swap, session, [&session, post, message]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        const auto made = (*api)->post<wire::SwapView>(post_path(*post, "/swaps"), *message);
        if (!made) return made.error();
        session.show(wire::to_json(*made), "Offer " + std::to_string(made->number) + " stands. Tell a colleague: walkout picket swap-accept " +
                                               std::to_string(made->number) + "\nYou keep your place until somebody accepts.");
        return Exit::done;
    });
    const auto number = value<std::int64_t>();
    auto accept = group.add_subcommand("swap-accept", "Accept an offer that a colleague told you of");
    accept.add_option("offer", *number, "its number").required().check(is_positive());
    on_run(accept, session, [&session, number]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        const auto done = (*api)->post_raw<wire::SwapView>("/api/v1/swaps/" + std::to_string(*number) + "/accept", {});
        if (!done) return done.error();
        session.show(wire::to_json(*done), "You are now on post " + std::to_string(done->post) +
                                               (done->wants ? ", and no longer on post " + std::to_string(*done->wants) : "") + ".");
        return Exit::done;
    });
    auto withdraw = group.add_subcommand("swap-withdraw", "Withdraw your offer");
    withdraw.add_option("offer", *number, "its number").required().check(is_positive());
    on_run(withdraw, session, [&session, number] {
        return act(session, net::Verb::del, "/api/v1/swaps/" + std::to_string(*number), "Your offer no longer stands; your place does.");
    });
}

void add_reserve(Command group, Session& session)
{
    auto command = group.add_subcommand("reserve", "Stand where your branch needs you");
    const auto walkout = value<std::string>();
    const auto leave = value<bool>(false);
    command.add_option("walkout", *walkout, "its id; see `walkout strike list`").required();
    command.add_flag("--leave", *leave, "no longer");
    on_run(command, session, [&session, walkout, leave] {
        return act(session, *leave ? net::Verb::del : net::Verb::put, "/api/v1/walkouts/" + segment(*walkout) + "/reserve",
                   *leave ? "You are no longer in reserve." : "You are in reserve: a mail tells you if your branch gives you a place.");
    });
}

void add_calendar(Command group, Session& session)
{
    auto ics = group.add_subcommand("ics", "Your picket posts for your calendar, once (RFC 5545)");
    const auto output = add_output(ics);
    on_run(ics, session, [&session, output]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        return save(session, (*api)->get_text("/api/v1/me/posts.ics"), *output);
    });
    auto calendar = group.add_subcommand("calendar", "A secret address to subscribe to: your posts, and every change to them");
    const auto revoke = value<bool>(false);
    const auto renew = value<bool>(false);
    auto ends = calendar.add_flag("--revoke", *revoke, "the address stops working");
    calendar.add_flag("--renew", *renew, "a new address, where you have one: the old one stops working, and your phone must be given the new one")
        .excludes(ends);
    on_run(calendar, session, [&session, revoke, renew]() -> Result<Exit> {
        if (*revoke) return act(session, net::Verb::del, "/api/v1/me/calendar", "The address no longer works.");
        const auto api = session.api();
        if (!api) return api.error();
        const auto made = (*api)->post_raw<wire::FeedAddress>(*renew ? "/api/v1/me/calendar?renew=true" : "/api/v1/me/calendar", {});
        if (!made) return made.error();
        const auto server = session.server_url();
        if (!server) return server.error();
        const auto address = *server + made->path;
        session.show(wire::to_json(wire::FeedAddress{address}),
                     address + "\n" +
                         session.terminal().dim("Keep it: it is not shown again. Whoever has this address sees your posts." +
                                                std::string(*renew ? " An older one no longer works." : "") +
                                                " This one goes with: walkout picket calendar --revoke"));
        return Exit::done;
    });
}

} // namespace

void add_picket_commands(Command app, Session& session)
{
    auto group = app.add_subcommand("picket", "Picket lines: see, join, plan and run them");
    group.require_subcommand();
    add_list(group, session);
    add_sign_up(group, session);
    add_cancel(group, session);
    add_swaps(group, session);
    add_reserve(group, session);
    add_calendar(group, session);
    add_plan_command(group, session);
    add_pass(group, session);
    add_picket_plan_commands(group, session);
    add_picket_branch_commands(group, session);
    add_picket_rota_commands(group, session);
    add_picket_day_commands(group, session);
    add_picket_record_commands(group, session);
}

} // namespace walkout::cli
