#include "server/api/ballot_routes.hpp"
#include "server/api/dispatcher.hpp"
#include "server/api/law_routes.hpp"
#include "shared/wire/approval_messages.hpp"
#include "shared/wire/ballot_messages.hpp"
#include "shared/wire/problem.hpp"
#include "shared/wire/receipt_messages.hpp"
#include "shared/wire/result_messages.hpp"
#include "shared/wire/roll_messages.hpp"
#include "shared/wire/turnout_messages.hpp"
#include "tests/store/ballot_fixture.hpp"

#include <algorithm>
#include <future>

using namespace walkout;
using namespace walkout::test;
using ballot::Role;
using http::Method;
using http::Response;

namespace {

/// The ballot's routes behind a dispatcher. Bearer tokens are who one is: "gs", "scrutineer", or a member's number.
struct BallotApi : BallotWorld {
    explicit BallotApi(store::Purpose purpose = store::Purpose::rehearsal) : BallotWorld(purpose), services(make_services(purpose))
    {
        std::vector<api::Route> routes;
        api::add_ballot_routes(routes, services);
        api::add_clock_routes(routes, services);
        api::add_law_routes(routes, services);
        dispatcher = std::make_unique<api::Dispatcher>(
            std::move(routes), services, pool,
            api::Dispatcher::Settings{.authenticate = who_is, .log = [](const wire::LogLine&) {}, .per_address = std::nullopt});
    }
    ~BallotApi()
    {
        pool.stop();
        store->writer.stop();
    }

    static std::optional<ballot::Caller> who_is(const store::ReadTx&, std::string_view bearer, Instant)
    {
        ballot::Caller caller{.number = std::string(bearer), .name = "Someone", .member = true, .branch = "Hampshire", .offices = {}};
        if (bearer == "gs") caller.offices = {{Role::general_secretary, ""}};
        if (bearer == "scrutineer") caller.offices = {{Role::scrutineer, ""}};
        return caller;
    }

    Response ask(Method method, const std::string& path, const char* bearer = nullptr, std::string body = {})
    {
        std::promise<Response> answered;
        auto target = path;
        std::map<std::string, std::string> query;
        if (const auto mark = path.find("?cursor="); mark != path.npos) {
            query["cursor"] = path.substr(mark + 8);
            target = path.substr(0, mark);
        }
        dispatcher->answer({.method = method,
                            .path = "/api/v1" + target,
                            .query = std::move(query),
                            .bearer = bearer == nullptr ? std::nullopt : std::optional(Secret(std::string(bearer))),
                            .content_type = body.empty() ? "" : "application/json",
                            .body = std::move(body),
                            .peer = "127.0.0.1"},
                           [&](Response response) { answered.set_value(std::move(response)); });
        return answered.get_future().get();
    }

    /// "201", or the status and code of a refusal: "403 not_allowed".
    std::string answer(Method method, const std::string& path, const char* bearer = nullptr, std::string body = {})
    {
        const auto response = ask(method, path, bearer, std::move(body));
        const auto problem = wire::from_json<wire::Problem>(response.body);
        return std::to_string(response.status) + (problem ? " " + wire::refusal_of(*problem).code : "");
    }
    template <class T> T get(const std::string& path, const char* bearer = nullptr)
    {
        return wire::from_json<T>(ask(Method::get, path, bearer).body).value();
    }

    void plan_and_freeze()
    {
        plan(ballot::plan_2013());
        now = at("2013-09-24T09:00:00Z");
        freeze();
    }

    service::Clocks clocks{[this] { return now; }};
    api::Services services;
    api::Pool pool{2};
    std::unique_ptr<api::Dispatcher> dispatcher;

private:
    api::Services make_services(store::Purpose purpose)
    {
        return {.readers = store->readers,
                .writer = store->writer,
                .clocks = clocks,
                .random = random,
                .rehearsal = purpose == store::Purpose::rehearsal,
                .board_key = board_key};
    }
};

struct RealBallotApi : BallotApi {
    RealBallotApi() : BallotApi(store::Purpose::normal) {}
};

const std::string one = "/ballots/probation-2013";

std::string receipt_body(const char* kind, const char* employer)
{
    return std::string(R"({"kind":")") + kind + R"(","employer":")" + employer +
           R"(","received_on":"2013-09-23","how":"by hand","evidence":"signed for"})";
}

} // namespace

TEST_SUITE_BEGIN("api");

