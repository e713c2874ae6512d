#include "shared/protocol/ceremony.hpp"

#include "shared/base/published.hpp"
#include "shared/protocol/credential.hpp"
#include "shared/protocol/json.hpp"
#include "shared/protocol/spoken.hpp"

#include <algorithm>
#include <array>

namespace walkout::protocol {
namespace {

/// 64 bytes from the seed for one purpose, so that reducing modulo q leaves no bias worth naming.
SecretScalar derive(const Group& group, const Secret& seed, const std::string& purpose)
{
    std::array<std::uint8_t, 64> raw;
    for (const auto& [half, at] : {std::pair("|0", 0), std::pair("|1", 32)}) {
        auto digest = hmac_sha256(seed.reveal_bytes(), bytes_of(purpose + half));
        std::ranges::copy(digest, raw.begin() + at);
        wipe(digest.data(), digest.size());
    }
    auto out = group.secret_reduce(raw);
    wipe(raw.data(), raw.size());
    return out;
}

std::string step_context(const CeremonyContext& context, std::string_view step, unsigned index)
{
    return "walkout-ceremony|" + context.ballot + "|" + std::string(step) + "|" + std::to_string(index);
}

/// Messages carry their context inside the signed text: sigmsg does not bind the key or the purpose (protocol.md section 4).
std::string wrap(const CeremonyContext& context, std::string_view step, unsigned index, const Json& body)
{
    return Json{{"context", step_context(context, step, index)}, {"body", body}}.dump();
}

Json unwrap(const CeremonyContext& context, std::string_view step, unsigned index, const SignedMessage& message)
{
    const auto json = parse_strict(message.message);
    if (!json || text_field(*json, "context") != step_context(context, step, index))
        throw BadRecord("it belongs to another ceremony, step or trustee");
    return field(*json, "body");
}

SignedMessage read_signed(const Group& group, std::string_view bytes)
{
    auto parsed = parse_signed(group, bytes);
    if (!parsed) throw BadRecord(parsed.error().detail);
    // Confirmations hash these bytes: a server that could respell a message would make an honest trustee look like a liar.
    if (write_signed(group, *parsed) != bytes) throw BadRecord("it is not in its one canonical form");
    return std::move(*parsed);
}

template <class Read> auto check_message(const CeremonyContext& context, unsigned index, const char* what, Read read) -> Result<decltype(read())>
{
    using T = decltype(read());
    try {
        if constexpr (std::is_void_v<T>) {
            read();
            return boost::system::in_place_value;
        } else {
            return Result<T>(boost::system::in_place_value, read());
        }
    } catch (const BadRecord& bad) {
        return Refusal{Kind::invalid, "ceremony_message",
                       std::string("The ") + what + " of " + context.who(index) + " is not acceptable: " + bad.what() + ".",
                       "Tell the other trustees. Nobody goes on with this message; the ceremony starts again with walkout trustee restart."};
    }
}

Refusal seat_taken()
{
    return {Kind::invalid, "seat_taken", "The server shows another certificate in your seat than yours.", "Do not go on. Tell the other trustees."};
}

/// A confirmation lists the joining messages one by one, so that a difference can be laid at one seat.
Json joins_list(const std::vector<std::string>& joins)
{
    auto out = Json::array();
    for (const auto& join : joins) out.push_back(hex(sha256(join)));
    return out;
}

/// Both signed: what `other` saw of a seat differs from what is shown here.
std::string certificates_differ(const CeremonyContext& context, unsigned other, const Json& theirs, const std::vector<std::string>& joins)
{
    const auto mine = joins_list(joins);
    for (std::size_t i = 0; i < mine.size() && theirs.is_array() && i < theirs.size(); ++i)
        if (theirs[i] != mine[i])
            return context.who(other) + " has confirmed another certificate of " + context.who(static_cast<unsigned>(i + 1)) +
                   " than the one shown here: two different certificates of one seat are about";
    return "it confirms other certificates than those shown here";
}

std::string joins_hash(const std::vector<std::string>& joins)
{
    Sha256 hash;
    for (const auto& join : joins) hash.update(std::to_string(join.size()) + "|" + join);
    return hex(hash.finish());
}

Joined read_join(const CeremonyContext& context, unsigned index, std::string_view message)
{
    const auto& group = *context.group;
    const auto outer = read_signed(group, message);
    const auto body = unwrap(context, "join", index, outer);
    auto inner = read_signed(group, text_field(body, "certificate"));
    const auto certificate = parse_certificate(group, inner);
    if (!certificate) throw BadRecord(certificate.error().detail);
    if (certificate->index != index || certificate->size != context.size || certificate->threshold != context.threshold)
        throw BadRecord("its certificate is for another seat");
    if (!verify_message(group, outer, certificate->verification)) throw BadRecord("its signature is wrong");
    const auto agreement = from_hex(text_field(body, "agreement"));
    if (!agreement || agreement->size() != 32) throw BadRecord("its agreement key is not 32 bytes");
    const auto words = spoken_fingerprint(write_signed(group, inner));
    Joined joined{*certificate, std::move(inner), {}, words};
    std::ranges::copy(*agreement, joined.agreement.begin());
    if (!usable(joined.agreement)) throw BadRecord("its agreement key is of small order");
    return joined;
}

/// Body of a later message of a trustee whose certificate is known.
Json read_later(const CeremonyContext& context, std::string_view step, unsigned index, const Joined& author, std::string_view message)
{
    const auto outer = read_signed(*context.group, message);
    const auto body = unwrap(context, step, index, outer);
    if (!verify_message(*context.group, outer, author.certificate.verification)) throw BadRecord("its signature is wrong");
    return body;
}

struct SharesBody {
    SignedMessage coefficients;
    std::vector<Element> commitments;
    Proof signature;
    std::vector<Bytes> sealed;
};

SharesBody read_shares(const CeremonyContext& context, unsigned index, const std::vector<Joined>& joined, std::string_view message)
{
    const auto& group = *context.group;
    const auto body = read_later(context, "shares", index, joined.at(index - 1), message);
    SharesBody out{read_signed(group, text_field(body, "coefficients")), {}, read_proof(group, field(body, "signature")), {}};
    auto commitments = parse_coefficients(group, out.coefficients, joined[index - 1].certificate);
    if (!commitments) throw BadRecord(commitments.error().detail);
    if (commitments->size() != context.threshold) throw BadRecord("its polynomial has the wrong degree");
    out.commitments = std::move(*commitments);
    for (const auto& item : list(field(body, "shares"))) {
        const auto sealed = item.is_string() ? from_hex(item.get_ref<const std::string&>()) : std::nullopt;
        if (!sealed) throw BadRecord("a sealed share is not hexadecimal");
        out.sealed.push_back(*sealed);
    }
    if (out.sealed.size() != context.size) throw BadRecord("it does not hold one share for each trustee");
    std::vector<SignedMessage> certificates;
    for (const auto& one : joined) certificates.push_back(one.signed_certificate);
    if (!verify_message(group, {context_message(group, certificates, out.commitments), out.signature}, joined[index - 1].certificate.verification))
        throw BadRecord("its signature of the ceremony is wrong");
    return out;
}

std::string share_context(const CeremonyContext& context, unsigned from, unsigned to)
{
    return step_context(context, "share-to-" + std::to_string(to), from);
}

/// One hex digit, without a branch or a table on its value.
char hex_digit(unsigned nibble)
{
    const int value = static_cast<int>(nibble);
    return static_cast<char>('0' + value + (((9 - value) >> 8) & ('a' - '0' - 10)));
}

} // namespace

std::string ceremony_context(const CeremonyTerms& terms)
{
    auto approvers = Json::array();
    for (const auto& one : terms.approvers) approvers.push_back({one.number, name(one.role), hex(one.key)});
    const Json all = {{"walkout-ceremony", 1},
                      {"ballot", terms.ballot},
                      {"attempt", terms.attempt},
                      {"group", terms.group},
                      {"threshold", terms.threshold},
                      {"trustees", terms.trustees},
                      {"constituencies", terms.constituencies},
                      {"paper", terms.paper},
                      {"approvers", approvers}};
    return terms.ballot + "/" + std::to_string(terms.attempt) + "/" + hex(sha256(all.dump(-1, ' ', false, Json::error_handler_t::replace)));
}

std::string CeremonyContext::who(unsigned index) const
{
    const auto seat = "trustee " + std::to_string(index);
    return index >= 1 && index <= names.size() ? seat + " (" + names[index - 1] + ")" : seat;
}

Secret share_bytes(const SecretScalar& share)
{
    const auto& limbs = share.reveal().limbs;
    std::string bytes(32, '\0');
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[31 - i] = static_cast<char>(limbs[i / 8] >> (8 * (i % 8)) & 0xff);
    return Secret(std::move(bytes));
}

std::optional<SecretScalar> share_from_bytes(const Group& group, ByteView bytes)
{
    if (bytes.size() != 32) return std::nullopt;
    auto share = group.secret_reduce(bytes);
    if (!share_bytes(share).matches(Secret(bytes))) return std::nullopt;
    return share;
}

Secret share_text(const SecretScalar& share)
{
    const auto bytes = share_bytes(share);
    std::string text;
    text.reserve(64);
    for (const auto byte : bytes.reveal_bytes()) {
        text += hex_digit(byte >> 4U);
        text += hex_digit(byte & 15U);
    }
    return Secret(std::move(text));
}

std::optional<SecretScalar> share_from_text(const Group& group, std::string_view text)
{
    if (text.size() != 64) return std::nullopt;
    std::array<std::uint8_t, 32> bytes{};
    int wrong = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int digit = text[i] - '0', letter = text[i] - 'a' + 10;
        const int above = (9 - digit) >> 8; // all ones for a letter
        const int value = (digit & ~above) | (letter & above);
        wrong |= value & ~15;
        wrong |= above & ~((9 - letter) >> 8); // between '9' and 'a'
        bytes[i / 2] = static_cast<std::uint8_t>(bytes[i / 2] << 4U | (value & 15));
    }
    auto share = wrong == 0 ? share_from_bytes(group, bytes) : std::nullopt;
    wipe(bytes.data(), bytes.size());
    return share;
}

