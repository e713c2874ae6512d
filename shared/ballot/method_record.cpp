#include "shared/ballot/method_record.hpp"

#include "shared/ballot/plain_text.hpp"
#include "shared/law/method.hpp"

#include <algorithm>

namespace walkout::ballot {
namespace {

constexpr std::size_t longest_answer = 4000;

Refusal incomplete(std::string detail)
{
    return {Kind::invalid, "method_record_incomplete", std::move(detail), "See what is asked: walkout ballot method ID --template"};
}

} // namespace

bool needs_method_record(const BallotPlan& plan)
{
    return plan.statutory && std::ranges::any_of(plan.methods, [](law::Method method) { return method != law::Method::post; });
}

Result<void> check_method_record(std::span<const law::TextField> fields, std::span<const MethodAnswer> answers)
{
    for (const auto& field : fields) {
        const auto given = std::ranges::count(answers, field.name, &MethodAnswer::field);
        const auto answer = std::ranges::find(answers, field.name, &MethodAnswer::field);
        const std::string asked = "\"" + std::string(field.name) + "\" (" + std::string(field.words) + ")";
        if (given == 0 || answer->text.empty()) return incomplete("The record does not say " + asked + ".");
        if (given > 1) return incomplete("The record says " + asked + " more than once.");
        if (answer->text.size() > longest_answer || !is_plain_line(answer->text))
            return incomplete("The record's " + asked + " is not one line of plain text of at most 4,000 characters.");
    }
    for (const auto& answer : answers)
        if (std::ranges::find(fields, answer.field, &law::TextField::name) == fields.end())
            return incomplete("The record speaks of \"" + answer.field + "\", which is not asked.");
    return {};
}

std::string canonical_method_record(const BallotId& ballot, std::span<const law::Method> methods, SecondFactor factor, Instant made_at,
                                    std::span<const MethodAnswer> answers)
{
    std::string offered;
    for (const auto method : methods) offered += (offered.empty() ? "" : ",") + std::string(name(method));
    std::string out = "walkout-method-record/1|" + ballot.text() + "\nmethods|" + offered + "\nsecond_factor|" + std::string(name(factor)) +
                      "\nmade_at|" + text(made_at) + "\n";
    for (const auto& answer : answers) out += "answer|" + answer.field + "|" + answer.text + "\n";
    return out;
}

} // namespace walkout::ballot
