#pragma once

// What `ballot challenge` and `ballot open-challenge` print under --json. The challenge file itself is shared/protocol/challenge.hpp.

#include "shared/wire/codec.hpp"

#include <optional>
#include <string>
#include <vector>

namespace walkout::wire {

/// A sealed ballot was opened: nothing was cast.
struct ChallengeWritten {
    std::string ballot;
    std::string seal;
    std::string file;
};
template <class V> void describe(V& v, ChallengeWritten& m)
{
    v("ballot", m.ballot);
    v("seal", m.seal);
    v("file", m.file);
}

struct SealedAnswer {
    std::string question;
    std::string answer; ///< the chosen answers' text, or "blank"
};
template <class V> void describe(V& v, SealedAnswer& m)
{
    v("question", m.question);
    v("answer", m.answer);
}

/// Every number of a challenge file was recomputed, and this is what was sealed.
struct ChallengeOpened {
    std::string seal;
    std::vector<SealedAnswer> answers;
    std::string election; ///< its name
    std::string uuid;
    std::string fingerprint;                 ///< φ
    std::optional<bool> credential_listed{}; ///< absent where only the election record was at hand
};
template <class V> void describe(V& v, ChallengeOpened& m)
{
    v("seal", m.seal);
    v("answers", m.answers);
    v("election", m.election);
    v("uuid", m.uuid);
    v("fingerprint", m.fingerprint);
    v("credential_listed", m.credential_listed);
}

} // namespace walkout::wire