TEST_CASE_FIXTURE(BallotApi, "the general secretary plans with the file's own JSON, and anyone reads the ballot")
{
    const auto plan_json = wire::to_json(ballot::plan_2013());
    CHECK(answer(Method::post, "/ballots", nullptr, plan_json) == "401 sign_in_needed");
    CHECK(answer(Method::post, "/ballots", "1001", plan_json) == "403 not_allowed");
    const auto planned = ask(Method::post, "/ballots", "gs", plan_json);
    CHECK(planned.status == 201);
    CHECK(wire::from_json<wire::BallotTimetable>(planned.body)->law.ballot_notice_by == day("2013-09-23"));
    CHECK(answer(Method::post, "/ballots", "gs", plan_json) == "409 ballot_exists");

    const auto view = get<wire::BallotView>(one);
    CHECK(view.rehearsal);
    CHECK(view.phase == ballot::Phase::planned);
    CHECK(view.paper_en.front() == "REHEARSAL: this is not a real ballot.");
    CHECK_FALSE(view.paper_final);
    CHECK(hex(sha256(ask(Method::get, one + "/paper").body)) == view.paper_hash);
    CHECK(get<wire::BallotList>("/ballots").ballots.size() == 1);
    CHECK(get<wire::BallotTimetable>(one + "/timetable").law.ballot_date == day("2013-10-18"));
    CHECK(answer(Method::get, "/ballots/other") == "404 no_such_ballot");
}

TEST_CASE_FIXTURE(BallotApi, "an unlawful plan names the rule, its source and the earliest lawful date")
{
    auto plan = ballot::plan_2013();
    plan.opens = ballot::wall("2013-09-08T09:00");
    plan.roll_cut_off = day("2013-08-20");
    const auto refused = ask(Method::post, "/ballots", "gs", wire::to_json(plan));
    CHECK(refused.status == 422);
    const auto problem = wire::from_json<wire::Problem>(refused.body).value();
    CHECK(problem.rule == "ballot_notice_days");
    CHECK(problem.earliest_lawful == "2013-09-09");
    CHECK(problem.source->find("226A") != std::string::npos);
}

TEST_CASE_FIXTURE(BallotApi, "the roll with its names is the scrutineer's alone; a member sees their own place")
{
    plan_and_freeze();
    CHECK(answer(Method::get, one + "/roll", "gs") == "403 not_allowed");
    CHECK(answer(Method::get, one + "/roll", "1001") == "403 not_allowed");
    auto page = get<wire::RollPage>(one + "/roll", "scrutineer");
    CHECK(page.people.size() == 50);
    CHECK(page.people.front().email == "1001@example.org");
    page = get<wire::RollPage>(one + "/roll?cursor=" + page.next.value(), "scrutineer");
    CHECK(page.people.size() == 10);
    CHECK_FALSE(page.next);

    const auto figures = get<wire::FrozenRoll>(one + "/roll/figures", "gs");
    CHECK(figures.entitled == 60);
    CHECK(figures.by_employer.at("Wales Trust") == 20);
    const auto mine = get<wire::MyEntitlement>(one + "/entitlement", "1002");
    CHECK(mine.entitled);
    CHECK(mine.workplace == "Andover Road");
    CHECK_FALSE(get<wire::MyEntitlement>(one + "/entitlement", "9999").entitled);
}

TEST_CASE_FIXTURE(BallotApi, "receipts are recorded by officials, and what is awaited is listed with its last day")
{
    plan_and_freeze();
    CHECK(answer(Method::post, one + "/notices", "1001", receipt_body("ballot", "Wales Trust")) == "403 not_allowed");
    CHECK(answer(Method::post, one + "/notices", "gs", receipt_body("ballot", "Wales Trust")) == "201");
    const auto list = get<wire::NoticeList>(one + "/notices", "gs");
    CHECK(list.receipts.size() == 1);
    CHECK(list.receipts.front().roll_revision == 1);
    REQUIRE(list.awaited.size() == 3);
    CHECK(list.awaited.front().employer == "Hampshire Trust");
    CHECK(list.awaited.front().by == day("2013-09-23"));
    for (const auto* employer : {"Hampshire Trust", "Wales Trust"})
        for (const auto* kind : {"ballot", "sample"}) CHECK(answer(Method::post, one + "/notices", "gs", receipt_body(kind, employer)) == "201");
    CHECK(get<wire::NoticeList>(one + "/notices", "gs").phase == ballot::Phase::noticed);
    CHECK(get<wire::BallotView>(one).paper_final);
}

