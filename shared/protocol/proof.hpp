#pragma once

#include "shared/crypto/group.hpp"

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace walkout::protocol {

/// A zero-knowledge proof of protocol.md 2.2: challenge and response.
struct Proof {
    Scalar challenge;
    Scalar response;
    friend bool operator==(const Proof&, const Proof&) = default;
};

/// An ElGamal pair: alpha = g^r, beta = y^r g^m.
struct Ciphertext {
    Element alpha;
    Element beta;
    friend bool operator==(const Ciphertext&, const Ciphertext&) = default;
};

/// H(prefix; x1, ..., xn) of protocol.md 2.2.
Scalar challenge(const Group& group, std::string_view prefix, std::span<const Element> elements);
inline Scalar challenge(const Group& group, std::string_view prefix, std::initializer_list<Element> elements)
{
    return challenge(group, prefix, std::span(elements.begin(), elements.size()));
}

/// Knowledge of x in X = g^x, under a prefix that names the statement: pok, sigmsg and ballot signatures (2.5, 2.6.7).
Proof prove_key(const Group& group, std::string_view prefix, const SecretScalar& x, Random& random);
bool verify_key(const Group& group, std::string_view prefix, const Powers& key, const Proof& proof);
bool verify_key(const Group& group, std::string_view prefix, const Element& key, const Proof& proof);

/// A ciphertext and the powers that its proofs need, prepared once.
struct PreparedCiphertext {
    Ciphertext pair;
    const Powers* alpha;
    const Powers* beta;
};

/// "This ciphertext holds one of the values" (2.6.4): values are first, first + 1, ..., one proof each. Constant time in r and value. Takes from
/// `random` the challenges of the simulated branches, then one exponent for each branch.
std::vector<Proof> prove_value(const Group& group, const Powers& key, std::string_view label, const Ciphertext& pair, const SecretScalar& r,
                               unsigned value, unsigned first, unsigned last, Random& random);
bool verify_value(const Group& group, const Powers& key, std::string_view label, const PreparedCiphertext& pair, std::span<const Proof> proofs,
                  unsigned first, unsigned last);

/// A branch of the blank-question proofs (2.6.6): "this prepared ciphertext holds exactly this value".
struct Branch {
    PreparedCiphertext pair;
    unsigned value;
};
bool verify_branches(const Group& group, const Powers& key, std::string_view prefix, std::span<const Branch> branches, std::span<const Proof> proofs);

} // namespace walkout::protocol
