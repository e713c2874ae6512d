#include "shared/ballot/postal.hpp"

#include "tests/support/random.hpp"
#include "tests/unit/ballot/plans.hpp"

#include <algorithm>
#include <set>

using namespace walkout;
using namespace walkout::ballot;

namespace {

const auto id = *BallotId::parse("autumn");
const Instant closes = at("2013-10-18T11:00:00Z");

ReturnFacts received(Instant when)
{
    ReturnFacts facts;
    facts.received_at = when;
    facts.closes = closes;
    return facts;
}

template <class T> std::string code_of(const Result<T>& result) { return result ? "accepted" : result.error().code; }

const std::vector<std::size_t> places{5, 3};

} // namespace

TEST_SUITE("the postal channel")
{
    TEST_CASE("a paper counts until the last instant before the closing, and not at it")
    {
        CHECK(fate_of(received(closes - std::chrono::seconds(1))) == PaperFate::counts);
        CHECK(fate_of(received(closes)) == PaperFate::late);
    }

    TEST_CASE("the first valid return counts: a vote online or a paper before makes this one a duplicate")
    {
        auto facts = received(closes - Days(3));
        facts.online_before = true;
        CHECK(fate_of(facts) == PaperFate::duplicate_online);
        facts.paper_before = true;
        CHECK(fate_of(facts) == PaperFate::duplicate_paper);
        facts.received_at = closes;
        CHECK(fate_of(facts) == PaperFate::late);
    }

    TEST_CASE("a void paper is void, whenever it came and whatever else its member returned")
    {
        auto facts = received(closes);
        facts.paper_before = facts.online_before = facts.revoked = true;
        CHECK(fate_of(facts) == PaperFate::revoked);
        facts.revoked = false;
        facts.unissued = true;
        CHECK(fate_of(facts) == PaperFate::unissued);
    }

    TEST_CASE("papers go to everybody in a ballot by post or hybrid, else beside voting online to some")
    {
        auto plan = plan_2013();
        CHECK(papers_to_everybody(plan));
        CHECK_FALSE(takes_votes_online(plan));
        plan.methods = {law::Method::post, law::Method::online};
        CHECK_FALSE(papers_to_everybody(plan));
        CHECK(takes_votes_online(plan));
        plan.methods = {law::Method::hybrid};
        CHECK(papers_to_everybody(plan));
        CHECK(takes_votes_online(plan));
    }

    TEST_CASE("first-class post has seven days for there and back")
    {
        CHECK_FALSE(late_for_post(closes - Days(7), closes));
        CHECK(late_for_post(closes - Days(7) + std::chrono::seconds(1), closes));
    }

    TEST_CASE("TULRCA s.229(1A)(c): every paper has one number of one series of consecutive whole numbers, and each constituency's are consecutive")
    {
        test::SeededRandom random(3);
        const auto numbers = draw_paper_numbers(places, random);
        CHECK(code_of(check_paper_numbers(places, numbers)) == "accepted");
        REQUIRE(numbers.size() == 2);
        CHECK(std::set<std::int64_t>(numbers[0].begin(), numbers[0].end()) == std::set<std::int64_t>{1, 2, 3, 4, 5});
        CHECK(std::set<std::int64_t>(numbers[1].begin(), numbers[1].end()) == std::set<std::int64_t>{6, 7, 8});
    }

    TEST_CASE("numbers say nothing of the order of credentials: over many draws each comes everywhere")
    {
        test::SeededRandom random(5);
        std::vector<std::set<std::int64_t>> seen(3);
        for (int draw = 0; draw < 200; ++draw) {
            const auto numbers = draw_paper_numbers(places, random);
            for (std::size_t i = 0; i < 3; ++i) seen[i].insert(numbers[0][2 * i]);
        }
        for (const auto& of_first : seen) CHECK(of_first.size() == 5);
    }

    TEST_CASE("a numbering that is not one is refused")
    {
        test::SeededRandom random(3);
        const auto good = draw_paper_numbers(places, random);
        const auto refused = [&](auto change) {
            auto wrong = good;
            change(wrong);
            return code_of(check_paper_numbers(places, wrong));
        };
        CHECK(refused([](auto& s) { s[1].pop_back(); }) == "serials_rejected");
        CHECK(refused([](auto& s) { s.pop_back(); }) == "serials_rejected");
        CHECK(refused([](auto& s) { s[1].push_back(9); }) == "serials_rejected");
        CHECK(refused([](auto& s) { s[0][2] = s[0][1]; }) == "serials_rejected");
        CHECK(refused([](auto& s) { *std::ranges::find(s[1], 8) = 9; }) == "serials_rejected"); // one left out
        CHECK(refused([](auto& s) { *std::ranges::find(s[0], 1) = 0; }) == "serials_rejected");
        CHECK(refused([](auto& s) { std::swap(s[0][4], s[1][0]); }) == "serials_rejected"); // across constituencies
        CHECK(refused([](auto& s) { std::swap(s[0][0], s[0][1]); }) == "accepted");
        CHECK(code_of(check_paper_numbers({}, {})) == "accepted");
    }

    TEST_CASE("a number is typed or scanned, and a paper of another ballot is noticed")
    {
        CHECK(parse_serial(id, " 17\r").value() == 17);
        CHECK(parse_serial(id, scanned_text(id, 17)).value() == 17);
        CHECK(code_of(parse_serial(id, "spring/17")) == "other_ballot");
        for (const auto* wrong : {"", "0", "-1", "017", "17a", "1 7", "autumn/", "/17", "99999999999999999999"})
            CHECK_MESSAGE(!parse_serial(id, wrong), wrong);
        CHECK(parse_serials(id, "1\n\n# second post\nautumn/2\r\n3").value() == std::vector<std::int64_t>{1, 2, 3});
        CHECK(parse_serials(id, "1\n\nx").error().detail.starts_with("Line 3: "));
    }

    TEST_CASE("keyed lines are a number and an answer a question, and a refusal repeats no answer")
    {
        const auto keyed = parse_keyed(id, 2, "17,yes,no\nautumn/18, B ,spoiled\n").value();
        CHECK(keyed.at(17) == std::vector{PaperAnswer::yes, PaperAnswer::no});
        CHECK(keyed.at(18) == std::vector{PaperAnswer::blank, PaperAnswer::blank});
        CHECK(code_of(parse_keyed(id, 2, "17,yes\n")) == "not_an_answer");
        CHECK(code_of(parse_keyed(id, 1, "17,yes,no\n")) == "not_an_answer");
        CHECK(code_of(parse_keyed(id, 1, "17,yes\n17,yes\n")) == "keyed_twice");
        const auto refused = parse_keyed(id, 1, "17,neverheard\n").error();
        CHECK(refused.detail.find("neverheard") == std::string::npos);
    }

    TEST_CASE("two people are two names, not two spellings of one")
    {
        CHECK(same_keyer("Ann", " ANN "));
        CHECK_FALSE(same_keyer("Ann", "Anna"));
    }

    TEST_CASE("papers that both keyed alike are agreed, others are keyed again or wait")
    {
        const Keyed first{{1, {PaperAnswer::yes}}, {2, {PaperAnswer::yes}}, {3, {PaperAnswer::no}}};
        const Keyed second{{1, {PaperAnswer::yes}}, {2, {PaperAnswer::blank}}, {4, {PaperAnswer::no}}};
        const auto agreement = compare(first, second);
        CHECK(agreement.agreed == std::vector<std::int64_t>{1});
        CHECK(agreement.differ == std::vector<std::int64_t>{2});
        CHECK(agreement.one_only == std::vector<std::int64_t>{3, 4});
    }
}
