// Each wrong archive of protocol.md 2.12 is rejected by its name, in both groups, and so is every form of a number that is not its one canonical form.

#include "shared/protocol/json.hpp"
#include "shared/protocol/verify.hpp"
#include "tests/support/tamper.hpp"

#include <doctest/doctest.h>

#include <map>

using namespace walkout;
using namespace walkout::protocol;

TEST_SUITE_BEGIN("protocol");

namespace {

Verification verify(std::string_view archive, const VerifyOptions& options = {}) { return verify_archive(ArchiveReader::from(archive), options); }

std::string failed_check(std::string_view archive, const VerifyOptions& options = {})
{
    const auto verification = verify(archive, options);
    return verification.failure ? std::string(name(verification.failure->check)) : "";
}

constexpr const char* both_groups[] = {"BELENIOS-2048", "Ed25519"};

/// Made once: it is always the same.
const std::string& right(const std::string& group)
{
    static std::map<std::string, std::string> made;
    auto& archive = made[group];
    if (archive.empty()) archive = test::make_right(group);
    return archive;
}

/// The finished election with one record changed by `edit`, everything after it hashed and chained again.
std::string with_record(const char* group, std::size_t step, std::size_t record, const std::function<void(std::string&)>& edit)
{
    auto parts = test::take_apart(right(group));
    edit(parts.steps.at(step).data.at(record));
    if (step == 0) {
        const auto& data = parts.steps[0].data;
        parts.steps[0].data[3] = write_setup_data(data[0], data[1], data[2]);
    }
    return test::put_together(parts);
}

void replace(std::string& text, const std::string& from, const std::string& to)
{
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
}

std::string value_after(const std::string& text, const std::string& key)
{
    const auto at = text.find(key);
    REQUIRE(at != std::string::npos);
    return text.substr(at + key.size(), text.find('"', at + key.size()) - at - key.size());
}

/// Texts that parse as no element of the group: other spellings, out of range, and members of the larger group around it.
std::vector<std::string> no_elements(const Group& group)
{
    if (group.name() == "Ed25519")
        return {"",
                "1",
                "0000000000000000000000000000000000000000000000000000000000000000",  // y = 0: order 4
                "8000000000000000000000000000000000000000000000000000000000000000",  // the other one
                "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec",  // y = -1: order 2
                "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffee",  // y = 1 written as p + 1
                "8000000000000000000000000000000000000000000000000000000000000001",  // the identity with a sign
                "7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd83d3d706a17c7",  // order 8
                "0000000000000000000000000000000000000000000000000000000000000002",  // not on the curve
                "6666666666666666666666666666666666666666666666666666666666666658 ", // the generator and a blank
                "0666666666666666666666666666666666666666666666666666666666666666",
                "FFF6666666666666666666666666666666666666666666666666666666666658"};
    return {"", "0", "-1", "2", "00", "01", "+4", "4 ", "0x4", "1e3", test::element_of_order_two(group), group.text(group.generator()) + "0"};
}

/// The last is the group's own order.
std::vector<std::string> no_scalars(const Group& group)
{
    return {"",
            "-1",
            "00",
            "01",
            "+1",
            "1 ",
            "0x1",
            "1.0",
            "115792089237316195423570985008687907853269984665640564039457584007913129639936", // 2^256
            group.name() == "Ed25519" ? "7237005577332262213973186563042994240857116359379907606001950938285454250989"
                                      : "78571733251071885079927659812671450121821421258408794611510081919805623223441"};
}

} // namespace

TEST_CASE("every wrong archive that can be made is rejected by its name")
{
    for (const auto* group : both_groups)
        for (const auto& [fault, fault_name] : enum_names(test::Fault{})) {
            // What needs no group to be wrong is tried in the faster one; tests/e2e/audit_test.py tries all of them in the other.
            const bool of_the_group = fault <= test::Fault::repeated_choice || fault == test::Fault::altered_tally;
            if (group == std::string("BELENIOS-2048") && !of_the_group) continue;
            CAPTURE(group);
            CAPTURE(std::string(fault_name));
            CHECK(failed_check(test::make_wrong(fault, group)) == test::check_that_fails(fault));
        }
}

TEST_CASE("the same election without a fault passes every check and says what was cast")
{
    for (const auto* group : both_groups) {
        CAPTURE(group);
        const auto v = verify(right(group));
        REQUIRE_FALSE(v.failure);
        CHECK(v.finished());
        for (const auto& [check, check_name] : enum_names(Check{})) {
            CAPTURE(std::string(check_name));
            CHECK(v.passed.contains(check));
        }
        CHECK(v.one_ballot_rule);
        CHECK(v.tallied == 2);
        CHECK(*v.counts == Counts{{1, 1}, {1, 1}});
        CHECK(v.left_blank(0) == 0);
    }
}

