#include "server/api/dispatcher.hpp"
#include "server/api/strike_papers.hpp"
#include "server/api/walkout_routes.hpp"
#include "shared/crypto/ed25519.hpp"
#include "shared/crypto/system_random.hpp"
#include "shared/strike/pass.hpp"
#include "shared/wire/action_messages.hpp"
#include "shared/wire/picket_messages.hpp"
#include "shared/wire/problem.hpp"
#include "shared/wire/strike_day_messages.hpp"
#include "shared/wire/strike_messages.hpp"
#include "tests/store/strike_fixture.hpp"

#include <future>
#include <thread>

using namespace walkout;
using http::Method;
using http::Request;
using http::Response;

namespace {

/// The strike's routes behind a dispatcher, over a called walkout. Bearer tokens are who one is: "1001" a member, "chair" a co-chair, ...
struct StrikeApi : test::StrikeWorld {
    explicit StrikeApi(int members = 3) : StrikeWorld(members)
    {
        std::vector<api::Route> routes;
        api::add_walkout_routes(routes, services);
        api::add_picket_routes(routes, services);
        api::add_rota_routes(routes, services);
        api::add_strike_day_routes(routes, services);
        api::add_exemption_routes(routes, services);
        api::add_strike_pages(routes, services, papers);
        dispatcher = std::make_unique<api::Dispatcher>(
            std::move(routes), services, pool,
            api::Dispatcher::Settings{.authenticate = who_is, .log = [](const wire::LogLine&) {}, .per_address = std::nullopt});
    }
    ~StrikeApi()
    {
        pool.stop();
        store->writer.stop();
    }

    static std::optional<ballot::Caller> who_is(const store::ReadTx&, std::string_view bearer, Instant)
    {
        ballot::Caller caller{.number = std::string(bearer), .name = "Someone", .member = true, .branch = test::hampshire, .offices = {}};
        if (bearer == "chair") caller.offices = {{ballot::Role::co_chair, test::hampshire}};
        if (bearer == "london")
            caller = {.number = "2001", .name = "Lon Don", .member = true, .branch = "London", .offices = {{ballot::Role::co_chair, "London"}}};
        if (bearer == "gs")
            caller = {.number = "gs", .name = "General Secretary", .member = false, .branch = "", .offices = {{ballot::Role::general_secretary, ""}}};
        return caller;
    }

    Response ask(Method method, std::string path, const char* bearer = nullptr, std::string body = {}, std::string if_match = {},
                 std::map<std::string, std::string> query = {})
    {
        std::promise<Response> answered;
        dispatcher->answer({.method = method,
                            .path = std::move(path),
                            .query = std::move(query),
                            .bearer = bearer == nullptr ? std::nullopt : std::optional(Secret(std::string(bearer))),
                            .if_match = std::move(if_match),
                            .content_type = body.empty() ? "" : "application/json",
                            .body = std::move(body),
                            .peer = "127.0.0.1"},
                           [&](Response response) { answered.set_value(std::move(response)); });
        return answered.get_future().get();
    }

    /// A document in one of its forms.
    Response get(std::string path, const char* bearer, std::string format)
    {
        return ask(Method::get, std::move(path), bearer, {}, {}, {{"format", std::move(format)}});
    }

    /// "201", or the status and code of a refusal: "412 changed_by_other".
    std::string answer(Method method, std::string path, const char* bearer = nullptr, std::string body = {}, std::string if_match = {})
    {
        const auto response = ask(method, std::move(path), bearer, std::move(body), std::move(if_match));
        const auto problem = wire::from_json<wire::Problem>(response.body);
        return std::to_string(response.status) + (problem ? " " + wire::refusal_of(*problem).code : "");
    }

    static std::string header(const Response& response, std::string_view name)
    {
        for (const auto& header : response.headers)
            if (header.name == name) return header.value;
        return {};
    }

    service::Clocks clocks{[] { return strike::utc("2013-11-01T09:00:00Z"); }};
    SystemRandom random;
    SigningKey board_key = SigningKey::make(random);
    api::Services services{
        .readers = store->readers, .writer = store->writer, .clocks = clocks, .random = random, .rehearsal = true, .board_key = board_key};
    api::Papers papers{documents::Templates(), "https://ballot.example"};
    api::Pool pool{2};
    std::unique_ptr<api::Dispatcher> dispatcher;
};

struct CrowdedApi : StrikeApi {
    CrowdedApi() : StrikeApi(60) {}
};

const std::string one = "/api/v1/walkouts/nov-2013";
const std::string plan_path = one + "/plans/Hampshire%20and%20Isle%20of%20Wight";
const std::string site_body = R"({"name":"Headquarters","address":"Andover Road, Winchester","latitude":51.068,"longitude":-1.319,"public":true})";

} // namespace

