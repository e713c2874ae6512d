#include "shared/strike/attendance.hpp"
#include "shared/strike/exemption.hpp"
#include "tests/unit/strike/fixtures.hpp"

#include <algorithm>
#include <map>
#include <random>

using namespace walkout;
using namespace walkout::strike;

TEST_SUITE_BEGIN("strike");

namespace {

template <class T> std::string code_of(const Result<T>& result) { return result ? "accepted" : result.error().code; }

Walkout over(const char* start, const char* end)
{
    auto walkout = walkout_2013();
    walkout.window = window(start, end);
    return walkout;
}

OpeningHours hours(int opens, int closes, std::vector<Weekday> days = {})
{
    return {std::chrono::hours(opens), std::chrono::hours(closes), std::move(days)};
}

/// The plan with one entrance of these hours, and the posts of the template in it.
Plan templated(const Walkout& walkout, OpeningHours open, const PicketSettings& settings = {})
{
    auto plan = plan_2013();
    plan.entrances[0].hours = open;
    plan.posts = template_posts(walkout, plan, settings);
    return plan;
}

/// One a line.
std::string listed(const Plan& plan, const Walkout& walkout)
{
    std::string out;
    for (const auto& post : plan.posts) out += std::string(name(post.role)) + " " + words(post.from, post.to, walkout.window.zone()) + "\n";
    return out;
}

} // namespace

TEST_CASE("noon to noon at an office: the walkout at noon, arrivals next morning, the return at noon (Napo, November 2013)")
{
    const auto walkout = walkout_2013();
    CHECK(listed(templated(walkout, hours(8, 18)), walkout) == "walkout 11:45am to 1pm on Tuesday 5 November 2013\n"
                                                               "arrivals 7:30am to 10am on Wednesday 6 November 2013\n"
                                                               "return 11:30am to 12:15pm on Wednesday 6 November 2013\n");
}

TEST_CASE("action short of a strike on some days: arrivals and late posts on those days, nobody walks out, and no post on a day that no notice names")
{
    auto walkout = over("2026-10-26T00:00", "2026-10-29T00:00");
    walkout.action = Action::action_short;
    walkout.dates = {day("2026-10-26"), day("2026-10-28")};
    CHECK(listed(templated(walkout, hours(8, 18)), walkout) == "arrivals 7:30am to 10am on Monday 26 October 2026\n"
                                                               "arrivals 7:30am to 10am on Wednesday 28 October 2026\n");
    CHECK(listed(templated(walkout, hours(0, 24)), walkout) == "arrivals 7am to 10am on Monday 26 October 2026\n"
                                                               "late 3:30pm to 6pm on Monday 26 October 2026\n"
                                                               "arrivals 7am to 10am on Wednesday 28 October 2026\n"
                                                               "late 3:30pm to 6pm on Wednesday 28 October 2026\n");
}

TEST_CASE("an entrance that closes after midnight, or opens on some days of the week, has posts when it is open")
{
    const auto walkout = walkout_2013(); // Tuesday noon to Wednesday noon
    CHECK(listed(templated(walkout, hours(8, 18, {Weekday::tue})), walkout) == "walkout 11:45am to 1pm on Tuesday 5 November 2013\n");
    CHECK(listed(templated(walkout, hours(8, 18, {Weekday::sat, Weekday::sun})), walkout).empty());
    CHECK(listed(templated(walkout, hours(22, 30)), walkout) ==
          "arrivals 9:30pm on Tuesday 5 November 2013 to 12 midnight at the start of Wednesday 6 November 2013\n");
    const auto from_midnight = over("2013-11-06T01:00", "2013-11-06T09:00");
    CHECK(listed(templated(from_midnight, hours(22, 30, {Weekday::tue})), from_midnight).starts_with("walkout 12:15am") == false);
    CHECK(listed(templated(from_midnight, hours(22, 30, {Weekday::tue})), from_midnight).starts_with("walkout 12:45am"));
    CHECK(listed(templated(from_midnight, hours(22, 30, {Weekday::wed})), from_midnight).empty()); // that night begins on Wednesday
}