Secret TrusteeSecrets::make_seed(Random& random)
{
    std::string seed;
    seed.reserve(22);
    while (seed.size() < 22) seed += base58_character(secret_digit(random));
    return Secret(std::move(seed));
}

TrusteeSecrets::TrusteeSecrets(CeremonyContext context, unsigned index, Secret seed)
    : context_(std::move(context)), index_(index), seed_(std::move(seed)), certificate_key_(derive(*context_.group, seed_, "sk")),
      agreement_(AgreementKey::from_seed(Secret(ByteView(hmac_sha256(seed_.reveal_bytes(), bytes_of("x25519"))))))
{}

SecretScalar TrusteeSecrets::coefficient(unsigned k) const
{
    return derive(*context_.group, seed_, "coefficient|" + context_.ballot + "|" + std::to_string(k));
}

/// f(j), by Horner's rule.
SecretScalar TrusteeSecrets::share_for(unsigned j) const
{
    const auto& group = *context_.group;
    auto value = coefficient(context_.threshold - 1);
    for (unsigned k = context_.threshold - 1; k-- > 0;) value = group.secret_add(group.secret_multiply(value, group.small(j)), coefficient(k));
    return value;
}

std::string TrusteeSecrets::sign(std::string_view step, std::string body, Random& random) const
{
    const auto message = wrap(context_, step, index_, Json::parse(body));
    return write_signed(*context_.group, sign_message(*context_.group, message, certificate_key_, random));
}

