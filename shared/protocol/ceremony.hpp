#pragma once

#include "shared/ballot/approval.hpp"
#include "shared/crypto/sealing.hpp"
#include "shared/protocol/trustees.hpp"

namespace walkout::protocol {

// The trustees' ceremony of protocol.md 5.7. Every message goes through the server as opaque text; each is signed with its author's certificate
// key, and the certificates are confirmed by voice (spoken_fingerprint) before shares are made:
//   join (certificate) -> confirm -> shares (polynomial, sealed shares) -> keys (verification key)

/// What the trustees agree to by every message they sign. Each computes it from what the server shows: a server that shows two trustees different
/// terms leads them into different ceremonies, whose messages do not fit together.
struct CeremonyTerms {
    std::string ballot;
    std::int64_t attempt = 1; ///< counts from 1; a restart adds one
    std::string group;
    std::int64_t threshold = 0;
    std::vector<std::string> trustees;       ///< sign-in names, by seat
    std::vector<std::string> constituencies; ///< the only elections this key may decrypt
    std::string paper;                       ///< SHA-256 of the voting-paper record, hex
    std::vector<ballot::Approver> approvers; ///< whose signatures justify a count (protocol.md 5.6)
};
/// "probation-2013/1/<SHA-256 of the terms>"
std::string ceremony_context(const CeremonyTerms& terms);

/// Which ceremony this is: messages of one cannot be used in another.
struct CeremonyContext {
    const Group* group = nullptr;
    std::string ballot; ///< ceremony_context(), or in a test anything that is this ceremony's alone
    unsigned threshold = 0;
    unsigned size = 0;
    std::vector<std::string> names{};      ///< for words only: by seat, or empty
    std::string who(unsigned index) const; ///< "trustee 2 (union)"
};

/// A trustee whose message was found wrong, for the complaint.
struct Fault {
    unsigned trustee = 0;
    std::string why;
};

// A share as it travels, sealed, and rests, locked: 32 bytes, big-endian. Constant time, and wiped on the way.
Secret share_bytes(const SecretScalar& share);
std::optional<SecretScalar> share_from_bytes(const Group& group, ByteView bytes); ///< nullopt unless 32 bytes below the group's order
Secret share_text(const SecretScalar& share);                                     ///< the same in 64 hex digits
std::optional<SecretScalar> share_from_text(const Group& group, std::string_view text);

struct Joined;

/// One trustee's secrets, all derived from a seed, so that repeating a step after an interruption gives the same message.
class TrusteeSecrets {
public:
    TrusteeSecrets(CeremonyContext context, unsigned index, Secret seed);
    static Secret make_seed(Random& random);

    std::string join_message(Random& random) const;
    std::string confirm_message(const std::vector<std::string>& joins, Random& random) const;
    /// Refuses like check_joins.
    Result<std::string> shares_message(const std::vector<std::string>& joins, Random& random) const;
    /// Opens and checks the shares sent to this trustee and gives its share of the tally key. Refuses with code "bad_share", naming the sender.
    Result<SecretScalar> receive_shares(const std::vector<std::string>& joins, const std::vector<std::string>& shares) const;
    /// The first of the others' messages that receive_shares would refuse with bad_share.
    std::optional<Fault> fault_in(const std::vector<std::string>& joins, const std::vector<std::string>& shares) const;
    std::string keys_message(const SecretScalar& share, Random& random) const;
    std::string complaint_message(unsigned against, std::string_view reason, Random& random) const;
    bool owns(const Joined& joined) const; ///< the certificate and agreement key are this trustee's own

    unsigned index() const { return index_; }
    const CeremonyContext& context() const { return context_; }

private:
    SecretScalar coefficient(unsigned k) const;
    SecretScalar share_for(unsigned j) const;
    Result<SecretScalar> receive_share(const std::vector<Joined>& joined, unsigned from, const std::string& message) const;
    std::string sign(std::string_view step, std::string body, Random& random) const;

    CeremonyContext context_;
    unsigned index_;
    Secret seed_;
    SecretScalar certificate_key_;
    AgreementKey agreement_;
};

/// A trustee's joining message, checked. Refuses with code "ceremony_message" and names the trustee by number.
struct Joined {
    Certificate certificate;
    SignedMessage signed_certificate;
    AgreementPublicKey agreement;
    std::string words; ///< spoken fingerprint of the signed certificate, which stands in the finished trustees record too
};
Result<Joined> check_join(const CeremonyContext& context, unsigned index, std::string_view message);
Result<std::vector<Joined>> check_joins(const CeremonyContext& context, const std::vector<std::string>& joins);
/// A confirmation binds the certificates of all trustees as this one heard them. Where two trustees were shown different certificates, the refusal
/// names the seat they differ in.
Result<void> check_confirm(const CeremonyContext& context, unsigned index, const std::vector<std::string>& joins, std::string_view message);
Result<void> check_shares(const CeremonyContext& context, unsigned index, const std::vector<std::string>& joins, std::string_view message);
/// A verification key is the one that the polynomials dealt give its trustee.
Result<void> check_keys(const CeremonyContext& context, unsigned index, const std::vector<std::string>& joins, const std::vector<std::string>& shares,
                        std::string_view message);
/// What a confirmation signs: all joining messages, by hash. A trustee keeps it and goes on with no others.
std::string certificates_hash(const std::vector<std::string>& joins);
/// Builds and verifies the trustees record from all messages. Refuses naming the trustee whose message is wrong.
Result<Trustees> finish_ceremony(const CeremonyContext& context, const std::vector<std::string>& joins, const std::vector<std::string>& shares,
                                 const std::vector<std::string>& keys);
/// Whom a complaint names: another trustee of the ceremony. Refuses with code "ceremony_message" when it is not the complainant's.
struct Complaint {
    unsigned against = 0;
    std::string reason;
};
Result<Complaint> check_complaint(const CeremonyContext& context, unsigned index, const std::vector<std::string>& joins, std::string_view message);

} // namespace walkout::protocol
