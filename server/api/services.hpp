#pragma once

#include "server/service/clocks.hpp"
#include "shared/base/random.hpp"
#include "shared/crypto/ed25519.hpp"

namespace walkout::store {
class Readers;
class Writer;
} // namespace walkout::store

namespace walkout::api {

/// What every area's handlers share. Lives as long as the server; all of it is safe to use from several threads.
struct Services {
    store::Readers& readers;
    store::Writer& writer;
    service::Clocks& clocks;
    Random& random;
    bool rehearsal;
    const SigningKey& board_key; ///< signs heads and receipts (protocol.md 5.5)
};

} // namespace walkout::api
