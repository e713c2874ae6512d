// Trustees who cheat, err, are late or lose a file: what the others see (protocol.md 5.7), and the same key whoever decrypts.

#include "shared/protocol/ceremony.hpp"
#include "shared/protocol/spoken.hpp"
#include "shared/protocol/tally.hpp"
#include "tests/support/election.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace walkout;
using namespace walkout::protocol;

TEST_SUITE_BEGIN("trustees");

namespace {

/// Three named trustees whose seeds the test knows, so that it can cheat in their names with messages that are signed.
struct Three {
    const Group& group = *Group::find("BELENIOS-2048");
    test::SeededRandom random{11};
    CeremonyContext context{&group, "pay-2013/1/terms", 2, 3, {"scrutineer", "union", "outsider"}};
    std::vector<std::string> seeds;
    std::vector<TrusteeSecrets> trustees;
    std::vector<std::string> joins, confirms, shares, keys;

    Three()
    {
        for (unsigned i = 1; i <= 3; ++i) {
            seeds.push_back(std::string(22, static_cast<char>('A' + i)));
            trustees.emplace_back(context, i, Secret(std::string(seeds.back())));
            joins.push_back(trustees.back().join_message(random));
        }
        for (const auto& trustee : trustees) {
            confirms.push_back(trustee.confirm_message(joins, random));
            shares.push_back(trustee.shares_message(joins, random).value());
        }
        for (const auto& trustee : trustees) keys.push_back(trustee.keys_message(trustee.receive_shares(joins, shares).value(), random));
    }

    /// The certificate key that follows from a seed: HMAC-SHA256 of its purpose, twice, modulo q.
    SecretScalar certificate_key(unsigned trustee) const
    {
        Bytes raw;
        for (const auto* purpose : {"sk|0", "sk|1"})
            for (const auto byte : hmac_sha256(bytes_of(seeds[trustee - 1]), bytes_of(purpose))) raw.push_back(byte);
        return group.secret_reduce(raw);
    }

    /// A message of that trustee with `from` replaced by `to`, and signed again.
    std::string forged(unsigned trustee, const std::string& message, const std::string& from, const std::string& to)
    {
        auto text = parse_signed(group, message).value().message;
        const auto at = text.find(from);
        REQUIRE(at != std::string::npos);
        text.replace(at, from.size(), to);
        return write_signed(group, sign_message(group, text, certificate_key(trustee), random));
    }

    /// What trustee `from` sealed for trustee `to`, as it stands in the message.
    std::string sealed(unsigned from, unsigned to)
    {
        const auto text = parse_signed(group, shares[from - 1]).value().message;
        auto at = text.find("\"shares\":[\"") + 11;
        for (unsigned i = 1; i < to; ++i) at = text.find("\",\"", at) + 3;
        return text.substr(at, text.find('"', at) - at);
    }

    /// Trustee 2 seals another number for trustee 1 than its polynomial gives.
    void deal_badly(const std::string& number)
    {
        const auto joined = check_join(context, 1, joins[0]).value();
        const auto wrong = hex(seal_to(joined.agreement, number, "walkout-ceremony|" + context.ballot + "|share-to-1|2", random));
        shares[1] = forged(2, shares[1], sealed(2, 1), wrong);
    }
};

bool says(const std::string& text, const char* words) { return text.find(words) != std::string::npos; }

template <class T> std::string why(const Result<T>& result) { return result ? "accepted" : result.error().detail; }

/// One Yes and one No, decrypted by these trustees.
Counts counted(test::WholeElection& election, const std::vector<unsigned>& present)
{
    std::map<unsigned, PartialDecryption> partials;
    for (const auto owner : present)
        partials.emplace(owner, decrypt_share(election.election, election.tally, election.shares[owner - 1], election.random));
    return combine(election.election, election.trustees_record, election.tally, partials, election.cast).value();
}

} // namespace

