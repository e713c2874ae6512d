#include "server/api/plain_words.hpp"
#include "server/api/strike_calls.hpp"
#include "server/api/walkout_routes.hpp"
#include "server/service/copy_picket_plan.hpp"
#include "server/service/look_up_branch.hpp"
#include "server/service/name_organiser.hpp"
#include "shared/wire/branch_messages.hpp"
#include "shared/wire/picket_messages.hpp"

namespace walkout::api {
namespace {

using http::Method;

Result<Reply> copy(const Call& call, store::WriteTx& tx, const WalkoutId& id, const std::string& branch)
{
    const auto body = body_as<wire::CopyAsked>(call);
    if (!body) return body.error();
    const auto copied = service::copy_picket_plan(tx, call.context, id, branch, if_current(call), body->from);
    if (!copied) return copied.error();
    return versioned(reply_json(201, wire::PlanCopied{copied->sites, copied->entrances, copied->left_out, copied->version}), copied->version);
}

Result<Reply> name_organiser(const Call& call, store::WriteTx& tx, const WalkoutId& id, const std::string& branch)
{
    const auto entrance = number_in<strike::EntranceNumber>(call, "entrance");
    if (!entrance) return entrance.error();
    const auto body = plain_body_as<wire::OrganiserAsked>(call);
    if (!body) return body.error();
    const auto named = service::name_organiser(tx, call.context, id, branch, if_current(call), *entrance, body->member);
    if (!named) return named.error();
    wire::OrganiserNamed message{.posts = {}, .not_there = {}, .version = named->version};
    for (const auto post : named->posts) message.posts.push_back(static_cast<std::int64_t>(post));
    for (const auto& [post, why] : named->not_there) message.not_there.push_back({static_cast<std::int64_t>(post), why});
    return versioned(reply_json(200, message), named->version);
}

Result<Reply> set_contact(const Call& call, store::WriteTx& tx, const WalkoutId& id, const std::string& branch)
{
    const auto body = plain_body_as<wire::PicketContact>(call);
    if (!body) return body.error();
    const auto version = service::set_picket_contact(tx, call.context, id, branch, if_current(call), body->contact);
    if (!version) return version.error();
    return versioned(reply_json(200, wire::EditedPlan{*version}), *version);
}

Result<Reply> list_workplaces(const Call& call, const store::ReadTx& tx)
{
    const auto workplaces = service::workplaces_of(tx, call.context, call.arg("branch"));
    if (!workplaces) return workplaces.error();
    wire::WorkplaceList message;
    for (const auto& workplace : *workplaces)
        message.workplaces.push_back(
            {workplace.employer, workplace.name,
             workplace.address + (workplace.address.empty() || workplace.postcode.empty() ? "" : ", ") + workplace.postcode});
    return reply_json(200, message);
}

Result<Reply> search_members(const Call& call, const store::ReadTx& tx)
{
    const auto body = plain_body_as<wire::MemberAsked>(call);
    if (!body) return body.error();
    const auto found = service::find_members(tx, call.context, call.arg("branch"), body->name);
    if (!found) return found.error();
    wire::FoundMembers message{.members = {}, .more = found->more};
    for (const auto& member : found->members) message.members.push_back({member.number, member.name, member.employer, member.workplace});
    return reply_json(200, message);
}

} // namespace

void add_branch_routes(std::vector<Route>& routes)
{
    const auto co_chairs = any_of(ballot::Role::co_chair);
    routes.push_back({.method = Method::post,
                      .pattern = plan_pattern + "/copy",
                      .access = co_chairs,
                      .handle = writing_plan(copy),
                      .summary = "Take over the branch's sites and entrances from its plan of another walkout; no posts, and nobody",
                      .request_schema = wire::schema_json<wire::CopyAsked>(),
                      .response_schema = wire::schema_json<wire::PlanCopied>(),
                      .if_match = true});
    routes.push_back({.method = Method::put,
                      .pattern = plan_pattern + "/entrances/{entrance}/organiser",
                      .access = co_chairs,
                      .handle = writing_plan(name_organiser),
                      .summary = "Put a member in charge of the posts at an entrance that have nobody, as far as they can be there",
                      .request_schema = wire::schema_json<wire::OrganiserAsked>(),
                      .response_schema = wire::schema_json<wire::OrganiserNamed>(),
                      .if_match = true});
    routes.push_back({.method = Method::put,
                      .pattern = plan_pattern + "/contact",
                      .access = co_chairs,
                      .handle = writing_plan(set_contact),
                      .summary = "Whom the branch's people reach in case of need: printed on its papers",
                      .request_schema = wire::schema_json<wire::PicketContact>(),
                      .response_schema = wire::schema_json<wire::EditedPlan>(),
                      .if_match = true});
    routes.push_back({.pattern = "/api/v1/branches/{branch}/workplaces",
                      .access = co_chairs,
                      .handle = Read{list_workplaces},
                      .summary = "Where the branch's members work, as the register spells it",
                      .response_schema = wire::schema_json<wire::WorkplaceList>()});
    routes.push_back({.method = Method::post,
                      .pattern = "/api/v1/branches/{branch}/members/search",
                      .access = co_chairs,
                      .handle = Read{search_members},
                      .summary = "Find members of the branch by their name, for its co-chairs",
                      .request_schema = wire::schema_json<wire::MemberAsked>(),
                      .response_schema = wire::schema_json<wire::FoundMembers>(),
                      .private_reply = true});
}

} // namespace walkout::api
