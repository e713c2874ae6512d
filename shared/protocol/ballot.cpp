#include "shared/protocol/ballot.hpp"

#include "shared/protocol/json.hpp"

#include <algorithm>
#include <numeric>

namespace walkout::protocol {
namespace {

Refusal refuse(const char* code, const char* why) { return Refusal{Kind::invalid, code, std::string("This ballot is refused: ") + why + "."}; }

Answer read_answer(const Group& group, const Json& json)
{
    Answer answer;
    for (const auto& choice : list(field(json, "choices"))) answer.choices.push_back(read_ciphertext(group, choice));
    for (const auto& proof : list(field(json, "individual_proofs"))) answer.individual_proofs.push_back(read_proofs(group, proof));
    answer.overall_proof = read_proofs(group, field(json, "overall_proof"));
    if (const auto* blank = optional_field(json, "blank_proof")) answer.blank_proof = read_proofs(group, *blank);
    return answer;
}

Json write_answer(const Group& group, const Answer& answer)
{
    Json json = {{"choices", Json::array()}, {"individual_proofs", Json::array()}};
    for (const auto& choice : answer.choices) json["choices"].push_back(write_ciphertext(group, choice));
    for (const auto& proofs : answer.individual_proofs) json["individual_proofs"].push_back(write_proofs(group, proofs));
    json["overall_proof"] = write_proofs(group, answer.overall_proof);
    if (answer.blank_proof) json["blank_proof"] = write_proofs(group, *answer.blank_proof);
    return json;
}

Json write_unsigned(const Group& group, const Ballot& ballot)
{
    Json json = {{"election_uuid", ballot.election_uuid}, {"election_hash", ballot.election_hash}, {"credential", group.text(ballot.credential)}};
    json["answers"] = Json::array();
    for (const auto& answer : ballot.answers) json["answers"].push_back(write_answer(group, answer));
    return json;
}

std::string add_signature(std::string unsigned_bytes, const Group& group, const std::string& seal, const Proof& proof)
{
    const Json signature = {{"hash", seal}, {"proof", write_proof(group, proof)}};
    unsigned_bytes.pop_back(); // the closing brace
    return unsigned_bytes + ",\"signature\":" + signature.dump() + "}";
}

/// S0 of 2.6: what binds every proof to this election and this credential.
std::string ballot_label(const Election& election, const Element& credential)
{
    return election.fingerprint + "|" + election.group->text(credential);
}

std::string answer_label(const Group& group, const std::string& ballot_label, std::span<const Ciphertext> choices)
{
    std::string label = ballot_label + "|";
    for (const auto& choice : choices) label += (&choice == choices.data() ? "" : ",") + group.text(choice.alpha) + "," + group.text(choice.beta);
    return label;
}

Ciphertext sum(const Group& group, std::span<const Ciphertext> pairs)
{
    Ciphertext out{group.identity(), group.identity()};
    for (const auto& pair : pairs) out = {group.multiply(out.alpha, pair.alpha), group.multiply(out.beta, pair.beta)};
    return out;
}

/// The ciphertexts of one answer with their squarings done, so that membership and all proofs share them.
struct PreparedAnswer {
    std::vector<std::unique_ptr<Powers>> owned;
    std::vector<PreparedCiphertext> choices;

    PreparedAnswer(const Group& group, const Answer& answer)
    {
        for (const auto& choice : answer.choices) {
            owned.push_back(group.prepare(choice.alpha, Group::Reuse::once));
            owned.push_back(group.prepare(choice.beta, Group::Reuse::once));
            choices.push_back({choice, {owned[owned.size() - 2].get()}, {owned.back().get()}});
        }
    }