TEST_CASE("round the clock there are late and night posts as well, the night in stints that someone can stand")
{
    const auto walkout = walkout_2013();
    CHECK(listed(templated(walkout, hours(0, 24)), walkout) == "walkout 11:45am to 1pm on Tuesday 5 November 2013\n"
                                                               "late 3:30pm to 6pm on Tuesday 5 November 2013\n"
                                                               "night 10pm on Tuesday 5 November 2013 to 2am on Wednesday 6 November 2013\n"
                                                               "night 2am to 6am on Wednesday 6 November 2013\n"
                                                               "arrivals 7am to 10am on Wednesday 6 November 2013\n"
                                                               "return 11:30am to 12:15pm on Wednesday 6 November 2013\n");
}

TEST_CASE("the night that autumn lengthens has three posts, and the repeated hour says which it is; spring shortens two")
{
    const auto autumn = over("2026-10-24T12:00", "2026-10-25T12:00");
    const auto posts = listed(templated(autumn, hours(0, 24)), autumn);
    CHECK(posts.find("night 10pm on Saturday 24 October 2026 to 1am (BST) on Sunday 25 October 2026\n"
                     "night 1am (BST) to 3am on Sunday 25 October 2026\n") != posts.npos);
    CHECK(posts.starts_with("walkout 11:45am"));
    CHECK(posts.ends_with("return 11:30am to 12:15pm on Sunday 25 October 2026\n"));
    const auto spring = over("2027-03-27T12:00", "2027-03-28T12:00");
    CHECK(listed(templated(spring, hours(0, 24)), spring).find("night 10pm on Saturday 27 March 2027 to 2:30am on Sunday 28 March 2027\n") !=
          std::string::npos);
}

TEST_CASE("the template is laid once, keeps clear of what stands there, and skips an entrance that is closed at noon or has no hours")
{
    const auto walkout = walkout_2013();
    auto plan = templated(walkout, hours(8, 18));
    CHECK(template_posts(walkout, plan, {}).empty());
    plan.posts.erase(plan.posts.begin());
    auto other = post("2013-11-05T12:00", "2013-11-05T14:00", 5, PostNumber{9});
    other.role = PostRole::late;
    plan.posts.push_back(other);
    CHECK(template_posts(walkout, plan, {}).empty()); // one place under the cap is too few for a walkout post
    plan.posts.back().places = 3;
    REQUIRE(template_posts(walkout, plan, {}).size() == 1);
    CHECK(template_posts(walkout, plan, {})[0].places == 3);
    CHECK(listed(templated(walkout, hours(14, 20)), walkout) == "arrivals 1:30pm to 4pm on Tuesday 5 November 2013\n"); // closed at noon both days
    plan.entrances[0].hours.reset();
    CHECK(template_posts(walkout, plan, {}).empty());
}