TEST_SUITE_BEGIN("api");

TEST_CASE_FIXTURE(StrikeApi, "anyone reads a walkout, its calendar and its map")
{
    const auto view = wire::from_json<wire::WalkoutView>(ask(Method::get, one).body).value();
    CHECK(view.words == "12 noon on Tuesday 5 November 2013 to 12 noon on Wednesday 6 November 2013, 24 hours");
    CHECK(view.elapsed_minutes == 24 * 60);
    CHECK(view.rehearsal);
    CHECK(wire::from_json<wire::WalkoutList>(ask(Method::get, "/api/v1/walkouts").body)->walkouts.size() == 1);
    CHECK(answer(Method::get, "/api/v1/walkouts/other") == "404 no_such_walkout");

    const auto calendar = ask(Method::get, one + "/ics");
    CHECK(calendar.content_type == "text/calendar; charset=utf-8");
    CHECK(calendar.body.find("SUMMARY:REHEARSAL: Strike") != std::string::npos);
    CHECK(header(calendar, "Cache-Control") == "public, no-cache");
    const auto map = ask(Method::get, one + "/sites.geojson");
    CHECK(map.content_type == "application/geo+json");
    CHECK(map.body.find(R"("features":[])") != std::string::npos);
}

TEST_CASE_FIXTURE(StrikeApi, "an edit of a plan names the version it was made against: 428 without, 412 against an older one")
{
    CHECK(header(ask(Method::get, plan_path, "chair"), "ETag").starts_with("\"v0-"));
    CHECK(answer(Method::post, plan_path + "/sites", "chair", site_body) == "428 if_match_needed");
    const auto added = ask(Method::post, plan_path + "/sites", "chair", site_body, "\"v0\"");
    CHECK(added.status == 201);
    CHECK(header(added, "ETag") == "\"v1\"");
    CHECK(answer(Method::post, plan_path + "/sites", "chair", site_body, "\"v0\"") == "412 changed_by_other");
    CHECK(plan().sites.size() == 1);
}

TEST_CASE_FIXTURE(StrikeApi,
                  "a plan's tag is of all that this caller is shown: what changes without an edit is never answered 304, an edit goes by the version")
{
    add_walkout_post(6);
    const auto tag = [&](const char* who) { return header(ask(Method::get, plan_path, who), "ETag"); };
    const auto known = [&](const char* who, const std::string& etag) {
        std::promise<Response> answered;
        dispatcher->answer({.method = Method::get, .path = plan_path, .bearer = Secret(std::string(who)), .if_none_match = etag, .peer = "127.0.0.1"},
                           [&](Response response) { answered.set_value(std::move(response)); });
        return answered.get_future().get().status;
    };
    const auto mine = tag("1001");
    const auto chairs = tag("chair");
    CHECK(mine != chairs); // names are the co-chairs'
    CHECK(known("1001", mine) == 304);
    CHECK(known("1001", chairs) == 200);
    CHECK(known("1001", "\"v3\"") == 200); // what an edit answered is no answer to this
    CHECK(answer(Method::post, "/api/v1/posts/1/sign-ups", "1001") == "201");
    CHECK(known("1001", mine) == 200);
    CHECK(known("chair", chairs) == 200);
    CHECK(answer(Method::post, plan_path + "/sites", "chair", site_body, chairs) == "201"); // sixty sign-ups disturb no co-chair
    CHECK(answer(Method::post, plan_path + "/sites", "chair", site_body, chairs) == "412 changed_by_other");
    CHECK(answer(Method::post, plan_path + "/sites", "chair", site_body, "\"v40\"") == "412 changed_by_other");
    CHECK(known("chair", tag("chair")) == 304);
}

