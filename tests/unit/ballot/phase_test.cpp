#include "shared/ballot/phase.hpp"
#include "tests/unit/ballot/plans.hpp"

using namespace walkout;
using namespace walkout::ballot;

namespace {

const std::vector<std::string> two_employers{"Hampshire Trust", "Wales Trust"};

std::vector<Receipt> receipts(const char* notices, const char* samples)
{
    std::vector<Receipt> out;
    for (const auto& employer : two_employers) {
        out.push_back({NoticeKind::ballot, employer, day(notices)});
        out.push_back({NoticeKind::sample, employer, day(samples)});
    }
    return out;
}

OpeningFacts ready(const std::vector<Receipt>& given)
{
    return {.phase = Phase::coded,
            .vault_verified = true,
            .approved = true,
            .opening_day = day("2013-09-30"),
            .employers = two_employers,
            .receipts = given};
}

} // namespace

TEST_SUITE("phase")
{
    TEST_CASE("a ballot goes through its life in one order")
    {
        auto phase = Phase::planned;
        for (const auto step : {Step::freeze, Step::notice, Step::key, Step::code, Step::open, Step::close, Step::count, Step::declare}) {
            CAPTURE(name(step));
            const auto next = after(phase, step);
            REQUIRE(code(next) == "accepted");
            phase = *next;
        }
        CHECK(phase == Phase::declared);
    }

    TEST_CASE("every step from a wrong phase is refused, and says what it needs")
    {
        int allowed = 0;
        for (const auto& [phase, phase_name] : enum_names(Phase{}))
            for (const auto& [step, step_name] : enum_names(Step{})) {
                const auto next = after(phase, step);
                allowed += next ? 1 : 0;
                if (!next) CHECK(next.error().code == "wrong_phase");
            }
        CHECK(allowed == 19);
        CHECK(after(Phase::planned, Step::open).error().next == "This step needs a ballot that is coded.");
        CHECK(code(after(Phase::declared, Step::abandon)) == "wrong_phase");
        CHECK(code(after(Phase::counted, Step::abandon)) == "wrong_phase");
        CHECK(after(Phase::open, Step::suspend).value() == Phase::suspended);
        CHECK(after(Phase::suspended, Step::resume).value() == Phase::open);
        CHECK(after(Phase::suspended, Step::close).value() == Phase::closed);
    }

    TEST_CASE("the roll is frozen when the cut-off day has ended where the law counts days")
    {
        CHECK(code(may_freeze(Phase::planned, plan_2013(), at("2013-09-10T22:59:59Z"))) == "cut_off_not_over");
        CHECK(may_freeze(Phase::planned, plan_2013(), at("2013-09-10T23:00:00Z")).value() == Phase::frozen);
        CHECK(code(may_freeze(Phase::frozen, plan_2013(), at("2013-09-12T09:00:00Z"))) == "wrong_phase");
    }

    TEST_CASE("TULRCA s.226A: noticed when every employer has the notice by the 7th day and the sample by the 3rd day before opening")
    {
        const auto noticed = [](const std::vector<Receipt>& given) {
            return code(may_notice(book(), Phase::frozen, plan_2013(), two_employers, given));
        };
        CHECK(noticed(receipts("2013-09-23", "2013-09-27")) == "accepted");
        CHECK(noticed(receipts("2013-09-24", "2013-09-27")) == "ballot_notice_short");
        CHECK(noticed(receipts("2013-09-23", "2013-09-28")) == "sample_paper_short");
        auto lacking = receipts("2013-09-23", "2013-09-27");
        lacking.pop_back();
        CHECK(noticed(lacking) == "notice_not_received");
        CHECK(may_notice(book(), Phase::frozen, plan_2013(), two_employers, lacking).error().detail ==
              "The sample voting paper has not been received by: Wales Trust.");
        lacking.push_back({NoticeKind::sample, "Wales Trust", day("2013-09-28")});
        CHECK(noticed(lacking) == "sample_paper_short");
        lacking.push_back({NoticeKind::sample, "Wales Trust", day("2013-09-26")}); // an earlier receipt of the same notice is the one that counts
        CHECK(noticed(lacking) == "accepted");
    }

    TEST_CASE("a consultative ballot needs no notice")
    {
        auto plan = plan_2013();
        plan.statutory = false;
        CHECK(may_notice(book(), Phase::frozen, plan, two_employers, {}).value() == Phase::noticed);
    }

    TEST_CASE("sending is opening: an earlier sending moves the opening day, and may make a notice too late")
    {
        CHECK(opening_day(plan_2013(), std::nullopt) == day("2013-09-30"));
        CHECK(opening_day(plan_2013(), at("2013-10-02T09:00:00Z")) == day("2013-10-02"));
        CHECK(opening_day(plan_2013(), at("2013-09-28T22:59:59Z")) == day("2013-09-28"));
        CHECK(opening_day(plan_2013(), at("2013-09-28T23:00:00Z")) == day("2013-09-29"));
        const auto given = receipts("2013-09-23", "2013-09-26");
        auto facts = ready(given);
        facts.opening_day = day("2013-09-29");
        CHECK(code(may_open(book(), plan_2013(), facts, at("2013-09-30T08:00:00Z"))) == "ballot_notice_short");
    }

    TEST_CASE("opening needs everything before it, and its instant")
    {
        const auto given = receipts("2013-09-23", "2013-09-27");
        const auto opens = at("2013-09-30T08:00:00Z");
        const auto opened = [&](auto change, Instant now) {
            auto facts = ready(given);
            change(facts);
            return code(may_open(book(), plan_2013(), facts, now));
        };
        const auto as_is = [](OpeningFacts&) {};
        CHECK(opened(as_is, opens) == "accepted");
        CHECK(opened(as_is, opens - std::chrono::seconds(1)) == "not_yet");
        CHECK(opened(as_is, at("2013-10-18T10:59:59Z")) == "accepted");
        CHECK(opened(as_is, at("2013-10-18T11:00:00Z")) == "closing_passed");
        CHECK(opened([](OpeningFacts& f) { f.phase = Phase::keyed; }, opens) == "wrong_phase");
        CHECK(opened([](OpeningFacts& f) { f.vault_verified = false; }, opens) == "vault_not_verified");
        CHECK(opened([](OpeningFacts& f) { f.approved = false; }, opens) == "approval_missing");
        CHECK(opened([](OpeningFacts& f) { f.receipts = f.receipts.first(3); }, opens) == "notice_not_received");
    }

    TEST_CASE("a method that is not lawful on the opening day cannot open, unless a rehearsal pretends it is")
    {
        const auto given = receipts("2013-09-23", "2013-09-27");
        auto plan = plan_2013();
        plan.methods = {law::Method::post, law::Method::online};
        CHECK(code(may_open(book(), plan, ready(given), at("2013-09-30T08:00:00Z"))) == "method_not_lawful");
        plan.as_if_lawful = std::vector{law::Method::online};
        CHECK(may_open(book(), plan, ready(given), at("2013-09-30T08:00:00Z")).value() == Phase::open);
    }

    TEST_CASE("votes are taken from the opening instant until just before the closing instant")
    {
        const auto opens = at("2013-09-30T08:00:00Z");
        const auto closes = at("2013-10-18T11:00:00Z");
        CHECK_FALSE(accepts_votes(Phase::open, opens, closes, opens - std::chrono::seconds(1)));
        CHECK(accepts_votes(Phase::open, opens, closes, opens));
        CHECK(accepts_votes(Phase::open, opens, closes, closes - std::chrono::seconds(1)));
        CHECK_FALSE(accepts_votes(Phase::open, opens, closes, closes));
        CHECK_FALSE(accepts_votes(Phase::suspended, opens, closes, opens));
        CHECK_FALSE(accepts_votes(Phase::coded, opens, closes, opens));
    }

    TEST_CASE("closing happens at its instant, or before it with an approval")
    {
        const auto closes = at("2013-10-18T11:00:00Z");
        CHECK(code(may_close(Phase::open, closes, false, closes - std::chrono::seconds(1))) == "not_yet");
        CHECK(may_close(Phase::open, closes, true, closes - std::chrono::seconds(1)).value() == Phase::closed);
        CHECK(may_close(Phase::open, closes, false, closes).value() == Phase::closed);
        CHECK(code(may_close(Phase::coded, closes, true, closes)) == "wrong_phase");
    }

    TEST_CASE("counting and declaring need an approval")
    {
        CHECK(code(may_count(Phase::closed, false)) == "approval_missing");
        CHECK(may_count(Phase::closed, true).value() == Phase::counted);
        CHECK(code(may_declare(Phase::counted, false)) == "approval_missing");
        CHECK(may_declare(Phase::counted, true).value() == Phase::declared);
        CHECK(code(may_count(Phase::open, true)) == "wrong_phase");
    }

    TEST_CASE("TULRCA s.246: the date of the ballot is the local day of the last instant of voting")
    {
        const auto london = Zone::find("Europe/London").value();
        CHECK(date_of_ballot(london, at("2013-10-18T11:00:00Z")) == day("2013-10-18"));
        CHECK(date_of_ballot(london, at("2013-10-17T23:00:00Z")) == day("2013-10-17")); // midnight, summer time
        CHECK(date_of_ballot(london, at("2013-10-17T23:00:01Z")) == day("2013-10-18"));
        CHECK(date_of_ballot(london, at("2013-12-17T23:30:00Z")) == day("2013-12-17")); // winter time
    }
}
