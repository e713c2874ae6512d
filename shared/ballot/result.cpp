#include "shared/ballot/result.hpp"

#include <algorithm>
#include <numeric>

namespace walkout::ballot {
namespace {

std::string why_not(const law::Outcome& outcome)
{
    std::string out;
    for (const auto& test : outcome.tests)
        if (test.binding && !test.met) out += (out.empty() ? "Not met: " : "; ") + test.asks + " (" + test.answer() + ")";
    return out + ".";
}

Result<QuestionResult> judge_question(const law::Rulebook& book, const BallotPlan& plan, Date opening_day, Date date_of_ballot,
                                      const ConstituencyCount& count, std::size_t index)
{
    const auto& question = plan.questions[index];
    const auto& tally = count.questions[index];
    QuestionResult out{question.kind, question.text, tally.yes, tally.no, count.cast - tally.yes - tally.no, {}, std::nullopt, ""};
    // Overseas members have a constituency of their own, whose entitled figure is therefore 0. No test of the law is put to their votes (s.232).
    if (count.entitled == 0) {
        out.why = Phrase::reason_overseas;
        out.reason = say(Language::en, out.why);
        return out;
    }
    const auto outcome =
        law::judge(book, plan.jurisdiction, opening_day, {.entitled = count.entitled, .yes = out.yes, .no = out.no, .spoiled = out.spoiled},
                   plan.important_public_service.value_or(false));
    if (!outcome) return outcome.error();
    out.outcome = *outcome;
    if (!plan.statutory) out.why = Phrase::reason_consultative;
    else if (outcome->supported) {
        const auto mandate = law::mandate(book, plan.jurisdiction, opening_day, date_of_ballot);
        if (!mandate) return mandate.error();
        out.mandate = Mandate{count.id, question.kind, date_of_ballot, mandate->limit, mandate->day, mandate->extendable_to};
    }
    if (!out.mandate) out.reason = out.why == Phrase::reason_thresholds ? why_not(*outcome) : say(Language::en, out.why);
    return out;
}

bool unanimous(const ConstituencyResult& result)
{
    return result.cast > 0 && std::ranges::any_of(result.questions, [&](const QuestionResult& q) {
               return std::max({q.yes, q.no, q.spoiled}) == result.cast;
           });
}

std::vector<law::Warning> warnings_for(const ConstituencyResult& result)
{
    std::vector<law::Warning> out;
    if (result.entitled + result.overseas < 20)
        out.push_back({"tiny", say(Language::en, Phrase::warning_tiny, {{"people", std::to_string(result.entitled + result.overseas)}}), ""});
    if (unanimous(result)) out.push_back({"unanimous", say(Language::en, Phrase::warning_unanimous), ""});
    for (const auto& question : result.questions)
        for (const auto& warning : question.outcome.warnings) out.push_back({"bases_differ", warning, "TULRCA ss.226(2)(a)(iii), 297A"});
    return out;
}

/// Impossible figures mean a broken count, never a person's slip: say so before the law is asked.
bool adds_up(const BallotPlan& plan, const ConstituencyCount& count)
{
    return count.questions.size() == plan.questions.size() && count.cast >= 0 && count.cast <= count.entitled + count.overseas &&
           std::ranges::all_of(count.questions, [&](Tally t) { return t.yes >= 0 && t.no >= 0 && t.yes + t.no <= count.cast; });
}

std::string figures(const QuestionResult& q)
{
    return "Yes " + std::to_string(q.yes) + ", No " + std::to_string(q.no) + ", blank or spoiled " + std::to_string(q.spoiled);
}

std::string canonical_question(const ConstituencyResult& constituency, const QuestionResult& q)
{
    const auto number = [](std::int64_t value) { return std::to_string(value); };
    auto line = "question|" + constituency.id.text() + "|" + std::string(name(q.kind)) + "|yes=" + number(q.yes) + "|no=" + number(q.no) +
                "|spoiled=" + number(q.spoiled) + "|supported=" + (q.outcome.supported ? "yes" : "no") + "|mandate=";
    return line + (q.mandate ? std::string(name(q.mandate->limit)) + " " + text(q.mandate->last_day) : "none");
}

} // namespace

bool BallotResult::any_mandate() const
{
    return std::ranges::any_of(constituencies, [](const ConstituencyResult& c) {
        return std::ranges::any_of(c.questions, [](const QuestionResult& q) { return q.mandate.has_value(); });
    });
}

Result<BallotResult> judge(const law::Rulebook& book, const BallotPlan& plan, Date opening_day, Date date_of_ballot,
                           std::span<const ConstituencyCount> counts)
{
    BallotResult result{plan.id, opening_day, date_of_ballot, {}};
    for (const auto& count : counts) {
        if (!adds_up(plan, count))
            return Refusal{Kind::invalid, "figures_do_not_add_up", "The figures of " + count.name + " cannot be right.",
                           "Verify its archive before anything else."};
        ConstituencyResult constituency{count.id, count.name, count.entitled, count.overseas, count.cast, {}, {}};
        for (std::size_t i = 0; i < plan.questions.size(); ++i) {
            auto question = judge_question(book, plan, opening_day, date_of_ballot, count, i);
            if (!question) return question.error();
            constituency.questions.push_back(std::move(*question));
        }
        constituency.warnings = warnings_for(constituency);
        result.constituencies.push_back(std::move(constituency));
    }
    return result;
}

std::string canonical_result(const BallotResult& result)
{
    std::string out =
        "walkout-result/1|" + result.ballot.text() + "|opened=" + text(result.opening_day) + "|ballot=" + text(result.date_of_ballot) + "\n";
    for (const auto& c : result.constituencies) {
        out += "constituency|" + c.id.text() + "|entitled=" + std::to_string(c.entitled) + "|overseas=" + std::to_string(c.overseas) +
               "|cast=" + std::to_string(c.cast) + "\n";
        for (const auto& question : c.questions) out += canonical_question(c, question) + "\n";
    }
    return out;
}

Digest result_hash(const BallotResult& result) { return sha256(canonical_result(result)); }

std::string test_words(const law::Test& test, Language language)
{
    if (language == Language::en) return test.asks;
    if (test.topic == law::Topic::turnout_threshold) return say(language, Phrase::need_turnout);
    if (test.topic == law::Topic::support_threshold) return say(language, Phrase::need_support);
    return say(language, test.binding ? Phrase::need_majority : Phrase::need_majority_of_valid);
}

std::string outcome_words(const QuestionResult& question, Language language)
{
    if (question.mandate) {
        const auto phrase = question.mandate->limit == law::Limit::begin_by ? Phrase::mandate_begin_by : Phrase::mandate_until;
        return say(language, phrase, {{"day", words_in(language, question.mandate->last_day)}});
    }
    auto reason = question.reason;
    if (language != Language::en) {
        std::string tests;
        for (const auto& test : question.outcome.tests)
            if (test.binding && !test.met) tests += (tests.empty() ? "" : "; ") + test_words(test, language) + " (" + test.sum + ")";
        reason = question.why == Phrase::reason_thresholds ? say(language, question.why, {{"tests", tests}}) : say(language, question.why);
    }
    return say(language, Phrase::no_mandate, {{"reason", reason}});
}

std::string warning_words(const ConstituencyResult& result, const law::Warning& warning, Language language)
{
    if (language == Language::en) return warning.detail;
    if (warning.code == "tiny") return say(language, Phrase::warning_tiny, {{"people", std::to_string(result.entitled + result.overseas)}});
    if (warning.code == "unanimous") return say(language, Phrase::warning_unanimous);
    if (warning.code == "bases_differ") return say(language, Phrase::warning_bases_differ);
    return warning.detail;
}

std::vector<std::string> result_lines(const BallotPlan& plan, const BallotResult& result)
{
    std::vector<std::string> lines{plan.title, "Date of the ballot: " + words(result.date_of_ballot)};
    for (const auto& c : result.constituencies) {
        lines.push_back(c.name + ": " + std::to_string(c.entitled) + " entitled" +
                        (c.overseas > 0 ? ", " + std::to_string(c.overseas) + " members overseas, who are no part of that figure" : "") + ", " +
                        std::to_string(c.cast) + " returned");
        for (const auto& question : c.questions) {
            lines.push_back("  " + question.text);
            lines.push_back("    " + figures(question));
            if (const auto shares = law::yes_in_percent({.entitled = {}, .yes = question.yes, .no = question.no, .spoiled = question.spoiled});
                !shares.empty())
                lines.push_back("    " + shares);
            for (const auto& test : question.outcome.tests)
                lines.push_back("    " + test.asks + ": " + test.answer() + (test.binding ? "" : " (for comparison)"));
            lines.push_back("    " + outcome_words(question, Language::en));
        }
        for (const auto& warning : c.warnings) lines.push_back("  Note: " + warning.detail);
    }
    return lines;
}

} // namespace walkout::ballot