std::string TrusteeSecrets::join_message(Random& random) const
{
    const auto& group = *context_.group;
    const auto encryption = derive(group, seed_, "dk");
    const Certificate certificate{context_.size, context_.threshold, index_, published(group.secret_power(group.generator(), certificate_key_)),
                                  published(group.secret_power(group.generator(), encryption))};
    const auto signed_certificate = sign_message(group, certificate_message(group, certificate), certificate_key_, random);
    return sign("join", Json{{"certificate", write_signed(group, signed_certificate)}, {"agreement", hex(agreement_.public_key)}}.dump(), random);
}

std::string TrusteeSecrets::confirm_message(const std::vector<std::string>& joins, Random& random) const
{
    return sign("confirm", Json{{"certificates", joins_list(joins)}}.dump(), random);
}

Result<std::string> TrusteeSecrets::shares_message(const std::vector<std::string>& joins, Random& random) const
{
    const auto joined = check_joins(context_, joins);
    if (!joined) return joined.error();
    if (!owns((*joined)[index_ - 1])) return seat_taken();
    const auto& group = *context_.group;
    std::vector<Element> commitments;
    for (unsigned k = 0; k < context_.threshold; ++k) commitments.push_back(published(group.secret_power(group.generator(), coefficient(k))));
    const auto coefficients = sign_message(group, coefficients_message(group, commitments), certificate_key_, random);
    std::vector<SignedMessage> certificates;
    for (const auto& one : *joined) certificates.push_back(one.signed_certificate);
    const auto signature = sign_message(group, context_message(group, certificates, commitments), certificate_key_, random).signature;
    auto shares = Json::array();
    for (unsigned j = 1; j <= context_.size; ++j) {
        const auto share = share_bytes(share_for(j));
        shares.push_back(hex(seal_to((*joined)[j - 1].agreement, share.reveal(), share_context(context_, index_, j), random)));
    }
    return sign("shares",
                Json{{"coefficients", write_signed(group, coefficients)}, {"signature", write_proof(group, signature)}, {"shares", shares}}.dump(),
                random);
}

