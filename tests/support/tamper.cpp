#include "tests/support/tamper.hpp"

#include "shared/crypto/belenios_2048_constants.hpp"
#include "shared/crypto/hash.hpp"
#include "shared/protocol/json.hpp"

#include <functional>
#include <stdexcept>

namespace walkout::test {
namespace {

using namespace protocol;

constexpr std::uint32_t seed = 2012;
const Counts right_counts{{1, 1}, {1, 1}};

std::string write(
    const Parts& parts, const std::function<void(Event&)>& edit = [](Event&) {})
{
    auto archive = archive_header(parts.timestamp);
    std::string head;
    std::uint64_t height = 0;
    for (const auto& step : parts.steps) {
        for (const auto& body : step.data) archive += tar_record({false, body}, parts.timestamp);
        Event event{head, height++, step.type, step.data.empty() ? "" : hex(sha256(step.data.back()))};
        edit(event);
        const Record record{true, write_event(event)};
        archive += tar_record(record, parts.timestamp);
        head = record.hash();
    }
    return archive;
}

/// Only the event of this height is changed.
std::string write_with_event(const Parts& parts, std::uint64_t height, const std::function<void(Event&)>& edit)
{
    return write(parts, [&](Event& event) {
        if (event.height == height) edit(event);
    });
}

WholeElection election(std::string_view group_name) { return WholeElection(3, seed, std::vector(2, WholeElection::yes_or_no()), 3, 2, group_name); }

void decrypt_and_publish(WholeElection& e, const Counts& counts)
{
    e.decrypt(1);
    e.decrypt(3);
    e.publish_result(counts);
}

std::string finished(WholeElection& e, const Counts& counts)
{
    e.close();
    e.publish_tally();
    decrypt_and_publish(e, counts);
    return e.archive;
}

/// Voter 0 says Yes, voter 1 says No, voter 2 does not vote.
std::string right(WholeElection& e)
{
    e.put_on_board(e.ballot(0, 0));
    e.put_on_board(e.ballot(1, 1));
    return finished(e, right_counts);
}

std::string replaced(std::string text, const std::string& from, const std::string& to)
{
    const auto at = text.find(from);
    if (at == std::string::npos) throw std::logic_error("nothing to replace: " + from);
    return text.replace(at, from.size(), to);
}

std::string value_after(const std::string& text, const std::string& key, std::size_t from = 0)
{
    const auto at = text.find(key, from) + key.size();
    return text.substr(at, text.find('"', at) - at);
}

// ---- what a cheating voter can do ----

std::string junk_proof(WholeElection& e)
{
    const auto ballot = e.ballot(0, 0);
    const auto challenge = value_after(ballot, "\"individual_proofs\":[[{\"challenge\":\"");
    const auto junk = e.group.text(e.group.random_scalar(e.random).reveal());
    e.put_on_board(signed_again(e, 0, replaced(ballot, challenge, junk)));
    e.put_on_board(e.ballot(1, 1));
    return finished(e, right_counts);
}

std::string over_vote(WholeElection& e)
{
    const auto ballot = e.ballot(0, 0); // Yes is encrypted as 1; beta times g makes it 2
    const auto beta = value_after(ballot, "\"beta\":\"");
    const auto more = e.group.text(e.group.multiply(*e.group.parse_element(beta), e.group.generator()));
    e.put_on_board(signed_again(e, 0, replaced(ballot, beta, more)));
    e.put_on_board(e.ballot(1, 1));
    return finished(e, {{2, 1}, {1, 1}});
}

std::string minus_alpha(WholeElection& e)
{
    const auto ballot = e.ballot(0, 0);
    const auto alpha = value_after(ballot, "\"alpha\":\"");
    const auto minus = e.group.multiply(*e.group.parse_element(alpha), *e.group.parse_element(element_of_order_two(e.group)));
    e.put_on_board(signed_again(e, 0, replaced(ballot, alpha, e.group.text(minus))));
    e.put_on_board(e.ballot(1, 1));
    e.close();
    e.publish_tally();
    return e.archive; // Ed25519's constant-time power refuses to decrypt outside the group
}

/// The second question is answered with the first one's ciphertexts and proofs, which do not name their question.
std::string repeated_choice(WholeElection& e)
{
    auto ballot = Json::parse(e.ballot(0, 0));
    ballot["answers"][1] = ballot["answers"][0];
    e.put_on_board(signed_again(e, 0, ballot.dump()));
    e.put_on_board(e.ballot(1, 1));
    return finished(e, right_counts);
}

// ---- what a cheating server can do ----

std::string second_ballot(WholeElection& e)
{
    e.append(EventType::ballot, {e.ballot(0, 1)});
    e.put_on_board(e.ballot(0, 0)); // the later one would count
    e.put_on_board(e.ballot(1, 1));
    return finished(e, right_counts);
}

std::string hidden_ballots(WholeElection& e)
{
    e.append(EventType::ballot, {e.ballot(2, 1)});
    e.append(EventType::end_ballots, {});
    e.put_on_board(e.ballot(0, 0));
    e.put_on_board(e.ballot(1, 1));
    return finished(e, right_counts);
}

std::string replayed_ballot(WholeElection& e)
{
    const auto ballot = e.ballot(0, 0);
    e.append(EventType::ballot, {ballot});
    e.put_on_board(ballot);
    e.put_on_board(e.ballot(1, 1));
    return finished(e, right_counts);
}

std::string ballot_after_end(WholeElection& e)
{
    e.put_on_board(e.ballot(0, 0));
    e.close();
    e.put_on_board(e.ballot(1, 1));
    e.publish_tally();
    decrypt_and_publish(e, right_counts);
    return e.archive;
}

std::string no_end_ballots(WholeElection& e)
{
    e.put_on_board(e.ballot(0, 0));
    e.put_on_board(e.ballot(1, 1));
    e.publish_tally();
    decrypt_and_publish(e, right_counts);
    return e.archive;
}

/// What `data` of the tally's event is made of, given the true tally.
std::string with_tally(WholeElection& e, const std::function<std::vector<std::string>()>& data)
{
    e.put_on_board(e.ballot(0, 0));
    e.put_on_board(e.ballot(1, 1));
    e.close();
    e.append(EventType::encrypted_tally, data());
    decrypt_and_publish(e, right_counts);
    return e.archive;
}

std::string altered_tally(WholeElection& e)
{
    return with_tally(e, [&]() -> std::vector<std::string> {
        auto other = e.tally; // encrypts the same with other randomness
        other[0][0] = {e.group.multiply(other[0][0].alpha, e.group.generator()), e.group.multiply(other[0][0].beta, e.election.public_key)};
        const auto bytes = write_tally(e.group, other);
        return {bytes, write_tally_data(2, 2, bytes)};
    });
}

std::string wrong_numbers(WholeElection& e, unsigned num_tallied, unsigned total_weight)
{
    return with_tally(e, [&]() -> std::vector<std::string> {
        const auto bytes = write_tally(e.group, e.tally);
        return {bytes, write_tally_data(num_tallied, total_weight, bytes)};
    });
}

std::string with_decryptions(WholeElection& e, const std::function<void()>& decrypt)
{
    e.put_on_board(e.ballot(0, 0));
    e.put_on_board(e.ballot(1, 1));
    e.close();
    e.publish_tally();
    decrypt();
    e.publish_result(right_counts);
    return e.archive;
}

std::string swapped_owner(WholeElection& e)
{
    return with_decryptions(e, [&] {
        const auto bytes = write_partial_decryption(e.group, decrypt_share(e.election, e.tally, e.shares[0], e.random));
        e.append(EventType::partial_decryption, {bytes, write_owned(2, bytes)});
        e.decrypt(3);
    });
}

std::string dropped_ballot(WholeElection& e)
{
    e.put_on_board(e.ballot(1, 1)); // voter 0's is gone, and nothing else shows it
    return finished(e, {{0, 1}, {0, 1}});
}

} // namespace

std::string_view check_that_fails(Fault fault)
{
    switch (fault) {
    case Fault::junk_proof:
    case Fault::over_vote:
    case Fault::minus_alpha: return "proofs";
    case Fault::repeated_choice:
    case Fault::replayed_ballot: return "duplicates";
    case Fault::second_ballot: return "one-ballot";
    case Fault::hidden_ballots:
    case Fault::ballot_after_end:
    case Fault::no_end_ballots:
    case Fault::two_results:
    case Fault::unreferenced_record: return "event-order";
    case Fault::altered_tally:
    case Fault::wrong_num_tallied:
    case Fault::wrong_total_weight: return "encrypted-tally";
    case Fault::two_decryptions:
    case Fault::missing_decryption:
    case Fault::swapped_owner: return "decryptions";
    case Fault::wrong_result: return "result";
    case Fault::wrong_payload:
    case Fault::wrong_height:
    case Fault::wrong_parent: return "hash-chain";
    case Fault::trailing_bytes: return "container";
    case Fault::dropped_ballot: return "";
    }
    return "";
}

std::string make_wrong(Fault fault, std::string_view group_name)
{
    auto e = election(group_name);
    const auto edited = [&](std::uint64_t height, const std::function<void(Event&)>& edit) {
        return write_with_event(take_apart(right(e)), height, edit);
    };
    switch (fault) {
    case Fault::junk_proof: return junk_proof(e);
    case Fault::over_vote: return over_vote(e);
    case Fault::minus_alpha: return minus_alpha(e);
    case Fault::repeated_choice: return repeated_choice(e);
    case Fault::second_ballot: return second_ballot(e);
    case Fault::hidden_ballots: return hidden_ballots(e);
    case Fault::replayed_ballot: return replayed_ballot(e);
    case Fault::ballot_after_end: return ballot_after_end(e);
    case Fault::no_end_ballots: return no_end_ballots(e);
    case Fault::altered_tally: return altered_tally(e);
    case Fault::wrong_num_tallied: return wrong_numbers(e, 3, 2);
    case Fault::wrong_total_weight: return wrong_numbers(e, 2, 3);
    case Fault::two_results:
        right(e);
        e.publish_result(right_counts);
        return e.archive;
    case Fault::two_decryptions:
        return with_decryptions(e, [&] {
            for (const unsigned owner : {1U, 1U, 3U}) e.decrypt(owner);
        });
    case Fault::missing_decryption: return with_decryptions(e, [&] { e.decrypt(1); });
    case Fault::swapped_owner: return swapped_owner(e);
    case Fault::wrong_result:
        e.put_on_board(e.ballot(0, 0));
        e.put_on_board(e.ballot(1, 1));
        return finished(e, {{2, 0}, {1, 1}});
    case Fault::unreferenced_record: {
        auto parts = take_apart(right(e));
        parts.steps[2].data.insert(parts.steps[2].data.begin(), "\"nobody asked for this\"");
        return put_together(parts);
    }
    case Fault::wrong_payload: return edited(1, [](Event& event) { event.payload = std::string(64, '0'); });
    case Fault::wrong_height: return edited(2, [](Event& event) { event.height = 7; });
    case Fault::wrong_parent: return edited(2, [](Event& event) { event.parent = std::string(64, '0'); });
    case Fault::trailing_bytes: return right(e) + std::string(1024, '\0');
    case Fault::dropped_ballot: return dropped_ballot(e);
    }
    throw std::logic_error("a fault without a maker");
}

std::string make_right(std::string_view group_name)
{
    auto e = election(group_name);
    return right(e);
}

Parts take_apart(std::string_view archive)
{
    ArchiveReader reader(ArchiveReader::from(archive));
    Parts parts{reader.read_header().value(), {}};
    std::vector<std::string> data;
    for (auto record = reader.next().value(); record; record = reader.next().value()) {
        if (!record->is_event) {
            data.push_back(std::move(record->body));
            continue;
        }
        parts.steps.push_back({parse_event(record->body).value().type, std::move(data)});
        data.clear();
    }
    return parts;
}

std::string put_together(const Parts& parts) { return write(parts); }

std::string signed_again(WholeElection& e, unsigned voter, const std::string& bytes)
{
    const auto start = bytes.find(",\"signature\":");
    const auto unsigned_bytes = bytes.substr(0, start) + "}";
    const auto seal = fingerprint_of(unsigned_bytes);
    const auto proof = prove_key(e.group, "sig|" + seal + "|", e.voters[voter].secret, e.random);
    return bytes.substr(0, start) + ",\"signature\":{\"hash\":\"" + seal + "\",\"proof\":{\"challenge\":\"" + e.group.text(proof.challenge) +
           "\",\"response\":\"" + e.group.text(proof.response) + "\"}}}";
}

std::string element_of_order_two(const Group& group)
{
    if (group.name() == "Ed25519") return "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec"; // (0, -1): p - 1 as y
    std::string text = belenios_2048::p_decimal;                                                              // p is odd
    --text.back();
    return text;
}

} // namespace walkout::test
