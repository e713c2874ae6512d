#include "server/api/strike_calls.hpp"
#include "server/api/strike_views.hpp"
#include "server/api/walkout_routes.hpp"
#include "server/service/change_walkout.hpp"
#include "server/service/exempt_work.hpp"
#include "server/service/picket_rules.hpp"
#include "server/store/walkout_store.hpp"
#include "shared/crypto/hash.hpp"
#include "shared/strike/pages.hpp"

namespace walkout::api {
namespace {

/// Nothing may run, load or be framed; the one style is named by its hash.
const std::string& content_security_policy()
{
    static const auto policy = "default-src 'none'; style-src 'sha256-" + base64(sha256(strike::page_style())) +
                               "='; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    return policy;
}

Reply html(std::string page, int status = 200)
{
    Reply reply{.status = status, .content_type = "text/html; charset=utf-8", .body = std::move(page)};
    return with(with(std::move(reply), "Content-Security-Policy", content_security_policy()), "Referrer-Policy", "no-referrer");
}

/// Public pages are asked for again each time: a suspension must be seen at once.
Reply public_page(std::string page, int status = 200) { return with(html(std::move(page), status), "Cache-Control", "public, no-cache"); }

Result<Reply> all_walkouts(const store::ReadTx& tx, bool rehearsal) { return public_page(strike::walkouts_page(store::walkouts(tx), rehearsal)); }

Result<Reply> one_walkout(const Call& call, const store::ReadTx& tx, bool rehearsal)
{
    const auto id = WalkoutId::parse(call.arg("walkout"));
    const auto walkout = id ? store::find_walkout(tx, *id) : std::nullopt;
    if (!walkout) return public_page(strike::message_page("No such walkout", "There is no walkout at this address.", rehearsal), 404);
    return public_page(strike::walkout_page(*walkout, public_sites_of(tx, walkout->id), rehearsal));
}

using Sheet = std::string (*)(const strike::SheetFacts&);

Result<Reply> sheet(const Call& call, const store::ReadTx& tx, const WalkoutId& id, const std::string& branch, bool rehearsal, Sheet print)
{
    const auto planning = service::as_co_chair(tx, call.context, id, branch);
    if (!planning) return planning.error();
    strike::SheetFacts facts{.walkout = planning->walkout,
                             .plan = planning->plan,
                             .people = {},
                             .names = {},
                             .supervisor_required = !service::supervised_days(tx, planning->walkout).empty(),
                             .address = "/strike/" + id.text(),
                             .rehearsal = rehearsal};
    for (const auto& person : store::people_on_posts(tx, id, branch)) facts.people.push_back({person.post, person.number, person.name});
    for (const auto& post : planning->plan.posts)
        if (const auto organiser = store::find_member(tx, post.organiser)) facts.names[post.organiser] = organiser->name;
    return html(print(facts));
}

Result<Reply> letter(const Call& call, const store::ReadTx& tx, bool rehearsal)
{
    const auto number = number_in<strike::ExemptionNumber>(call, "exemption");
    if (!number) return number.error();
    const auto exemption = service::find_exemption_for(tx, call.context, *number);
    if (!exemption) return exemption.error();
    if (exemption->state() != strike::Exemption::State::granted)
        return Refusal{.kind = Kind::conflict,
                       .code = "not_granted",
                       .detail = "This exemption is " + std::string(name(exemption->state())) + ", so there is no letter.",
                       .next = "Two people decide about it first."};
    return html(strike::exemption_letter(service::require_walkout(tx, exemption->walkout).value(), *exemption, rehearsal));
}

} // namespace

void add_strike_pages(std::vector<Route>& routes, Services& services)
{
    const bool rehearsal = services.rehearsal;
    routes.push_back({.pattern = "/strike",
                      .access = anyone,
                      .handle = Read{[rehearsal](const Call&, const store::ReadTx& tx) { return all_walkouts(tx, rehearsal); }},
                      .summary = "Every walkout, as a page"});
    routes.push_back({.pattern = "/strike/{walkout}",
                      .access = anyone,
                      .handle = Read{[rehearsal](const Call& call, const store::ReadTx& tx) { return one_walkout(call, tx, rehearsal); }},
                      .summary = "One walkout and its public pickets, as a page"});
    const std::pair<const char*, Sheet> sheets[] = {{"/rota.html", strike::rota_sheet},
                                                    {"/authority.html", strike::authority_cards},
                                                    {"/incident.html", strike::incident_sheet},
                                                    {"/poster.html", strike::poster}};
    for (const auto& [path, print] : sheets)
        routes.push_back(
            {.pattern = plan_pattern + path,
             .access = any_of(ballot::Role::co_chair),
             .handle = reading_plan([rehearsal, print = print](const Call& call, const store::ReadTx& tx, const WalkoutId& id,
                                                               const std::string& branch) { return sheet(call, tx, id, branch, rehearsal, print); }),
             .summary = std::string("A sheet to print: ") + (path + 1)});
    routes.push_back({.pattern = "/api/v1/exemptions/{exemption}/letter.html",
                      .access = signed_in,
                      .handle = Read{[rehearsal](const Call& call, const store::ReadTx& tx) { return letter(call, tx, rehearsal); }},
                      .summary = "The letter of an exemption, for its member and the branch's co-chairs"});
}

} // namespace walkout::api