TEST_CASE("no generated plan breaks the cap, the stints, the night's company or the hours of the walkout, whatever is asked of it")
{
    for (std::uint32_t seed = 0; seed < 400; ++seed) {
        CAPTURE(seed);
        std::mt19937 random(seed);
        const auto pick = [&](int least, int most) { return std::uniform_int_distribution<int>(least, most)(random); };
        // Windows of an hour to three days, anywhere in two years with their clock changes.
        const auto start = WallTime(day("2026-01-01") + Days(pick(0, 730))) + std::chrono::hours(pick(0, 23));
        const auto made = Window::make(start, start + std::chrono::hours(pick(1, 72)), "Europe/London", Semantics::clock);
        if (!made) continue;
        auto walkout = walkout_2013();
        walkout.window = *made;
        PicketSettings settings;
        settings.cap = pick(2, 9);
        settings.least_at_night = pick(1, 2);
        settings.longest_stint = std::chrono::minutes(15 * pick(4, 24));
        settings.rest = std::chrono::hours(pick(0, 12));
        auto plan = plan_2013();
        plan.entrances.clear();
        for (int i = 1; i <= 3; ++i) {
            const bool round_the_clock = pick(0, 2) == 0;
            const int opens = round_the_clock ? 0 : pick(4, 11);
            plan.entrances.push_back({.number = EntranceNumber{i},
                                      .site = SiteNumber{1},
                                      .name = "Gate",
                                      .hours = hours(opens, round_the_clock ? 24 : pick(opens + 1, 24))});
        }
        const auto generated = template_posts(walkout, plan, settings);
        std::int64_t number = 0;
        for (auto post : generated) {
            const auto added = add_post(walkout, plan, post, settings); // the very checks a co-chair's own post meets
            CHECK_MESSAGE(added.has_value(), code_of(added));
            const auto length = span(post, walkout.window.zone()).to - span(post, walkout.window.zone()).from;
            CHECK(length <= settings.longest_stint);
            post.number = PostNumber{++number};
            plan.posts.push_back(post);
        }
        // Sixty people sign up for whatever they may: the rules hold for each of them, however they try.
        std::map<PostNumber, std::int64_t> taken;
        for (int person = 0; person < 60; ++person) {
            std::vector<Span> mine;
            const Workplace workplace{"Hampshire", pick(0, 3) == 0 ? "Southampton" : "Winchester HQ"};
            for (int tries = 0; tries < 12 && !plan.posts.empty(); ++tries) {
                const auto& post = plan.posts[static_cast<std::size_t>(pick(0, static_cast<int>(plan.posts.size()) - 1))];
                const auto joined = sign_up({.walkout = walkout,
                                             .post = post,
                                             .plan_branch = plan.branch,
                                             .site_workplace = plan.sites[0].workplace,
                                             .taken = taken[post.number],
                                             .member = "1",
                                             .member_branch = plan.branch,
                                             .member_workplace = workplace,
                                             .elsewhere = mine,
                                             .before = std::nullopt,
                                             .now = utc("2025-12-01T00:00:00Z"),
                                             .settings = settings});
                if (!joined) continue;
                CHECK(workplace.name == "Winchester HQ");
                ++taken[post.number];
                mine.push_back(span(post, walkout.window.zone()));
            }
            std::ranges::sort(mine, {}, &Span::from);
            for (std::size_t i = 1; i < mine.size(); ++i) {
                CHECK(mine[i - 1].to <= mine[i].from);
                const auto& zone = walkout.window.zone();
                const bool night = touches_night(mine[i - 1], settings, zone) || touches_night(mine[i], settings, zone);
                if (night) CHECK(mine[i].from - mine[i - 1].to >= settings.rest);
                if (mine[i].from - mine[i - 1].to < settings.stint_break) CHECK(mine[i].to - mine[i - 1].from <= settings.longest_stint);
            }
        }
        for (const auto& post : plan.posts) CHECK(taken[post.number] <= post.places);
        // At no instant does an entrance hold more than the cap.
        for (const auto& at : plan.posts) {
            std::int64_t there = 0;
            const auto moment = span(at, walkout.window.zone()).from;
            for (const auto& other : plan.posts) {
                const auto held = span(other, walkout.window.zone());
                if (other.entrance == at.entrance && held.from <= moment && moment < held.to) there += taken[other.number];
            }
            CHECK(there <= settings.cap);
        }
    }
}