TEST_CASE_FIXTURE(
    StrikeApi, "what people write for others to read is one plain line: no escape, line break or turned text reaches another terminal, mail or paper")
{
    add_walkout_post(6);
    const std::string escape = "\\u001b[2J",
                      turned = "a\xE2\x80\xAE"
                               "b",
                      breaks = "a\\nb";
    const auto exemption = [](const std::string& work, const std::string& reason, const std::string& by) {
        return R"({"work":")" + work + R"(","reason":")" + reason + R"(","requested_by":")" + by +
               R"(","start":"2013-11-05T12:00","end":"2013-11-05T20:00"})";
    };
    for (const auto& bad : {escape, turned, breaks}) {
        CAPTURE(bad);
        const auto refused = [&](Method method, const std::string& path, const char* who, const std::string& body) {
            CAPTURE(body);
            CHECK(answer(method, path, who, body, "\"v" + std::to_string(plan().version) + "\"") == "422 not_plain_text");
        };
        refused(Method::post, one + "/suspend", "gs", R"({"reason":")" + bad + "\"}");
        refused(Method::post, one + "/exemptions", "1001", exemption(bad, "r", "b"));
        refused(Method::post, one + "/exemptions", "1001", exemption("w", bad, "b"));
        refused(Method::post, one + "/exemptions", "1001", exemption("w", "r", bad));
        refused(Method::post, "/api/v1/exemptions/1/decisions", "chair", R"({"grants":true,"reason":")" + bad + "\"}");
        refused(Method::post, plan_path + "/incidents", "chair", R"({"site":1,"at":"2013-11-05T12:00","words":")" + bad + "\"}");
        refused(Method::post, plan_path + "/incidents", "chair", R"({"site":1,"at":"2013-11-05T12:00","words":"w","police":")" + bad + "\"}");
        refused(Method::post, plan_path + "/attendance-export", "chair", R"({"purpose":")" + bad + "\"}");
        for (const std::string field : {"name", "address", "notes", "elsewhere_reason"}) {
            auto body = R"({"name":"n","address":"a"})" + std::string();
            const auto given = "\"" + field + "\":\"" + bad + "\"";
            if (field == "name") body = "{" + given + R"(,"address":"a"})";
            else if (field == "address") body = "{" + given + R"(,"name":"n"})";
            else body = "{" + given + R"(,"name":"n","address":"a"})";
            refused(Method::post, plan_path + "/sites", "chair", body);
            refused(Method::put, plan_path + "/sites/1", "chair", body);
        }
        refused(Method::post, plan_path + "/sites", "chair",
                R"({"name":"n","address":"a","supervisor":{"name":"s","contact":")" + bad + R"(","letter":"l","police_told":"p"}})");
        refused(Method::post, plan_path + "/entrances", "chair", R"({"site":1,"name":")" + bad + "\"}");
        for (const std::string field : {"over_six_reason", "lone_risk"})
            refused(Method::post, plan_path + "/posts", "chair",
                    R"({"entrance":1,"role":"walkout","from":"2013-11-05T12:00","to":"2013-11-05T13:00","needed":2,")" + field + "\":\"" + bad +
                        "\"}");
        refused(Method::post, "/api/v1/posts/1/people", "chair", R"({"member":"1001","elsewhere_reason":")" + bad + "\"}");
    }
    CHECK(answer(Method::post, one + "/exemptions", "1001", exemption("T\u0177 a d\u0175r", "na\u00efve \u2014 \u201cyes\u201d", "b")) == "201");
}

TEST_CASE_FIXTURE(StrikeApi, "who asked for an exemption, and why, does not rest in an idempotency record")
{
    const std::string body = R"({"work":"duty desk","reason":"nobody else","start":"2013-11-05T12:00","end":"2013-11-05T20:00"})";
    const auto once = [&] {
        std::promise<Response> answered;
        dispatcher->answer({.method = Method::post,
                            .path = one + "/exemptions",
                            .bearer = Secret(std::string("1001")),
                            .idempotency_key = "k-1",
                            .content_type = "application/json",
                            .body = body,
                            .peer = "127.0.0.1"},
                           [&](Response response) { answered.set_value(std::move(response)); });
        return answered.get_future().get();
    };
    CHECK(once().status == 201);
    CHECK(once().body.find("already_done") != std::string::npos);
    store->read([](const store::ReadTx& tx) {
        CHECK(tx.prepare("SELECT count(*) FROM idempotency WHERE length(body) > 0").bind().number() == 0);
        CHECK(tx.prepare("SELECT count(*) FROM exemption").bind().number() == 1);
        return 0;
    });
}

