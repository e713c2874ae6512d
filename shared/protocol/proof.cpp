#include "shared/protocol/proof.hpp"

namespace walkout::protocol {
namespace {

std::string value_prefix(const Group& group, std::string_view label, const Ciphertext& pair)
{
    return "prove|" + std::string(label) + "|" + group.text(pair.alpha) + "," + group.text(pair.beta) + "|";
}

/// g^-(value c): what dividing beta by g^value costs once it is raised to c.
Scalar shift(const Group& group, unsigned value, const Scalar& c) { return group.subtract(group.small(0), group.multiply(group.small(value), c)); }

} // namespace

Scalar challenge(const Group& group, std::string_view prefix, std::span<const Element> elements)
{
    Sha256 hash;
    hash.update(prefix);
    bool first = true;
    for (const auto& element : elements) {
        if (!first) hash.update(",");
        hash.update(group.text(element));
        first = false;
    }
    return group.reduce(hash.finish());
}

Proof prove_key(const Group& group, std::string_view prefix, const SecretScalar& x, Random& random)
{
    const auto w = group.random_scalar(random);
    const auto c = challenge(group, prefix, {group.secret_power(group.generator(), w)});
    return {c, group.response(w, x, c)};
}

bool verify_key(const Group& group, std::string_view prefix, const Powers& key, const Proof& proof)
{
    return challenge(group, prefix, {group.product({{group.generator_powers(), proof.response}, {key, proof.challenge}})}) == proof.challenge;
}

bool verify_key(const Group& group, std::string_view prefix, const Element& key, const Proof& proof)
{
    return verify_key(group, prefix, *group.prepare(key, Group::Reuse::once), proof);
}

std::vector<Proof> prove_value(const Group& group, const Element& key, std::string_view label, const Ciphertext& pair, const SecretScalar& r,
                               unsigned value, unsigned first, unsigned last, Random& random)
{
    // Every branch does the same work whether it is the true one or not, so that timing does not show the value. A simulated branch has
    // A = g^(s + r c) and B = y^(s + r c) g^((value - j) c); in the true branch (value - j) is 0 and s + r c = w for the final s = w - r c,
    // so it may pick any c now, and correct c and s once the hash is known.
    std::vector<Proof> proofs;
    std::vector<SecretScalar> exponents;
    std::vector<Element> commitments;
    for (unsigned j = first; j <= last; ++j) {
        const auto c = group.random_scalar(random);
        auto e = group.random_scalar(random);
        const auto difference = group.subtract(group.small(value), group.small(j));
        const auto lift = group.secret_multiply(c, difference);
        commitments.push_back(group.secret_power(group.generator(), e));
        commitments.push_back(group.multiply(group.secret_power(key, e), group.secret_power(group.generator(), lift)));
        proofs.push_back({c.reveal(), group.response(e, r, c.reveal())});
        exponents.push_back(std::move(e));
    }
    const auto total = challenge(group, value_prefix(group, label, pair), commitments);
    auto others = group.small(0);
    for (unsigned j = first; j <= last; ++j)
        if (j != value) others = group.add(others, proofs[j - first].challenge);
    auto& real = proofs[value - first];
    real.challenge = group.subtract(total, others);
    real.response = group.response(exponents[value - first], r, real.challenge);
    return proofs;
}

bool verify_branches(const Group& group, const Powers& key, std::string_view prefix, std::span<const Branch> branches, std::span<const Proof> proofs)
{
    if (proofs.size() != branches.size()) return false;
    std::vector<Element> commitments;
    auto sum = group.small(0);
    std::vector<Group::Term> terms;
    for (std::size_t i = 0; i < branches.size(); ++i) {
        const auto& [pair, value] = branches[i];
        const auto& [c, r] = proofs[i];
        terms.clear();
        terms.push_back({group.generator_powers(), r});
        for (const auto* alpha : pair.alphas) terms.push_back({*alpha, c});
        commitments.push_back(group.product(terms));
        terms.clear();
        terms.push_back({key, r});
        terms.push_back({group.generator_powers(), shift(group, value, c)});
        for (const auto* beta : pair.betas) terms.push_back({*beta, c});
        commitments.push_back(group.product(terms));
        sum = group.add(sum, c);
    }
    return challenge(group, prefix, commitments) == sum;
}

bool verify_value(const Group& group, const Powers& key, std::string_view label, const PreparedCiphertext& pair, std::span<const Proof> proofs,
                  unsigned first, unsigned last)
{
    std::vector<Branch> branches;
    for (unsigned j = first; j <= last; ++j) branches.push_back({pair, j});
    return verify_branches(group, key, value_prefix(group, label, pair.pair), branches, proofs);
}

} // namespace walkout::protocol
