#include "shared/strike/resumption.hpp"
#include "tests/unit/strike/fixtures.hpp"

using namespace walkout;
using namespace walkout::strike;

TEST_SUITE_BEGIN("strike");

namespace {

const auto national = *ConstituencyId::parse("national");

/// A strike of a fortnight from noon on 5 November 2013 at one employer, suspended at 10pm on the 7th, under a mandate that action began in time.
struct Suspended {
    law::Rulebook book{};
    law::Jurisdiction jurisdiction = law::Jurisdiction::great_britain;
    std::string now = "2013-11-11T09:00:00Z";
    std::vector<SuspensionAgreement> agreements{};
    std::vector<NoticeOfAction> notices{notice("2013-10-29", "2013-11-05", "2013-11-19")};
    std::optional<Date> begun = day("2013-11-05");

    static NoticeOfAction notice(const char* received, const char* first, const char* last, Action kind = Action::strike)
    {
        NoticeOfAction out{.received = day(received), .action = {.kind = kind}};
        for (auto each = day(first); each <= day(last); each += Days(1)) out.action.dates.push_back(each);
        return out;
    }
    static SuspensionAgreement agreed(const char* made_on, const char* resumes_on, const char* from = "2013-11-07")
    {
        return {.employer = "Hampshire Probation Trust",
                .agreed_by = "H. Resources, director",
                .made_on = day(made_on),
                .suspended_from = day(from),
                .resumes_on = day(resumes_on),
                .evidence = "letter signed by both"};
    }
    Walkout walkout() const
    {
        auto called = walkout_2013();
        called.window = window("2013-11-05T12:00", "2013-11-19T12:00");
        called.called[0].notice = CoveringNotice{day("2013-10-29"), day("2013-11-05"), day("2013-11-19")};
        return suspend(called, "Talks", utc("2013-11-07T22:00:00Z")).value();
    }
    Result<Walkout> resumed(std::string reason = "Talks failed") const
    {
        const CallFacts facts{.book = book,
                              .jurisdiction = jurisdiction,
                              .opening_day = day("2013-10-08"),
                              .ballot_date = day("2013-10-28"),
                              .title = "Privatisation",
                              .called_by = "the General Secretary",
                              .mandates = {},
                              .now = utc(now)};
        const MandateFacts mandate{national, {law::Limit::begin_by, day("2013-11-24"), {}, {}}, begun, {}};
        const EmployerFacts employer{.employer = "Hampshire Probation Trust", .result_told = day("2013-10-29"), .notices = notices};
        return resume(walkout(), std::move(reason), facts, {{mandate, employer, agreements}});
    }
    std::string code() const
    {
        const auto result = resumed();
        return result ? "resumed" : result.error().code;
    }
};

} // namespace

TEST_CASE("TULRCA s.234A(7): a suspended walkout does not resume on the notice of before, and the refusal says what would be lawful")
{
    Suspended world;
    const auto refused = world.resumed().error();
    CHECK(refused.code == "resumption_needs_notice");
    CHECK(refused.kind == Kind::unlawful);
    CHECK(refused.source.find("s.234A(7B)") != std::string::npos);
    CHECK(refused.detail ==
          "Hampshire Probation Trust has not agreed before the suspension of Thursday 7 November 2013 that the action may resume, and "
          "has received no notice since that covers the rest.");
    CHECK(refused.next ==
          "Received today, a notice would allow action from Monday 18 November 2013; or record what was agreed before the suspension: "
          "walkout strike agreement add nov-2013.");
    CHECK(refused.earliest_lawful == "2013-11-18");
    world.now = "2013-11-13T09:00:00Z";
    CHECK(world.resumed().error().next.find("from Wednesday 20 November 2013, when this walkout is over") != std::string::npos);
}

TEST_CASE("s.234A(7B): by an agreement made before the suspension it resumes, not before the agreed date")
{
    Suspended world;
    world.agreements = {Suspended::agreed("2013-11-07", "2013-11-12")};
    CHECK(world.code() == "resumption_too_early");
    CHECK(world.resumed().error().earliest_lawful == "2013-11-12");
    world.now = "2013-11-12T00:00:00Z";
    const auto resumed = world.resumed().value();
    CHECK(resumed.state == State::called);
    CHECK(resumed.sequence == 2);
    CHECK(resumed.called[0].notice == world.walkout().called[0].notice); // the old notice stays good
    CHECK(resumed.history.back() == StateChange{State::called, utc("2013-11-12T00:00:00Z")});
}

TEST_CASE(
    "an agreement made after the action ceased keeps no notice alive, and one about another suspension neither; a later date may be agreed later")
{
    Suspended world{.now = "2013-11-12T09:00:00Z"};
    world.agreements = {Suspended::agreed("2013-11-08", "2013-11-09")};
    CHECK(world.code() == "resumption_needs_notice");
    world.agreements = {Suspended::agreed("2013-11-07", "2013-11-09", "2013-11-06")};
    CHECK(world.code() == "resumption_needs_notice");
    world.agreements = {Suspended::agreed("2013-11-07", "2013-11-09"), Suspended::agreed("2013-11-08", "2013-11-13")};
    CHECK(world.code() == "resumption_too_early");
    world.now = "2013-11-13T09:00:00Z";
    CHECK(world.code() == "resumed");
}

