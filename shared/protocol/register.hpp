#pragma once

#include "shared/ballot/replacement.hpp"
#include "shared/crypto/ed25519.hpp"
#include "shared/protocol/archive.hpp"
#include "shared/protocol/head.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace walkout::protocol {

// The register of which credentials are live (protocol.md 5.1). The Setup event lists live and spare credentials in one order; this says which were
// spares and how that changed. Every signed head commits to it, and it is published when the ballot has closed.
//
//     genesis    = SHA-256("walkout-register/1|" φ "\n" spare "\n" spare "\n" ...)       spares in byte order of their text
//     record n   = {"seq":n,"prev":hash of record n-1 or genesis,"kind":...,"credential_out":...,"credential_in":...,"reason_code":...}
//     in a head  : SHA-256("walkout-register-head/2|" blind "|" what the head before it holds here, or nothing "|" hash of the last record, or genesis)
//
// The blind, 32 random bytes published with the register, is there because few things can happen next: a chain without it could be guessed from
// head to head while the ballot is open, and with it whose code was replaced in an hour that somebody knows. Each head names the one before it, so
// that none can be left out of the published register, and two batches with what changed between them shown as one.

/// One change. seq counts from 1.
struct RegisterRecord {
    std::uint64_t seq = 0;
    std::string prev; ///< hex
    ballot::ChangeReason reason = ballot::ChangeReason::lost;
    std::optional<std::string> credential_out;
    std::optional<std::string> credential_in;
};
std::string write_register_record(const RegisterRecord& record);                                         ///< compact JSON: what is hashed
std::string register_genesis(std::string_view election, std::span<const std::string> spares);            ///< hex; election: φ
std::string register_commitment(std::string_view blind, std::string_view before, std::string_view last); ///< hex; what heads carry

struct SignedHead {
    Head head;
    Signature signature{};
};

/// register.json of one constituency.
struct CredentialRegister {
    std::string election;       ///< φ
    std::string voting_paper;   ///< the record that the election binds; it holds the board's key
    std::string blind;          ///< 64 hex digits
    std::uint64_t entitled = 0; ///< people on the roll in force at closing, overseas members included
    std::vector<std::string> spares;
    std::vector<RegisterRecord> records;
    std::vector<SignedHead> heads; ///< every head published, by height
};
std::string write_register(const CredentialRegister& reg);
/// Refuses with code "register" whatever is not exactly what write_register writes.
Result<CredentialRegister> parse_register(std::string_view bytes);

/// The named checks of `archive verify --register`, in the order they are reported.
enum class RegisterCheck { form, binding, credentials, chain, heads, inactive, revoked, entitled };
constexpr auto enum_names(RegisterCheck)
{
    return std::to_array<std::pair<RegisterCheck, std::string_view>>({{RegisterCheck::form, "register-form"},
                                                                      {RegisterCheck::binding, "register-binding"},
                                                                      {RegisterCheck::credentials, "register-list"},
                                                                      {RegisterCheck::chain, "register-chain"},
                                                                      {RegisterCheck::heads, "register-heads"},
                                                                      {RegisterCheck::inactive, "register-inactive"},
                                                                      {RegisterCheck::revoked, "register-revoked"},
                                                                      {RegisterCheck::entitled, "register-entitled"}});
}
std::string_view meaning(RegisterCheck check); ///< one line for people

struct RegisterFailure {
    RegisterCheck check;
    std::string why;
};

struct RegisterVerification {
    std::optional<RegisterFailure> failure;
    std::uint64_t entitled = 0;
    std::uint64_t spares = 0; ///< listed at Setup
    std::map<ballot::CodeChange, std::uint64_t> changes;
};

/// Holds a register against an archive that is read once, front to back; the archive's own checks are verify_archive's. Keeps a hash of each
/// credential and nothing of a ballot.
class RegisterVerifier {
public:
    explicit RegisterVerifier(CredentialRegister reg) : register_(std::move(reg)) {}

    // In the order of the archive: the election, every credential, then each event after its ballot.
    void election(std::string_view fingerprint, std::string_view description);
    void credential(std::string_view credential);
    void ballot(std::uint64_t height, std::string_view credential);
    void event(std::uint64_t height, const std::string& hash, EventType type);
    RegisterVerification finish();

private:
    struct Life {
        bool spare = false;
        std::uint64_t activated = 0; ///< seq of the record; 0: never
        std::uint64_t revoked = 0;
    };
    bool failed() const { return failure_.has_value(); }
    void fail(RegisterCheck check, std::string why);
    void replay();      ///< the chain, over the list of credentials
    void check_heads(); ///< their signatures and what each knows of the chain
    Life* listed(const std::string& credential);
    void apply(const RegisterRecord& record);

    CredentialRegister register_;
    std::optional<RegisterFailure> failure_;
    std::map<Digest, Life> credentials_;
    std::optional<SigningPublicKey> board_key_;
    std::vector<std::string> chain_;      ///< hash after each record; the first is the genesis
    std::vector<std::uint64_t> in_force_; ///< of each head: how many records it knows
    std::size_t next_head_ = 0;           ///< the first whose height is not below the event now read
    std::optional<std::uint64_t> ended_;  ///< height of EndBallots
    std::uint64_t live_ = 0;
    std::map<ballot::CodeChange, std::uint64_t> changes_;
};

/// Reads an archive that verify_archive has accepted and holds the register against it.
RegisterVerification verify_register(ArchiveReader::Source source, CredentialRegister reg);

} // namespace walkout::protocol
