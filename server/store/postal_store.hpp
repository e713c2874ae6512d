#pragma once

#include "server/store/sqlite.hpp"
#include "shared/ballot/postal.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace walkout::store {

// The postal channel: who asked for a paper, the numbers of papers, and what came back. Only the vote service and the scrutineer's routes read it.

// ---- asking ----

struct PaperRequest {
    std::string number;
    Instant asked_at{};
    std::optional<std::string> address; ///< asked for in writing; otherwise the register's
};
/// Asking again replaces the address.
void put_paper_request(WriteTx& tx, const BallotId& ballot, const PaperRequest& request);
std::map<std::string, PaperRequest> paper_requests(const ReadTx& tx, const BallotId& ballot); ///< by member number

// ---- numbers ----

struct PaperSerial {
    std::int64_t serial = 0;
    ConstituencyId constituency = *ConstituencyId::parse("unnamed");
    std::string credential;
    std::optional<Instant> sent_at;
};
void add_serial(WriteTx& tx, const BallotId& ballot, const PaperSerial& serial);
std::vector<PaperSerial> serials(const ReadTx& tx, const BallotId& ballot); ///< in order
std::optional<PaperSerial> find_serial(const ReadTx& tx, const BallotId& ballot, std::int64_t serial);
/// The number of the paper that belongs to this credential; absent where none were drawn, or the link is deleted.
std::optional<std::int64_t> serial_of(const ReadTx& tx, const ConstituencyId& constituency, const std::string& credential);
/// Papers are printed from now on: the boards wait for them. Once.
void put_papers_issued(WriteTx& tx, const BallotId& ballot, Instant at, const std::string& by);
bool papers_issued(const ReadTx& tx, const BallotId& ballot);
/// True if it had not left before.
bool put_paper_sent(WriteTx& tx, const BallotId& ballot, std::int64_t serial, Instant at);
std::int64_t papers_sent(const ReadTx& tx, const BallotId& ballot); ///< how many have left

// ---- returns ----

struct PaperReturn {
    std::int64_t position = 0; ///< in the order of recording, from 1
    std::int64_t serial = 0;
    ballot::PaperFate fate = ballot::PaperFate::counts;
    Instant received_at{};
    Instant recorded_at{};
    std::string recorded_by;
    std::string batch;                 ///< the client's own name for what it sent at once
    std::optional<std::string> reason; ///< why it was taken back
    bool transcribed = false;
};
void add_return(WriteTx& tx, const BallotId& ballot, const PaperReturn& paper); ///< its position is given by the store
std::vector<PaperReturn> paper_returns(const ReadTx& tx, const BallotId& ballot);
std::int64_t papers_counting(const ReadTx& tx, const BallotId& ballot); ///< how many count
std::vector<PaperReturn> returns_in_batch(const ReadTx& tx, const BallotId& ballot, const std::string& batch);
std::vector<PaperReturn> returns_of(const ReadTx& tx, const BallotId& ballot, std::int64_t serial);
/// The paper that counts under this credential.
std::optional<PaperReturn> counting_paper(const ReadTx& tx, const ConstituencyId& constituency, const std::string& credential);
void put_mistaken(WriteTx& tx, const BallotId& ballot, std::int64_t position, const std::string& reason);
/// The member's line in force is returned no more; throws unless their paper was recorded by mistake and nothing was cast.
void take_back_returned(WriteTx& tx, const BallotId& ballot, const std::string& number);

// ---- transcription ----

void put_transcribed(WriteTx& tx, const BallotId& ballot, std::int64_t serial, const std::string& first_keyer, const std::string& second_keyer);
std::vector<PaperSerial> papers_to_transcribe(const ReadTx& tx, const BallotId& ballot); ///< counting, in order of serial
std::int64_t papers_to_transcribe_in(const ReadTx& tx, const ConstituencyId& constituency);

struct KeyedPapers {
    std::string first;
    std::string second;
    std::int64_t papers = 0;
};
std::vector<KeyedPapers> keyed_papers(const ReadTx& tx, const BallotId& ballot); ///< who keyed together, and how many

void put_post_finished(WriteTx& tx, const BallotId& ballot, Instant at, const std::string& by);
bool post_finished(const ReadTx& tx, const BallotId& ballot);

// ---- turnout: papers that it has told of, in batches as the board's ----

std::int64_t unpublished_papers(const ReadTx& tx, const ConstituencyId& constituency);
void publish_papers(WriteTx& tx, const ConstituencyId& constituency);
std::set<std::string> published_papers(const ReadTx& tx, const ConstituencyId& constituency); ///< their credentials

// ---- figures, for the scrutineer's report: never how anybody voted ----

/// Of the whole ballot.
ballot::PostalFigures postal_figures(const ReadTx& tx, const BallotId& ballot);

} // namespace walkout::store
