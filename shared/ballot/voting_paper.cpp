#include "shared/ballot/voting_paper.hpp"

#include <algorithm>

namespace walkout::ballot {
namespace {

constexpr std::string_view binding = "walkout/1 one-ballot-per-credential paper=";

std::string joined(const std::vector<std::string>& items)
{
    std::string out;
    for (const auto& item : items) out += (out.empty() ? "" : "; ") + item;
    return out;
}

const char* missing_words(const BallotPlan& plan, law::PaperField field)
{
    const auto any = [&](auto lacks) { return std::ranges::any_of(plan.questions, lacks); };
    if (field == law::PaperField::dispute_summary && plan.dispute.matters.empty()) return "a summary of the matters in issue";
    if (field == law::PaperField::short_action_types &&
        any([](const Question& q) { return q.kind == QuestionKind::action_short && q.types_of_action.value_or(std::vector<std::string>{}).empty(); }))
        return "the types of action short of a strike";
    if (field == law::PaperField::expected_periods && any([](const Question& q) { return q.expected_periods.value_or("").empty(); }))
        return "the periods in which the action is expected to take place";
    return nullptr;
}

/// A paper has the fields that the law of its date lists, and no others, whatever else the planner wrote down.
void keep_only(VotingPaper& paper, const law::PaperFields& fields)
{
    const auto listed = [&](law::PaperField field) { return std::ranges::find(fields, field) != fields.end(); };
    if (!listed(law::PaperField::scrutineer_name)) paper.scrutineer = std::nullopt;
    if (!listed(law::PaperField::dispute_summary)) paper.matters = paper.matters_cy = std::nullopt;
    for (auto& question : paper.questions) {
        if (!listed(law::PaperField::short_action_types)) question.types_of_action = question.types_of_action_cy = std::nullopt;
        if (!listed(law::PaperField::expected_periods)) question.expected_periods = question.expected_periods_cy = std::nullopt;
    }
}

} // namespace

Result<law::PaperRules> paper_form(const law::Rulebook& book, const BallotPlan& plan, Date opening_day, std::optional<Date> sample_served,
                                   std::int64_t entitled)
{
    auto rules = law::paper_rules(book, plan.jurisdiction, opening_day, sample_served, entitled);
    if (!rules) return rules;
    for (const auto field : rules->fields)
        if (const auto* what = missing_words(plan, field))
            return law::unlawful(book.paper_rule(law::Topic::voting_paper, plan.jurisdiction, opening_day, sample_served), "paper_field_missing",
                                 std::string("The voting paper of this date must carry ") + what + ".", "Add it to the plan.");
    return rules;
}

Result<VotingPaper> voting_paper(const law::Rulebook& book, const BallotPlan& plan, const PaperFacts& facts)
{
    const auto opening_day = date::floor<Days>(plan.opens);
    VotingPaper paper;
    paper.ballot = plan.id;
    paper.title = plan.title;
    paper.title_cy = plan.title_cy;
    paper.jurisdiction = plan.jurisdiction;
    paper.statutory = plan.statutory;
    paper.rehearsal = facts.rehearsal;
    paper.methods = plan.methods;
    for (const auto method : plan.methods)
        if (plan.pretends_lawful(method) && !law::check_method(book, plan.jurisdiction, opening_day, method)) paper.not_lawful.push_back(method);
    paper.dispute = plan.dispute.title;
    paper.dispute_cy = plan.dispute.title_cy;
    if (!plan.dispute.matters.empty()) paper.matters = plan.dispute.matters;
    if (paper.matters) paper.matters_cy = plan.dispute.matters_cy;
    paper.questions = plan.questions;
    paper.scrutineer = plan.scrutineer.name;
    paper.return_address = plan.scrutineer.return_address;
    paper.return_by = closing_instant(plan);
    paper.zone = plan.zone;
    paper.called_by = plan.called_by.office;
    paper.called_by_cy = plan.called_by.office_cy;
    paper.board_key = facts.board_key;
    if (plan.statutory) {
        const auto rules = paper_form(book, plan, opening_day, facts.sample_served_on, facts.entitled);
        if (!rules) return rules.error();
        paper.statement = rules->statement;
        keep_only(paper, rules->fields);
    }
    return paper;
}

std::vector<std::string> paper_lines(const VotingPaper& paper, Language language)
{
    const auto in_language = [&](const auto& english, const auto& welsh) { return language == Language::cy ? welsh.value_or(english) : english; };
    std::vector<std::string> lines;
    const auto line = [&](Phrase phrase, std::initializer_list<std::pair<std::string_view, std::string>> values = {}) {
        lines.push_back(say(language, phrase, values));
    };

    if (paper.rehearsal) line(Phrase::paper_rehearsal);
    for (const auto method : paper.not_lawful) line(Phrase::paper_not_lawful, {{"method", std::string(name(method))}});
    if (!paper.statutory) line(Phrase::paper_consultative);
    line(Phrase::paper);
    lines.push_back(in_language(paper.title, paper.title_cy));
    line(Phrase::paper_dispute, {{"dispute", in_language(paper.dispute, paper.dispute_cy)}});
    if (paper.matters) line(Phrase::paper_matters, {{"matters", in_language(*paper.matters, paper.matters_cy)}});
    for (std::size_t i = 0; i < paper.questions.size(); ++i) {
        const auto& question = paper.questions[i];
        line(Phrase::paper_question, {{"number", std::to_string(i + 1)}, {"question", in_language(question.text, question.text_cy)}});
        if (question.types_of_action)
            line(Phrase::paper_types, {{"types", joined(in_language(*question.types_of_action, question.types_of_action_cy))}});
        if (question.expected_periods)
            line(Phrase::paper_periods, {{"periods", in_language(*question.expected_periods, question.expected_periods_cy)}});
        line(Phrase::paper_answer);
    }
    if (paper.scrutineer) line(Phrase::paper_scrutineer, {{"scrutineer", *paper.scrutineer}});
    line(Phrase::paper_return_to, {{"address", paper.return_address}});
    line(Phrase::paper_arrive_before, {{"when", words_in(language, Zone::find(paper.zone).value().wall(paper.return_by))}});
    line(Phrase::paper_called_by, {{"office", in_language(paper.called_by, paper.called_by_cy)}});
    if (!paper.statement.empty()) lines.push_back(paper.statement);
    return lines;
}

ElectionText election_text(const VotingPaper& paper, const Digest& paper_hash)
{
    ElectionText text{(paper.rehearsal ? "REHEARSAL: " : "") + paper.title, "", {}};
    for (const auto language : {Language::en, Language::cy})
        for (const auto& line : paper_lines(paper, language)) text.description += line + "\n";
    text.description += std::string(binding) + hex(paper_hash);
    for (const auto& question : paper.questions) text.questions.push_back({question.text, {"Yes", "No"}});
    return text;
}

std::optional<Digest> paper_hash_in(std::string_view description)
{
    const auto last = description.substr(description.rfind('\n') + 1); // npos + 1 == 0: the only line
    if (!last.starts_with(binding)) return std::nullopt;
    const auto bytes = from_hex(last.substr(binding.size()));
    Digest digest;
    if (!bytes || bytes->size() != digest.size()) return std::nullopt;
    std::ranges::copy(*bytes, digest.begin());
    return digest;
}

} // namespace walkout::ballot
