#pragma once

#include "server/store/sqlite.hpp"
#include "shared/ballot/roll.hpp"
#include "shared/ballot/turnout.hpp"

namespace walkout::store {

// The rooms that may know who has returned: the vote service, reminders, the scrutineer (design.md section 6). No union account reads
// `returned`.

struct RollRevision {
    std::int64_t revision = 0;
    Digest hash{};
    std::string reason;
    Instant made_at{};
    std::string made_by;
};

/// Writes a revision: its entries take the place of the one before, line by line where they changed. Credentials and returns of unchanged
/// or changed lines stay with the member. Every constituency an entry names must exist in the ballot.
void put_roll(WriteTx& tx, const BallotId& ballot, const ballot::Roll& roll, const std::string& reason, Instant made_at, const std::string& made_by);
void put_exclusions(WriteTx& tx, const BallotId& ballot, const std::vector<ballot::Exclusion>& exclusions);

std::optional<RollRevision> latest_revision(const ReadTx& tx, const BallotId& ballot);
std::vector<RollRevision> revisions(const ReadTx& tx, const BallotId& ballot);
/// The roll of a revision, or the one in force; empty with revision 0 before freezing.
ballot::Roll roll(const ReadTx& tx, const BallotId& ballot, std::optional<std::int64_t> revision = std::nullopt);
std::vector<std::string> roll_employers(const ReadTx& tx, const BallotId& ballot); ///< in force, sorted
std::vector<std::string> constituency_employers(const ReadTx& tx, const ConstituencyId& constituency);
std::map<std::string, std::int64_t> exclusion_counts(const ReadTx& tx, const BallotId& ballot); ///< by reason

/// One member's line in force.
struct RollLine {
    std::string number;
    ConstituencyId constituency;
    std::string branch;
    std::string employer;
    std::string workplace;
    std::string category;
    bool overseas = false;
    std::optional<std::string> credential;
    bool returned = false;
};
std::optional<RollLine> roll_line(const ReadTx& tx, const BallotId& ballot, const std::string& number);
std::optional<RollLine> roll_line_of_credential(const ReadTx& tx, const ConstituencyId& constituency, const std::string& credential);
bool was_on_roll(const ReadTx& tx, const BallotId& ballot, const std::string& number); ///< in any revision
std::optional<std::string> exclusion_reason(const ReadTx& tx, const BallotId& ballot, const std::string& number);
/// In order of number, after `after_number` ("" for the first).
std::vector<RollLine> roll_lines(const ReadTx& tx, const BallotId& ballot, const std::string& after_number, std::size_t limit);

void put_credential(WriteTx& tx, const BallotId& ballot, const std::string& number, const std::string& credential);
void put_returned(WriteTx& tx, const BallotId& ballot, const std::string& number); ///< throws if already returned

std::int64_t returned_count(const ReadTx& tx, const ConstituencyId& constituency);

struct ConstituencyFigures {
    std::int64_t entitled = 0; ///< without overseas members
    std::int64_t overseas = 0;
};
ConstituencyFigures figures(const ReadTx& tx, const ConstituencyId& constituency); ///< in force

/// Cells for turnout by branch and workplace, counting as returned the lines whose credential `published` accepts (those on the published
/// board).
std::vector<ballot::TurnoutAtom> turnout_atoms(const ReadTx& tx, const BallotId& ballot, const std::function<bool(const RollLine&)>& published);

} // namespace walkout::store
