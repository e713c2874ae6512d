#pragma once

#include "shared/ballot/plan.hpp"
#include "shared/law/text_fields.hpp"

#include <span>
#include <string>
#include <vector>

namespace walkout::ballot {

// The choice-of-method record: nobody may choose a means of voting other than post without having taken the law's factors into account
// (ERelA04 s.54(10)(b)), so the choice is written down and signed before the ballot opens.

/// One field of law::text_fields(Document::method_record, ...) and what its maker says of it.
struct MethodAnswer {
    std::string field;
    std::string text; ///< one plain line
    friend bool operator==(const MethodAnswer&, const MethodAnswer&) = default;
};

/// Whether the ballot may not open without one: a statutory ballot that offers a method other than post.
bool needs_method_record(const BallotPlan& plan);

/// Every field answered once, in the law's order, and nothing else. Refuses method_record_incomplete and names the field.
Result<void> check_method_record(std::span<const law::TextField> fields, std::span<const MethodAnswer> answers);

/// What is signed: "walkout-method-record/1|<ballot>", the methods, the second factor, when and each answer, a line each.
std::string canonical_method_record(const BallotId& ballot, std::span<const law::Method> methods, SecondFactor factor, Instant made_at,
                                    std::span<const MethodAnswer> answers);

} // namespace walkout::ballot
