#pragma once

#include "shared/base/names.hpp"
#include "tests/support/election.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace walkout::test {

// Wrong archives of protocol.md 2.12, each hashed and chained again so that nothing but the fault itself is wrong with it.

enum class Fault {
    junk_proof,       ///< a choice's proof is random, signed by its voter
    over_vote,        ///< a choice encrypts 2, signed by its voter
    minus_alpha,      ///< alpha times an element of order 2, signed by its voter
    repeated_choice,  ///< a voter's own encrypted choice stands twice in the ballot
    second_ballot,    ///< under one credential
    hidden_ballots,   ///< behind an extra EndBallots
    replayed_ballot,  ///< the same record twice
    ballot_after_end, ///< a ballot between EndBallots and the tally
    no_end_ballots,   ///< the tally follows the ballots at once
    altered_tally,    ///< the stored tally is encrypted afresh; the decryptions are of the true one
    wrong_num_tallied,
    wrong_total_weight,
    two_results,
    two_decryptions,    ///< by one trustee
    missing_decryption, ///< one fewer than the threshold
    swapped_owner,
    wrong_result,
    unreferenced_record, ///< a record that no event names
    wrong_payload,       ///< an event names another record than the one before it
    wrong_height,
    wrong_parent,
    trailing_bytes,
    dropped_ballot, ///< which nobody can see without an earlier copy
};
constexpr auto enum_names(Fault)
{
    using enum Fault;
    return std::to_array<std::pair<Fault, std::string_view>>({{junk_proof, "junk-proof"},
                                                              {over_vote, "over-vote"},
                                                              {minus_alpha, "minus-alpha"},
                                                              {repeated_choice, "repeated-choice"},
                                                              {second_ballot, "second-ballot"},
                                                              {hidden_ballots, "hidden-ballots"},
                                                              {replayed_ballot, "replayed-ballot"},
                                                              {ballot_after_end, "ballot-after-end"},
                                                              {no_end_ballots, "no-end-ballots"},
                                                              {altered_tally, "altered-tally"},
                                                              {wrong_num_tallied, "wrong-num-tallied"},
                                                              {wrong_total_weight, "wrong-total-weight"},
                                                              {two_results, "two-results"},
                                                              {two_decryptions, "two-decryptions"},
                                                              {missing_decryption, "missing-decryption"},
                                                              {swapped_owner, "swapped-owner"},
                                                              {wrong_result, "wrong-result"},
                                                              {unreferenced_record, "unreferenced-record"},
                                                              {wrong_payload, "wrong-payload"},
                                                              {wrong_height, "wrong-height"},
                                                              {wrong_parent, "wrong-parent"},
                                                              {trailing_bytes, "trailing-bytes"},
                                                              {dropped_ballot, "dropped-ballot"}});
}

/// The check of protocol::Check by which our verifier must name it; empty where one archive alone cannot show it.
std::string_view check_that_fails(Fault fault);

/// A small finished election with this one fault. The same every time.
std::string make_wrong(Fault fault, std::string_view group_name = "BELENIOS-2048");
/// The same election without a fault: three voters, two of three trustees.
std::string make_right(std::string_view group_name = "BELENIOS-2048");

/// An archive as its events with their data records.
struct Step {
    protocol::EventType type;
    std::vector<std::string> data;
};
struct Parts {
    std::int64_t timestamp = 0;
    std::vector<Step> steps;
};
Parts take_apart(std::string_view archive);
std::string put_together(const Parts& parts);

/// Signs a changed ballot again with its voter's own credential, as a cheating voter would.
std::string signed_again(WholeElection& e, unsigned voter, const std::string& bytes);

/// The text of the element of order 2: p - 1, or the point (0, -1).
std::string element_of_order_two(const Group& group);

} // namespace walkout::test
