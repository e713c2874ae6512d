#include "shared/wire/conduct_messages.hpp"

#include "shared/ballot/approval.hpp"
#include "shared/wire/codec_impl.hpp"

#include <algorithm>

namespace walkout::wire {

Result<void> verify_addendum(const BallotId& ballot, const Addendum& addendum)
{
    using ballot::ApprovalStep;
    const auto failed = [&](const std::string& why) {
        return Refusal{Kind::invalid, "verification_failed", "Addendum " + std::to_string(addendum.number) + " is NOT approved: " + why,
                       "Do not rely on it; tell the scrutineer."};
    };
    const auto object = sha256(addendum.canonical);
    if (hex(object) != addendum.object) return failed("its SHA-256 is not the one that the server names.");
    if (!addendum.canonical.starts_with(ballot::object_title(ApprovalStep::extend, ballot) + "\n"))
        return failed("what was signed is no extension of this ballot.");
    for (const auto& line : {"addendum|" + std::to_string(addendum.number), "closed_before|" + text(addendum.closed_before),
                             "closes|" + text(addendum.closes), "reason|" + addendum.reason})
        if (addendum.canonical.find("\n" + line + "\n") == std::string::npos) return failed("what was signed does not say \"" + line + "\".");
    if (!addendum.made_at) return failed("it was only proposed.");

    std::vector<ballot::Approver> people;
    std::vector<ballot::GivenApproval> given;
    for (const auto& one : addendum.signatures) {
        const auto key = parse_public_key(one.key);
        const auto signature = parse_signature(one.signature);
        const ballot::ApprovalClaim claim{ApprovalStep::extend, ballot, object, one.expires};
        if (!key || !signature || !verify_signature(*key, ballot::canonical_approval(claim), *signature))
            return failed("it does not bear the signature of " + one.by + " that the server names.");
        const auto known = std::ranges::find(people, one.by, &ballot::Approver::number);
        if (known == people.end()) people.push_back({one.by, one.role, *key});
        else if (known->key != *key) return failed("the server names two keys of " + one.by + ".");
        else if (one.role == ballot::Role::scrutineer) known->role = one.role;
        given.push_back({one.by, one.expires, *signature});
    }
    const ballot::ApprovalClaim claim{ApprovalStep::extend, ballot, object, {}};
    if (!ballot::verify_approvals(claim, given, people, *addendum.made_at))
        return failed("two people must have signed it with keys of their own, one of them as scrutineer, and no later than the signatures held.");
    return {};
}

namespace {

/// "extended|<number>|<SHA-256>": the lines of a canonical count that name addenda.
std::vector<std::string> named_in(std::string_view counted)
{
    std::vector<std::string> out;
    for (std::size_t from = 0; from < counted.size();) {
        const auto end = std::min(counted.find('\n', from), counted.size());
        if (counted.substr(from, end - from).starts_with("extended|")) out.emplace_back(counted.substr(from, end - from));
        from = end + 1;
    }
    return out;
}

} // namespace

Result<Instant> verify_addenda(const BallotId& ballot, std::span<const Addendum> addenda, std::string_view counted, Instant return_by,
                               std::span<const ballot::Approver> people)
{
    const auto failed = [](const std::string& why) {
        return Refusal{Kind::invalid, "verification_failed", why, "Do not rely on it; tell the scrutineer."};
    };
    const auto named = named_in(counted);
    if (named.size() != addenda.size())
        return failed("The approved count names " + std::to_string(named.size()) + " addenda to the voting paper, and the server shows " +
                      std::to_string(addenda.size()) + ".");
    auto closes = return_by;
    for (std::size_t i = 0; i < addenda.size(); ++i) {
        const auto& addendum = addenda[i];
        if (const auto whole = verify_addendum(ballot, addendum); !whole) return whole.error();
        const auto which = "Addendum " + std::to_string(addendum.number);
        if (named[i] != "extended|" + std::to_string(addendum.number) + "|" + addendum.object)
            return failed(which + " is not the one that the approved count names.");
        if (addendum.closed_before != closes || addendum.closes <= closes)
            return failed(which + " does not extend the voting from " + text(closes) + ", when it would have closed without it.");
        std::vector<ballot::GivenApproval> given;
        for (const auto& one : addendum.signatures) given.push_back({one.by, one.expires, parse_signature(one.signature).value_or(Signature{})});
        const ballot::ApprovalClaim claim{ballot::ApprovalStep::extend, ballot, sha256(addendum.canonical), {}};
        if (!ballot::verify_approvals(claim, given, people, *addendum.made_at))
            return failed(which + " is not signed by two of the people whose keys you know, one of them as scrutineer.");
        closes = addendum.closes;
    }
    return closes;
}

} // namespace walkout::wire

WALKOUT_WIRE(walkout::wire::LaterClosing)
WALKOUT_WIRE(walkout::wire::Addendum)
WALKOUT_WIRE(walkout::wire::AddendumList)
WALKOUT_WIRE(walkout::wire::CodeIncident)
WALKOUT_WIRE(walkout::wire::NewBallotIncident)
WALKOUT_WIRE(walkout::wire::BallotIncidentList)
WALKOUT_WIRE(walkout::wire::Suspension)
WALKOUT_WIRE(walkout::wire::MethodRecordForm)
WALKOUT_WIRE(walkout::wire::MethodAnswers)
WALKOUT_WIRE(walkout::wire::NewMethodRecord)
WALKOUT_WIRE(walkout::wire::MethodRecordView)