TEST_CASE_FIXTURE(StrikeApi, "a co-chair builds a plan, members join it, and only co-chairs read names")
{
    const auto add = [&](const std::string& collection, const std::string& body) {
        return answer(Method::post, plan_path + "/" + collection, "chair", body, "\"v" + std::to_string(plan().version) + "\"");
    };
    CHECK(add("sites", site_body) == "201");
    CHECK(add("entrances", R"({"site":1,"name":"Main gate"})") == "201");
    CHECK(add("posts", R"({"entrance":1,"role":"walkout","from":"2013-11-05T11:45","to":"2013-11-05T13:00","needed":2,"organiser":"1002"})") ==
          "201");
    CHECK(add("posts", R"({"entrance":1,"role":"arrivals","from":"2013-11-06T07:30","to":"2013-11-06T10:00","needed":7})") ==
          "422 over_six_needs_reason");
    CHECK(add("sites", R"({"name":"x","address":"y","latitude":1.0})") == "400 bad_coordinates");

    CHECK(ask(Method::post, "/api/v1/posts/1/sign-ups", "1001").status == 201);
    const auto seen_by = [&](const char* bearer) {
        return wire::from_json<wire::PlanView>(ask(Method::get, one + "/plan", bearer).body)->sites.at(0).entrances.at(0).posts.at(0);
    };
    CHECK(seen_by("1001").mine);
    CHECK_FALSE(seen_by("1002").mine);
    CHECK(seen_by("1002").taken == 1);
    CHECK(seen_by("1002").people.value().size() == 1); // the organiser of this post
    CHECK_FALSE(seen_by("1003").people.has_value());
    CHECK_FALSE(seen_by("1003").organiser.has_value());
    CHECK(seen_by("chair").people.value().at(0).name == "Member 1");
    for (const auto* path : {"", "/ics", "/sites.geojson"}) CHECK(ask(Method::get, one + path).body.find("Member 1") == std::string::npos);

    CHECK(answer(Method::get, plan_path) == "401 sign_in_needed");
    CHECK(answer(Method::get, plan_path, "london") == "403 not_your_branch");
    CHECK(answer(Method::post, plan_path + "/sites", "london", site_body, "\"v3\"") == "403 not_your_branch");
    CHECK(answer(Method::get, one + "/plan", "gs") == "422 branch_needed");
}

TEST_CASE_FIXTURE(StrikeApi, "a member's posts and calendar are theirs, and a cancelled one is cancelled there too")
{
    add_walkout_post(6);
    CHECK(answer(Method::post, "/api/v1/posts/1/sign-ups", "1001") == "201");
    CHECK(wire::from_json<wire::MyPostList>(ask(Method::get, "/api/v1/me/posts", "1001").body)->posts.at(0).site == "Headquarters");
    CHECK(wire::from_json<wire::MyPostList>(ask(Method::get, "/api/v1/me/posts", "1002").body)->posts.empty());
    CHECK(ask(Method::get, "/api/v1/me/posts.ics", "1001").body.find("STATUS:CONFIRMED") != std::string::npos);
    CHECK(answer(Method::del, "/api/v1/posts/1/sign-ups", "1001") == "204");
    CHECK(answer(Method::del, "/api/v1/posts/1/sign-ups", "1001") == "404 not_signed_up");
    CHECK(wire::from_json<wire::MyPostList>(ask(Method::get, "/api/v1/me/posts", "1001").body)->posts.empty());
    CHECK(ask(Method::get, "/api/v1/me/posts.ics", "1001").body.find("STATUS:CANCELLED") != std::string::npos);
    CHECK(answer(Method::post, "/api/v1/posts/seventeen/sign-ups", "1001") == "400 bad_post_number");
    CHECK(answer(Method::get, "/api/v1/me/posts") == "401 sign_in_needed");
}

TEST_CASE_FIXTURE(StrikeApi, "a suspension shows at once, in the walkout and in every calendar")
{
    add_walkout_post(6);
    CHECK(answer(Method::post, "/api/v1/posts/1/sign-ups", "1001") == "201");
    const std::string reason = R"({"reason":"Talks resumed"})";
    CHECK(answer(Method::post, one + "/suspend", "chair", reason) == "403 wrong_office");
    CHECK(answer(Method::post, one + "/suspend", "gs", R"({"reason":""})") == "422 missing_reason");
    CHECK(answer(Method::post, one + "/suspend", "gs", reason) == "200");
    const auto view = wire::from_json<wire::WalkoutView>(ask(Method::get, one).body).value();
    CHECK(view.state == strike::State::suspended);
    CHECK(view.reason == "Talks resumed");
    CHECK(ask(Method::get, one + "/ics").body.find("SEQUENCE:1\r\n") != std::string::npos);
    CHECK(ask(Method::get, one + "/ics").body.find("STATUS:CANCELLED") != std::string::npos);
    CHECK(ask(Method::get, "/api/v1/me/posts.ics", "1001").body.find("STATUS:CANCELLED") != std::string::npos);
    CHECK(answer(Method::post, "/api/v1/posts/1/sign-ups", "1002") == "409 walkout_suspended");
    CHECK(answer(Method::post, one + "/resume", "chair", reason) == "403 wrong_office");
    CHECK(answer(Method::post, one + "/resume", "gs", reason) == "422 no_mandate"); // nobody was balloted in this world
    CHECK(ask(Method::get, one + "/ics").body.find("STATUS:CANCELLED") != std::string::npos);
}