TEST_CASE("any two sets of enough trustees decrypt the same counts, and one fewer decrypts nothing, in either group")
{
    struct Case {
        const char* group;
        unsigned size, threshold;
        std::vector<std::vector<unsigned>> present;
    };
    const Case cases[] = {{"BELENIOS-2048", 5, 3, {{1, 2, 3}, {5, 3, 1}, {2, 4, 5}, {1, 2, 3, 4, 5}}},
                          {"Ed25519", 5, 3, {{1, 2, 3}, {1, 4, 5}}},
                          {"Ed25519", 4, 2, {{1, 2}, {3, 4}, {1, 4}}},
                          {"Ed25519", 9, 5, {{1, 2, 3, 4, 5}, {5, 6, 7, 8, 9}, {1, 3, 5, 7, 9}}},
                          {"Ed25519", 2, 2, {{1, 2}}}};
    for (const auto& one : cases) {
        CAPTURE(one.group);
        CAPTURE(one.size);
        test::WholeElection election(3, 7, 1, one.size, one.threshold, one.group);
        for (unsigned voter = 0; voter < 3; ++voter) election.put_on_board(election.ballot(voter, voter == 2 ? 1 : 0));
        for (const auto& present : one.present) CHECK(counted(election, present) == Counts{{2, 1}});
        auto too_few = one.present.front();
        too_few.resize(one.threshold - 1);
        std::map<unsigned, PartialDecryption> partials;
        for (const auto owner : too_few)
            partials.emplace(owner, decrypt_share(election.election, election.tally, election.shares[owner - 1], election.random));
        CHECK(combine(election.election, election.trustees_record, election.tally, partials, election.cast).has_error());
    }
}

TEST_CASE_FIXTURE(Three, "a share off the polynomial names its sender, whose message was signed and in form")
{
    deal_badly(std::string(31, '\0') + "\x05");
    CHECK(check_shares(context, 2, joins, shares[1]).has_value()); // the server cannot see it
    CHECK(trustees[2].receive_shares(joins, shares).has_value());  // nor can trustee 3, whose own share is right
    const auto received = trustees[0].receive_shares(joins, shares);
    REQUIRE(received.has_error());
    CHECK(received.error().code == "bad_share");
    CHECK(says(received.error().detail, "trustee 2 (union)"));
    CHECK(says(received.error().detail, "polynomial"));
    const auto fault = trustees[0].fault_in(joins, shares);
    REQUIRE(fault.has_value());
    CHECK(fault->trustee == 2);
}

TEST_CASE_FIXTURE(Three, "a share that is no share at all names its sender")
{
    for (const auto& number : {std::string(), std::string(31, 'x'), std::string(32, '\xff'), std::string(33, '\0')}) {
        CAPTURE(number.size());
        deal_badly(number);
        CHECK(says(why(trustees[0].receive_shares(joins, shares)), "trustee 2 (union)"));
        shares[1] = trustees[1].shares_message(joins, random).value();
    }
    // sealed for somebody else
    shares[1] = forged(2, shares[1], sealed(2, 1), sealed(2, 3));
    CHECK(says(why(trustees[0].receive_shares(joins, shares)), "trustee 2 (union) sent you is wrong: it does not open with your key"));
    CHECK_FALSE(trustees[2].fault_in(joins, shares).has_value());
}

TEST_CASE_FIXTURE(Three, "a complaint is signed, names another trustee of the ceremony, and nobody can make it for somebody else")
{
    const auto complaint = trustees[0].complaint_message(2, "it does not lie on the polynomial", random);
    CHECK(check_complaint(context, 1, joins, complaint)->against == 2);
    CHECK(check_complaint(context, 3, joins, complaint).has_error());
    CHECK(says(why(check_complaint(context, 1, joins, trustees[0].complaint_message(1, "", random))), "names no other trustee"));
    CHECK(check_complaint(context, 1, joins, trustees[0].complaint_message(0, "", random)).has_error());
    CHECK(check_complaint(context, 1, joins, trustees[0].complaint_message(4, "", random)).has_error());
    CHECK(check_complaint(context, 1, joins, forged(2, complaint, "\"against\":2", "\"against\":3")).has_error());
}

