#include "shared/protocol/trustees.hpp"

#include "shared/base/published.hpp"
#include "shared/protocol/json.hpp"

namespace walkout::protocol {
namespace {

SignedMessage read_signed(const Group& group, const Json& json) { return {text_field(json, "message"), read_proof(group, field(json, "signature"))}; }
Json signed_json(const Group& group, const SignedMessage& m) { return {{"message", m.message}, {"signature", write_proof(group, m.signature)}}; }

TrusteeKey read_key(const Group& group, const Json& json)
{
    TrusteeKey key{read_proof(group, field(json, "pok")), read_member(group, field(json, "public_key")), {}};
    if (key.public_key == group.identity()) throw BadRecord("a trustee's key is the identity");
    if (const auto* signature = optional_field(json, "signature")) key.signature = read_proof(group, *signature);
    return key;
}

Json key_json(const Group& group, const TrusteeKey& key)
{
    Json json = {{"pok", write_proof(group, key.pok)}, {"public_key", group.text(key.public_key)}};
    if (key.signature) json["signature"] = write_proof(group, *key.signature);
    return json;
}

std::string pok_prefix(const Group& group, const Element& key) { return "pok|" + std::string(group.name()) + "|" + group.text(key) + "|"; }
std::string signature_prefix(std::string_view message) { return "sigmsg|" + std::string(message) + "|"; }

template <class T> T or_bad(Result<T> result)
{
    if (!result) throw BadRecord(result.error().detail);
    return std::move(*result);
}

void expect(bool holds, const char* why)
{
    if (!holds) throw BadRecord(why);
}

PedersenGroup read_pedersen(const Group& group, const Json& json)
{
    PedersenGroup out;
    out.threshold = count(field(json, "threshold"));
    for (const auto& item : list(field(json, "certs"))) out.certificates.push_back(read_signed(group, item));
    for (const auto& item : list(field(json, "coefexps"))) out.coefficients.push_back(read_signed(group, item));
    const auto* signatures = optional_field(json, "signatures");
    expect(signatures != nullptr, "it is in the old form of belenios-tool 2.0, without contexts and signatures, which later tools refuse too");
    out.signatures = read_proofs(group, *signatures);
    for (const auto& item : list(field(json, "verification_keys"))) out.keys.push_back(read_key(group, item));
    return out;
}

/// Everything of 2.5 and 2.5.1. Returns the group's share of the election key.
Element verify_pedersen(const Group& group, const PedersenGroup& p)
{
    const auto n = p.certificates.size();
    expect(p.threshold >= 1 && p.threshold <= n, "its threshold is not between 1 and the number of trustees");
    expect(p.coefficients.size() == n && p.signatures.size() == n && p.keys.size() == n, "it does not hold one of everything for each trustee");
    std::vector<Certificate> certificates;
    std::vector<std::vector<Element>> coefficients;
    auto key = group.identity();
    for (std::size_t i = 0; i < n; ++i) {
        certificates.push_back(or_bad(parse_certificate(group, p.certificates[i])));
        const auto& c = certificates.back();
        expect(c.size == n && c.threshold == p.threshold && c.index == i + 1, "a certificate was made for another ceremony");
    }
    for (std::size_t i = 0; i < n; ++i) {
        coefficients.push_back(or_bad(parse_coefficients(group, p.coefficients[i], certificates[i])));
        expect(coefficients.back().size() == p.threshold, "a polynomial has the wrong degree");
        const auto context = context_message(group, p.certificates, coefficients.back());
        expect(verify_key(group, signature_prefix(context), certificates[i].verification, p.signatures[i]),
               "a trustee's signature of the ceremony is wrong");
        key = group.multiply(key, coefficients.back().front());
    }
    for (std::size_t j = 0; j < n; ++j) {
        auto expected = group.identity();
        for (const auto& polynomial : coefficients)
            expected = group.multiply(expected, share_commitment(group, polynomial, static_cast<unsigned>(j + 1)));
        expect(p.keys[j].public_key == expected, "a verification key does not follow from the polynomials");
        expect(p.keys[j].signature.has_value(), "a verification key is not signed");
        expect(verify_trustee_key(group, p.keys[j], certificates[j].verification), "a proof or signature of a verification key is wrong");
    }
    return key;
}

} // namespace

std::vector<Element> Trustees::flattened_keys() const
{
    std::vector<Element> out;
    for (const auto& entry : entries) {
        if (entry.single) out.push_back(entry.single->public_key);
        if (entry.pedersen)
            for (const auto& key : entry.pedersen->keys) out.push_back(key.public_key);
    }
    return out;
}

Result<Trustees> parse_trustees(const Group& group, std::string_view bytes)
{
    return read_record(bytes, "trustees_record", "The trustees record", [&](const Json& json) {
        Trustees trustees{{}, std::string(bytes), group.identity()};
        for (const auto& item : list(json)) {
            expect(item.is_array() && item.size() == 2 && item[0].is_string(), "an entry is not a kind and a key");
            TrusteeEntry entry;
            if (item[0] == "Single") {
                entry.single = read_key(group, item[1]);
                expect(verify_trustee_key(group, *entry.single, {}), "a trustee's proof of knowledge is wrong");
                trustees.election_key = group.multiply(trustees.election_key, entry.single->public_key);
            } else if (item[0] == "Pedersen") {
                entry.pedersen = read_pedersen(group, item[1]);
                trustees.election_key = group.multiply(trustees.election_key, verify_pedersen(group, *entry.pedersen));
            } else {
                throw BadRecord("an entry is neither Single nor Pedersen");
            }
            trustees.entries.push_back(std::move(entry));
        }
        expect(!trustees.entries.empty(), "it names no trustee");
        return trustees;
    });
}

std::string write_trustees(const Group& group, const PedersenGroup& p)
{
    Json json = {{"threshold", p.threshold}, {"certs", Json::array()}, {"coefexps", Json::array()}};
    for (const auto& certificate : p.certificates) json["certs"].push_back(signed_json(group, certificate));
    for (const auto& polynomial : p.coefficients) json["coefexps"].push_back(signed_json(group, polynomial));
    json["signatures"] = write_proofs(group, p.signatures);
    json["verification_keys"] = Json::array();
    for (const auto& key : p.keys) json["verification_keys"].push_back(key_json(group, key));
    return Json::array({Json::array({"Pedersen", json})}).dump();
}

SignedMessage sign_message(const Group& group, std::string message, const SecretScalar& key, Random& random)
{
    const auto signature = prove_key(group, signature_prefix(message), key, random);
    return {std::move(message), signature};
}

bool verify_message(const Group& group, const SignedMessage& m, const Element& key)
{
    return verify_key(group, signature_prefix(m.message), key, m.signature);
}

std::string write_signed(const Group& group, const SignedMessage& message) { return signed_json(group, message).dump(); }

Result<SignedMessage> parse_signed(const Group& group, std::string_view bytes)
{
    return read_record(bytes, "ceremony_message", "The signed message", [&](const Json& json) { return read_signed(group, json); });
}

std::string certificate_message(const Group& group, const Certificate& c)
{
    const Json context = {{"group", group.name()}, {"size", c.size}, {"threshold", c.threshold}, {"index", c.index}};
    return Json{{"context", context}, {"verification", group.text(c.verification)}, {"encryption", group.text(c.encryption)}}.dump();
}

Result<Certificate> parse_certificate(const Group& group, const SignedMessage& message)
{
    return read_record(message.message, "trustee_certificate", "A trustee's certificate", [&](const Json& json) {
        const auto* context = optional_field(json, "context");
        expect(context != nullptr, "it is in the old form of belenios-tool 2.0, without a context");
        expect(text_field(*context, "group") == group.name(), "it names another group");
        Certificate c{count(field(*context, "size")), count(field(*context, "threshold")), count(field(*context, "index")),
                      read_member(group, field(json, "verification")), read_member(group, field(json, "encryption"))};
        expect(c.verification != group.identity() && c.encryption != group.identity(), "a key is the identity");
        expect(verify_message(group, message, c.verification), "its signature is wrong");
        return c;
    });
}

std::string coefficients_message(const Group& group, const std::vector<Element>& coefficients)
{
    auto exponents = Json::array();
    for (const auto& element : coefficients) exponents.push_back(group.text(element));
    return Json{{"coefexps", exponents}}.dump();
}

Result<std::vector<Element>> parse_coefficients(const Group& group, const SignedMessage& message, const Certificate& author)
{
    return read_record(message.message, "trustee_coefficients", "A trustee's polynomial", [&](const Json& json) {
        std::vector<Element> out;
        for (const auto& item : list(field(json, "coefexps"))) out.push_back(read_member(group, item));
        expect(!out.empty(), "it is empty");
        expect(verify_message(group, message, author.verification), "its signature is wrong");
        return out;
    });
}

std::string context_message(const Group& group, const std::vector<SignedMessage>& certificates, const std::vector<Element>& coefficients)
{
    Json json = {{"certs", Json::array()}, {"coefexps", Json::array()}};
    for (const auto& certificate : certificates) json["certs"].push_back(signed_json(group, certificate));
    for (const auto& element : coefficients) json["coefexps"].push_back(group.text(element));
    return "certs_sig|" + json.dump();
}

Element share_commitment(const Group& group, const std::vector<Element>& coefficients, unsigned j)
{
    auto power = group.small(1);
    auto out = group.identity();
    for (const auto& coefficient : coefficients) {
        out = group.multiply(out, group.power(coefficient, power));
        power = group.multiply(power, group.small(j));
    }
    return out;
}

TrusteeKey make_trustee_key(const Group& group, const SecretScalar& x, const SecretScalar& certificate_key, Random& random)
{
    const auto public_key = published(group.secret_power(group.generator(), x));
    const auto pok = prove_key(group, pok_prefix(group, public_key), x, random);
    return {pok, public_key, prove_key(group, signature_prefix(group.text(public_key)), certificate_key, random)};
}

bool verify_trustee_key(const Group& group, const TrusteeKey& key, const std::optional<Element>& certificate_key)
{
    if (!verify_key(group, pok_prefix(group, key.public_key), key.public_key, key.pok)) return false;
    if (!certificate_key) return true;
    return key.signature && verify_key(group, signature_prefix(group.text(key.public_key)), *certificate_key, *key.signature);
}

std::string write_trustee_key(const Group& group, const TrusteeKey& key) { return key_json(group, key).dump(); }

Result<TrusteeKey> parse_trustee_key(const Group& group, std::string_view bytes)
{
    return read_record(bytes, "ceremony_message", "The verification key", [&](const Json& json) { return read_key(group, json); });
}

} // namespace walkout::protocol