TEST_CASE("gaps name what is missing; nobody publishes a rota with one alone at night, or without the supervisor that the law of the day requires")
{
    auto walkout = over("2018-11-05T12:00", "2018-11-06T12:00");
    auto plan = templated(walkout, hours(0, 24));
    std::int64_t number = 0;
    for (auto& post : plan.posts) post.number = PostNumber{++number};
    plan.posts[0].organiser = "1001";
    const std::vector<Date> days{day("2018-11-05"), day("2018-11-06")};
    const std::vector<Staffed> staffed{{PostNumber{1}, 2}, {PostNumber{3}, 1}};

    const auto missing = gaps(walkout, plan, staffed, days, {});
    CHECK(missing[0].what == Gap::What::supervisor);
    CHECK(std::ranges::count(missing, Gap::What::night, &Gap::what) == 1);
    CHECK(std::ranges::count(missing, Gap::What::people, &Gap::what) == 4);
    CHECK(std::ranges::count(missing, Gap::What::organiser, &Gap::what) == 5);

    const auto said = [&](const std::string& part) {
        return std::ranges::any_of(missing, [&](const Gap& gap) { return gap.words.find(part) != std::string::npos; });
    };
    CHECK(said("Post 2, Headquarters (Main gate), 3:30pm to 6pm on Monday 5 November 2018, has no organiser."));
    plan.sites.push_back({.number = SiteNumber{2}, .name = "Crown Court", .address = "Winchester", .workplace = {}, .coordinates = {}, .notes = {}});
    CHECK(gaps(walkout, plan, staffed, days, {})[1].words == "Crown Court has no entrance yet, so nobody can stand there.");

    const auto refused = may_publish(walkout, plan, staffed, days, {});
    CHECK(refused.error().code == "supervisor_needed");
    CHECK(refused.error().rule == "picket_supervisor");
    CHECK(may_publish(walkout, plan, staffed, {}, {}).error().code == "lone_at_night"); // no such law in 2013, and none since 18 February 2026
    plan.sites[0].supervisor = Supervisor{"Ann", "07700 900000", "letter 7", "Sgt Blue, by telephone, 1 November"};
    CHECK(may_publish(walkout, plan, staffed, days, {}).error().code == "lone_at_night");
    plan.posts[2].lone_risk = "A guard of the union stands beside them";
    CHECK(may_publish(walkout, plan, staffed, days, {}).has_value());
    auto off = walkout;
    off.state = State::suspended;
    CHECK(may_publish(off, plan, staffed, days, {}).error().code == "walkout_suspended");
    plan.posts.clear();
    CHECK(may_publish(walkout, plan, staffed, days, {}).error().code == "nothing_to_publish");
}

TEST_CASE("a supervisor has a name, a contact, a letter, and the police know")
{
    auto site = plan_2013().sites[0];
    site.supervisor = Supervisor{"Ann", "07700 900000", "letter 7", ""};
    CHECK(code_of(add_site(walkout_2013(), plan_2013(), site)) == "supervisor_incomplete");
    site.supervisor->police_told = "Sgt Blue";
    CHECK(code_of(add_site(walkout_2013(), plan_2013(), site)) == "accepted");
}

TEST_CASE("settings that leave no picket possible are refused")
{
    CHECK(code_of(check(PicketSettings{})) == "accepted");
    for (const auto& change : std::vector<std::function<void(PicketSettings&)>>{
             [](auto& s) { s.cap = 0; }, [](auto& s) { s.least_at_night = 7; }, [](auto& s) { s.night_to = s.night_from; },
             [](auto& s) { s.longest_stint = std::chrono::minutes(29); }, [](auto& s) { s.rest = std::chrono::hours(25); }}) {
        PicketSettings settings;
        change(settings);
        CHECK(code_of(check(settings)) == "bad_settings");
    }
}

TEST_CASE("distance is the great circle: Winchester to Southampton is about 19 km")
{
    CHECK(kilometres({51.063, -1.308}, {50.905, -1.404}) > 18);
    CHECK(kilometres({51.063, -1.308}, {50.905, -1.404}) < 20);
    CHECK(kilometres({51.063, -1.308}, {51.063, -1.308}) == 0);
}

// ---- attendance ----

namespace {

CheckIn line(const char* id, CheckKind kind, const char* at, const char* member = "1001", std::int64_t post = 1)
{
    return {.id = id, .post = PostNumber{post}, .member = member, .kind = kind, .at = utc(at)};
}

const auto walkout_post = post("2013-11-05T11:45", "2013-11-05T13:00");
const auto london = *Zone::find("Europe/London");

} // namespace