TEST_CASE_FIXTURE(StrikeApi, "what an employer agreed about a suspension is recorded and seen by the office that called the walkout, and nobody else")
{
    const std::string agreed = R"({"employer":"Hampshire Probation Trust","agreed_by":"H. Resources","made_on":"2013-10-31",)"
                               R"("suspended_from":"2013-11-04","resumes_on":"2013-11-05","evidence":"letter"})";
    CHECK(answer(Method::post, one + "/agreements", "chair", agreed) == "403 wrong_office");
    CHECK(answer(Method::get, one + "/agreements", "1001") == "403 wrong_office");
    CHECK(answer(Method::get, one + "/agreements") == "401 sign_in_needed");
    CHECK(answer(Method::post, one + "/agreements", "gs", agreed) == "201");
    const auto list = wire::from_json<wire::AgreementList>(ask(Method::get, one + "/agreements", "gs").body).value();
    REQUIRE(list.agreements.size() == 1);
    CHECK(list.agreements[0].agreed_by == "H. Resources");
    CHECK(ask(Method::get, one).body.find("H. Resources") == std::string::npos);
}

TEST_CASE_FIXTURE(StrikeApi, "anyone asks whether a shift is covered; a member is told whether they are called")
{
    const std::string office = R"({"shifts":[{"parts":[{"start":"2013-11-05T09:00","end":"2013-11-05T17:00"}]}],"off":["2013-11-06"]})";
    const auto replies = [&](const char* bearer) {
        return wire::from_json<wire::CoverReplies>(ask(Method::post, one + "/cover", bearer, office).body).value();
    };
    REQUIRE(replies(nullptr).answers.size() == 2);
    CHECK(replies(nullptr).answers[0].cover == strike::Cover::strike_from);
    CHECK(replies(nullptr).answers[1].cover == strike::Cover::not_at_work);
    CHECK_FALSE(replies(nullptr).called.has_value());
    CHECK(replies("1001").called == false); // by the register they work for Hampshire; called is the Hampshire Probation Trust
    CHECK(replies("1001").answers[0].cover == strike::Cover::not_called);
    CHECK(answer(Method::post, one + "/cover", nullptr, R"({"shifts":[]})") == "400 no_shift");
    CHECK(answer(Method::post, one + "/cover", nullptr, R"({"shifts":[{"parts":[]}]})") == "422 no_shift");
}

TEST_CASE_FIXTURE(StrikeApi, "public pages name no person, run no script, and show a suspension at once")
{
    auto post = add_walkout_post(6);
    CHECK(answer(Method::post, "/api/v1/posts/1/sign-ups", "1001") == "201");
    const auto page = ask(Method::get, "/strike/nov-2013");
    CHECK(page.status == 200);
    CHECK(page.content_type == "text/html; charset=utf-8");
    CHECK(header(page, "Content-Security-Policy").starts_with("default-src 'none'; style-src 'sha256-"));
    CHECK(page.body.find("Headquarters") != std::string::npos);
    CHECK(page.body.find("Member 1") == std::string::npos);
    CHECK(page.body.find("<script") == std::string::npos);
    CHECK(page.body.find("REHEARSAL") != std::string::npos);
    CHECK(ask(Method::post, one + "/suspend", "gs", R"({"reason":"Talks <b>resumed</b>"})").status == 200);
    const auto off = ask(Method::get, "/strike/nov-2013").body;
    CHECK(off.find("suspended. Go to work as normal. Talks &lt;b&gt;resumed&lt;/b&gt;") != std::string::npos);
    CHECK(ask(Method::get, "/strike").body.find("SUSPENDED: Privatisation of probation") != std::string::npos);
    CHECK(ask(Method::get, "/strike/other").status == 404);
    CHECK(ask(Method::get, "/strike/%22%3E%3Cscript%3E").status == 404);
}

