#include "shared/protocol/tally.hpp"

#include "shared/base/published.hpp"
#include "shared/protocol/json.hpp"

#include <algorithm>

#include <cmath>
#include <unordered_map>

namespace walkout::protocol {
namespace {

std::string decrypt_prefix(const Election& election, const Element& key)
{
    return "decrypt|" + election.fingerprint + "|" + election.group->text(key) + "|";
}

Ciphertext raise(const Group& group, const Ciphertext& pair, unsigned weight)
{
    if (weight == 1) return pair;
    const auto exponent = group.small(weight);
    return {group.power(pair.alpha, exponent), group.power(pair.beta, exponent)};
}

bool verify_factor(const Election& election, const Powers& key, std::string_view prefix, const Element& alpha, const Element& factor,
                   const Proof& proof)
{
    const auto& group = *election.group;
    const auto alpha_powers = group.prepare(alpha, Group::Reuse::once);
    const auto factor_powers = group.prepare(factor, Group::Reuse::once);
    const auto a = group.product({{group.generator_powers(), proof.response}, {key, proof.challenge}});
    const auto b = group.product({{*alpha_powers, proof.response}, {*factor_powers, proof.challenge}});
    return challenge(group, prefix, {a, b}) == proof.challenge;
}

/// λ_j of 2.8 for trustee `number` among `numbers`, at 0.
Scalar lagrange(const Group& group, unsigned number, const std::vector<unsigned>& numbers)
{
    auto numerator = group.small(1);
    auto denominator = group.small(1);
    for (const auto other : numbers) {
        if (other == number) continue;
        numerator = group.multiply(numerator, group.small(other));
        denominator = group.multiply(denominator, group.subtract(group.small(other), group.small(number)));
    }
    return group.multiply(numerator, group.invert(denominator));
}

/// Which exponent each owner's factor gets, or nothing when too few decrypted.
std::optional<std::map<unsigned, Scalar>> weights(const Group& group, const Trustees& trustees, const std::map<unsigned, PartialDecryption>& partials)
{
    std::map<unsigned, Scalar> out;
    unsigned before = 0; // owners of earlier entries
    for (const auto& entry : trustees.entries) {
        if (entry.single) {
            if (!partials.contains(++before)) return std::nullopt;
            out.emplace(before, group.small(1));
            continue;
        }
        std::vector<unsigned> present;
        for (unsigned j = 1; j <= entry.pedersen->keys.size() && present.size() < entry.pedersen->threshold; ++j)
            if (partials.contains(before + j)) present.push_back(j);
        if (present.size() < entry.pedersen->threshold) return std::nullopt;
        for (const auto j : present) out.emplace(before + j, lagrange(group, j, present));
        before += static_cast<unsigned>(entry.pedersen->keys.size());
    }
    return out;
}

struct ElementHash {
    std::size_t operator()(const Element& element) const
    {
        return static_cast<std::size_t>(element.limbs[0] * 0x9e3779b97f4a7c15ULL ^ element.limbs[3]);
    }
};

/// Baby-step giant-step: the m in 0..most with g^m = target, for many targets.
class SmallLogs {
public:
    SmallLogs(const Group& group, unsigned most) : group_(group), step_(static_cast<unsigned>(std::sqrt(static_cast<double>(most))) + 1), most_(most)
    {
        auto power = group.identity();
        for (unsigned i = 0; i < step_; ++i) {
            babies_.emplace(power, i);
            power = group.multiply(power, group.generator());
        }
        giant_ = group.invert(power);
    }