TEST_CASE("an arrival lasts until someone leaves, or until the post ends; a mistake takes back the line before it")
{
    const auto stayed = [](const std::vector<CheckIn>& lines) {
        std::string out;
        for (const auto& one : attendance(lines, {walkout_post}, london))
            for (const auto& stay : one.stayed) out += text(stay.from).substr(11, 5) + "-" + text(stay.to).substr(11, 5) + " ";
        return out;
    };
    CHECK(stayed({line("a", CheckKind::arrived, "2013-11-05T11:50:00Z")}) == "11:50-13:00 ");
    CHECK(stayed({line("a", CheckKind::arrived, "2013-11-05T11:50:00Z"), line("b", CheckKind::left, "2013-11-05T12:10:00Z")}) == "11:50-12:10 ");
    CHECK(stayed({line("a", CheckKind::arrived, "2013-11-05T11:50:00Z"), line("b", CheckKind::left, "2013-11-05T12:10:00Z"),
                  line("c", CheckKind::arrived, "2013-11-05T12:30:00Z")}) == "11:50-12:10 12:30-13:00 ");
    CHECK(stayed({line("a", CheckKind::arrived, "2013-11-05T11:50:00Z"), line("b", CheckKind::mistake, "2013-11-05T11:55:00Z")}) == "");
    CHECK(stayed({line("a", CheckKind::arrived, "2013-11-05T11:50:00Z"), line("b", CheckKind::left, "2013-11-05T12:10:00Z"),
                  line("c", CheckKind::mistake, "2013-11-05T12:11:00Z")}) == "11:50-13:00 ");
    CHECK(stayed({line("a", CheckKind::left, "2013-11-05T12:10:00Z")}) == "");
    CHECK(stayed({line("a", CheckKind::arrived, "2013-11-05T11:50:00Z"), line("b", CheckKind::arrived, "2013-11-05T12:20:00Z")}) == "11:50-13:00 ");
    CHECK(stayed({line("a", CheckKind::arrived, "2013-11-05T06:00:00Z")}) == "10:45-13:00 "); // an hour's grace, no more
}

TEST_CASE("any order of replay, with any line repeated, on any number of devices, gives one state")
{
    for (std::uint32_t seed = 0; seed < 300; ++seed) {
        CAPTURE(seed);
        std::mt19937 random(seed);
        const auto pick = [&](int most) { return std::uniform_int_distribution<int>(0, most)(random); };
        std::vector<CheckIn> lines;
        for (int i = 0; i < 40; ++i)
            lines.push_back(
                {.id = std::to_string(seed) + "-" + std::to_string(i),
                 .post = PostNumber{1 + pick(1)},
                 .member = std::to_string(1001 + pick(4)),
                 .kind = std::array{CheckKind::arrived, CheckKind::arrived, CheckKind::left, CheckKind::mistake}[static_cast<std::size_t>(pick(3))],
                 .at = utc("2013-11-05T11:30:00Z") + std::chrono::seconds(30 * pick(200))});
        for (auto& line : lines) { // some under a roster whose post was at other hours, or is in the plan no more
            if (pick(2) == 0) line.post = PostNumber{3};
            if (line.post == PostNumber{3} || pick(1) == 0)
                line.hours =
                    Span{utc("2013-11-05T11:00:00Z") + std::chrono::hours(24 * pick(1)), utc("2013-11-05T13:30:00Z") + std::chrono::hours(24)};
            line.listed = pick(1) == 0;
        }
        std::vector<Post> posts{walkout_post, post("2013-11-05T12:00", "2013-11-05T14:00", 6, PostNumber{2})};
        const auto once = attendance(lines, posts, london);
        for (int replay = 0; replay < 4; ++replay) {
            auto again = lines;
            for (int extra = 0; extra < 15; ++extra) again.push_back(lines[static_cast<std::size_t>(pick(39))]);
            std::ranges::shuffle(again, random);
            std::ranges::shuffle(posts, random);
            CHECK(attendance(again, posts, london) == once);
        }
        for (const auto& one : once)
            for (std::size_t i = 1; i < one.stayed.size(); ++i) CHECK(one.stayed[i - 1].to <= one.stayed[i].from);
    }
}

TEST_CASE("a line counts by the hours its roster gave the post: a plan that was changed since may lengthen them and takes none away")
{
    const auto stayed = [](std::vector<CheckIn> lines, const std::vector<Post>& posts, const char* from, const char* to) {
        for (auto& one : lines) one.hours = Span{utc(from), utc(to)};
        std::string out;
        for (const auto& one : attendance(lines, posts, london))
            for (const auto& stay : one.stayed) out += text(stay.from).substr(5, 11) + "-" + text(stay.to).substr(11, 5) + " ";
        return out;
    };
    const std::vector came{line("a", CheckKind::arrived, "2013-11-05T11:50:00Z")};
    const auto shorter = post("2013-11-05T11:45", "2013-11-05T12:30");
    const auto longer = post("2013-11-05T11:45", "2013-11-05T14:00");
    const auto moved = post("2013-11-06T09:00", "2013-11-06T10:00");
    CHECK(stayed(came, {shorter}, "2013-11-05T11:45:00Z", "2013-11-05T13:00:00Z") == "11-05T11:50-13:00 ");
    CHECK(stayed(came, {longer}, "2013-11-05T11:45:00Z", "2013-11-05T13:00:00Z") == "11-05T11:50-14:00 ");
    CHECK(stayed(came, {moved}, "2013-11-05T11:45:00Z", "2013-11-05T13:00:00Z") == "11-05T11:50-13:00 ");
    CHECK(stayed(came, {}, "2013-11-05T11:45:00Z", "2013-11-05T13:00:00Z") == "11-05T11:50-13:00 ");
    CHECK(attendance(came, {}, london).empty()); // of no post that anything is known of
}

