#pragma once

#include "server/store/sqlite.hpp"

namespace walkout::store {

/// A later closing, as proposed or as it took effect.
struct Extension {
    std::int64_t number = 0; ///< of the addendum, from 1
    Instant closed_before{};
    Instant closes{};
    std::string reason;
    std::string words;     ///< for a person, a line a fact, parted by "\n"
    std::string canonical; ///< what is signed
    Instant proposed_at{};
    std::string proposed_by;
    std::optional<Instant> made_at; ///< when both signatures were there
};
/// Adds a proposal in the place of one still waiting; `number` must be next_extension().
void propose_extension(WriteTx& tx, const BallotId& ballot, const Extension& extension);
std::int64_t next_extension(const ReadTx& tx, const BallotId& ballot); ///< the number a proposal would have
void put_extension_made(WriteTx& tx, const BallotId& ballot, std::int64_t number, Instant at);
std::optional<Extension> latest_extension(const ReadTx& tx, const BallotId& ballot); ///< proposed or made, not superseded
std::vector<Extension> extensions(const ReadTx& tx, const BallotId& ballot);         ///< those made, by number

} // namespace walkout::store