TEST_CASE("a failure about a ballot names its tracker and record")
{
    auto archive = test::make_wrong(test::Fault::second_ballot, "Ed25519");
    const auto v = verify(archive);
    REQUIRE(v.failure);
    CHECK(v.failure->record == 9); // header, four records and an event of Setup, a ballot and its event, and this
    CHECK(v.failure->tracker == fingerprint_of(test::take_apart(archive).steps[2].data[0]));
}

TEST_CASE("blank papers are what is left of the weight where a question takes one answer")
{
    test::WholeElection e(3, 1, 1, 3, 2, "Ed25519");
    for (unsigned voter = 0; voter < 3; ++voter) e.put_on_board(e.ballot(voter, 2 - voter % 2));
    e.close();
    e.publish_tally();
    e.decrypt(1);
    e.decrypt(2);
    e.publish_result({{0, 1}});
    const auto v = verify(e.archive);
    REQUIRE(v.finished());
    CHECK(v.left_blank(0) == 2);
}

TEST_CASE("only the one canonical text of a member of the group is one")
{
    for (const auto* group_name : both_groups) {
        const auto& group = *Group::find(group_name);
        CAPTURE(group_name);
        for (const auto& bad : no_elements(group)) {
            CAPTURE(bad);
            const auto element = group.parse_element(bad);
            CHECK_FALSE((element && group.contains(*element)));
        }
        for (const auto& bad : no_scalars(group)) {
            CAPTURE(bad);
            CHECK_FALSE(group.parse_scalar(bad));
        }
    }
}

TEST_CASE("a number outside the group, out of range or in another form is refused wherever it stands")
{
    for (const auto* group_name : both_groups) {
        const auto& group = *Group::find(group_name);
        CAPTURE(group_name);
        const auto in = [&](std::size_t step, std::size_t record, const std::string& key, const std::string& bad) {
            return failed_check(
                with_record(group_name, step, record, [&](std::string& text) { replace(text, key + value_after(text, key), key + bad); }));
        };
        for (const auto& bad : {test::element_of_order_two(group), "0" + group.text(group.generator())}) {
            CAPTURE(bad);
            CHECK(in(0, 0, "\"public_key\":\"", bad) == "election-key");
            CHECK(in(0, 1, "\\\"verification\\\":\\\"", bad + "\\") == "trustees"); // a certificate key
            CHECK(in(0, 1, "\\\"coefexps\\\":[\\\"", bad + "\\") == "trustees");
            CHECK(in(0, 1, "\"public_key\":\"", bad) == "trustees"); // a verification key
            CHECK(in(0, 2, "[\"", bad) == "credentials");
            CHECK(in(1, 0, "\"credential\":\"", bad) == "ballots");
            CHECK(in(1, 0, "\"alpha\":\"", bad) == "ballots");
            CHECK(in(1, 0, "\"beta\":\"", bad) == "ballots");
            CHECK(in(4, 0, "\"alpha\":\"", bad) == "encrypted-tally");
            CHECK(in(5, 0, "\"decryption_factors\":[[\"", bad) == "decryptions");
        }
        for (const auto& bad : {std::string("01"), no_scalars(group).back()}) {
            CAPTURE(bad);
            CHECK(in(0, 1, "\"challenge\":\"", bad) == "trustees");
            CHECK(in(1, 0, "\"challenge\":\"", bad) == "ballots");
            CHECK(in(1, 0, "\"response\":\"", bad) == "ballots");
            CHECK(in(5, 0, "\"challenge\":\"", bad) == "decryptions");
        }
    }
}

TEST_CASE("members of the larger group, signed by their voter, are refused")
{
    for (const auto* group_name : both_groups) {
        CAPTURE(group_name);
        for (const auto& key : {std::string("\"alpha\":\""), std::string("\"beta\":\"")}) {
            test::WholeElection e(1, 1, 1, 3, 2, group_name);
            std::vector<std::string> bads = {test::element_of_order_two(e.group), e.group.text(e.group.identity())};
            const auto ballot = e.ballot(0, 0);
            const auto mixed = e.group.multiply(*e.group.parse_element(value_after(ballot, key)), *e.group.parse_element(bads[0]));
            bads.push_back(e.group.text(mixed));
            for (const auto& bad : bads) {
                CAPTURE(bad);
                auto changed = ballot;
                replace(changed, key + value_after(ballot, key), key + bad);
                const auto before = e.archive;
                e.append(EventType::ballot, {test::signed_again(e, 0, changed)});
                CHECK(failed_check(e.archive) == "proofs");
                e.archive = before;
                e.chain = {};
                for (const auto& step : test::take_apart(before).steps) e.chain.append(step.type, step.data);
            }
        }
    }
}

