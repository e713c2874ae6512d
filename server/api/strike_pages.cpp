#include "server/api/papers.hpp"
#include "server/api/reply.hpp"
#include "server/api/strike_calls.hpp"
#include "server/api/strike_papers.hpp"
#include "server/api/strike_views.hpp"
#include "server/api/walkout_routes.hpp"
#include "server/service/ballots.hpp"
#include "server/service/change_walkout.hpp"
#include "server/service/exempt_work.hpp"
#include "server/service/picket_rules.hpp"
#include "server/store/walkout_store.hpp"
#include "shared/strike/pass.hpp"

namespace walkout::api {
namespace {

constexpr double poster_scale = 1.9;

/// What ?lang asks for; English where it is absent. Every paper here is written in both languages but the pass and the letter, which do not ask.
Result<ballot::Language> language_of(const Call& call)
{
    if (const auto language = from_name<ballot::Language>(call.query("lang", "en"))) return *language;
    return Refusal{Kind::malformed, "no_such_language", "This document is not written in the language \"" + call.query("lang") + "\".",
                   "The languages are en and cy."};
}

Spoken spoken_of(const store::ReadTx& tx, const strike::Walkout& walkout, ballot::Language language)
{
    Spoken spoken{.language = language, .title = {}, .called_by = {}, .called = service::called_words(tx, walkout, language)};
    if (language != ballot::Language::cy) return spoken;
    const auto plan = service::require_ballot(tx, walkout.ballot).value().plan;
    spoken.title = plan.dispute.title_cy;
    spoken.called_by = plan.called_by.office_cy;
    return spoken;
}

/// A page for everybody, with the way to the other language at its top.
Reply bilingual_page(const Papers& papers, const std::string& name_of_page, const std::string& json, ballot::Language language)
{
    auto reply = public_page(papers, name_of_page, json, 200, name(language));
    const auto* other = language == ballot::Language::en ? "<p><a href=\"?lang=cy\" hreflang=\"cy\" lang=\"cy\">Cymraeg</a></p>\n"
                                                         : "<p><a href=\"?lang=en\" hreflang=\"en\" lang=\"en\">English</a></p>\n";
    const std::string top = "<main>\n";
    reply.body.insert(reply.body.find(top) + top.size(), other);
    return reply;
}

Result<Reply> every_walkout(const Call& call, const store::ReadTx& tx, const Papers& papers, bool rehearsal)
{
    const auto language = language_of(call);
    if (!language) return language.error();
    std::vector<ListedWalkout> listed;
    for (auto& walkout : store::walkouts(tx)) {
        auto spoken = spoken_of(tx, walkout, *language);
        listed.push_back({std::move(walkout), std::move(spoken)});
    }
    return bilingual_page(papers, "walkouts", wire::to_json(walkouts_page(listed, rehearsal)), *language);
}

Result<Reply> one_walkout(const Call& call, const store::ReadTx& tx, const Papers& papers, bool rehearsal)
{
    const auto language = language_of(call);
    if (!language) return language.error();
    const auto id = WalkoutId::parse(call.arg("walkout"));
    const auto walkout = id ? store::find_walkout(tx, *id) : std::nullopt;
    if (!walkout)
        return public_page(papers, "message", wire::to_json(wire::MessagePage{"No such walkout", "There is no walkout at this address.", rehearsal}),
                           404);
    const auto page = walkout_page(*walkout, public_sites_of(tx, walkout->id), spoken_of(tx, *walkout, *language), rehearsal);
    return bilingual_page(papers, "walkout", wire::to_json(page), *language);
}

/// The same data gives the same bytes: a paper is dated by the walkout's last change.
template <class Message>
Reply paper(const Papers& papers, const std::string& name, const Message& message, const strike::Walkout& walkout, Format format, bool rehearsal,
            double scale = 1, const Spoken& spoken = {})
{
    const auto mark = spoken.language == ballot::Language::cy ? "YMARFER \u00b7 " : "REHEARSAL \u00b7 ";
    return in_form(papers,
                   {.name = name,
                    .json = wire::to_json(message),
                    .author = spoken.called_by.value_or(walkout.called_by),
                    .made = walkout.changed_at,
                    .foot = (rehearsal ? mark : "") + spoken.title.value_or(walkout.title),
                    .scale = scale,
                    .language = std::string(walkout::name(spoken.language)),
                    .sheets_of_one_page = scale > 1},
                   format);
}

SheetFacts sheet_facts(const store::ReadTx& tx, const service::Planning& planning, ballot::Language language, bool rehearsal)
{
    SheetFacts facts{.walkout = planning.walkout, .plan = planning.plan, .rehearsal = rehearsal, .spoken = spoken_of(tx, planning.walkout, language)};
    facts.people = store::people_on_posts(tx, planning.walkout.id, planning.plan.branch);
    facts.supervised = service::supervised_days(tx, planning.walkout);
    facts.law = service::picketing_law(tx, planning.walkout);
    for (const auto& post : planning.plan.posts)
        if (const auto organiser = store::find_member(tx, post.organiser)) facts.organisers[post.organiser] = organiser->name;
    return facts;
}

/// A paper for the branch's co-chairs: made(facts) gives its data.
template <class Make>
Route branch_paper(const std::string& name, std::string summary, Make made, const Papers& papers, bool rehearsal, double scale = 1)
{
    using Message = std::invoke_result_t<Make, const SheetFacts&>;
    return {.pattern = plan_pattern + "/documents/" + name,
            .access = any_of(ballot::Role::co_chair),
            .handle = reading_plan(
                [=, &papers](const Call& call, const store::ReadTx& tx, const WalkoutId& id, const std::string& branch) -> Result<Reply> {
                    const auto format = format_of(call);
                    const auto language = language_of(call);
                    if (!format) return format.error();
                    if (!language) return language.error();
                    const auto planning = service::as_co_chair(tx, call.context, id, branch);
                    if (!planning) return planning.error();
                    const auto facts = sheet_facts(tx, *planning, *language, rehearsal);
                    return paper(papers, name, made(facts), planning->walkout, *format, rehearsal, scale, facts.spoken);
                }),
            .summary = std::move(summary) + " (?format=json|html|pdf, ?lang=en|cy)",
            .response_schema = wire::schema_json<Message>()};
}

Result<Reply> letter(const Call& call, const store::ReadTx& tx, const Papers& papers, bool rehearsal)
{
    const auto format = format_of(call);
    const auto number = number_in<strike::ExemptionNumber>(call, "exemption");
    if (!format) return format.error();
    if (!number) return number.error();
    const auto exemption = service::find_exemption_for(tx, call.context, *number);
    if (!exemption) return exemption.error();
    if (exemption->state() != strike::Exemption::State::granted)
        return Refusal{.kind = Kind::conflict,
                       .code = "not_granted",
                       .detail = "This exemption is " + std::string(name(exemption->state())) + ", so there is no letter.",
                       .next = "Two people decide about it first."};
    const auto walkout = service::require_walkout(tx, exemption->walkout).value();
    return paper(papers, "exemption", exemption_letter(walkout, *exemption, rehearsal), walkout, *format, rehearsal);
}

Result<Reply> pass(const Call& call, const store::ReadTx& tx, const Services& services, const Papers& papers)
{
    const auto format = format_of(call);
    const auto number = number_in<strike::PostNumber>(call, "post");
    if (!format) return format.error();
    if (!number) return number.error();
    const auto place = service::require_post(tx, *number);
    if (!place) return place.error();
    const auto member = store::find_member(tx, call.context.caller.number);
    if (const auto on_it = strike::take_off(*number, store::find_sign_up(tx, *number, call.context.caller.number)); !on_it || !member)
        return Refusal{.kind = Kind::not_found,
                       .code = "not_signed_up",
                       .detail = "You are not signed up for this post.",
                       .next = "Sign up with: walkout picket sign-up " + call.arg("post")};
    const auto walkout = service::require_walkout(tx, place->walkout).value();
    const strike::Pass shown{place->walkout, *number, member->number};
    const auto code = strike::pass_code(shown, hex(services.board_key.sign(strike::signed_text(shown))));
    return paper(papers, "pass", pass_paper(walkout, *place, member->number, member->name, code, services.rehearsal), walkout, *format,
                 services.rehearsal);
}

} // namespace

void add_strike_pages(std::vector<Route>& routes, Services& services, const Papers& papers)
{
    const bool rehearsal = services.rehearsal;
    routes.push_back({.pattern = "/strike",
                      .access = anyone,
                      .handle = Read{[rehearsal, &papers](const Call& call, const store::ReadTx& tx) -> Result<Reply> {
                          return every_walkout(call, tx, papers, rehearsal);
                      }},
                      .summary = "Every walkout, as a page (?lang=en|cy)"});
    routes.push_back({.pattern = "/strike/{walkout}",
                      .access = anyone,
                      .handle = Read{[rehearsal, &papers](const Call& call, const store::ReadTx& tx) -> Result<Reply> {
                          return one_walkout(call, tx, papers, rehearsal);
                      }},
                      .summary = "One walkout and its public pickets, as a page (?lang=en|cy)"});
    routes.push_back(branch_paper("rota", "The rota to print", rota_paper, papers, rehearsal));
    routes.push_back(branch_paper("authority", "Authority cards of organisers, letters of supervisors", authority_paper, papers, rehearsal));
    routes.push_back(branch_paper("incident", "A sheet to note an incident on", incident_paper, papers, rehearsal));
    const auto with_address = [&papers](const SheetFacts& facts) {
        return poster(facts,
                      papers.public_url + "/strike/" + facts.walkout.id.text() + (facts.spoken.language == ballot::Language::cy ? "?lang=cy" : ""));
    };
    routes.push_back(branch_paper("poster", "A poster of the branch's public pickets, with a QR code of the walkout's page", with_address, papers,
                                  rehearsal, poster_scale));
    routes.push_back({.pattern = "/api/v1/exemptions/{exemption}/letter",
                      .access = signed_in,
                      .handle = Read{[rehearsal, &papers](const Call& call, const store::ReadTx& tx) { return letter(call, tx, papers, rehearsal); }},
                      .summary = "The letter of an exemption, for its member and those who decide (?format=json|html|pdf)",
                      .response_schema = wire::schema_json<wire::ExemptionLetter>()});
    routes.push_back({.pattern = "/api/v1/posts/{post}/pass",
                      .access = signed_in,
                      .handle = Read{[&services, &papers](const Call& call, const store::ReadTx& tx) { return pass(call, tx, services, papers); }},
                      .summary = "What the caller shows to be checked in on a post: a QR code signed by the board (?format=json|html|pdf)",
                      .response_schema = wire::schema_json<wire::PassPaper>()});
}

} // namespace walkout::api
