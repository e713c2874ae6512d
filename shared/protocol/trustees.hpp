#pragma once

#include "shared/base/result.hpp"
#include "shared/protocol/proof.hpp"

#include <optional>
#include <string>
#include <vector>

namespace walkout::protocol {

/// A text signed by a trustee's certificate key (protocol.md 2.5, sign): message is compact JSON carried as a string.
struct SignedMessage {
    std::string message;
    Proof signature;
};

/// One trustee's public key with its proof of knowledge; in a Pedersen group also signed by the trustee's certificate key.
struct TrusteeKey {
    Proof pok;
    Element public_key;
    std::optional<Proof> signature;
};

/// A certificate: who the trustee is for the length of the ceremony. index counts from 1.
struct Certificate {
    unsigned size = 0;
    unsigned threshold = 0;
    unsigned index = 0;
    Element verification; ///< g^sk: checks what the trustee signs
    Element encryption;   ///< g^dk: where Belenios' own channel would send shares; ours uses it in the fingerprint only
};

struct PedersenGroup {
    unsigned threshold = 0;
    std::vector<SignedMessage> certificates;
    std::vector<SignedMessage> coefficients; ///< {"coefexps":[g^a_i0, ...]} of each trustee
    std::vector<Proof> signatures;           ///< of the whole context by each trustee (3.x form)
    std::vector<TrusteeKey> keys;
};

/// One entry of the trustees record: a single mandatory trustee, or a threshold group.
struct TrusteeEntry {
    std::optional<TrusteeKey> single;
    std::optional<PedersenGroup> pedersen;
};

/// The trustees record, verified.
struct Trustees {
    std::vector<TrusteeEntry> entries;
    std::string bytes;
    Element election_key; ///< what they combine to

    /// The public key of a trustee by its 1-based number over the flattened list (the "owner" of a partial decryption).
    std::vector<Element> flattened_keys() const;
};

/// Parses and verifies everything: proofs, certificates with exact contexts, group membership of every element, verification keys against the
/// coefficients. Refuses with code "trustees_record"; the old form of tool 2.0 (no contexts) is named as such.
Result<Trustees> parse_trustees(const Group& group, std::string_view bytes);
std::string write_trustees(const Group& group, const PedersenGroup& pedersen);

// The pieces that the ceremony makes and checks one by one.
SignedMessage sign_message(const Group& group, std::string message, const SecretScalar& key, Random& random);
bool verify_message(const Group& group, const SignedMessage& message, const Element& key);
std::string write_signed(const Group& group, const SignedMessage& message);
Result<SignedMessage> parse_signed(const Group& group, std::string_view bytes);
std::string certificate_message(const Group& group, const Certificate& certificate);
Result<Certificate> parse_certificate(const Group& group, const SignedMessage& message); ///< and checks its signature under its own key
std::string coefficients_message(const Group& group, const std::vector<Element>& coefficients);
Result<std::vector<Element>> parse_coefficients(const Group& group, const SignedMessage& message, const Certificate& author);
/// What signatures[i] signs: all certificates and trustee i's coefficients.
std::string context_message(const Group& group, const std::vector<SignedMessage>& certificates, const std::vector<Element>& coefficients);
/// g^f(j) from g^a_0, g^a_1, ...
Element share_commitment(const Group& group, const std::vector<Element>& coefficients, unsigned j);
TrusteeKey make_trustee_key(const Group& group, const SecretScalar& x, const SecretScalar& certificate_key, Random& random);
bool verify_trustee_key(const Group& group, const TrusteeKey& key, const std::optional<Element>& certificate_key);
std::string write_trustee_key(const Group& group, const TrusteeKey& key);
Result<TrusteeKey> parse_trustee_key(const Group& group, std::string_view bytes);

} // namespace walkout::protocol
