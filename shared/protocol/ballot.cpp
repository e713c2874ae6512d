#include "shared/protocol/ballot.hpp"

#include "shared/base/constant_time.hpp"
#include "shared/base/published.hpp"
#include "shared/protocol/json.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <utility>

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

Ballot read_unsigned(const Group& group, const Json& json)
{
    Ballot ballot;
    ballot.election_uuid = text_field(json, "election_uuid");
    ballot.election_hash = text_field(json, "election_hash");
    ballot.credential = read_element(group, field(json, "credential"));
    for (const auto& answer : list(field(json, "answers"))) ballot.answers.push_back(read_answer(group, answer));
    return ballot;
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
        for (const auto& choice : answer.choices)
            choices.push_back({choice, keep(group.prepare(choice.alpha, Group::Reuse::once)), keep(group.prepare(choice.beta, Group::Reuse::once))});
    }

    PreparedCiphertext sum_from(const Group& group, std::size_t first)
    {
        Ciphertext pair{group.identity(), group.identity()};
        std::vector<const Powers*> alphas, betas;
        for (const auto& choice : std::span(choices).subspan(first)) {
            pair =
                alphas.empty() ? choice.pair : Ciphertext{group.multiply(pair.alpha, choice.pair.alpha), group.multiply(pair.beta, choice.pair.beta)};
            alphas.push_back(choice.alpha);
            betas.push_back(choice.beta);
        }
        return {pair, keep(group.prepare_product(pair.alpha, alphas)), keep(group.prepare_product(pair.beta, betas))};
    }

private:
    const Powers* keep(std::unique_ptr<Powers> powers) { return owned.emplace_back(std::move(powers)).get(); }
};

bool overall_holds(const Election& election, const Question& question, const std::string& label, PreparedAnswer& prepared, const Answer& answer)
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
    const auto outside = refuse("group", "it contains a number outside the group");
    PreparedAnswer prepared(group, answer);
    for (const auto& powers : prepared.owned)
        if (!group.admits(*powers)) return outside;
    try {
        for (std::size_t i = 0; i < answer.choices.size(); ++i)
            if (!verify_value(group, *election.key_powers, s0, prepared.choices[i], answer.individual_proofs[i], 0, 1))
                return refuse("proof", "the proof of a choice is wrong");
        if (!overall_holds(election, question, answer_label(group, s0, answer.choices), prepared, answer))
            return refuse("proof", "the proof that the choices fit the question is wrong");
    } catch (const NotInGroup&) {
        return outside;
    }
    return boost::system::in_place_value;
}

/// Says only whether the whole fits: which choice is wrong, or how many there are, shows in no branch.
bool fits(const Question& question, const std::vector<unsigned>& chosen)
{
    if (question.blank || chosen.size() != question.answers.size()) return false;
    std::uint64_t total = 0, wrong = 0;
    for (const std::uint64_t bit : chosen) {
        wrong |= bit >> 1;
        total += bit;
    }
    wrong |= (total - question.min) >> 63; // below the least
    wrong |= (question.max - total) >> 63; // above the most
    return published(wrong) == 0;
}

Answer encrypt_answer(const Election& election, const std::string& s0, const Question& question, const std::vector<unsigned>& chosen, Random& random,
                      std::vector<SecretScalar>& randomness)
{
    const auto& group = *election.group;
    const auto& key = *election.key_powers;
    Answer answer;
    auto total_r = SecretScalar::hide(group.small(0));
    for (const auto bit : chosen) {
        auto r = group.random_scalar(random);
        const auto g_bit = select(mask_if_equal(bit, 1), group.generator(), group.identity());
        answer.choices.push_back(
            {published(group.secret_power(group.generator_powers(), r)), published(group.secret_product(group.secret_power(key, r), g_bit))});
        answer.individual_proofs.push_back(prove_value(group, key, s0, answer.choices.back(), r, bit, 0, 1, random));
        total_r = group.secret_add(total_r, r);
        randomness.push_back(std::move(r));
    }
    answer.overall_proof = prove_value(group, key, answer_label(group, s0, answer.choices), sum(group, answer.choices), total_r,
                                       std::accumulate(chosen.begin(), chosen.end(), 0U), question.min, question.max, random);
    return answer;
}

} // namespace

Result<Ballot> parse_ballot(const Group& group, std::string_view bytes)
{
    const auto parsed = read_record(bytes, "not_canonical", "The ballot", [&](const Json& json) {
        auto ballot = read_unsigned(group, json);
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

Result<Ballot> parse_unsigned_ballot(const Group& group, std::string_view bytes)
{
    return read_record(bytes, "not_canonical", "The ballot", [&](const Json& json) {
        auto ballot = read_unsigned(group, json);
        if (write_unsigned(group, ballot).dump() != bytes) throw BadRecord("it is not in its one canonical form");
        ballot.seal = fingerprint_of(bytes);
        return ballot;
    });
}

Result<void> check_signature(const Election& election, const Ballot& ballot)
{
    if (ballot.election_uuid != election.uuid || ballot.election_hash != election.fingerprint)
        return refuse("wrong_election", "it was made for another election");
    const auto outside = refuse("credential", "its credential is outside the group");
    try {
        const auto credential = election.group->prepare(ballot.credential, Group::Reuse::once);
        if (!election.group->admits(*credential)) return outside;
        if (!verify_key(*election.group, "sig|" + ballot.seal + "|", *credential, ballot.signature))
            return refuse("signature", "its signature is wrong");
    } catch (const NotInGroup&) {
        return outside;
    }
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
    SealedBallot sealed;
    for (std::size_t i = 0; i < selections.size(); ++i)
        ballot.answers.push_back(encrypt_answer(election, s0, election.questions[i], selections[i], random, sealed.randomness_.emplace_back()));
    sealed.unsigned_bytes_ = write_unsigned(*election.group, ballot).dump();
    sealed.seal_ = fingerprint_of(sealed.unsigned_bytes_);
    return sealed;
}

std::string SealedBallot::sign(const Group& group, const SecretScalar& credential, Random& random) &&
{
    auto bytes = take();
    randomness_.clear();
    const auto proof = prove_key(group, "sig|" + seal_ + "|", credential, random);
    return add_signature(std::move(bytes), group, seal_, proof);
}

OpenedBallot SealedBallot::open() &&
{
    OpenedBallot opened{take(), seal_, {}};
    for (const auto& question : randomness_) {
        auto& out = opened.randomness.emplace_back();
        for (const auto& r : question) out.push_back(published(r.reveal()));
    }
    randomness_.clear();
    return opened;
}

std::string SealedBallot::take()
{
    if (unsigned_bytes_.empty()) throw std::logic_error("a sealed ballot is cast or opened once");
    return std::exchange(unsigned_bytes_, {});
}

} // namespace walkout::protocol
