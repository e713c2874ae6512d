#pragma once

#include "shared/ballot/office.hpp"
#include "shared/base/random.hpp"
#include "shared/base/time.hpp"

namespace walkout::service {

/// What every use case is told about the moment and the caller. Built per request by server/api, per run by server/jobs.
struct Context {
    Instant ballot_now;  ///< the ballot clock: law, life cycle, notices, mandates, archives, the audit log's "as at"
    Instant machine_now; ///< the machine clock: sessions, one-time codes, rate limits, idempotency, the audit log's "recorded at"
    Random& random;
    ballot::Caller caller{}; ///< empty number: nobody is signed in, or a job runs
};

} // namespace walkout::service