TEST_CASE_FIXTURE(BallotApi, "an approval is signed over exactly what is shown")
{
    plan_and_freeze();
    all_receipts();
    key_and_code();
    const auto path = one + "/approvals/open";
    CHECK(answer(Method::get, path, "1001") == "403 not_allowed");
    CHECK(answer(Method::get, one + "/approvals/nothing", "gs") == "404 no_such_step");
    CHECK(answer(Method::get, one + "/approvals/declare", "gs") == "409 wrong_phase");
    const auto signed_by = [&](const char* who, Role role, const SigningKey& key) {
        const auto object = get<wire::ApprovalObject>(path, who);
        CHECK(hex(sha256(object.canonical)) == object.object);
        const ballot::ApprovalClaim claim{object.step, object.ballot, sha256(object.canonical), object.now + std::chrono::hours(24)};
        const wire::NewApproval body{object.object, claim.expires, role, hex(key.sign(ballot::canonical_approval(claim)))};
        return ask(Method::post, path, who, wire::to_json(body));
    };
    const auto first = signed_by("gs", Role::general_secretary, gs_key);
    CHECK(first.status == 200);
    CHECK_FALSE(wire::from_json<wire::ApprovalObject>(first.body)->complete);
    CHECK(signed_by("scrutineer", Role::scrutineer, gs_key).status == 403); // signed with somebody else's key
    const auto second = wire::from_json<wire::ApprovalObject>(signed_by("scrutineer", Role::scrutineer, scrutineer_key).body).value();
    CHECK(second.complete);
    CHECK(second.approvals.size() == 2);
}

TEST_CASE_FIXTURE(BallotApi, "no result, mandate or turnout is shown before there is one to show")
{
    plan_and_freeze();
    CHECK(answer(Method::get, one + "/result") == "409 result_not_declared");
    CHECK(get<wire::MandateList>(one + "/mandates").mandates.empty());
    CHECK(answer(Method::get, one + "/turnout") == "401 sign_in_needed");
    CHECK_FALSE(get<wire::TurnoutView>(one + "/turnout", "1001").constituencies_at);
}

TEST_CASE_FIXTURE(BallotApi, "published turnout is shown as published: constituencies hourly, tables as of their own day")
{
    plan_and_freeze();
    const ballot::TurnoutTables daily{
        {{"Probation privatisation", 60, 20}}, {{"Cymru", 20, std::nullopt}}, {{"Wales Trust, Cathays", 20, std::nullopt}}};
    const ballot::TurnoutTables hourly{{{"Probation privatisation", 60, 30}}, {}, {}};
    write([&](store::WriteTx& tx) {
        store::put_turnout(tx, id, {at("2013-10-01T08:00:00Z"), daily});
        store::put_turnout(tx, id, {at("2013-10-01T09:00:00Z"), hourly});
    });
    const auto turnout = get<wire::TurnoutView>(one + "/turnout", "1001");
    CHECK(turnout.constituencies.at(0).returned == 30);
    CHECK(turnout.constituencies_at == at("2013-10-01T09:00:00Z"));
    CHECK(turnout.tables_at == at("2013-10-01T08:00:00Z"));
    CHECK_FALSE(turnout.branches.at(0).returned);
    CHECK(turnout.distance.empty()); // no threshold in 2013
}

TEST_CASE_FIXTURE(BallotApi, "a rehearsal's clock is set by an official, forward only")
{
    CHECK(answer(Method::post, "/clock", "1001", R"({"to":"2013-09-10T09:00:00Z"})") == "403 not_allowed");
    CHECK(answer(Method::post, "/clock", "gs", R"({"to":"2013-09-10T09:00:00Z"})") == "200");
    CHECK(clocks.ballot_now() == at("2013-09-10T09:00:00Z"));
    CHECK(answer(Method::post, "/clock", "gs", R"({"to":"2013-09-10T09:00:00Z"})") == "422 clock_back");
    CHECK(clocks.ballot_now() == at("2013-09-10T09:00:00Z"));
}

TEST_CASE_FIXTURE(RealBallotApi, "a real server has no clock to set")
{
    CHECK(answer(Method::post, "/clock", "gs", R"({"to":"2013-09-10T09:00:00Z"})") == "404 not_found");
}

TEST_CASE_FIXTURE(BallotApi, "a commencement is recorded with its instrument")
{
    const auto body = [](const char* instrument) {
        return std::string(R"({"provision":"online","from":"2026-10-01","instrument":")") + instrument + "\"}";
    };
    CHECK(answer(Method::post, "/law/commencements", "1001", body("S.I. 2026/999")) == "403 not_allowed");
    CHECK(answer(Method::post, "/law/commencements", "gs", body("")) == "422 instrument_missing");
    CHECK(answer(Method::post, "/law/commencements", "gs", body("S.I. 2026/999")) == "201");
}