TEST_CASE_FIXTURE(Three, "a bad certificate names its trustee")
{
    const auto named = [&](const std::string& join) {
        auto with = joins;
        with[2] = join;
        return why(check_joins(context, with));
    };
    CHECK(named(joins[2]) == "accepted");
    CHECK(says(named("{}"), "trustee 3 (outsider)"));
    CHECK(says(named(joins[1]), "trustee 3 (outsider)"));                                                      // somebody else's
    CHECK(says(named(forged(3, joins[2], "\"agreement\":\"", "\"agreement\":\"00")), "trustee 3 (outsider)")); // 33 bytes
    const auto body = parse_signed(group, joins[2]).value().message;
    const auto agreement = body.substr(body.find("agreement") + 12, 64);
    CHECK(says(named(forged(3, joins[2], agreement, std::string(64, '0'))), "small order")); // nothing can be agreed with it
    CHECK(says(named(write_signed(group, sign_message(group, body, certificate_key(2), random))), "trustee 3 (outsider)")); // signed by another
    CHECK(says(named(TrusteeSecrets({&group, "pay-2013/2/terms", 2, 3}, 3, Secret(std::string(seeds[2]))).join_message(random)), "another ceremony"));
    CHECK(says(named(TrusteeSecrets({&group, context.ballot, 3, 3}, 3, Secret(std::string(seeds[2]))).join_message(random)), "another seat"));
}

TEST_CASE_FIXTURE(Three, "where two trustees were shown different certificates, the confirmation names the seat they differ in")
{
    auto shown_to_first = joins;
    shown_to_first[2] = TrusteeSecrets(context, 3, TrusteeSecrets::make_seed(random)).join_message(random);
    const auto confirmed = trustees[0].confirm_message(shown_to_first, random);
    const auto refused = why(check_confirm(context, 1, joins, confirmed));
    CHECK(says(refused, "trustee 1 (scrutineer) has confirmed another certificate of trustee 3 (outsider)"));
    CHECK(check_confirm(context, 1, joins, confirms[0]).has_value());
    // and the words differ that are read aloud
    CHECK(check_join(context, 3, joins[2])->words != check_join(context, 3, shown_to_first[2])->words);
}

TEST_CASE_FIXTURE(Three, "a trustee whose seat was given another certificate does not deal")
{
    auto taken = joins;
    taken[0] = TrusteeSecrets(context, 1, TrusteeSecrets::make_seed(random)).join_message(random);
    CHECK(trustees[0].shares_message(taken, random).error().code == "seat_taken");
    CHECK(trustees[0].receive_shares(taken, shares).error().code == "seat_taken");
}

TEST_CASE_FIXTURE(Three, "a wrong verification key names its trustee, at once and when the record is made")
{
    keys[1] = trustees[1].keys_message(group.random_scalar(random), random); // proven and signed, but of another share
    CHECK(says(why(check_keys(context, 2, joins, shares, keys[1])), "verification key of trustee 2 (union)"));
    CHECK(says(why(check_keys(context, 2, joins, shares, keys[1])), "does not follow from the polynomials"));
    CHECK(check_keys(context, 1, joins, shares, keys[0]).has_value());
    CHECK(finish_ceremony(context, joins, shares, keys).has_error());
    keys[1] = keys[0];
    CHECK(says(why(finish_ceremony(context, joins, shares, keys)), "trustee 2 (union)"));
}

TEST_CASE_FIXTURE(Three, "a missing message is no message")
{
    CHECK(finish_ceremony(context, joins, shares, {keys[0], keys[1]}).error().code == "ceremony_incomplete");
    CHECK(check_joins(context, {joins[0], joins[1]}).error().code == "ceremony_incomplete");
    CHECK(says(why(trustees[0].receive_shares(joins, {shares[0], shares[1], ""})), "trustee 3 (outsider)"));
    CHECK(says(why(trustees[0].receive_shares(joins, {shares[0]})), "trustee 2 (union)"));
}

