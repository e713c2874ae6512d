#include "shared/ballot/approval.hpp"
#include "tests/support/random.hpp"
#include "tests/unit/ballot/plans.hpp"

using namespace walkout;
using namespace walkout::ballot;

namespace {

const Instant now = at("2013-09-29T09:00:00Z");
const Instant later = at("2013-10-01T09:00:00Z");
const Digest object = sha256(std::string_view("object"));
const Digest another_object = sha256(std::string_view("another"));

Approval by(const char* who, Role role) { return {who, role, object, later}; }

std::string state(const std::vector<Approval>& given, Instant when = now) { return code(approved(given, object, when)); }

} // namespace

TEST_SUITE("approval")
{
    TEST_CASE("what is signed names the step, the ballot, the object and the expiry")
    {
        CHECK(canonical_approval({ApprovalStep::close_early, *BallotId::parse("probation-2013"), Digest{}, later}) ==
              "walkout-approval/1|close|probation-2013|" + std::string(64, '0') + "|2013-10-01T09:00:00Z");
    }

    TEST_CASE("two different people, one of them the scrutineer, approve")
    {
        CHECK(state({by("s", Role::scrutineer), by("g", Role::general_secretary)}) == "accepted");
        CHECK(state({by("g", Role::general_secretary), by("s", Role::scrutineer)}) == "accepted");
        CHECK(state({by("s", Role::scrutineer), by("o", Role::official)}) == "accepted");
        CHECK(state({}) == "approval_missing");
        CHECK(state({by("s", Role::scrutineer)}) == "approval_missing");
        CHECK(state({by("g", Role::general_secretary), by("o", Role::official)}) == "approval_missing");
        CHECK(state({by("s", Role::scrutineer), by("s", Role::general_secretary)}) == "approval_missing");
        CHECK(state({by("s", Role::scrutineer), by("c", Role::co_chair)}) == "approval_missing");
        CHECK(state({by("s", Role::scrutineer), by("t", Role::trustee)}) == "approval_missing");
    }

    TEST_CASE("a signature over something else, or expired, does not count")
    {
        const std::vector<Approval> both{by("s", Role::scrutineer), by("g", Role::general_secretary)};
        CHECK(code(approved(both, another_object, now)) == "approval_missing");
        CHECK(state(both, later - std::chrono::seconds(1)) == "accepted");
        CHECK(state(both, later) == "approval_missing");
    }

    TEST_CASE("nobody signs twice, but may sign again what has changed or expired")
    {
        const std::vector<Approval> given{by("s", Role::scrutineer)};
        CHECK(code(may_add(given, by("s", Role::scrutineer), object, now)) == "already_approved");
        CHECK(code(may_add(given, by("s", Role::general_secretary), object, now)) == "already_approved");
        CHECK(code(may_add(given, by("g", Role::general_secretary), object, now)) == "accepted");
        auto again = by("s", Role::scrutineer);
        again.object = another_object;
        CHECK(code(may_add(given, again, another_object, now)) == "accepted");
        again = by("s", Role::scrutineer);
        again.expires = later + std::chrono::hours(24);
        CHECK(code(may_add(given, again, object, later)) == "accepted");
    }

    TEST_CASE("a signature must be from an approving office, current, and not for ever")
    {
        CHECK(code(may_add({}, by("c", Role::co_chair), object, now)) == "not_an_approver");
        CHECK(code(may_add({}, by("s", Role::scrutineer), another_object, now)) == "object_changed");
        CHECK(code(may_add({}, by("s", Role::scrutineer), object, later)) == "approval_expired");
        auto longest = by("s", Role::scrutineer);
        longest.expires = now + longest_approval;
        CHECK(code(may_add({}, longest, object, now)) == "accepted");
        longest.expires += std::chrono::seconds(1);
        CHECK(code(may_add({}, longest, object, now)) == "approval_too_long");
    }

    TEST_CASE("an object names its step and ballot in its first line, and the sealed boards can be read from a count's")
    {
        const auto id = *BallotId::parse("pay-2013");
        const SealedBoard one{"uuid1", 12, std::string(64, 'a')}, two{"uuid2", 3, std::string(64, 'b')};
        const auto count =
            "walkout-object/1|count|pay-2013\nclosed|2013-10-18T11:00:00Z\n" + sealed_board_line(one) + "\n" + sealed_board_line(two) + "\n";
        CHECK(count.starts_with(object_title(ApprovalStep::count, id) + "\n"));
        CHECK(sealed_boards(id, count) == std::vector{one, two});
        CHECK_FALSE(sealed_boards(*BallotId::parse("pay-2014"), count));
        CHECK_FALSE(sealed_boards(id, ""));
        CHECK_FALSE(sealed_boards(id, "walkout-object/1|open|pay-2013\n" + sealed_board_line(one) + "\n"));
        CHECK_FALSE(sealed_boards(id, "walkout-object/1|count|pay-2013\n" + sealed_board_line(one))); // no line end
        for (const auto* wrong : {"board|uuid1|012|aa\n", "board|uuid1|12\n", "board|uuid1||aa\n", "board|uuid1|-1|aa\n", "board|uuid1|12x|aa\n"}) {
            CAPTURE(wrong);
            CHECK_FALSE(sealed_boards(id, "walkout-object/1|count|pay-2013\n" + std::string(wrong)));
        }
    }

    /// The trustees' own check, with keys they confirmed aloud.
    struct Pinned {
        walkout::test::SeededRandom random{9};
        SigningKey scrutineer = SigningKey::make(random), gs = SigningKey::make(random), official = SigningKey::make(random),
                   server = SigningKey::make(random);
        std::vector<Approver> pinned{{"s", Role::scrutineer, scrutineer.public_key()},
                                     {"g", Role::general_secretary, gs.public_key()},
                                     {"o", Role::official, official.public_key()}};
        ApprovalClaim claim{ApprovalStep::count, *BallotId::parse("pay-2013"), object, {}};

        GivenApproval by(const char* who, const SigningKey& key, ApprovalStep step = ApprovalStep::count, Digest over = object,
                         Instant until = later) const
        {
            return {who, until, key.sign(canonical_approval({step, claim.ballot, over, until}))};
        }
        std::string check(const std::vector<GivenApproval>& given, Instant when = now) const
        {
            const auto proven = verify_approvals(claim, given, pinned, when);
            return proven ? "proven" : proven.error().detail;
        }
        bool refused(const std::vector<GivenApproval>& given, const char* words, Instant when = now) const
        {
            return check(given, when).find(words) != std::string::npos;
        }
    };

    TEST_CASE_FIXTURE(Pinned, "two of the keys confirmed at the ceremony prove an approval, one of them the scrutineer's")
    {
        CHECK(check({by("s", scrutineer), by("g", gs)}) == "proven");
        CHECK(check({by("o", official), by("s", scrutineer)}) == "proven");
        CHECK(refused({}, "the scrutineer's signature is missing, of s"));
        CHECK(refused({by("s", scrutineer)}, "a second signature is missing, of g or o"));
        CHECK(refused({by("g", gs), by("o", official)}, "the scrutineer's signature is missing"));
        CHECK(refused({by("s", scrutineer), by("s", scrutineer)}, "a second signature is missing"));
    }

    TEST_CASE_FIXTURE(Pinned, "a signature that proves nothing is refused with the name it was given under")
    {
        CHECK(refused({by("s", scrutineer), by("g", server)}, "the signature of g was not made with the key confirmed"));
        CHECK(refused({by("s", server), by("g", gs)}, "the signature of s was not made with the key confirmed"));
        CHECK(refused({by("s", scrutineer), by("x", server)}, "the key of x was not among those confirmed"));
        CHECK(refused({by("s", scrutineer), by("g", gs, ApprovalStep::open)}, "the signature of g"));
        CHECK(refused({by("s", scrutineer), by("g", gs, ApprovalStep::count, another_object)}, "the signature of g"));
        auto moved = by("g", gs);
        moved.expires += std::chrono::hours(1);
        CHECK(refused({by("s", scrutineer), moved}, "the signature of g"));
        CHECK(refused({by("s", scrutineer), by("g", gs)}, "expired", later));
        CHECK(check({by("s", scrutineer), by("g", gs)}, later - std::chrono::seconds(1)) == "proven");
        CHECK(check({by("x", server), by("s", scrutineer), by("g", gs)}) == "proven"); // two that hold are enough
        pinned.push_back({"s2", Role::official, scrutineer.public_key()});
        CHECK(refused({by("s", scrutineer), by("s2", scrutineer)}, "a second signature is missing")); // one key is one person
        pinned = {{"s", Role::scrutineer, scrutineer.public_key()}, {"t", Role::trustee, gs.public_key()}};
        CHECK(refused({by("s", scrutineer), by("t", gs)}, "a second signature is missing"));
    }
}