    std::optional<unsigned> find(Element target) const
    {
        for (unsigned giant = 0; giant <= step_; ++giant) {
            if (const auto found = babies_.find(target); found != babies_.end()) {
                const auto m = static_cast<std::uint64_t>(giant) * step_ + found->second;
                return m <= most_ ? std::optional(static_cast<unsigned>(m)) : std::nullopt;
            }
            target = group_.multiply(target, giant_);
        }
        return std::nullopt;
    }

private:
    const Group& group_;
    unsigned step_;
    unsigned most_;
    std::unordered_map<Element, unsigned, ElementHash> babies_;
    Element giant_;
};

} // namespace

EncryptedTally empty_tally(const Election& election)
{
    EncryptedTally tally;
    const auto& one = election.group->identity();
    for (const auto& question : election.questions) tally.emplace_back(question.choices(), Ciphertext{one, one});
    return tally;
}

void add_to_tally(const Election& election, EncryptedTally& tally, const Ballot& ballot, unsigned weight)
{
    const auto& group = *election.group;
    for (std::size_t i = 0; i < tally.size(); ++i)
        for (std::size_t j = 0; j < tally[i].size(); ++j) {
            const auto choice = raise(group, ballot.answers.at(i).choices.at(j), weight);
            tally[i][j] = {group.multiply(tally[i][j].alpha, choice.alpha), group.multiply(tally[i][j].beta, choice.beta)};
        }
}

std::string write_tally(const Group& group, const EncryptedTally& tally)
{
    auto json = Json::array();
    for (const auto& question : tally) {
        json.push_back(Json::array());
        for (const auto& pair : question) json.back().push_back(write_ciphertext(group, pair));
    }
    return json.dump();
}

PartialDecryption decrypt_share(const Election& election, const EncryptedTally& tally, const SecretScalar& share, Random& random)
{
    const auto& group = *election.group;
    const auto prefix = decrypt_prefix(election, published(group.secret_power(group.generator_powers(), share)));
    PartialDecryption out;
    for (const auto& question : tally) {
        auto& factors = out.factors.emplace_back();
        auto& proofs = out.proofs.emplace_back();
        for (const auto& [alpha, beta] : question) {
            factors.push_back(published(group.secret_power(alpha, share)));
            const auto w = group.random_scalar(random);
            const auto c =
                challenge(group, prefix, {published(group.secret_power(group.generator_powers(), w)), published(group.secret_power(alpha, w))});
            proofs.push_back({c, published(group.response(w, share, c))});
        }
    }
    return out;
}

std::string write_partial_decryption(const Group& group, const PartialDecryption& partial)
{
    Json json = {{"decryption_factors", Json::array()}, {"decryption_proofs", Json::array()}};
    for (const auto& question : partial.factors) {
        auto row = Json::array();
        for (const auto& factor : question) row.push_back(group.text(factor));
        json["decryption_factors"].push_back(row);
    }
    for (const auto& question : partial.proofs) json["decryption_proofs"].push_back(write_proofs(group, question));
    return json.dump();
}

Result<PartialDecryption> parse_partial_decryption(const Election& election, const EncryptedTally& tally, const Element& owner_key,
                                                   std::string_view bytes)
{
    const auto& group = *election.group;
    return read_record(bytes, "partial_decryption", "The partial decryption", [&](const Json& json) {
        PartialDecryption out;
        for (const auto& row : list(field(json, "decryption_factors"))) {
            auto& factors = out.factors.emplace_back();
            for (const auto& factor : list(row)) factors.push_back(read_member(group, factor));
        }
        for (const auto& row : list(field(json, "decryption_proofs"))) out.proofs.push_back(read_proofs(group, row));
        if (write_partial_decryption(group, out) != bytes) throw BadRecord("it is not in its canonical form");
        const auto same_shape = [&](const auto& rows) {
            return std::ranges::equal(rows, tally, [](const auto& row, const auto& question) { return row.size() == question.size(); });
        };
        if (!same_shape(out.factors) || !same_shape(out.proofs)) throw BadRecord("it does not fit the questions");
        const auto key = group.prepare(owner_key, Group::Reuse::once);
        const auto prefix = decrypt_prefix(election, owner_key);
        for (std::size_t i = 0; i < tally.size(); ++i)
            for (std::size_t j = 0; j < tally[i].size(); ++j)
                if (!verify_factor(election, *key, prefix, tally[i][j].alpha, out.factors[i][j], out.proofs[i][j]))
                    throw BadRecord("a proof is wrong");
        return out;
    });
}

Result<Counts> combine(const Election& election, const Trustees& trustees, const EncryptedTally& tally,
                       const std::map<unsigned, PartialDecryption>& partials, unsigned most)
{
    const auto& group = *election.group;
    const auto exponents = weights(group, trustees, partials);
    if (!exponents) return Refusal{Kind::invalid, "decryptions", "Too few trustees have decrypted."};
    const SmallLogs logs(group, most);
    Counts counts;
    for (std::size_t i = 0; i < tally.size(); ++i) {
        auto& row = counts.emplace_back();
        for (std::size_t j = 0; j < tally[i].size(); ++j) {
            auto mask = group.identity();
            for (const auto& [owner, exponent] : *exponents) mask = group.multiply(mask, group.power(partials.at(owner).factors[i][j], exponent));
            const auto count = logs.find(group.multiply(tally[i][j].beta, group.invert(mask)));
            if (!count) return Refusal{Kind::invalid, "decryptions", "The decrypted counts are larger than the number of ballots."};
            row.push_back(*count);
        }
    }
    return counts;
}

std::string write_result(const Counts& counts)
{
    auto rows = Json::array();
    for (const auto& question : counts) {
        rows.push_back(Json::array());
        for (const auto count : question) rows.back().push_back(write_count(count));
    }
    return Json{{"result", rows}}.dump();
}

} // namespace walkout::protocol