TEST_CASE_FIXTURE(StrikeApi, "sheets to print are the co-chairs' alone")
{
    add_walkout_post(6);
    CHECK(answer(Method::post, "/api/v1/posts/1/sign-ups", "1001") == "201");
    for (const std::string sheet : {"rota", "authority", "incident", "poster"})
        for (const std::string format : {"json", "html", "pdf"}) {
            CAPTURE(sheet);
            CAPTURE(format);
            const auto path = plan_path + "/documents/" + sheet;
            CHECK(get(path, "chair", format).status == 200);
            CHECK(get(path, "1001", format).status == 403);
            CHECK(get(path, "london", format).status == 403);
        }
    CHECK(get(plan_path + "/documents/rota", "chair", "html").body.find("Member 1") != std::string::npos);
    CHECK(get(plan_path + "/documents/rota", "chair", "pdf").body.starts_with("%PDF-"));
    CHECK(get(plan_path + "/documents/rota", "chair", "odt").status == 400);
}

TEST_CASE_FIXTURE(StrikeApi,
                  "pages and papers of a walkout speak Welsh too, in words of its ballot where it has them; the Act's words stay as enacted")
{
    auto post = add_walkout_post(6);
    post.organiser = "1001";
    add(
        [&](store::WriteTx& tx, const strike::Plan& plan, strike::Post changed) {
            store::change_post(tx, plan, changed);
            return changed;
        },
        post);
    CHECK(answer(Method::post, "/api/v1/posts/1/sign-ups", "1001") == "201");
    const auto in = [&](std::string path, const char* who, const char* format, const char* language) {
        return ask(Method::get, std::move(path), who, {}, {}, {{"format", format}, {"lang", language}});
    };
    const auto says = [](const Response& response, std::vector<std::string> parts) {
        for (const auto& part : parts) {
            CAPTURE(part);
            CHECK(response.body.find(part) != std::string::npos);
        }
        CHECK(response.body.find("REHEARSAL") == std::string::npos);
    };
    const auto page = in("/strike/nov-2013", nullptr, "html", "cy");
    says(page, {"<html lang=\"cy\">", "YMARFER", "12:00, dydd Mawrth 5 Tachwedd 2013 \u2013 12:00, dydd Mercher 6 Tachwedd 2013 (24 awr)",
                "Streic yw hon. Galwyd gan: ", "sy'n gweithio i", "Hampshire Probation Trust", "?lang=en"});
    says(in("/strike", nullptr, "html", "cy"), {"Galwadau i weithredu", "/strike/nov-2013?lang=cy"});
    says(in(plan_path + "/documents/rota", "chair", "html", "cy"),
         {"Rota picedu", "11:45\u201313:00, dydd Mawrth 5 Tachwedd 2013", "Cerdded allan", "trefnydd: Member 1", "Heb ei chyhoeddi eto"});
    says(in(plan_path + "/documents/authority", "chair", "html", "cy"),
         {"Trefnydd y llinell biced: Member 1", "Peacefully obtain or communicate information, or peacefully persuade people not to work"});
    says(in(plan_path + "/documents/incident", "chair", "html", "cy"), {"Taflen ddigwyddiadau", "1 Headquarters"});
    says(in(plan_path + "/documents/poster", "chair", "html", "cy"), {"Headquarters", "/strike/nov-2013?lang=cy", "Hampshire Probation Trust"});
    CHECK(in(plan_path + "/documents/poster", "chair", "pdf", "cy").body.find("/Lang (cy)") != std::string::npos);
    CHECK(ask(Method::post, one + "/suspend", "gs", R"({"reason":"Trafodaethau"})").status == 200);
    says(in("/strike/nov-2013", nullptr, "html", "cy"), {"ATALIWYD: ", "Ewch i'r gwaith fel arfer. Trafodaethau"});
    for (const std::string& path : {std::string("/strike"), std::string("/strike/nov-2013"), plan_path + "/documents/rota"})
        CHECK(in(path, "chair", "html", "fr").status == 400);
}