TEST_CASE_FIXTURE(Three, "a message has one form only")
{
    auto spaced = joins[0];
    spaced.insert(1, " ");
    CHECK(check_join(context, 1, spaced).has_error());
    CHECK(check_join(context, 1, joins[0]).has_value());
}

TEST_CASE("whatever the trustees agree to is in the context that every message is bound to")
{
    const CeremonyTerms terms{"pay-2013",      1,          "BELENIOS-2048",      2,
                              {"a", "b", "c"}, {"x", "y"}, std::string(64, '0'), {{"s", ballot::Role::scrutineer, {}}}};
    const auto context = ceremony_context(terms);
    CHECK(context.starts_with("pay-2013/1/"));
    CHECK(context == ceremony_context(terms));
    const auto changed = [&](auto change) {
        auto other = terms;
        change(other);
        return ceremony_context(other) != context;
    };
    CHECK(changed([](CeremonyTerms& t) { t.ballot = "pay-2014"; }));
    CHECK(changed([](CeremonyTerms& t) { t.attempt = 2; }));
    CHECK(changed([](CeremonyTerms& t) { t.group = "Ed25519"; }));
    CHECK(changed([](CeremonyTerms& t) { t.threshold = 3; }));
    CHECK(changed([](CeremonyTerms& t) { std::swap(t.trustees[0], t.trustees[1]); }));
    CHECK(changed([](CeremonyTerms& t) { t.constituencies.pop_back(); }));
    CHECK(changed([](CeremonyTerms& t) { t.paper[0] = '1'; }));
    CHECK(changed([](CeremonyTerms& t) { t.approvers[0].number = "t"; }));
    CHECK(changed([](CeremonyTerms& t) { t.approvers[0].role = ballot::Role::official; }));
    CHECK(changed([](CeremonyTerms& t) { t.approvers[0].key[31] = 1; }));
    CHECK(changed([](CeremonyTerms& t) { t.approvers.push_back(t.approvers[0]); }));
    CHECK(changed([](CeremonyTerms& t) { // a name cannot be moved from one list into the next
        t.constituencies.insert(t.constituencies.begin(), t.trustees.back());
        t.trustees.pop_back();
    }));
}

TEST_CASE("a share rests as 64 hex digits below the group's order, and in no other form")
{
    for (const auto* group_name : {"BELENIOS-2048", "Ed25519"}) {
        const auto& group = *Group::find(group_name);
        test::SeededRandom random{3};
        const auto share = group.random_scalar(random);
        const auto text = share_text(share);
        CHECK(text.reveal().size() == 64);
        CHECK(share_from_text(group, text.reveal())->reveal() == share.reveal());
        CHECK(share_from_bytes(group, share_bytes(share).reveal_bytes())->reveal() == share.reveal());
        CHECK(share_text(SecretScalar::hide(group.small(171))).reveal() == std::string(62, '0') + "ab");
        const auto refused = [&](std::string wrong) { return !share_from_text(group, wrong).has_value(); };
        CHECK(refused(std::string(64, 'f'))); // above both orders
        CHECK(refused(""));
        CHECK(refused(std::string(63, '0')));
        CHECK(refused(std::string(65, '0')));
        for (const char c : {'g', 'A', ' ', '`', '/', ':', '\xc3', '\0'}) {
            auto wrong = std::string(text.reveal());
            wrong[40] = c;
            CAPTURE(static_cast<int>(c));
            CHECK(refused(wrong));
        }
    }
}

TEST_CASE("a trustees record without contexts is named as the old form of belenios-tool 2.0")
{
    const auto& group = *Group::find("BELENIOS-2048");
    test::WholeElection election(1, 1, 1);
    auto old = election.trustees_record.bytes;
    const auto at = old.find(",\"signatures\":[");
    REQUIRE(at != std::string::npos);
    old.erase(at, old.find(",\"verification_keys\"") - at);
    CHECK(says(why(parse_trustees(group, old)), "old form of belenios-tool 2.0"));
}

TEST_SUITE_END();
