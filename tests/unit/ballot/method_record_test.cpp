#include "shared/ballot/method_record.hpp"
#include "tests/unit/ballot/plans.hpp"

using namespace walkout;
using namespace walkout::ballot;

namespace {

const auto fields = law::text_fields(law::Document::method_record, law::Jurisdiction::great_britain, day("2026-10-01"));

std::vector<MethodAnswer> all_answered()
{
    std::vector<MethodAnswer> out;
    for (const auto& field : fields) out.push_back({std::string(field.name), "Said."});
    return out;
}

} // namespace

TEST_SUITE("method_record")
{
    TEST_CASE("ERelA04 s.54(10)(b): a statutory ballot by another means than post needs a record, others need none")
    {
        auto plan = plan_2026();
        CHECK_FALSE(needs_method_record(plan));
        plan.methods = {law::Method::post, law::Method::online};
        CHECK(needs_method_record(plan));
        plan.as_if_lawful = plan.methods; // a rehearsal practises it
        CHECK(needs_method_record(plan));
        plan.statutory = false;
        CHECK_FALSE(needs_method_record(plan));
    }

    TEST_CASE("ERelA04 s.54(12): opportunity, secrecy and fairness are asked for, and what the Order was not read for is marked")
    {
        for (const auto* wanted : {"factors", "opportunity", "secrecy", "fairness"}) {
            const auto field = std::ranges::find(fields, wanted, &law::TextField::name);
            REQUIRE(field != fields.end());
            CHECK(field->confidence == law::Confidence::high);
        }
        CHECK(std::ranges::any_of(fields, [](const law::TextField& field) { return field.confidence != law::Confidence::high; }));
        for (const auto& field : law::text_fields(law::Document::method_record, law::Jurisdiction::northern_ireland, day("2026-10-01")))
            CHECK(field.confidence == law::Confidence::low);
    }

    TEST_CASE("a record answers every field once, in one plain line, and nothing else")
    {
        CHECK(code(check_method_record(fields, all_answered())) == "accepted");
        const auto changed = [](auto change) {
            auto answers = all_answered();
            change(answers);
            return code(check_method_record(fields, answers));
        };
        CHECK(changed([](auto& answers) { answers.pop_back(); }) == "method_record_incomplete");
        CHECK(changed([](auto& answers) { answers.front().text.clear(); }) == "method_record_incomplete");
        CHECK(changed([](auto& answers) { answers.front().text = "two\nanswer|secrecy|lines"; }) == "method_record_incomplete");
        CHECK(changed([](auto& answers) { answers.push_back(answers.front()); }) == "method_record_incomplete");
        CHECK(changed([](auto& answers) { answers.push_back({"weather", "fair"}); }) == "method_record_incomplete");
        CHECK(changed([](auto& answers) { answers.front().text = std::string(4001, 'x'); }) == "method_record_incomplete");
    }

    TEST_CASE("what is signed names the ballot, the methods, the moment and each answer")
    {
        const std::vector methods{law::Method::post, law::Method::online};
        const std::vector<MethodAnswer> answers{{"secrecy", "Encrypted."}};
        CHECK(canonical_method_record(*BallotId::parse("a-1"), methods, SecondFactor::sign_in, at("2026-09-01T08:00:00Z"), answers) ==
              "walkout-method-record/1|a-1\nmethods|post,online\nsecond_factor|sign_in\nmade_at|2026-09-01T08:00:00Z\nanswer|secrecy|Encrypted.\n");
    }
}
