#include "shared/protocol/proof.hpp"

#include "shared/base/constant_time.hpp"
#include "shared/base/published.hpp"

#include <algorithm>
#include <utility>

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
    const auto c = challenge(group, prefix, {published(group.secret_power(group.generator_powers(), w))});
    return {c, published(group.response(w, x, c))};
}

bool verify_key(const Group& group, std::string_view prefix, const Powers& key, const Proof& proof)
{
    return challenge(group, prefix, {group.product({{group.generator_powers(), proof.response}, {key, proof.challenge}})}) == proof.challenge;
}

bool verify_key(const Group& group, std::string_view prefix, const Element& key, const Proof& proof)
{
    return verify_key(group, prefix, *group.prepare(key, Group::Reuse::once), proof);
}

std::vector<Proof> prove_value(const Group& group, const Powers& key, std::string_view label, const Ciphertext& pair, const SecretScalar& r,
                               unsigned value, unsigned first, unsigned last, Random& random)
{
    // Branch j has the commitments A = g^e, B = y^e g^((value - j) c) and the response e - r c. In the true branch value - j is 0, so that its c may
    // wait for the hash; the others are simulated with a c of their own. Everything is made for every branch alike, and which one is the true one
    // is only ever a mask: simulated challenge t belongs to branch t where that lies before the true one, else to branch t + 1.
    const std::size_t branches = last - first + 1;
    const std::uint64_t real = std::uint64_t{value} - first;
    const auto of_branch = [&](std::size_t branch, const auto& simulated, const auto& true_one) {
        if (simulated.empty()) return true_one;
        const auto& own = simulated[std::min(branch, simulated.size() - 1)]; // at either end the other one is never chosen
        const auto& previous = simulated[branch == 0 ? 0 : branch - 1];
        return select(mask_if_equal(branch, real), true_one, select(mask_if_less(branch, real), own, previous));
    };
    std::vector<Scalar> challenges;
    std::vector<Element> lifts;
    challenges.reserve(branches); // so that no copy of them is left where they grew
    lifts.reserve(branches);
    auto others = group.small(0);
    for (std::size_t t = 0; t + 1 < branches; ++t) {
        const auto c = group.random_scalar(random);
        const auto branch = select(mask_if_less(t, real), group.small(t), group.small(t + 1));
        const auto difference = group.subtract(group.small(real), branch);
        lifts.push_back(group.secret_power(group.generator_powers(), group.secret_multiply(c, difference)));
        challenges.push_back(c.reveal());
        others = group.add(others, c.reveal());
    }
    std::vector<SecretScalar> exponents;
    std::vector<Element> commitments;
    for (std::size_t j = 0; j < branches; ++j) {
        auto e = group.random_scalar(random);
        const auto lift = of_branch(j, lifts, group.identity());
        commitments.push_back(published(group.secret_power(group.generator_powers(), e)));
        commitments.push_back(published(group.secret_product(group.secret_power(key, e), lift)));
        exponents.push_back(std::move(e));
    }
    const auto true_challenge = group.subtract(challenge(group, value_prefix(group, label, pair), commitments), others);
    std::vector<Proof> proofs;
    for (std::size_t j = 0; j < branches; ++j) {
        const auto c = published(of_branch(j, challenges, true_challenge));
        proofs.push_back({c, published(group.response(exponents[j], r, c))});
    }
    wipe(challenges.data(), challenges.size() * sizeof(Scalar)); // their order, or their sum, beside the proofs, would tell
    wipe(lifts.data(), lifts.size() * sizeof(Element));
    wipe(others.limbs.data(), sizeof others.limbs);
    return proofs;
}

bool verify_branches(const Group& group, const Powers& key, std::string_view prefix, std::span<const Branch> branches, std::span<const Proof> proofs)
{
    if (proofs.size() != branches.size()) return false;
    std::vector<Element> commitments;
    auto sum = group.small(0);
    for (std::size_t i = 0; i < branches.size(); ++i) {
        const auto& [pair, value] = branches[i];
        const auto& [c, r] = proofs[i];
        commitments.push_back(group.product({{group.generator_powers(), r}, {*pair.alpha, c}}));
        commitments.push_back(group.product({{key, r}, {group.generator_powers(), shift(group, value, c)}, {*pair.beta, c}}));
        sum = group.add(sum, c);
    }
    return challenge(group, prefix, commitments) == sum;
}

bool verify_value(const Group& group, const Powers& key, std::string_view label, const PreparedCiphertext& pair, std::span<const Proof> proofs,
                  unsigned first, unsigned last)
{
    if (proofs.size() != std::size_t{last} - first + 1) return false; // before any work for as many branches as an election may name
    std::vector<Branch> branches;
    for (unsigned j = first; j <= last; ++j) branches.push_back({pair, j});
    return verify_branches(group, key, value_prefix(group, label, pair.pair), branches, proofs);
}

} // namespace walkout::protocol
