#include "shared/ballot/approval.hpp"
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
}
