#pragma once

#include "server/store/sqlite.hpp"
#include "shared/ballot/phase.hpp"

namespace walkout::store {

struct Ballot {
    ballot::BallotPlan plan;
    ballot::Phase phase = ballot::Phase::planned;
    Instant planned_at{};
    std::string planned_by;
    Instant closes{};                     ///< in force, after any extension
    std::optional<std::string> paper;     ///< the voting-paper record, once fixed
    std::optional<Instant> first_sending; ///< of a code or a paper
    bool vault_verified = false;
    std::optional<Instant> opened_at;
    std::optional<Instant> closed_at;
    std::optional<std::string> reason; ///< why abandoned
};

void add_ballot(WriteTx& tx, const ballot::BallotPlan& plan, Instant closes, Instant planned_at, const std::string& planned_by);
std::optional<Ballot> find_ballot(const ReadTx& tx, const BallotId& id);
std::vector<Ballot> ballots(const ReadTx& tx); ///< newest plan first
std::vector<Ballot> ballots_in(const ReadTx& tx, ballot::Phase phase);

/// Each of these throws unless the ballot is in the phase expected, or the thing was not set before.
void put_phase(WriteTx& tx, const BallotId& id, ballot::Phase from, ballot::Phase to);
void put_paper(WriteTx& tx, const BallotId& id, const std::string& record);
bool put_unsent_alarm(WriteTx& tx, const BallotId& id, Instant due); ///< true the first time
void put_first_sending(WriteTx& tx, const BallotId& id, Instant at); ///< or moves it
void put_vault_verified(WriteTx& tx, const BallotId& id);
void put_opened(WriteTx& tx, const BallotId& id, Instant at);
void put_closed(WriteTx& tx, const BallotId& id, Instant at);
void put_closing(WriteTx& tx, const BallotId& id, Instant closes); ///< an extension
void put_reason(WriteTx& tx, const BallotId& id, const std::string& reason);

struct Constituency {
    ConstituencyId id;
    BallotId ballot;
    std::string name;
    std::optional<std::string> fingerprint;   ///< of the election record, once coded
    std::optional<std::int64_t> board_height; ///< of the sealed board, once closed
    std::optional<std::string> board_head;    ///< 64 hex digits
};
void add_constituency(WriteTx& tx, const ConstituencyId& id, const BallotId& ballot, const std::string& name);
std::optional<Constituency> find_constituency(const ReadTx& tx, const ConstituencyId& id);
std::vector<Constituency> constituencies(const ReadTx& tx, const BallotId& ballot); ///< sorted by name
void put_fingerprint(WriteTx& tx, const ConstituencyId& id, const std::string& fingerprint);
void put_sealed_board(WriteTx& tx, const ConstituencyId& id, std::int64_t height, const std::string& head);

} // namespace walkout::store