TEST_CASE("two lists that note one arrival within the minute are one arrival, so one mistake takes it back")
{
    const std::vector<CheckIn> lines{line("a", CheckKind::arrived, "2013-11-05T11:50:10Z"), line("b", CheckKind::arrived, "2013-11-05T11:50:40Z"),
                                     line("c", CheckKind::mistake, "2013-11-05T11:52:00Z")};
    CHECK(attendance(lines, {walkout_post}, london).empty());
}

TEST_CASE("the headcount is people, not posts or lines: whoever is there at some moment of the hour")
{
    const auto second = post("2013-11-05T13:00", "2013-11-05T14:00", 6, PostNumber{2});
    const auto there =
        attendance({line("a", CheckKind::arrived, "2013-11-05T11:50:00Z"), line("b", CheckKind::left, "2013-11-05T12:10:00Z"),
                    line("c", CheckKind::arrived, "2013-11-05T12:40:00Z", "1002"), line("d", CheckKind::arrived, "2013-11-05T13:00:00Z", "1002", 2)},
                   {walkout_post, second}, london);
    const auto counts = headcount(there, {PostNumber{1}, PostNumber{2}});
    REQUIRE(counts.size() == 3);
    CHECK(counts[0].from == utc("2013-11-05T11:00:00Z"));
    CHECK(counts[0].people == 1);
    CHECK(counts[1].people == 2);
    CHECK(counts[2].people == 1);
    CHECK(headcount(there, {PostNumber{2}}).size() == 1);
}

// ---- exemptions ----

TEST_CASE("an exemption takes two different people who are not its member; one refusal refuses it")
{
    const auto walkout = walkout_2013();
    Exemption asked{.walkout = walkout.id,
                    .branch = "Hampshire",
                    .member = "1001",
                    .member_name = "Ann",
                    .work = "duty desk",
                    .requested_by = "the Trust",
                    .reason = "life and limb",
                    .hours = {at("2013-11-05T20:00"), at("2013-11-06T08:00")}};
    const auto requested = request_exemption(walkout, asked).value();
    const auto by = [](const char* number, bool grants, const char* reason = "agreed") {
        return Exemption::Decision{number, number, grants, reason, {}};
    };
    CHECK(requested.state() == Exemption::State::requested);
    CHECK(code_of(decide_exemption(requested, by("1001", true))) == "own_exemption");
    CHECK(code_of(decide_exemption(requested, by("chair-a", true, ""))) == "missing_reason");
    const auto one = decide_exemption(requested, by("chair-a", true)).value();
    CHECK(one.state() == Exemption::State::requested);
    CHECK(code_of(decide_exemption(one, by("chair-a", true))) == "decided_by_you");
    const auto two = decide_exemption(one, by("chair-b", true)).value();
    CHECK(two.state() == Exemption::State::granted);
    CHECK(code_of(decide_exemption(two, by("chair-c", false))) == "already_decided");
    CHECK(decide_exemption(one, by("chair-b", false))->state() == Exemption::State::refused);

    asked.hours = {at("2013-11-06T12:00"), at("2013-11-06T20:00")};
    CHECK(code_of(request_exemption(walkout, asked)) == "exemption_outside_walkout");
    asked.hours = {at("2013-11-06T08:00"), at("2013-11-05T20:00")};
    CHECK(code_of(request_exemption(walkout, asked)) == "exemption_backwards");
}

TEST_SUITE_END();