TEST_CASE_FIXTURE(StrikeApi,
                  "a supervisor's letter states what the law of the picket's own days requires, and requires nothing on others (TULRCA s.220A)")
{
    auto called = strike::walkout_2013();
    called.window = strike::window("2017-11-07T12:00", "2017-11-08T12:00");
    auto with_supervisor = strike::plan_2013();
    with_supervisor.sites[0].supervisor =
        strike::Supervisor{"Sue Pervisor", "07700 900123", "L-17", "PC 1234 at Winchester, by telephone on 1 November"};
    with_supervisor.posts = {strike::post("2017-11-07T11:45", "2017-11-07T13:00")};
    with_supervisor.posts[0].organiser = "1001";
    const auto letter = [&](std::vector<Date> supervised) {
        const auto paper = api::authority_paper(
            {.walkout = called, .plan = with_supervisor, .organisers = {{"1001", "Member 1"}}, .supervised = std::move(supervised)});
        return documents::sheets_of(papers.templates.fill("authority", wire::to_json(paper)));
    };
    const auto required = letter({strike::day("2017-11-07"), strike::day("2017-11-08")}); // nobody pickets on the second day
    REQUIRE(required.size() == 2);
    const auto words = documents::plain_text(required[0]);
    for (const auto* part :
         {"Letter of authority for the picket supervisor: Sue Pervisor", "Reference: L-17", "The union approves the picketing described here.",
          "Headquarters, Andover Road, Winchester", "07700 900123", "PC 1234 at Winchester", "(Tuesday 7 November 2017)",
          "Show this letter to the employer", "wear something that readily identifies you", "s.220A"}) {
        CAPTURE(part);
        CHECK(words.find(part) != std::string::npos);
    }
    CHECK(documents::title_of(required[1]) == "Picket organiser: Member 1");
    CHECK(documents::plain_text(required[1]).find("s.220A") == std::string::npos);
    CHECK(documents::plain_text(letter({})[0]).find("s.220A") == std::string::npos); // before March 2017, and again since 18 February 2026
}

TEST_CASE_FIXTURE(StrikeApi, "a pass is for whoever is on the post, signed by the board, as a QR code")
{
    add_walkout_post(6);
    const auto path = std::string("/api/v1/posts/1/pass");
    CHECK(get(path, "1001", "json").status == 404);
    CHECK(answer(Method::post, "/api/v1/posts/1/sign-ups", "1001") == "201");
    const auto pass = wire::from_json<wire::PassPaper>(get(path, "1001", "json").body).value();
    const auto read = strike::read_pass(pass.code).value();
    CHECK(read.pass.member == "1001");
    CHECK(verify_signature(board_key.public_key(), strike::signed_text(read.pass), *parse_signature(read.signature)));
    CHECK(get(path, "1001", "html").body.find("<svg") != std::string::npos);
    CHECK(answer(Method::del, "/api/v1/posts/1/sign-ups", "1001") == "204");
    CHECK(get(path, "1001", "json").status == 404);
    CHECK(answer(Method::get, "/api/v1/posts/9/pass", "1001") == "404 no_such_post");
}

TEST_CASE_FIXTURE(StrikeApi, "a secret calendar address needs no session, and an unknown one is not found")
{
    add_walkout_post(6);
    CHECK(answer(Method::post, "/api/v1/posts/1/sign-ups", "1001") == "201");
    const auto path = wire::from_json<wire::FeedAddress>(ask(Method::post, "/api/v1/me/calendar", "1001").body)->path;
    CHECK(ask(Method::get, path).body.find("STATUS:CONFIRMED") != std::string::npos);
    CHECK(answer(Method::get, "/calendar/0123.ics") == "404 not_found");
    CHECK(answer(Method::del, "/api/v1/me/calendar", "1001") == "204");
    CHECK(answer(Method::get, path) == "404 not_found");
}

TEST_CASE_FIXTURE(StrikeApi, "the roster is signed, and only its organisers and co-chairs take it along")
{
    add_walkout_post(6);
    CHECK(answer(Method::post, "/api/v1/posts/1/sign-ups", "1001") == "201");
    const auto sealed = wire::from_json<wire::SignedRoster>(ask(Method::get, plan_path + "/roster", "chair").body).value();
    CHECK(verify_signature(*parse_public_key(sealed.board_key), "walkout-roster|" + sealed.roster, *parse_signature(sealed.signature)));
    CHECK(wire::from_json<wire::Roster>(sealed.roster)->people.at(0).number == "1001");
    CHECK(answer(Method::get, plan_path + "/roster", "1001") == "403 not_your_branch");
    CHECK(answer(Method::get, plan_path + "/roster", "gs") == "403 not_your_branch");
}

