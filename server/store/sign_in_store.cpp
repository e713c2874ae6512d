#include "server/store/sign_in_store.hpp"

namespace walkout::store {
namespace {

Challenge challenge(const Statement& row)
{
    return {.id = row.text(0),
            .number = row.text(1),
            .created = row.instant(2),
            .tries = row.integer(3),
            .code_hash = row.null(4) ? std::nullopt : std::optional(row.array<32>(4)),
            .used = row.boolean(5),
            .code_of = row.optional_text(6)};
}

constexpr std::string_view challenge_columns = "SELECT id, number, created, tries, code_hash, used, code_of FROM sign_in_challenge ";

} // namespace

void add_challenge(WriteTx& tx, const Challenge& challenge)
{
    tx.prepare("INSERT INTO sign_in_challenge (id, number, created) VALUES (?, ?, ?)").bind(challenge.id, challenge.number, challenge.created).run();
}

std::optional<Challenge> find_challenge(const ReadTx& tx, const std::string& id)
{
    return tx.prepare(std::string(challenge_columns) + "WHERE id = ?").bind(id).first(challenge);
}

std::vector<Challenge> challenges_without_code(const ReadTx& tx, std::int64_t limit)
{
    return tx.prepare(std::string(challenge_columns) + "WHERE code_hash IS NULL ORDER BY created, id LIMIT ?").bind(limit).all(challenge);
}

std::int64_t codes_made_since(const ReadTx& tx, const std::string& number, Instant since)
{
    return tx.prepare("SELECT count(*) FROM sign_in_challenge WHERE number = ? AND created > ? AND code_hash IS NOT NULL AND code_of IS NULL")
        .bind(number, since)
        .number();
}

std::optional<Challenge> newest_code(const ReadTx& tx, const std::string& number)
{
    return tx
        .prepare(std::string(challenge_columns) +
                 "WHERE number = ? AND code_hash IS NOT NULL AND code_of IS NULL ORDER BY created DESC, id DESC LIMIT 1")
        .bind(number)
        .first(challenge);
}

void share_challenge_code(WriteTx& tx, const std::string& id, const Challenge& mailed)
{
    tx.prepare("UPDATE sign_in_challenge SET code_hash = ?, code_of = ? WHERE id = ? AND code_hash IS NULL")
        .bind(mailed.code_hash, mailed.id, id)
        .change_one_row();
}

void set_challenge_code(WriteTx& tx, const std::string& id, const CodeHash& hash)
{
    tx.prepare("UPDATE sign_in_challenge SET code_hash = ? WHERE id = ? AND code_hash IS NULL").bind(hash, id).change_one_row();
}

void count_try(WriteTx& tx, const std::string& id) { tx.prepare("UPDATE sign_in_challenge SET tries = tries + 1 WHERE id = ?").bind(id).run(); }

void mark_challenge_used(WriteTx& tx, const std::string& id)
{
    tx.prepare("UPDATE sign_in_challenge SET used = 1 WHERE id = ? AND used = 0").bind(id).change_one_row();
}

void delete_challenges_before(WriteTx& tx, Instant created) { tx.prepare("DELETE FROM sign_in_challenge WHERE created < ?").bind(created).run(); }

void add_session(WriteTx& tx, const TokenHash& token, const SessionRow& session)
{
    tx.prepare("INSERT INTO session (token_hash, number, official, created, last_used) VALUES (?, ?, ?, ?, ?)")
        .bind(token, session.number, session.official, session.created, session.last_used)
        .run();
}

std::optional<SessionRow> find_session(const ReadTx& tx, const TokenHash& token)
{
    return tx.prepare("SELECT number, official, created, last_used FROM session WHERE token_hash = ?").bind(token).first([](const Statement& row) {
        return SessionRow{.number = row.text(0), .official = row.boolean(1), .created = row.instant(2), .last_used = row.instant(3)};
    });
}

void touch_session(WriteTx& tx, const TokenHash& token, Instant now)
{
    tx.prepare("UPDATE session SET last_used = ?2 WHERE token_hash = ?1 AND last_used < ?2").bind(token, now).run();
}

void delete_session(WriteTx& tx, const TokenHash& token) { tx.prepare("DELETE FROM session WHERE token_hash = ?").bind(token).run(); }

void delete_sessions_before(WriteTx& tx, bool official, Instant created, Instant last_used)
{
    tx.prepare("DELETE FROM session WHERE official = ? AND (created < ? OR last_used < ?)").bind(official, created, last_used).run();
}

} // namespace walkout::store