Result<SecretScalar> TrusteeSecrets::receive_shares(const std::vector<std::string>& joins, const std::vector<std::string>& shares) const
{
    const auto joined = check_joins(context_, joins);
    if (!joined) return joined.error();
    if (!owns((*joined)[index_ - 1])) return seat_taken();
    const auto& group = *context_.group;
    auto total = SecretScalar::hide(group.small(0));
    for (unsigned i = 1; i <= context_.size; ++i) {
        const auto share = receive_share(*joined, i, i <= shares.size() ? shares[i - 1] : std::string());
        if (!share) return share.error();
        total = group.secret_add(total, *share);
    }
    return Result<SecretScalar>(boost::system::in_place_value, std::move(total));
}

Result<SecretScalar> TrusteeSecrets::receive_share(const std::vector<Joined>& joined, unsigned i, const std::string& message) const
{
    const auto& group = *context_.group;
    const auto bad_share = [&](const std::string& why) {
        return Refusal{Kind::invalid, "bad_share", "The share that " + context_.who(i) + " sent you is wrong: " + why + "."};
    };
    const auto body = check_message(context_, i, "dealing message", [&] { return read_shares(context_, i, joined, message); });
    if (!body) return bad_share(body.error().detail.substr(0, body.error().detail.size() - 1));
    const auto opened = open_from(agreement_, body->sealed[index_ - 1], share_context(context_, i, index_));
    if (!opened) return bad_share("it does not open with your key");
    auto share = share_from_bytes(group, opened->reveal_bytes());
    if (!share) return bad_share("it is not a number below the group's order");
    if (published(group.secret_power(group.generator(), *share)) != share_commitment(group, body->commitments, index_))
        return bad_share("it does not lie on the polynomial that trustee published");
    return Result<SecretScalar>(boost::system::in_place_value, *std::move(share));
}

std::optional<Fault> TrusteeSecrets::fault_in(const std::vector<std::string>& joins, const std::vector<std::string>& shares) const
{
    const auto joined = check_joins(context_, joins);
    if (!joined) return std::nullopt;
    for (unsigned i = 1; i <= context_.size && i <= shares.size(); ++i)
        if (const auto share = receive_share(*joined, i, shares[i - 1]); !share) return Fault{i, share.error().detail};
    return std::nullopt;
}

std::string TrusteeSecrets::keys_message(const SecretScalar& share, Random& random) const
{
    const auto key = make_trustee_key(*context_.group, share, certificate_key_, random);
    return sign("keys", Json{{"key", write_trustee_key(*context_.group, key)}}.dump(), random);
}

std::string TrusteeSecrets::complaint_message(unsigned against, std::string_view reason, Random& random) const
{
    return sign("complaint", Json{{"against", against}, {"reason", reason}}.dump(), random);
}

bool TrusteeSecrets::owns(const Joined& joined) const
{
    const auto& group = *context_.group;
    return joined.certificate.verification == published(group.secret_power(group.generator(), certificate_key_)) &&
           joined.agreement == agreement_.public_key;
}

std::string certificates_hash(const std::vector<std::string>& joins) { return joins_hash(joins); }

Result<Joined> check_join(const CeremonyContext& context, unsigned index, std::string_view message)
{
    return check_message(context, index, "certificate", [&] { return read_join(context, index, message); });
}

