#include "client/cli/picket_parts.hpp"
#include "shared/wire/branch_messages.hpp"
#include "shared/wire/people_messages.hpp"
#include "shared/wire/picket_messages.hpp"

namespace walkout::cli {
namespace {

/// An edit of a plan whose answer is T.
template <class T, class Words>
Result<Exit> edit_plan(Session& session, const Edit& edit, net::Verb verb, const std::string& rest, const std::string& body, Words words)
{
    const auto plan = read_plan(session, edit.plan);
    if (!plan) return plan.error();
    const auto response = send_edit(session, edit, *plan, verb, rest, body);
    if (!response) return response.error();
    const auto done = wire::from_json<T>(response->body);
    if (!done) return done.error();
    session.show(response->body, words(*done));
    return Exit::done;
}

void add_copy(Command group, Session& session)
{
    auto command = group.add_subcommand("copy", "Take over your branch's sites and entrances from its plan of another walkout (co-chairs)");
    const auto edit = add_edit(command);
    const auto from = value<std::string>();
    command.add_option("--from", *from, "the walkout whose sites, entrances, hours and notes you want; no posts and nobody's names").required();
    on_run(command, session, [&session, edit, from]() -> Result<Exit> {
        const auto other = WalkoutId::parse(*from);
        if (!other)
            return Refusal{.kind = Kind::invalid,
                           .code = "bad_id",
                           .detail = *from + " cannot be the id of a walkout.",
                           .next = "See them with: walkout strike list"};
        return edit_plan<wire::PlanCopied>(
            session, *edit, net::Verb::post, "/copy", wire::to_json(wire::CopyAsked{*other}), [&](const wire::PlanCopied& copied) {
                std::string left_out;
                for (const auto& site : copied.left_out)
                    left_out += "\nLeft out, because nobody there is called out, or the register has no such workplace: " + site;
                if (copied.sites + copied.entrances == 0) return "Nothing of that plan is missing here." + left_out;
                return "Copied " + std::to_string(copied.sites) + " sites and " + std::to_string(copied.entrances) +
                       " entrances; the plan is now at version " + std::to_string(copied.version) + ".\nNext: walkout picket template noon-to-noon " +
                       edit->plan.walkout + left_out;
            });
    });
}

void add_organiser(Command group, Session& session)
{
    auto command =
        group.add_subcommand("organiser", "Put somebody in charge of an entrance: of its posts that have nobody, where they can be (co-chairs)");
    const auto edit = add_edit(command);
    const auto entrance = value<std::int64_t>();
    const auto message = value<wire::OrganiserAsked>();
    command.add_option("--entrance", *entrance, "number of the entrance; see `walkout picket plan`").required().check(is_positive());
    command.add_option("--member", message->member, "member number; see `walkout picket members`").required();
    on_run(command, session, [&session, edit, entrance, message] {
        return edit_plan<wire::OrganiserNamed>(session, *edit, net::Verb::put, "/entrances/" + std::to_string(*entrance) + "/organiser",
                                               wire::to_json(*message), [&](const wire::OrganiserNamed& named) {
                                                   std::string posts;
                                                   for (const auto post : named.posts) posts += (posts.empty() ? "" : ", ") + std::to_string(post);
                                                   auto out = message->member + " is in charge of post " + posts + ", and is told by mail.";
                                                   for (const auto& [post, why] : named.not_there)
                                                       out += "\nPost " + std::to_string(post) + " still needs somebody: " + why;
                                                   return out;
                                               });
    });
}

void add_contact(Command group, Session& session)
{
    auto command = group.add_subcommand("contact", "Whom your people reach in case of need: printed on rota, cards and incident sheet (co-chairs)");
    const auto edit = add_edit(command);
    const auto message = value<wire::PicketContact>();
    const auto none = value<bool>(false);
    auto given = command.add_option("--is", message->contact, "a name and a telephone number, such as: Ada Bell, 07700 900123");
    command.add_flag("--none", *none, "nobody").excludes(given);
    on_run(command, session, [&session, edit, message, none]() -> Result<Exit> {
        if (message->contact.empty() && !*none)
            return Refusal{.kind = Kind::invalid,
                           .code = "contact_needed",
                           .detail = "Say whom they reach, or that it is nobody.",
                           .next = "For example: walkout picket contact " + edit->plan.walkout + " --is \"Ada Bell, 07700 900123\"; or --none"};
        return edit_plan<wire::EditedPlan>(session, *edit, net::Verb::put, "/contact", wire::to_json(*message), [&](const wire::EditedPlan& edited) {
            return (message->contact.empty() ? "No contact is printed." : "In case of need: " + message->contact + ".") +
                   " The plan is now at version " + std::to_string(edited.version) + ".";
        });
    });
}

/// The branch named, or the one that the caller co-chairs.
Result<std::string> chaired_branch(Session& session, const std::string& named)
{
    const auto api = session.api();
    if (!api) return api.error();
    if (!named.empty()) return named;
    const auto me = (*api)->get<wire::Me>("/api/v1/me");
    if (!me) return me.error();
    std::vector<std::string> chaired;
    for (const auto& office : me->offices)
        if (office.role == ballot::Role::co_chair) chaired.push_back(office.scope);
    if (chaired.size() == 1) return chaired.front();
    return Refusal{.kind = Kind::invalid,
                   .code = "branch_needed",
                   .detail = chaired.empty() ? "You are no branch's co-chair." : "You co-chair several branches.",
                   .next = "Name the branch with --branch."};
}

void add_workplaces(Command group, Session& session)
{
    auto command = group.add_subcommand("workplaces", "Where your branch's members work, as the register spells it (co-chairs)");
    const auto named = value<std::string>();
    command.add_option("--branch", *named, "the branch; yours where absent");
    on_run(command, session, [&session, named]() -> Result<Exit> {
        const auto branch = chaired_branch(session, *named);
        if (!branch) return branch.error();
        const auto list = (*session.api())->get<wire::WorkplaceList>("/api/v1/branches/" + segment(*branch) + "/workplaces");
        if (!list) return list.error();
        std::string out;
        for (const auto& [employer, workplace, address] : list->workplaces)
            out += (out.empty() ? "--employer \"" : "\n--employer \"") + employer + "\" --workplace \"" + workplace + "\"" +
                   (address.empty() ? "" : "  " + session.terminal().dim(address));
        session.show(wire::to_json(*list), out.empty() ? "The register has no workplace for a member of this branch." : out);
        return Exit::done;
    });
}

void add_members(Command group, Session& session)
{
    auto command = group.add_subcommand("members", "Find members of your branch by their name, to put them on a post or in charge (co-chairs)");
    const auto message = value<wire::MemberAsked>();
    const auto named = value<std::string>();
    command.add_option("name", message->name, "letters of the name, two at least").required();
    command.add_option("--branch", *named, "the branch; yours where absent");
    on_run(command, session, [&session, message, named]() -> Result<Exit> {
        const auto branch = chaired_branch(session, *named);
        if (!branch) return branch.error();
        const auto found = (*session.api())->post<wire::FoundMembers>("/api/v1/branches/" + segment(*branch) + "/members/search", *message);
        if (!found) return found.error();
        std::string out;
        for (const auto& [number, name, employer, workplace] : found->members)
            out += (out.empty() ? "" : "\n") + session.terminal().bold(number) + "  " + name + "  " +
                   session.terminal().dim(workplace + (employer.empty() || workplace.empty() ? "" : ", ") + employer);
        if (found->more) out += "\nThere are more: give more of the name.";
        session.show(wire::to_json(*found), out.empty() ? "Nobody of this branch has these letters in their name." : out);
        return Exit::done;
    });
}

} // namespace

void add_picket_branch_commands(Command group, Session& session)
{
    add_copy(group, session);
    add_organiser(group, session);
    add_contact(group, session);
    add_workplaces(group, session);
    add_members(group, session);
}

} // namespace walkout::cli
