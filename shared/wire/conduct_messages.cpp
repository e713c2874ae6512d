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
