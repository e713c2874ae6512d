#include "shared/protocol/ceremony.hpp"
#include "shared/protocol/head.hpp"
#include "shared/protocol/spoken.hpp"
#include "tests/support/random.hpp"

#include <doctest/doctest.h>

using namespace walkout;
using namespace walkout::protocol;

TEST_SUITE_BEGIN("protocol");

namespace {

struct Ceremony {
    const Group& group = *Group::find("BELENIOS-2048");
    test::SeededRandom random{5};
    CeremonyContext context{&group, "pay-2013/1", 2, 3};
    std::vector<TrusteeSecrets> trustees;
    std::vector<std::string> joins, shares, keys;

    Ceremony()
    {
        for (unsigned i = 1; i <= 3; ++i) {
            trustees.emplace_back(context, i, TrusteeSecrets::make_seed(random));
            joins.push_back(trustees.back().join_message(random));
        }
        for (const auto& trustee : trustees) shares.push_back(trustee.shares_message(joins, random).value());
        for (const auto& trustee : trustees) keys.push_back(trustee.keys_message(trustee.receive_shares(joins, shares).value(), random));
    }
};

} // namespace

TEST_CASE_FIXTURE(Ceremony, "three trustees make one key that the record proves")
{
    const auto trustees_record = finish_ceremony(context, joins, shares, keys);
    REQUIRE(trustees_record.has_value());
    CHECK(trustees_record->flattened_keys().size() == 3);
    CHECK(parse_trustees(group, trustees_record->bytes)->election_key == trustees_record->election_key);
}

TEST_CASE_FIXTURE(Ceremony, "a trustee who was interrupted repeats the same polynomial")
{
    const auto again = trustees[0].shares_message(joins, random).value();
    shares[0] = again;
    CHECK(trustees[1].receive_shares(joins, shares).has_value());
    CHECK(finish_ceremony(context, joins, shares, keys).has_value());
}

TEST_CASE_FIXTURE(Ceremony, "a confirmation holds only for the certificates that were heard")
{
    const auto confirmation = trustees[0].confirm_message(joins, random);
    CHECK(check_confirm(context, 1, joins, confirmation).has_value());
    auto swapped = joins;
    swapped[2] = TrusteeSecrets(context, 3, TrusteeSecrets::make_seed(random)).join_message(random);
    CHECK_FALSE(check_confirm(context, 1, swapped, confirmation).has_value());
    CHECK_FALSE(check_confirm(context, 2, joins, confirmation).has_value());
}

TEST_CASE_FIXTURE(Ceremony, "a wrong share names its sender, and the complaint is signed")
{
    // Trustee 2 deals from another ceremony's polynomial.
    shares[1] = TrusteeSecrets({&group, "pay-2013/2", 2, 3}, 2, TrusteeSecrets::make_seed(random)).join_message(random);
    const auto received = trustees[0].receive_shares(joins, shares);
    REQUIRE(received.has_error());
    CHECK(received.error().code == "bad_share");
    CHECK(received.error().detail.find("trustee 2") != std::string::npos);
    const auto complaint = trustees[0].complaint_message(2, "bad share", random);
    CHECK(check_complaint(context, 1, joins, complaint)->against == 2);
    CHECK_FALSE(check_complaint(context, 3, joins, complaint).has_value());
}

TEST_CASE_FIXTURE(Ceremony, "messages of one step, seat or ceremony are not taken for another's")
{
    CHECK_FALSE(check_join(context, 2, joins[0]).has_value());
    CHECK_FALSE(check_join({&group, "pay-2013/2", 2, 3}, 1, joins[0]).has_value());
    CHECK_FALSE(check_shares(context, 1, joins, joins[0]).has_value());
    CHECK_FALSE(check_shares(context, 2, joins, shares[0]).has_value());
    std::swap(keys[0], keys[1]);
    CHECK_FALSE(finish_ceremony(context, joins, shares, keys).has_value());
}

TEST_CASE("a spoken fingerprint is eight words and follows the content")
{
    const auto words = spoken_fingerprint("abc");
    CHECK(std::ranges::count(words, ' ') == 7);
    CHECK(words == spoken_fingerprint("abc"));
    CHECK(words != spoken_fingerprint("abd"));
}

TEST_CASE("heads and receipts are signed over the documented text")
{
    CHECK(head_text({"phi", 3, "e", "r", "a", *parse_instant("2013-10-21T12:00:00Z")}) == "walkout-head|phi|3|e|r|a|2013-10-21T12:00:00Z");
    CHECK(receipt_text({"phi", "t", *parse_instant("2013-10-21T12:00:00Z")}) == "walkout-receipt|phi|t|2013-10-21T12:00:00Z");
}

TEST_SUITE_END();