Result<std::vector<Joined>> check_joins(const CeremonyContext& context, const std::vector<std::string>& joins)
{
    std::vector<Joined> out;
    if (joins.size() != context.size) return Refusal{Kind::conflict, "ceremony_incomplete", "Not every trustee has joined yet."};
    for (unsigned i = 1; i <= joins.size(); ++i) {
        auto joined = check_join(context, i, joins[i - 1]);
        if (!joined) return joined.error();
        out.push_back(std::move(*joined));
    }
    return out;
}

Result<void> check_confirm(const CeremonyContext& context, unsigned index, const std::vector<std::string>& joins, std::string_view message)
{
    const auto joined = check_joins(context, joins);
    if (!joined) return joined.error();
    return check_message(context, index, "confirmation", [&] {
        const auto body = read_later(context, "confirm", index, joined->at(index - 1), message);
        const auto& theirs = field(body, "certificates");
        if (theirs != joins_list(joins)) throw BadRecord(certificates_differ(context, index, theirs, joins));
    });
}

Result<void> check_shares(const CeremonyContext& context, unsigned index, const std::vector<std::string>& joins, std::string_view message)
{
    const auto joined = check_joins(context, joins);
    if (!joined) return joined.error();
    return check_message(context, index, "dealing message", [&] { (void)read_shares(context, index, *joined, message); });
}

Result<void> check_keys(const CeremonyContext& context, unsigned index, const std::vector<std::string>& joins, const std::vector<std::string>& shares,
                        std::string_view message)
{
    const auto joined = check_joins(context, joins);
    if (!joined) return joined.error();
    return check_message(context, index, "verification key", [&] {
        const auto& group = *context.group;
        const auto key = parse_trustee_key(group, text_field(read_later(context, "keys", index, joined->at(index - 1), message), "key"));
        if (!key) throw BadRecord(key.error().detail);
        auto expected = group.identity();
        for (unsigned i = 1; i <= context.size; ++i)
            expected = group.multiply(expected, share_commitment(group, read_shares(context, i, *joined, shares.at(i - 1)).commitments, index));
        if (key->public_key != expected) throw BadRecord("it does not follow from the polynomials");
        if (!verify_trustee_key(group, *key, joined->at(index - 1).certificate.verification)) throw BadRecord("its proof or signature is wrong");
    });
}

Result<Complaint> check_complaint(const CeremonyContext& context, unsigned index, const std::vector<std::string>& joins, std::string_view message)
{
    const auto joined = check_joins(context, joins);
    if (!joined) return joined.error();
    return check_message(context, index, "complaint", [&] {
        const auto body = read_later(context, "complaint", index, joined->at(index - 1), message);
        const Complaint complaint{count(field(body, "against")), text_field(body, "reason")};
        if (complaint.against < 1 || complaint.against > context.size || complaint.against == index)
            throw BadRecord("it names no other trustee of this ceremony");
        return complaint;
    });
}

Result<Trustees> finish_ceremony(const CeremonyContext& context, const std::vector<std::string>& joins, const std::vector<std::string>& shares,
                                 const std::vector<std::string>& keys)
{
    const auto joined = check_joins(context, joins);
    if (!joined) return joined.error();
    if (shares.size() != context.size || keys.size() != context.size)
        return Refusal{Kind::conflict, "ceremony_incomplete", "Not every trustee has finished yet."};
    PedersenGroup pedersen;
    pedersen.threshold = context.threshold;
    for (unsigned i = 1; i <= context.size; ++i) {
        const auto body = check_message(context, i, "dealing message", [&] { return read_shares(context, i, *joined, shares[i - 1]); });
        if (!body) return body.error();
        const auto key = check_message(context, i, "verification key", [&] {
            const auto json = read_later(context, "keys", i, (*joined)[i - 1], keys[i - 1]);
            auto parsed = parse_trustee_key(*context.group, text_field(json, "key"));
            if (!parsed) throw BadRecord(parsed.error().detail);
            return *parsed;
        });
        if (!key) return key.error();
        pedersen.certificates.push_back((*joined)[i - 1].signed_certificate);
        pedersen.coefficients.push_back(body->coefficients);
        pedersen.signatures.push_back(body->signature);
        pedersen.keys.push_back(*key);
    }
    return parse_trustees(*context.group, write_trustees(*context.group, pedersen));
}

} // namespace walkout::protocol