TEST_CASE("a ballot in another JSON than its own is refused")
{
    const auto in_ballot = [](const std::function<void(Json&)>& edit) {
        return failed_check(with_record("Ed25519", 1, 0, [&](std::string& text) {
            auto json = Json::parse(text);
            edit(json);
            text = json.dump();
        }));
    };
    const auto as_text = [](const std::function<void(std::string&)>& edit) { return failed_check(with_record("Ed25519", 1, 0, edit)); };
    CHECK(in_ballot([](Json&) {}) == "");
    CHECK(in_ballot([](Json& b) { b["note"] = "more"; }) == "ballots");
    CHECK(in_ballot([](Json& b) { b["answers"][0]["note"] = 1; }) == "ballots");
    CHECK(in_ballot([](Json& b) { b["answers"][0]["choices"][0]["gamma"] = "1"; }) == "ballots");
    CHECK(in_ballot([](Json& b) { b["signature"]["proof"]["note"] = "1"; }) == "ballots");
    CHECK(in_ballot([](Json& b) { b.erase("election_hash"); }) == "ballots");
    CHECK(in_ballot([](Json& b) { b["answers"][0]["overall_proof"] = Json::array(); }) == "ballots"); // its seal no longer fits
    CHECK(in_ballot([](Json& b) { std::swap(b["answers"][0]["choices"][0]["alpha"], b["answers"][0]["choices"][0]["beta"]); }) == "ballots");
    CHECK(in_ballot([](Json& b) { b["answers"].push_back(b["answers"][0]); }) == "ballots");
    CHECK(in_ballot([](Json& b) { b["signature"]["hash"] = std::string(43, 'A'); }) == "ballots");
    CHECK(in_ballot([](Json& b) { b["answers"] = 7; }) == "ballots");
    CHECK(in_ballot([](Json& b) { b["credential"] = 7; }) == "ballots");
    CHECK(in_ballot([](Json& b) {
              Json other = Json::object();
              for (auto field = b.rbegin(); field != b.rend(); ++field) other[field.key()] = field.value();
              b = other;
          }) == "ballots"); // field order
    CHECK(as_text([](std::string& t) { t += "\n"; }) == "ballots");
    CHECK(as_text([](std::string& t) { t = " " + t; }) == "ballots");
    CHECK(as_text([](std::string& t) { replace(t, "\"alpha\":", "\"alpha\": "); }) == "ballots");
    CHECK(as_text([](std::string& t) { replace(t, "\"alpha\"", "\"\\u0061lpha\""); }) == "ballots");
    CHECK(as_text([](std::string& t) { replace(t, "{\"election_uuid\"", "{\"election_uuid\":\"x\",\"election_uuid\""); }) == "ballots");
    CHECK(as_text([](std::string& t) { t.resize(t.size() / 2); }) == "ballots");
    CHECK(as_text([](std::string& t) { t.clear(); }) == "ballots");
}

TEST_CASE("the list of credentials must be distinct, canonical and of one ballot's size")
{
    const auto with_list = [](const std::function<void(std::string&)>& edit) { return failed_check(with_record("Ed25519", 0, 2, edit)); };
    CHECK(with_list([](std::string&) {}) == "");
    CHECK(with_list([](std::string& t) { t = "[" + t.substr(1, 66) + "," + t.substr(1); }) == "credentials"); // the first twice
    CHECK(with_list([](std::string& t) { t += ","; }) == "credentials");
    CHECK(with_list([](std::string& t) { t += "[]"; }) == "credentials");
    CHECK(with_list([](std::string& t) { t.pop_back(); }) == "credentials");
    CHECK(with_list([](std::string& t) { t = "{}"; }) == "credentials");
    CHECK(with_list([](std::string& t) { t = ""; }) == "credentials");
    CHECK(with_list([](std::string& t) { t = "[]"; }) == "known-credential");
    CHECK(with_list([](std::string& t) { t.insert(t.find("\",\""), ",0"); }) == "credentials");
    CHECK(with_list([](std::string& t) { t.insert(t.find("\",\""), ",01"); }) == "credentials");
    CHECK(with_list([](std::string& t) { t.insert(t.find("\",\""), ",2147483649"); }) == "credentials");
    CHECK(with_list([](std::string& t) { t.insert(t.find("\",\""), ",2147483648"); }) == "credentials"); // with the others' more than can be counted
    CHECK(with_list([](std::string& t) { t.insert(1, "\"" + std::string(5000, '1') + "\","); }) == "credentials");
    const auto heavier = with_record("Ed25519", 0, 2, [](std::string& t) { t.insert(t.find("\",\""), ",3"); });
    CHECK((failed_check(heavier) == "encrypted-tally" || failed_check(heavier) == "")); // "" where the first of the list did not vote
}

