#include "server/store/official_store.hpp"

namespace walkout::store {
namespace {

Official without_offices(const Statement& row)
{
    return {.number = row.text(0), .name = row.text(1), .email = row.text(2), .signing_key = row.array<32>(3), .offices = {}};
}

} // namespace

std::vector<ballot::Office> offices_of(const ReadTx& tx, const std::string& number)
{
    return tx.prepare("SELECT role, scope FROM office WHERE number = ? ORDER BY role, scope").bind(number).all([](const Statement& row) {
        return ballot::Office{row.named<ballot::Role>(0), row.text(1)};
    });
}

std::optional<Official> find_official(const ReadTx& tx, const std::string& number)
{
    auto official = tx.prepare("SELECT number, name, email, signing_key FROM official WHERE number = ?").bind(number).first(without_offices);
    if (official) official->offices = offices_of(tx, number);
    return official;
}

std::vector<Official> officials(const ReadTx& tx)
{
    auto all = tx.prepare("SELECT number, name, email, signing_key FROM official ORDER BY number").all(without_offices);
    for (auto& official : all) official.offices = offices_of(tx, official.number);
    return all;
}

std::vector<Official> officials_with(const ReadTx& tx, ballot::Role role)
{
    auto all = officials(tx);
    std::erase_if(
        all, [&](const Official& official) { return std::ranges::find(official.offices, role, &ballot::Office::role) == official.offices.end(); });
    return all;
}

std::optional<std::string> number_of_signing_key(const ReadTx& tx, const SigningPublicKey& key)
{
    return tx.prepare("SELECT number FROM official WHERE signing_key = ?").bind(key).first([](const Statement& row) { return row.text(0); });
}

void add_official(WriteTx& tx, const Official& official, const Secret& totp_secret, Instant enrolled)
{
    tx.prepare("INSERT INTO official (number, name, email, totp_secret, signing_key, enrolled) VALUES (?, ?, ?, ?, ?, ?)")
        .bind(official.number, official.name, official.email, totp_secret.reveal_bytes(), official.signing_key, enrolled)
        .run();
    for (const auto& office : official.offices) add_office(tx, official.number, office);
}

void add_office(WriteTx& tx, const std::string& number, const ballot::Office& office)
{
    tx.prepare("INSERT INTO office (number, role, scope) VALUES (?, ?, ?)").bind(number, office.role, office.scope).run();
}

std::optional<TotpState> totp_state(const ReadTx& tx, const std::string& number)
{
    return tx.prepare("SELECT totp_secret, totp_last_step FROM official WHERE number = ?").bind(number).first([](const Statement& row) {
        return TotpState{.secret = Secret(row.blob(0)), .last_step = row.integer(1)};
    });
}

void use_totp_step(WriteTx& tx, const std::string& number, std::int64_t step)
{
    tx.prepare("UPDATE official SET totp_last_step = ?2 WHERE number = ?1 AND totp_last_step < ?2").bind(number, step).change_one_row();
}

} // namespace walkout::store