TEST_CASE("a notice received since the suspension carries what is left of the walkout, if it covers all of that")
{
    Suspended world{.now = "2013-11-15T09:00:00Z"};
    world.notices.push_back(Suspended::notice("2013-11-08", "2013-11-15", "2013-11-19"));
    const auto resumed = world.resumed().value();
    CHECK(resumed.called[0].notice == CoveringNotice{day("2013-11-08"), day("2013-11-15"), day("2013-11-19")});
    world.now = "2013-11-14T09:00:00Z"; // it names no 14 November
    CHECK(world.code() == "resumption_needs_notice");
    world.now = "2013-11-15T09:00:00Z";
    world.notices.back() = Suspended::notice("2013-11-08", "2013-11-15", "2013-11-18");
    CHECK(world.resumed().error().detail.find("does not name Tuesday 19 November 2013") != std::string::npos);
    world.notices.back() = Suspended::notice("2013-11-08", "2013-11-15", "2013-11-19", Action::action_short);
    CHECK(world.code() == "resumption_needs_notice");
    world.notices.back() = Suspended::notice("2013-11-07", "2013-11-15", "2013-11-19"); // on the day itself: it may have come before
    CHECK(world.code() == "resumption_needs_notice");
}

TEST_CASE("nothing resumes once its window has passed, without a reason, after its end, or out of a mandate that nothing began under")
{
    Suspended world{.now = "2013-11-19T12:00:00Z"};
    world.agreements = {Suspended::agreed("2013-11-07", "2013-11-08")};
    CHECK(world.code() == "walkout_over");
    world.now = "2013-11-19T11:59:59Z";
    CHECK(world.code() == "resumed");
    CHECK(world.resumed("").error().code == "missing_reason");
    const CallFacts facts{.book = world.book, .title = {}, .called_by = {}, .mandates = {}, .now = utc(world.now)};
    CHECK(resume(walkout_2013(), "Again", facts, {}).error().code == "not_suspended");
    CHECK(resume(end(walkout_2013(), "Over", utc(world.now)).value(), "Again", facts, {}).error().code == "walkout_ended");

    world = {.now = "2013-11-25T09:00:00Z"};
    auto later = world.walkout();
    later.window = window("2013-11-20T12:00", "2013-11-30T12:00");
    const MandateFacts unbegun{national, {law::Limit::begin_by, day("2013-11-24"), {}, {}}, std::nullopt, {}};
    const CallFacts then{.book = world.book,
                         .opening_day = day("2013-10-08"),
                         .ballot_date = day("2013-10-28"),
                         .title = {},
                         .called_by = {},
                         .mandates = {},
                         .now = utc(world.now)};
    const EmployerFacts employer{.employer = "Hampshire Probation Trust", .result_told = day("2013-10-29"), .notices = {}};
    CHECK(resume(later, "Again", then, {{unbegun, employer, {Suspended::agreed("2013-11-07", "2013-11-25")}}}).error().code ==
          "mandate_begin_passed");
}

TEST_CASE("where the law on agreements was not read, as in Northern Ireland, it is not guessed: a fresh notice, or what an official recorded")
{
    Suspended world{.jurisdiction = law::Jurisdiction::northern_ireland, .now = "2013-11-15T09:00:00Z"};
    world.agreements = {Suspended::agreed("2013-11-07", "2013-11-08")};
    CHECK(world.code() == "law_not_verified");
    CHECK(world.resumed().error().next.find("walkout law set suspension_by_agreement --jurisdiction NI --value holds") != std::string::npos);
    auto fresh = world;
    fresh.notices.push_back(Suspended::notice("2013-11-08", "2013-11-15", "2013-11-19"));
    CHECK(fresh.code() == "resumed");
    const auto recorded = [](law::Value value) {
        return law::Rulebook({}, {{.jurisdiction = law::Jurisdiction::northern_ireland,
                                   .topic = law::Topic::suspension_by_agreement,
                                   .from = day("2010-01-01"),
                                   .value = std::move(value),
                                   .source = "read for this test"}});
    };
    world.book = recorded(law::Holds{});
    CHECK(world.code() == "resumed");
    world.book = recorded(law::None{});
    CHECK(world.code() == "resumption_needs_notice");
}

TEST_CASE("an agreement is recorded with who made it and what proves it, in plain lines, and with dates that can be")
{
    const auto code = [](SuspensionAgreement agreement) {
        const auto checked = check(agreement, day("2013-11-07"));
        return checked ? "fine" : checked.error().code;
    };
    auto agreement = Suspended::agreed("2013-11-07", "2013-11-12");
    CHECK(code(agreement) == "fine");
    agreement.agreed_by.clear();
    CHECK(code(agreement) == "evidence_missing");
    agreement.agreed_by = "two\nlines";
    CHECK(code(agreement) == "not_plain_text");
    CHECK(code(Suspended::agreed("2013-11-08", "2013-11-12")) == "agreement_in_future");
    CHECK(code(Suspended::agreed("2013-11-07", "2013-11-06")) == "agreement_dates");
}

TEST_SUITE_END();