TEST_CASE_FIXTURE(StrikeApi, "lines come with the roster they were written under, and only one that this server signed for this plan counts")
{
    add_walkout_post(6);
    CHECK(answer(Method::post, "/api/v1/posts/1/sign-ups", "1001") == "201");
    const auto sealed = wire::from_json<wire::SignedRoster>(ask(Method::get, plan_path + "/roster", "chair").body).value();
    CHECK(wire::from_json<wire::Roster>(sealed.roster)->holder == "chair");
    wire::CheckInList list{{{std::string(32, 'a'), 1, "1001", strike::CheckKind::arrived, strike::utc("2013-11-05T11:50:00Z")}}, sealed};
    const auto send = [&](const char* who) { return answer(Method::post, plan_path + "/check-ins", who, wire::to_json(list)); };
    CHECK(send("chair") == "200");
    CHECK(send("1002") == "403 not_your_branch");
    auto forged = sealed;
    forged.roster.replace(forged.roster.find("\"chair\""), 7, "\"1002\" "); // valid JSON still
    list.roster = forged;
    CHECK(send("1002") == "422 roster_not_genuine");
    const auto other = SigningKey::make(random);
    forged.signature = hex(other.sign("walkout-roster|" + forged.roster));
    forged.board_key = hex(other.public_key()); // a key that comes along proves nothing
    list.roster = forged;
    CHECK(send("1002") == "422 roster_not_genuine");
    auto elsewhere = wire::from_json<wire::Roster>(sealed.roster).value();
    elsewhere.branch = "London";
    elsewhere.holder = "1002";
    const auto text = wire::to_json(elsewhere);
    list.roster = wire::SignedRoster{text, hex(board_key.sign("walkout-roster|" + text)), hex(board_key.public_key())};
    CHECK(send("1002") == "422 roster_not_genuine");
}

TEST_CASE_FIXTURE(StrikeApi,
                  "settings are read by all, changed by the general secretary under If-Match, and refused where no picket could live by them")
{
    const auto settings = ask(Method::get, "/api/v1/picket-settings");
    CHECK(header(settings, "ETag").starts_with("\"v0-"));
    auto message = wire::from_json<wire::PicketSettingsMessage>(settings.body).value();
    message.cap = 4;
    const auto put = [&](const char* bearer, const char* tag) {
        return answer(Method::put, "/api/v1/picket-settings", bearer, wire::to_json(message), tag);
    };
    CHECK(put("chair", "\"v0\"") == "403 not_allowed");
    CHECK(put("gs", "") == "428 if_match_needed");
    CHECK(put("gs", header(settings, "ETag").c_str()) == "200");
    CHECK(put("gs", "\"v0\"") == "412 changed_by_other");
    message.night_to = "23:00";
    CHECK(put("gs", "\"v1\"") == "422 bad_settings");
    message.rest = INT64_MAX;
    CHECK(put("gs", "\"v1\"") == "400 bad_settings");
    CHECK(wire::from_json<wire::PicketSettingsMessage>(ask(Method::get, "/api/v1/picket-settings").body)->cap == 4);
}

TEST_CASE_FIXTURE(StrikeApi, "a call that cannot be is refused by what is wrong with it")
{
    const std::string call = R"({"id":"w2","ballot":"probation-2013","kind":"strike","start":"2013-11-12T12:00","end":"2013-11-13T12:00"})";
    CHECK(answer(Method::post, "/api/v1/walkouts", nullptr, call) == "401 sign_in_needed");
    CHECK(answer(Method::post, "/api/v1/walkouts", "gs", R"({"id":"w2"})") == "400 malformed_json");
    CHECK(answer(Method::post, "/api/v1/walkouts", "gs",
                 R"({"id":"w2","ballot":"other","kind":"strike","start":"2013-11-12T12:00","end":"2013-11-13T12:00"})") == "404 no_such_ballot");
    CHECK(answer(Method::post, "/api/v1/walkouts", "gs",
                 R"({"id":"w2","ballot":"other","kind":"strike","start":"2013-11-12T12:00","end":"2013-11-12T12:00"})") == "422 window_backwards");
}

TEST_CASE_FIXTURE(CrowdedApi, "sixty requests for the last place: one 201, fifty-nine say it is full")
{
    add_walkout_post(1);
    std::vector<std::string> answers(60);
    {
        std::vector<std::jthread> phones;
        for (std::size_t i = 0; i < answers.size(); ++i)
            phones.emplace_back([&, i] { answers[i] = answer(Method::post, "/api/v1/posts/1/sign-ups", std::to_string(1001 + i).c_str()); });
    }
    CHECK(std::ranges::count(answers, "201") == 1);
    CHECK(std::ranges::count(answers, "409 post_full") == 59);
}

TEST_SUITE_END();
