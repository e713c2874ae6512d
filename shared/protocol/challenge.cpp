#include "shared/protocol/challenge.hpp"

#include "shared/protocol/json.hpp"

namespace walkout::protocol {
namespace {

Refusal refuse(const char* code, std::string why)
{
    return Refusal{Kind::invalid, code, std::move(why), "Do not trust the device that made this file. Keep the file and tell the scrutineer."};
}

std::string place(const Question& question, std::size_t number, std::size_t choice)
{
    const auto of = question.blank ? (choice == 0 ? std::string("the blank mark") : "\"" + question.answers[choice - 1] + "\"")
                                   : "\"" + question.answers[choice] + "\"";
    return "question " + std::to_string(number + 1) + ", " + of;
}

/// 0 or 1, whichever of them alpha and beta encrypt under r.
Result<unsigned> sealed_value(const Election& election, const Ciphertext& pair, const Scalar& r, const std::string& where)
{
    const auto& group = *election.group;
    if (group.product({{group.generator_powers(), r}}) != pair.alpha)
        return refuse("challenge_alpha", "The randomness in the file does not give alpha of " + where + ".");
    const auto none = group.product({{*election.key_powers, r}});
    if (none == pair.beta) return 0U;
    if (group.multiply(none, group.generator()) == pair.beta) return 1U;
    return refuse("challenge_beta", "With the randomness in the file, beta of " + where + " says neither chosen nor not chosen.");
}

Result<std::vector<std::vector<Scalar>>> randomness_of(const Election& election, const Challenge& challenge)
{
    const auto unfit = refuse("challenge_randomness", "The file does not hold one canonical random number for each choice of the ballot.");
    if (challenge.randomness.size() != election.questions.size()) return unfit;
    std::vector<std::vector<Scalar>> out;
    for (std::size_t i = 0; i < election.questions.size(); ++i) {
        if (challenge.randomness[i].size() != election.questions[i].choices()) return unfit;
        auto& row = out.emplace_back();
        for (const auto& text : challenge.randomness[i]) {
            const auto r = election.group->parse_scalar(text);
            if (!r) return unfit;
            row.push_back(*r);
        }
    }
    return out;
}

std::string written(const Challenge& challenge)
{
    const Json json = {{"walkout_challenge", 1},
                       {"ballot_id", challenge.ballot_id},
                       {"seal", challenge.seal},
                       {"ballot", challenge.ballot},
                       {"randomness", challenge.randomness}};
    return json.dump();
}

} // namespace

std::string write_challenge(const Group& group, std::string_view ballot_id, const OpenedBallot& opened)
{
    Challenge challenge{std::string(ballot_id), opened.seal, opened.bytes, {}};
    for (const auto& question : opened.randomness) {
        auto& row = challenge.randomness.emplace_back();
        for (const auto& r : question) row.push_back(group.text(r));
    }
    return written(challenge);
}

Result<Challenge> parse_challenge(std::string_view bytes)
{
    return read_record(bytes, "challenge_file", "The challenge file", [&](const Json& json) {
        Challenge challenge{text_field(json, "ballot_id"), text_field(json, "seal"), text_field(json, "ballot"), {}};
        for (const auto& question : list(field(json, "randomness"))) {
            auto& row = challenge.randomness.emplace_back();
            for (const auto& r : list(question)) {
                if (!r.is_string()) throw BadRecord("its randomness must be text");
                row.push_back(r.get<std::string>());
            }
        }
        if (written(challenge) != bytes) throw BadRecord("it is not in its one canonical form");
        return challenge;
    });
}

Result<BallotHeader> ballot_header(std::string_view bytes)
{
    return read_record(bytes, "not_a_ballot", "The ballot", [](const Json& json) {
        return BallotHeader{text_field(json, "election_uuid"), text_field(json, "election_hash"), text_field(json, "credential"),
                           optional_field(json, "signature") != nullptr};
    });
}

Result<Selections> open_challenge(const Election& election, const Challenge& challenge)
{
    const auto header = ballot_header(challenge.ballot);
    if (!header) return refuse("challenge_ballot", header.error().detail);
    if (header->is_signed)
        return refuse("challenge_signed", "The ballot in the file is signed, so it could be cast. A challenged ballot never has a signature.");
    if (header->election_uuid != election.uuid || header->election_hash != election.fingerprint)
        return refuse("challenge_election", "The ballot in the file was sealed for another election than this one.");
    const auto ballot = parse_unsigned_ballot(*election.group, challenge.ballot);
    if (!ballot) return refuse("challenge_ballot", ballot.error().detail);
    if (ballot->seal != challenge.seal)
        return refuse("challenge_seal", "The seal in the file is not that of its ballot, which is " + ballot->seal + ".");
    const auto randomness = randomness_of(election, challenge);
    if (!randomness) return randomness.error();
    if (ballot->answers.size() != election.questions.size()) return refuse("challenge_ballot", "The answers in the file do not fit the questions.");
    Selections selections;
    for (std::size_t i = 0; i < ballot->answers.size(); ++i) {
        const auto& choices = ballot->answers[i].choices;
        if (choices.size() != election.questions[i].choices())
            return refuse("challenge_ballot", "The answers in the file do not fit the questions.");
        auto& chosen = selections.emplace_back();
        for (std::size_t j = 0; j < choices.size(); ++j) {
            const auto value = sealed_value(election, choices[j], (*randomness)[i][j], place(election.questions[i], i, j));
            if (!value) return value.error();
            chosen.push_back(*value);
        }
    }
    if (const auto proved = check_proofs(election, *ballot); !proved)
        return refuse("challenge_proof", "The server would not have accepted this ballot. " + proved.error().detail);
    return selections;
}

} // namespace walkout::protocol
