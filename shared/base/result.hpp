#pragma once

#include <boost/system/result.hpp>

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace walkout {

/// Why a request is refused, coarse enough that one switch each gives the HTTP status (server/api) and the exit code (client/cli).
enum class Kind {
    malformed,             ///< 400: not in the documented form
    sign_in_needed,        ///< 401
    not_allowed,           ///< 403: signed in, but not for this
    not_entitled,          ///< 403: not on the roll, wrong credential
    not_found,             ///< 404
    not_open,              ///< 409: the ballot is not open (yet, or any more)
    conflict,              ///< 409: already voted, already exists, wrong state
    changed_by_other,      ///< 412: If-Match names an older version
    precondition_required, ///< 428: If-Match is missing
    too_large,             ///< 413
    invalid,               ///< 422: well formed, but cannot be accepted
    unlawful,              ///< 422: the law of the date refuses it; `rule` is set
    too_many,              ///< 429
    unavailable,           ///< 503: try again
};

/// A "no" that a person reads: one clear sentence, what to do next, a stable code. Never holds a secret or a choice.
struct Refusal {
    Kind kind;
    std::string code;              ///< stable, snake_case; clients match on it
    std::string detail;            ///< one sentence
    std::string next{};            ///< what to do now; may be empty
    std::string rule{};            ///< where law refuses: the rule's name in shared/law
    std::string source{};          ///< ... its section, e.g. "TULRCA s.226A(1)(a)"
    std::string earliest_lawful{}; ///< ... the earliest lawful date or instant, ISO 8601
};

/// A value, or a refusal the caller is expected to handle. Broken machinery throws instead.
template <class T> using Result = boost::system::result<T, Refusal>;

[[noreturn]] inline void throw_exception_from_error(const Refusal& refusal, const boost::source_location&)
{
    throw std::logic_error("unchecked Result: " + refusal.code + ": " + refusal.detail);
}

} // namespace walkout