TEST_CASE("records that hold numbers and names are refused in any other form")
{
    CHECK(failed_check(with_record("Ed25519", 4, 1, [](std::string& t) { t += " "; })) == "encrypted-tally");
    CHECK(failed_check(with_record("Ed25519", 4, 0, [](std::string& t) { t += " "; })) == "encrypted-tally");
    CHECK(failed_check(with_record("Ed25519", 5, 1, [](std::string& t) { replace(t, "\"owner\":1", "\"owner\":0"); })) == "decryptions");
    CHECK(failed_check(with_record("Ed25519", 5, 1, [](std::string& t) { replace(t, "\"owner\":1", "\"owner\":4"); })) == "decryptions");
    CHECK(failed_check(with_record("Ed25519", 5, 1, [](std::string& t) { replace(t, "\"owner\":1", "\"owner\":\"1\""); })) == "decryptions");
    CHECK(failed_check(with_record("Ed25519", 5, 0, [](std::string& t) { t += " "; })) == "decryptions");
    CHECK(failed_check(with_record("Ed25519", 7, 0, [](std::string& t) { t += " "; })) == "result");
    CHECK(failed_check(with_record("Ed25519", 0, 0, [](std::string& t) { replace(t, "Ed25519", "P-256"); })) == "election-key");
    CHECK(failed_check(with_record("Ed25519", 0, 0, [](std::string& t) { replace(t, "\"version\":1", "\"version\":2"); })) == "election-key");
    CHECK(failed_check(with_record("Ed25519", 0, 0, [](std::string& t) { replace(t, "\"name\":\"Test\"", "\"name\":\"Tast\""); })) == "ballots");
}

TEST_CASE("the last ballot under a credential counts where the election lets one replace another")
{
    test::WholeElection e(3, 4, 1, 3, 2, "Ed25519");
    // The same election without the rule in its description.
    auto parts = test::take_apart(e.archive);
    e.election = make_election("An election of somebody else.", "Test", e.group, e.election.public_key, e.election.questions, e.election.uuid);
    auto& data = parts.steps[0].data;
    data[0] = e.election.bytes;
    data[3] = write_setup_data(data[0], data[1], data[2]);
    e.archive = test::put_together(parts);
    e.chain = {};
    e.chain.append(EventType::setup, data);
    e.append(EventType::ballot, {e.ballot(0, 0)});
    e.append(EventType::ballot, {e.ballot(1, 0)});
    e.put_on_board(e.ballot(1, 1));
    e.append(EventType::ballot, {e.ballot(0, 2)});
    e.put_on_board(e.ballot(0, 1));
    e.close();
    e.publish_tally();
    e.decrypt(1);
    e.decrypt(3);
    e.publish_result({{0, 2}});
    const auto v = verify(e.archive);
    if (v.failure) FAIL_CHECK(v.failure->why);
    CHECK(v.ballots == 5);
    CHECK(v.tallied == 2);
    CHECK_FALSE(v.passed.contains(Check::one_ballot));

    int openings = 0; // a file that changes between the two readings is found out
    const auto other = right("Ed25519");
    const auto changing =
        verify_archive(std::function<ArchiveReader::Source()>([&] { return ArchiveReader::from(openings++ == 0 ? e.archive : other); }));
    REQUIRE(changing.failure);
    CHECK(changing.failure->check == Check::container);
}

TEST_CASE("without the exponentiations the structure is still checked in full")
{
    VerifyOptions structure;
    structure.structure_only = true;
    for (const auto& [fault, fault_name] : enum_names(test::Fault{})) {
        CAPTURE(std::string(fault_name));
        const auto check = test::check_that_fails(fault);
        const bool needs_more = check == "proofs" || fault == test::Fault::altered_tally || fault == test::Fault::swapped_owner ||
                                fault == test::Fault::missing_decryption || check == "result";
        CHECK(failed_check(test::make_wrong(fault, "Ed25519"), structure) == (needs_more ? "" : check));
    }
    const auto v = verify(right("Ed25519"), structure);
    CHECK_FALSE(v.passed.contains(Check::signatures));
    CHECK_FALSE(v.passed.contains(Check::proofs));
    CHECK_FALSE(v.passed.contains(Check::encrypted_tally));
    CHECK_FALSE(v.passed.contains(Check::result));
    CHECK(v.passed.contains(Check::duplicates));
}

TEST_CASE("ballots proved before are not proved again, and every later one is")
{
    const auto archive = test::make_wrong(test::Fault::junk_proof, "Ed25519");
    VerifyOptions options;
    options.proved_before = 1;
    CHECK(failed_check(archive, options) == "");
    options.proved_before = 0;
    CHECK(failed_check(archive, options) == "proofs");
}

TEST_SUITE_END();