TEST_CASE_FIXTURE(BallotApi, "a rule not verified is recorded by an official with its source, and everybody may read what is recorded")
{
    const auto body = [](const char* value, const char* source) {
        return std::string(R"({"jurisdiction":"NI","rule":"action_notice_days","from":"2010-04-01","value":")") + value + R"(","source":")" + source +
               "\"}";
    };
    CHECK(answer(Method::post, "/law/settings", "1001", body("8 days", "NI Order")) == "403 not_allowed");
    CHECK(answer(Method::post, "/law/settings", "gs", body("eight", "NI Order")) == "400 setting_malformed");
    CHECK(answer(Method::post, "/law/settings", "gs", body("8 days", "")) == "422 instrument_missing");
    CHECK(get<wire::LawRecords>("/law/records").settings.empty());
    CHECK(answer(Method::post, "/law/settings", "gs", body("8 days", "NI Order")) == "201");
    const auto records = get<wire::LawRecords>("/law/records");
    REQUIRE(records.settings.size() == 1);
    CHECK(records.settings[0].value == "8 days");
    CHECK(records.settings[0].recorded_at == now);
}

TEST_CASE_FIXTURE(BallotApi, "the timetable is a calendar of whole days, byte for byte the same each time, and moves with the first sending")
{
    plan_and_freeze();
    const auto calendar = ask(Method::get, one + "/timetable.ics").body;
    CHECK(calendar.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
    CHECK(calendar.find("DTSTART;VALUE=DATE:20130923\r\nDTEND;VALUE=DATE:20130924\r\n") != std::string::npos); // notice of ballot
    CHECK(calendar.find("SUMMARY:REHEARSAL: Probation privatisation: every employer has") != std::string::npos);
    now += std::chrono::hours(1);
    CHECK(ask(Method::get, one + "/timetable.ics").body == calendar);
    write([&](store::WriteTx& tx) { store::put_first_sending(tx, id, at("2013-09-28T09:00:00Z")); });
    const auto moved = ask(Method::get, one + "/timetable.ics").body;
    CHECK(moved.find("DTSTART;VALUE=DATE:20130921\r\n") != std::string::npos);
    CHECK(get<wire::BallotTimetable>(one + "/timetable").law.opening_day == day("2013-09-28"));
}

TEST_CASE_FIXTURE(BallotApi, "a plan may leave out what has a sensible value, and nothing else")
{
    const auto full = wire::to_json(ballot::plan_2013());
    const auto without = [&](const std::string& field) {
        auto json = full;
        const auto at = json.find("\"" + field + "\":");
        json.erase(at, json.find(",\"", at) + 1 - at);
        return json;
    };
    CHECK(full.find("important_public_service") == std::string::npos); // not asked for in 2013
    const auto plan = wire::from_json<ballot::BallotPlan>(without("statutory"));
    REQUIRE(code(plan) == "accepted");
    CHECK(*plan == ballot::plan_2013());
    CHECK(code(wire::from_json<ballot::BallotPlan>(without("zone"))) == "accepted");
    CHECK(code(wire::from_json<ballot::BallotPlan>(without("opens"))) == "malformed_json");
    CHECK(code(wire::from_json<ballot::BallotPlan>(without("jurisdiction"))) == "malformed_json");
}

TEST_CASE_FIXTURE(BallotApi, "mandates towards employers are for officials, and there are none before the declaration")
{
    plan_and_freeze();
    CHECK(answer(Method::get, one + "/mandates/employers", "1001") == "403 not_allowed");
    CHECK(answer(Method::get, one + "/mandates/employers", "gs") == "200");
    const auto body = R"({"employer":"Wales Trust","until":"2013-12-01","made_on":"2013-09-20","evidence":"letter"})";
    CHECK(answer(Method::post, one + "/mandates/extensions", "scrutineer", body) == "403 not_allowed");
    CHECK(answer(Method::post, one + "/mandates/extensions", "gs", body) == "404 no_mandate");
}

TEST_CASE_FIXTURE(BallotApi, "an abandoned ballot says why")
{
    plan_and_freeze();
    CHECK(answer(Method::post, one + "/abandon", "gs", R"({"reason":""})") == "422 reason_missing");
    CHECK(answer(Method::post, one + "/abandon", "gs", R"({"reason":"The employer has settled."})") == "200");
    CHECK(get<wire::BallotView>(one).reason == "The employer has settled.");
}

TEST_SUITE_END();
