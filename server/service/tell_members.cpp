#include "server/service/tell_members.hpp"

#include "server/service/audit.hpp"
#include "server/service/ballots.hpp"
#include "server/service/declare_result.hpp"
#include "server/service/draft_notice.hpp"
#include "server/service/mail.hpp"
#include "server/store/register_store.hpp"
#include "server/store/roll_store.hpp"

#include <algorithm>
#include <iterator>

namespace walkout::service {
namespace {

using ballot::Language;
using ballot::Phrase;

/// The words for each constituency, in every language the ballot speaks, one after the other.
Result<std::map<std::string, std::string>> words_by_constituency(const store::ReadTx& tx, const store::Ballot& ballot, const ResultMail& mail)
{
    std::map<std::string, std::string> out;
    std::vector<std::string> labels; // as on the roll, which is in English
    for (const auto language : {Language::en, Language::cy}) {
        if (language == Language::cy && !ballot.plan.title_cy) continue;
        auto notice = result_notice(tx, ballot, std::nullopt, language);
        if (!notice) return notice.error();
        const auto all = std::move(notice->constituencies);
        if (language == Language::en) std::ranges::transform(all, std::back_inserter(labels), &wire::ResultConstituency::name);
        for (std::size_t i = 0; i < all.size(); ++i) {
            notice->constituencies = {all[i]};
            auto& body = out[labels[i]];
            body += (body.empty() ? "" : "\n") + mail.words(*notice, language) + "\n" +
                    say(language, Phrase::result_page, {{"address", mail.address}}) + "\n";
        }
    }
    return out;
}

std::string subject_of(const store::Ballot& ballot)
{
    auto subject = say(Language::en, Phrase::result_subject, {{"title", ballot.plan.title}});
    if (ballot.plan.title_cy) subject += " / " + say(Language::cy, Phrase::result_subject, {{"title", *ballot.plan.title_cy}});
    return subject;
}

} // namespace

Result<store::MembersTold> tell_members(store::WriteTx& tx, const Context& context, const BallotId& id, const ResultMail& mail)
{
    const auto ballot = require_ballot(tx, id);
    if (!ballot) return ballot.error();
    if (const auto told = store::members_told(tx, id)) return *told;
    const auto words = words_by_constituency(tx, *ballot, mail);
    if (!words) return words.error();
    store::MembersTold told{.told_at = context.ballot_now, .told_by = context.caller.number};
    const auto subject = subject_of(*ballot);
    for (const auto& entry : store::roll(tx, id).entries) {
        const auto member = store::find_member(tx, entry.number);
        if (!member || member->email.empty()) {
            ++told.without_address;
            continue;
        }
        queue_mail(tx, context, {.to = member->email, .subject = subject, .body = words->at(entry.constituency), .expires = {}});
        ++told.mailed;
    }
    store::put_members_told(tx, id, told);
    record_audit(tx, context, ballot::Role::general_secretary, "members_told", id.text(),
                 {{"mailed", std::to_string(told.mailed)}, {"without_address", std::to_string(told.without_address)}});
    return told;
}

} // namespace walkout::service
