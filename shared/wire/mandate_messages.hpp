#pragma once

#include "shared/ballot/plan.hpp"
#include "shared/law/mandate.hpp"
#include "shared/wire/codec.hpp"

namespace walkout::wire {

/// POST .../mandates/extensions
struct NewExtension {
    std::string employer;
    std::optional<ballot::QuestionKind> kind; ///< absent: every kind there is a mandate for
    law::ExtensionGround ground = law::ExtensionGround::agreement;
    Date until{};   ///< the new last day
    Date made_on{}; ///< the day of the agreement or order
    std::string evidence;
    std::optional<Date> forbidden_from, forbidden_to; ///< a court's order: the first and last day on which the action was forbidden
};
template <class V> void describe(V& v, NewExtension& m)
{
    v("employer", m.employer);
    v("kind", m.kind);
    v.defaulted("ground", m.ground);
    v("until", m.until);
    v("made_on", m.made_on);
    v("evidence", m.evidence);
    v("forbidden_from", m.forbidden_from);
    v("forbidden_to", m.forbidden_to);
}

/// What lengthened a mandate.
struct ExtensionView {
    law::ExtensionGround ground = law::ExtensionGround::agreement;
    Date until{};
    Date made_on{};
    std::string evidence;
    std::optional<Date> forbidden_from, forbidden_to; ///< a court's order: the first and last day on which the action was forbidden
};
template <class V> void describe(V& v, ExtensionView& m)
{
    v("ground", m.ground);
    v("until", m.until);
    v("made_on", m.made_on);
    v("evidence", m.evidence);
    v("forbidden_from", m.forbidden_from);
    v("forbidden_to", m.forbidden_to);
}

/// One employer's own clock under one mandate.
struct EmployerClock {
    ConstituencyId constituency = *ConstituencyId::parse("unnamed");
    std::string constituency_name;
    ballot::QuestionKind kind = ballot::QuestionKind::strike;
    std::string employer;
    law::Limit limit = law::Limit::expires_end_of;
    Date last_day{}; ///< with its extensions
    std::optional<Date> extendable_to;
    std::vector<ExtensionView> extensions;
    std::optional<Date> result_told;     ///< notice received before this day does not count
    std::optional<Date> notice_by;       ///< received this day, notice still allows action on the last day
    std::optional<Date> earliest_action; ///< if notice is received today; absent where that is too late, or the employer has not been told
    std::string words;                   ///< what to do next, one sentence
};
template <class V> void describe(V& v, EmployerClock& m)
{
    v("constituency", m.constituency);
    v("constituency_name", m.constituency_name);
    v("kind", m.kind);
    v("employer", m.employer);
    v("limit", m.limit);
    v("last_day", m.last_day);
    v("extendable_to", m.extendable_to);
    v("extensions", m.extensions);
    v("result_told", m.result_told);
    v("notice_by", m.notice_by);
    v("earliest_action", m.earliest_action);
    v("words", m.words);
}
struct EmployerClocks {
    bool rehearsal = false;
    std::vector<EmployerClock> clocks;
};
template <class V> void describe(V& v, EmployerClocks& m)
{
    v("rehearsal", m.rehearsal);
    v("clocks", m.clocks);
}

} // namespace walkout::wire
