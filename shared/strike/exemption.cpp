#include "shared/strike/exemption.hpp"

#include <algorithm>

namespace walkout::strike {
namespace {

Refusal refuse(Kind kind, std::string code, std::string detail, std::string next)
{
    return {.kind = kind, .code = std::move(code), .detail = std::move(detail), .next = std::move(next)};
}

std::optional<Refusal> bad_reason(const std::string& reason)
{
    if (reason.find_first_not_of(' ') == std::string::npos)
        return refuse(Kind::invalid, "missing_reason", "An exemption is asked for and decided with a reason.", "Give one sentence.");
    if (reason.size() > 2000) return refuse(Kind::invalid, "text_too_long", "A reason has at most 2000 characters.", "Shorten it.");
    return std::nullopt;
}

} // namespace

Exemption::State Exemption::state() const
{
    if (std::ranges::any_of(decisions, [](const Decision& decision) { return !decision.grants; })) return State::refused;
    if (withdrawn) return State::withdrawn;
    return decisions.size() >= 2 ? State::granted : State::requested;
}

Result<Exemption> request_exemption(const Walkout& walkout, Exemption asked)
{
    if (walkout.state == strike::State::ended)
        return refuse(Kind::not_open, "walkout_ended", "This walkout has ended, so nobody needs an exemption.", "");
    if (auto refusal = bad_reason(asked.reason)) return *refusal;
    if (asked.work.find_first_not_of(' ') == std::string::npos)
        return refuse(Kind::invalid, "missing_work", "An exemption is for some work.", "Say which, such as: duty desk.");
    if (asked.work.size() > 2000 || asked.requested_by.size() > 200)
        return refuse(Kind::invalid, "text_too_long", "The words of an exemption have at most 2000 characters.", "Shorten them.");
    for (const auto wall : {asked.hours.start, asked.hours.end})
        if (const auto checked = existing(wall, walkout.window.zone()); !checked) return checked.error();
    if (const auto hours = span(asked, walkout.window.zone()); hours.from >= hours.to)
        return refuse(Kind::invalid, "exemption_backwards",
                      "The exemption would end at " + words(asked.hours.end) + ", which is not after it starts.", "Check the dates and times.");
    if (!overlap(span(asked, walkout.window.zone()), walkout.window.span()))
        return refuse(Kind::invalid, "exemption_outside_walkout", "The walkout is not on in those hours, so nothing needs an exemption then.",
                      "See when it is on with: walkout strike show " + walkout.id.text());
    return asked;
}

Result<Exemption> decide_exemption(Exemption exemption, Exemption::Decision decision)
{
    if (exemption.state() != Exemption::State::requested)
        return refuse(Kind::conflict, "already_decided", "This exemption is " + std::string(name(exemption.state())) + " already.",
                      "Ask again where something has changed.");
    if (decision.number == exemption.member)
        return refuse(Kind::not_allowed, "own_exemption", "Nobody decides about their own exemption.", "Ask two others.");
    if (std::ranges::find(exemption.decisions, decision.number, &Exemption::Decision::number) != exemption.decisions.end())
        return refuse(Kind::conflict, "decided_by_you", "You have decided already; it takes two different people.", "Ask somebody else to decide.");
    if (auto refusal = bad_reason(decision.reason)) return *refusal;
    exemption.decisions.push_back(std::move(decision));
    return exemption;
}

Result<Exemption> withdraw_exemption(Exemption exemption, Exemption::Decision by)
{
    if (exemption.state() != Exemption::State::granted)
        return refuse(Kind::conflict, "not_granted",
                      "This exemption is " + std::string(name(exemption.state())) + ", so there is no grant to withdraw.",
                      "See it with: walkout exemption list " + exemption.walkout.text());
    if (by.number == exemption.member)
        return refuse(Kind::not_allowed, "own_exemption", "Nobody decides about their own exemption.", "Ask another of those who decide.");
    if (auto refusal = bad_reason(by.reason)) return *refusal;
    exemption.withdrawn = std::move(by);
    return exemption;
}

Span span(const Exemption& exemption, const Zone& zone) { return {instant(exemption.from(), zone), instant(exemption.to(), zone)}; }

} // namespace walkout::strike