    PreparedCiphertext sum_from(const Group& group, std::size_t first) const
    {
        PreparedCiphertext out{{group.identity(), group.identity()}, {}, {}};
        for (const auto& choice : std::span(choices).subspan(first)) {
            out.pair = {group.multiply(out.pair.alpha, choice.pair.alpha), group.multiply(out.pair.beta, choice.pair.beta)};
            out.alphas.push_back(choice.alphas.front());
            out.betas.push_back(choice.betas.front());
        }
        return out;
    }
};

bool overall_holds(const Election& election, const Question& question, const std::string& label, const PreparedAnswer& prepared, const Answer& answer)
{
    const auto& group = *election.group;
    if (!question.blank) {
        return !answer.blank_proof &&
               verify_value(group, *election.key_powers, label, prepared.sum_from(group, 0), answer.overall_proof, question.min, question.max);
    }
    if (!answer.blank_proof) return false;
    const auto& blank = prepared.choices.front();
    const auto rest = prepared.sum_from(group, 1);
    std::vector<Branch> overall{{blank, 1}};
    for (auto value = question.min; value <= question.max; ++value) overall.push_back({rest, value});
    return verify_branches(group, *election.key_powers, "bproof0|" + label + "|", std::vector<Branch>{{blank, 0}, {rest, 0}}, *answer.blank_proof) &&
           verify_branches(group, *election.key_powers, "bproof1|" + label + "|", overall, answer.overall_proof);
}

Result<void> check_answer(const Election& election, const std::string& s0, const Question& question, const Answer& answer)
{
    const auto& group = *election.group;
    if (answer.choices.size() != question.choices() || answer.individual_proofs.size() != answer.choices.size())
        return refuse("shape", "its answers do not fit the questions");
    // r = 0 makes alpha = 1 and shows the choice; beta = 1 is as special.
    for (const auto& choice : answer.choices)
        if (choice.alpha == group.identity() || choice.beta == group.identity())
            return refuse("group", "it contains the number 1 where an encrypted choice belongs");
    const PreparedAnswer prepared(group, answer);
    for (const auto& powers : prepared.owned)
        if (!group.contains(*powers)) return refuse("group", "it contains a number outside the group");
    for (std::size_t i = 0; i < answer.choices.size(); ++i)
        if (!verify_value(group, *election.key_powers, s0, prepared.choices[i], answer.individual_proofs[i], 0, 1))
            return refuse("proof", "the proof of a choice is wrong");
    if (!overall_holds(election, question, answer_label(group, s0, answer.choices), prepared, answer))
        return refuse("proof", "the proof that the choices fit the question is wrong");
    return boost::system::in_place_value;
}

bool fits(const Question& question, const std::vector<unsigned>& chosen)
{
    const auto total = std::accumulate(chosen.begin(), chosen.end(), 0U);
    return !question.blank && chosen.size() == question.answers.size() && std::ranges::all_of(chosen, [](unsigned bit) { return bit <= 1; }) &&
           total >= question.min && total <= question.max;
}

Answer encrypt_answer(const Election& election, const std::string& s0, const Question& question, const std::vector<unsigned>& chosen, Random& random)
{
    const auto& group = *election.group;
    const auto& key = election.public_key;
    Answer answer;
    auto total_r = SecretScalar::hide(group.small(0));
    for (const auto bit : chosen) {
        const auto r = group.random_scalar(random);
        const auto g_bit = group.secret_power(group.generator(), SecretScalar::hide(group.small(bit))); // same work for 0 and 1
        answer.choices.push_back({group.secret_power(group.generator(), r), group.multiply(group.secret_power(key, r), g_bit)});
        answer.individual_proofs.push_back(prove_value(group, key, s0, answer.choices.back(), r, bit, 0, 1, random));
        total_r = group.secret_add(total_r, r);
    }
    answer.overall_proof = prove_value(group, key, answer_label(group, s0, answer.choices), sum(group, answer.choices), total_r,
                                       std::accumulate(chosen.begin(), chosen.end(), 0U), question.min, question.max, random);
    return answer;
}

} // namespace

Result<Ballot> parse_ballot(const Group& group, std::string_view bytes)
{
    const auto parsed = read_record(bytes, "not_canonical", "The ballot", [&](const Json& json) {
        Ballot ballot;
        ballot.election_uuid = text_field(json, "election_uuid");
        ballot.election_hash = text_field(json, "election_hash");
        ballot.credential = read_element(group, field(json, "credential"));
        for (const auto& answer : list(field(json, "answers"))) ballot.answers.push_back(read_answer(group, answer));
        const auto& signature = field(json, "signature");
        ballot.seal = text_field(signature, "hash");
        ballot.signature = read_proof(group, field(signature, "proof"));
        const auto unsigned_bytes = write_unsigned(group, ballot).dump();
        if (add_signature(unsigned_bytes, group, ballot.seal, ballot.signature) != bytes) throw BadRecord("it is not in its one canonical form");
        if (fingerprint_of(unsigned_bytes) != ballot.seal) throw BadRecord("its seal is not the hash of its content");
        return ballot;
    });
    return parsed;
}

Result<void> check_signature(const Election& election, const Ballot& ballot)
{
    if (ballot.election_uuid != election.uuid || ballot.election_hash != election.fingerprint)
        return refuse("wrong_election", "it was made for another election");
    const auto credential = election.group->prepare(ballot.credential, Group::Reuse::once);
    if (!election.group->contains(*credential)) return refuse("credential", "its credential is outside the group");
    if (!verify_key(*election.group, "sig|" + ballot.seal + "|", *credential, ballot.signature)) return refuse("signature", "its signature is wrong");
    return boost::system::in_place_value;
}

Result<void> check_proofs(const Election& election, const Ballot& ballot)
{
    if (ballot.answers.size() != election.questions.size()) return refuse("shape", "its answers do not fit the questions");
    const auto s0 = ballot_label(election, ballot.credential);
    for (std::size_t i = 0; i < ballot.answers.size(); ++i)
        if (auto checked = check_answer(election, s0, election.questions[i], ballot.answers[i]); !checked) return checked;
    return boost::system::in_place_value;
}

Result<SealedBallot> seal_ballot(const Election& election, const Element& credential, const Selections& selections, Random& random)
{
    if (selections.size() != election.questions.size() || !std::ranges::equal(election.questions, selections, fits))
        return Refusal{Kind::invalid, "answers", "The answers do not fit the questions of this ballot."};
    Ballot ballot{election.uuid, election.fingerprint, credential, {}, {}, {}};
    const auto s0 = ballot_label(election, credential);
    for (std::size_t i = 0; i < selections.size(); ++i)
        ballot.answers.push_back(encrypt_answer(election, s0, election.questions[i], selections[i], random));
    SealedBallot sealed;
    sealed.unsigned_bytes_ = write_unsigned(*election.group, ballot).dump();
    sealed.seal_ = fingerprint_of(sealed.unsigned_bytes_);
    return sealed;
}

std::string SealedBallot::sign(const Group& group, const SecretScalar& credential, Random& random) &&
{
    const auto proof = prove_key(group, "sig|" + seal_ + "|", credential, random);
    return add_signature(std::move(unsigned_bytes_), group, seal_, proof);
}

} // namespace walkout::protocol
