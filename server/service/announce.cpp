#include "server/service/announce.hpp"

#include "server/service/mail.hpp"
#include "server/store/notice_store.hpp"
#include "server/store/official_store.hpp"
#include "server/store/register_store.hpp"
#include "server/store/roll_store.hpp"

#include <algorithm>
#include <map>

namespace walkout::service {
namespace {

constexpr std::string_view by_mail = "mail to "; // how serve_notice records it

/// Where each employer was last sent a notice by mail; employers without such an address are left out.
std::map<std::string, std::string> employer_addresses(const store::ReadTx& tx, const BallotId& ballot)
{
    std::map<std::string, std::string> out;
    for (const auto& sent : store::served(tx, ballot))
        if (sent.how.starts_with(by_mail)) out[sent.employer] = sent.how.substr(by_mail.size());
    return out;
}

bool signs(const store::Official& official)
{
    return std::ranges::any_of(official.offices, [](const ballot::Office& office) {
        return office.role == ballot::Role::scrutineer || office.role == ballot::Role::general_secretary || office.role == ballot::Role::official;
    });
}

} // namespace

void announce(store::WriteTx& tx, const Context& context, const store::Ballot& ballot, const Announcement& announcement)
{
    const auto& id = ballot.plan.id;
    const auto tell = [&](const std::string& to, const std::string& before, const std::string& meaning) {
        queue_mail(tx, context,
                   {.to = to, .subject = announcement.subject, .body = before + announcement.told + meaning + announcement.foot, .expires = {}});
    };
    std::string after;
    constexpr std::size_t page = 1000;
    for (auto lines = store::roll_lines(tx, id, after, page); !lines.empty(); lines = store::roll_lines(tx, id, after, page)) {
        for (const auto& line : lines)
            if (const auto member = store::find_member(tx, line.number)) tell(member->email, "", announcement.to_members);
        after = lines.back().number;
    }
    for (const auto& [employer, address] : employer_addresses(tx, id)) tell(address, "To " + employer + "\n\n", announcement.to_employers);
    for (const auto& official : store::officials(tx))
        if (signs(official) && !store::roll_line(tx, id, official.number)) tell(official.email, "", "");
}

std::vector<std::string> employers_without_address(const store::ReadTx& tx, const BallotId& ballot)
{
    const auto known = employer_addresses(tx, ballot);
    auto out = store::roll_employers(tx, ballot);
    std::erase_if(out, [&](const std::string& employer) { return known.contains(employer); });
    return out;
}

} // namespace walkout::service
