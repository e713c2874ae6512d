#pragma once

#include "shared/ballot/phase.hpp"
#include "shared/wire/action_messages.hpp"

namespace walkout::wire {

// That employers were given their notices: recorded by hand, and what is still awaited.

/// POST .../notices
struct NewReceipt {
    ballot::NoticeKind kind = ballot::NoticeKind::ballot;
    std::string employer;
    Date received_on{};
    std::string how;
    std::string evidence;
    std::optional<ballot::NotifiedAction> action; ///< of a notice of action; its kind may be left out where there is a mandate for one kind only
    std::optional<bool> shorter_agreed;
};
template <class V> void describe(V& v, NewReceipt& m)
{
    v("kind", m.kind);
    v("employer", m.employer);
    v("received_on", m.received_on);
    v("how", m.how);
    v("evidence", m.evidence);
    v("action", m.action);
    v("shorter_agreed", m.shorter_agreed);
}
/// POST .../notices/withdrawals
struct NewWithdrawal {
    std::int64_t receipt = 0; ///< its number
    std::string reason;
};
template <class V> void describe(V& v, NewWithdrawal& m)
{
    v("receipt", m.receipt);
    v("reason", m.reason);
}
struct WithdrawalView {
    std::string reason;
    Instant at{};
    std::string by;
};
template <class V> void describe(V& v, WithdrawalView& m)
{
    v("reason", m.reason);
    v("at", m.at);
    v("by", m.by);
}
struct ReceiptView {
    std::int64_t number = 0;
    ballot::NoticeKind kind = ballot::NoticeKind::ballot;
    std::string employer;
    Date received_on{};
    std::string how;
    std::string evidence;
    std::optional<std::int64_t> roll_revision;
    std::optional<ballot::NotifiedAction> action;
    std::optional<std::string> too_early; ///< of a notice of action: the dates it names before the earliest that it allows
    bool shorter_agreed = false;
    Instant recorded_at{};
    std::string recorded_by;
    std::optional<std::string> too_late;     ///< of a notice of ballot or sample: after the last lawful day
    std::optional<std::string> contradicted; ///< by the employer's own, later acknowledgement
    std::optional<WithdrawalView> withdrawn; ///< it counts for nothing
};
template <class V> void describe(V& v, ReceiptView& m)
{
    v("number", m.number);
    v("kind", m.kind);
    v("employer", m.employer);
    v("received_on", m.received_on);
    v("how", m.how);
    v("evidence", m.evidence);
    v("roll_revision", m.roll_revision);
    v("action", m.action);
    v("too_early", m.too_early);
    v("shorter_agreed", m.shorter_agreed);
    v("recorded_at", m.recorded_at);
    v("recorded_by", m.recorded_by);
    v("too_late", m.too_late);
    v("contradicted", m.contradicted);
    v("withdrawn", m.withdrawn);
}
struct Awaited {
    ballot::NoticeKind kind = ballot::NoticeKind::ballot;
    std::string employer;
    std::optional<Date> by; ///< the last lawful day
};
template <class V> void describe(V& v, Awaited& m)
{
    v("kind", m.kind);
    v("employer", m.employer);
    v("by", m.by);
}
struct NoticeList {
    bool rehearsal = false;
    ballot::Phase phase = ballot::Phase::planned;
    std::vector<ReceiptView> receipts;
    std::vector<Awaited> awaited;           ///< notices that this phase still needs
    std::optional<std::string> not_in_time; ///< why the receipts there are do not allow the planned opening
    std::vector<std::string> warnings;      ///< what was done on receipts that have been withdrawn since
};
template <class V> void describe(V& v, NoticeList& m)
{
    v("rehearsal", m.rehearsal);
    v("phase", m.phase);
    v("receipts", m.receipts);
    v("awaited", m.awaited);
    v("not_in_time", m.not_in_time);
    v("warnings", m.warnings);
}

} // namespace walkout::wire
