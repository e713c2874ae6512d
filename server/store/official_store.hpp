#pragma once

#include "server/store/sqlite.hpp"
#include "shared/ballot/office.hpp"
#include "shared/crypto/ed25519.hpp"

namespace walkout::store {

struct Official {
    std::string number; ///< a member number, or a sign-in name for one who is no member
    std::string name;
    std::string email;
    SigningPublicKey signing_key{}; ///< pinned: approvals are verified against it
    std::vector<ballot::Office> offices;
};

std::optional<Official> find_official(const ReadTx& tx, const std::string& number);
std::vector<Official> officials(const ReadTx& tx); ///< sorted by number
std::vector<Official> officials_with(const ReadTx& tx, ballot::Role role);
std::vector<ballot::Office> offices_of(const ReadTx& tx, const std::string& number);
std::optional<std::string> number_of_signing_key(const ReadTx& tx, const SigningPublicKey& key);

void add_official(WriteTx& tx, const Official& official, const Secret& totp_secret, Instant enrolled); ///< with their offices
void add_office(WriteTx& tx, const std::string& number, const ballot::Office& office);

struct TotpState {
    Secret secret;
    std::int64_t last_step = 0;
};
std::optional<TotpState> totp_state(const ReadTx& tx, const std::string& number);
void use_totp_step(WriteTx& tx, const std::string& number, std::int64_t step); ///< throws if a later one was used

} // namespace walkout::store
