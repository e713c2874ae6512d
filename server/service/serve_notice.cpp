#include "server/service/serve_notice.hpp"

#include "server/service/audit.hpp"
#include "server/service/ballots.hpp"
#include "server/service/draft_notice.hpp"
#include "server/service/mail.hpp"
#include "server/service/notify_action.hpp"
#include "server/service/record_receipt.hpp"
#include "server/store/roll_store.hpp"
#include "shared/wire/codec.hpp"

#include <algorithm>

namespace walkout::service {
namespace {

constexpr std::size_t longest_name = 200;

template <class T> Result<Drafted> drafted(const store::ReadTx& tx, const BallotId& id, ballot::NoticeKind kind, const Result<T>& notice)
{
    if (!notice) return notice.error();
    const auto revision = store::latest_revision(tx, id);
    return Drafted{.document = std::string(document_of(kind)), .json = wire::to_json(*notice), .roll_revision = revision ? revision->revision : 0};
}

std::string random_id(Random& random)
{
    std::array<std::uint8_t, 16> raw;
    random.fill(raw);
    return hex(raw);
}

/// Twelve base58 digits in three groups, 70 bits: typed from a mail, not to be guessed.
std::string random_code(Random& random)
{
    std::string code;
    for (int digit = 0; digit < 12; ++digit) {
        if (digit == 4 || digit == 8) code += '-';
        code += base58_digits[random.below(static_cast<std::uint32_t>(base58_digits.size()))];
    }
    return code;
}

std::string subject_of(ballot::NoticeKind kind, const std::string& title)
{
    switch (kind) {
    case ballot::NoticeKind::ballot: return "Notice of ballot: " + title;
    case ballot::NoticeKind::sample: return "Sample voting paper: " + title;
    case ballot::NoticeKind::result: return "Result of the ballot: " + title;
    case ballot::NoticeKind::action: return "Notice of industrial action: " + title;
    }
    return title;
}

} // namespace

std::string_view document_of(ballot::NoticeKind kind)
{
    switch (kind) {
    case ballot::NoticeKind::ballot: return "ballot_notice";
    case ballot::NoticeKind::sample: return "sample_paper";
    case ballot::NoticeKind::result: return "result";
    case ballot::NoticeKind::action: return "action_notice";
    }
    return {};
}

Result<Drafted> draft_notice(const store::ReadTx& tx, const Context& context, const store::Ballot& ballot, const wire::NewServing& which,
                             const SigningPublicKey& board_key)
{
    const auto& id = ballot.plan.id;
    switch (which.kind) {
    case ballot::NoticeKind::ballot: return drafted(tx, id, which.kind, ballot_notice(tx, context, ballot, which.employer));
    case ballot::NoticeKind::sample: return drafted(tx, id, which.kind, sample_paper(tx, context, ballot, board_key));
    case ballot::NoticeKind::result: return drafted(tx, id, which.kind, result_notice(tx, ballot, which.employer));
    case ballot::NoticeKind::action:
        return drafted(tx, id, which.kind, action_notice(tx, context, ballot, which.employer, which.action.value_or(ballot::NotifiedAction{})));
    }
    throw std::logic_error("draft_notice: unknown kind");
}

Result<store::ServedNotice> serve_notice(store::WriteTx& tx, const Context& context, const BallotId& id, const wire::NewServing& which,
                                         const SigningPublicKey& board_key, const NoticeMail& mail)
{
    const auto ballot = require_ballot(tx, id);
    if (!ballot) return ballot.error();
    if (which.mail_to.has_value() == which.how.has_value())
        return Refusal{Kind::invalid, "serving_how_missing", "A notice goes by mail or some other way, and the record says which.",
                       "Give the address to mail it to, or how it was sent."};
    const auto blank = [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == 0x7f; };
    if (which.mail_to && (which.mail_to->find('@') == std::string::npos || std::ranges::any_of(*which.mail_to, blank)))
        return Refusal{Kind::invalid, "mail_address_bad", "\"" + *which.mail_to + "\" is not a mail address.", "Check it."};
    const auto employers = store::roll_employers(tx, id);
    if (std::ranges::find(employers, which.employer) == employers.end())
        return Refusal{Kind::invalid, "employer_not_on_roll", "Nobody on the roll is employed by \"" + which.employer + "\".",
                       "See walkout notice list for the employers."};
    const auto notice = draft_notice(tx, context, *ballot, which, board_key);
    if (!notice) return notice.error();

    store::ServedNotice sent{.id = random_id(context.random),
                             .ballot = id,
                             .kind = which.kind,
                             .employer = which.employer,
                             .how = which.mail_to ? "mail to " + *which.mail_to : *which.how,
                             .content = notice->json,
                             .hash = sha256(notice->json),
                             .roll_revision = notice->roll_revision,
                             .sent_at = context.ballot_now,
                             .sent_by = context.caller.number};
    if (which.kind == ballot::NoticeKind::action) {
        sent.action = with_kind(tx, *ballot, which.action.value()).value();
        // It cannot have been received before it was sent, so what is too early today always will be.
        if (auto refusal = first_date_today(tx, context, *ballot, which.employer, *sent.action).refusal) return *std::move(refusal);
    }
    if (which.mail_to) {
        const auto code = random_code(context.random);
        sent.code_hash = sha256(code);
        queue_mail(tx, context,
                   {.to = *which.mail_to,
                    .subject = subject_of(which.kind, ballot->plan.title),
                    .body = mail.words(*notice) + "\nPlease acknowledge that you have received this notice:\n" + mail.address_of(sent.id) +
                            "\nwith this code: " + code + "\nOpening the page does nothing by itself; the button on it does.\n"});
    }
    store::add_served(tx, sent);
    record_audit(tx, context, ballot::Role::general_secretary, "notice_sent", id.text(),
                 {{"kind", std::string(name(which.kind))}, {"employer", which.employer}, {"hash", hex(sent.hash)}});
    return sent;
}

Result<store::ServedNotice> acknowledge_notice(store::WriteTx& tx, const Context& context, const std::string& id, std::string_view code,
                                               const std::string& by, const SigningPublicKey& board_key)
{
    auto sent = store::find_served(tx, id);
    if (!sent || !sent->code_hash || *sent->code_hash != sha256(code))
        return Refusal{Kind::not_found, "no_such_notice", "There is no notice here with that code.", "Type the code as it stands in the mail."};
    if (sent->acknowledged_at) return *sent;
    if (by.empty() || by.size() > longest_name || std::ranges::any_of(by, [](char c) { return static_cast<unsigned char>(c) < ' '; }))
        return Refusal{Kind::invalid, "name_missing", "Who acknowledges the notice is not named.", "Give your name and your position."};
    const auto ballot = store::find_ballot(tx, sent->ballot).value();
    const auto today = Zone::find(ballot.plan.zone).value().date(context.ballot_now);
    auto by_employer = context;
    by_employer.caller = {};
    const auto recorded = record_receipt(tx, by_employer, sent->ballot,
                                         {.kind = sent->kind,
                                          .employer = sent->employer,
                                          .received_on = today,
                                          .how = "acknowledged by the employer",
                                          .evidence = by + ", for the notice " + id,
                                          .roll_revision = sent->roll_revision,
                                          .action = sent->action,
                                          .recorded_by = std::string(store::recorded_by_employer)},
                                         board_key);
    if (!recorded) return recorded.error();
    store::put_acknowledged(tx, id, context.ballot_now, by);
    return store::find_served(tx, id).value();
}

} // namespace walkout::service
