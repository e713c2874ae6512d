#pragma once

#include "server/api/reply.hpp"
#include "server/service/ballots.hpp"

namespace walkout::api {

// What the handlers of a ballot's addresses share.

inline const std::string ballot_path = "/api/v1/ballots/{ballot}";

/// Public, and asked again each time: phases change.
inline Reply fresh(Reply reply) { return with(std::move(reply), "Cache-Control", "public, no-cache"); }

/// The ballot that the address names. Refuses what is no id, and no_such_ballot.
inline Result<store::Ballot> named(const Call& call, const store::ReadTx& tx)
{
    const auto id = call.id<BallotId>("ballot");
    if (!id) return id.error();
    return service::require_ballot(tx, *id);
}

/// A read that shows one ballot: show(tx, ballot, call) gives the reply.
template <class Show> Read shows(Show show)
{
    return {[show](const Call& call, const store::ReadTx& tx) -> Result<Reply> {
        const auto ballot = named(call, tx);
        if (!ballot) return ballot.error();
        return show(tx, *ballot, call);
    }};
}

} // namespace walkout::api
