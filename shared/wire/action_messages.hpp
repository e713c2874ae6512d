#pragma once

#include "shared/ballot/notified_action.hpp"
#include "shared/wire/codec.hpp"

namespace walkout::ballot {

template <class V> void describe(V& v, NotifiedAction& m)
{
    v("kind", m.kind);
    v("course", m.course);
    v("dates", m.dates);
}

} // namespace walkout::ballot

namespace walkout::wire {

// What union and employer agree about a suspended walkout (TULRCA s.234A(7B)).

/// POST .../agreements
struct NewAgreement {
    std::string employer;
    std::string agreed_by; ///< for the employer: name and position
    Date made_on{};        ///< before the walkout was suspended
    Date suspended_from{};
    Date resumes_on{}; ///< not before this date
    std::string evidence;
};
template <class V> void describe(V& v, NewAgreement& m)
{
    v("employer", m.employer);
    v("agreed_by", m.agreed_by);
    v("made_on", m.made_on);
    v("suspended_from", m.suspended_from);
    v("resumes_on", m.resumes_on);
    v("evidence", m.evidence);
}

struct AgreementView {
    std::string employer;
    std::string agreed_by;
    Date made_on{};
    Date suspended_from{};
    Date resumes_on{};
    std::string evidence;
    Instant recorded_at{};
    std::string recorded_by;
};
template <class V> void describe(V& v, AgreementView& m)
{
    v("employer", m.employer);
    v("agreed_by", m.agreed_by);
    v("made_on", m.made_on);
    v("suspended_from", m.suspended_from);
    v("resumes_on", m.resumes_on);
    v("evidence", m.evidence);
    v("recorded_at", m.recorded_at);
    v("recorded_by", m.recorded_by);
}

/// For those who may see who signed for an employer: the office that called the walkout.
struct AgreementList {
    bool rehearsal = false;
    std::vector<AgreementView> agreements; ///< in the order recorded
};
template <class V> void describe(V& v, AgreementList& m)
{
    v("rehearsal", m.rehearsal);
    v("agreements", m.agreements);
}

} // namespace walkout::wire
