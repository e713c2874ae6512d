#pragma once

#include "server/service/context.hpp"
#include "server/store/ballot_store.hpp"

namespace walkout::service {

/// What happened to a ballot, for everybody it concerns: the same words to all, and then what they mean for the reader. Lines end with "\n".
struct Announcement {
    std::string subject;
    std::string told;
    std::string to_members{};
    std::string to_employers{};
    std::string foot{};
};
/// Queues a mail to each person on the roll, to each employer that was sent a notice by mail, and to the officials who sign for the ballot. In the
/// transaction of what it tells about, so that it leaves once if that was committed and never otherwise. Who has no address is reached by others:
/// what is announced is public as well.
void announce(store::WriteTx& tx, const Context& context, const store::Ballot& ballot, const Announcement& announcement);

/// Employers on the roll that were never sent a notice by mail: they have to be told otherwise.
std::vector<std::string> employers_without_address(const store::ReadTx& tx, const BallotId& ballot);

} // namespace walkout::service
