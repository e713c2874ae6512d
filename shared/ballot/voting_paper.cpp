#include "shared/ballot/voting_paper.hpp"

#include <algorithm>
#include <array>

namespace walkout::ballot {
namespace {

constexpr std::string_view binding = "walkout/1 one-ballot-per-credential paper=";

/// The words round the facts. Statutory words are never here: they are the Act's, in either language.
struct Labels {
    std::string_view paper, rehearsal, not_lawful, dispute, matters, question, types, periods, answer, scrutineer, address, before, called_by,
        consultative;
};
constexpr std::array<Labels, 2> labels{
    Labels{"VOTING PAPER", "REHEARSAL: this is not a real ballot.",
           "In a real ballot of this date it would not be lawful to vote by this method: ", "Trade dispute: ", "Matters in issue: ", "Question ",
           "Types of action: ", "Expected: ", "Answer Yes or No.", "Independent scrutineer: ", "Return to: ", "To arrive before: ",
           "Action may be called by: ", "This is a consultative ballot. It can give no mandate for industrial action."},
    Labels{"PAPUR PLEIDLEISIO", "YMARFER: nid pleidlais go iawn yw hon.",
           "Mewn pleidlais go iawn ar y dyddiad hwn ni fyddai'r dull hwn yn gyfreithlon: ", "Anghydfod diwydiannol: ", "Y materion dan sylw: ",
           "Cwestiwn ", "Mathau o weithredu: ", "Disgwylir: ", "Atebwch Yes (Ie) neu No (Na).", "Craffwr annibynnol: ", "Dychwelwch at: ",
           "I gyrraedd cyn: ", "Gellir galw'r gweithredu gan: ", "Pleidlais ymgynghorol yw hon. Ni all roi mandad ar gyfer gweithredu diwydiannol."}};

std::string when(WallTime wall, Language language)
{
    if (language == Language::en) return words(wall);
    constexpr std::array days{"dydd Sul", "dydd Llun", "dydd Mawrth", "dydd Mercher", "dydd Iau", "dydd Gwener", "dydd Sadwrn"};
    constexpr std::array months{"Ionawr",     "Chwefror", "Mawrth", "Ebrill", "Mai",      "Mehefin",
                                "Gorffennaf", "Awst",     "Medi",   "Hydref", "Tachwedd", "Rhagfyr"};
    const auto day = date::floor<Days>(wall);
    const date::year_month_day parts(day);
    return date::format("%H:%M, ", wall) + days[date::weekday(day).c_encoding()] + " " + std::to_string(static_cast<unsigned>(parts.day())) + " " +
           months[static_cast<unsigned>(parts.month()) - 1] + date::format(" %Y", day);
}

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
    if (!plan.dispute.matters.empty()) paper.matters = plan.dispute.matters;
    paper.questions = plan.questions;
    paper.scrutineer = plan.scrutineer.name;
    paper.return_address = plan.scrutineer.return_address;
    paper.return_by = closing_instant(plan);
    paper.zone = plan.zone;
    paper.called_by = plan.called_by.office;
    paper.board_key = facts.board_key;
    if (plan.statutory) {
        const auto rules = paper_form(book, plan, opening_day, facts.sample_served_on, facts.entitled);
        if (!rules) return rules.error();
        paper.statement = rules->statement;
        if (std::ranges::find(rules->fields, law::PaperField::scrutineer_name) == rules->fields.end()) paper.scrutineer = std::nullopt;
    }
    return paper;
}

std::vector<std::string> paper_lines(const VotingPaper& paper, Language language)
{
    const auto& say = labels[language == Language::en ? 0 : 1];
    const auto in_language = [&](const std::string& english, const std::optional<std::string>& welsh) {
        return language == Language::cy ? welsh.value_or(english) : english;
    };
    std::vector<std::string> lines;
    const auto line = [&](std::string_view label, const std::string& value) { lines.push_back(std::string(label) + value); };

    if (paper.rehearsal) line(say.rehearsal, "");
    for (const auto method : paper.not_lawful) line(say.not_lawful, std::string(name(method)) + ".");
    if (!paper.statutory) line(say.consultative, "");
    line(say.paper, "");
    line("", in_language(paper.title, paper.title_cy));
    line(say.dispute, paper.dispute);
    if (paper.matters) line(say.matters, *paper.matters);
    for (std::size_t i = 0; i < paper.questions.size(); ++i) {
        const auto& question = paper.questions[i];
        line(say.question, std::to_string(i + 1) + ": " + in_language(question.text, question.text_cy));
        if (question.types_of_action) line(say.types, joined(*question.types_of_action));
        if (question.expected_periods) line(say.periods, *question.expected_periods);
        line(say.answer, "");
    }
    if (paper.scrutineer) line(say.scrutineer, *paper.scrutineer);
    line(say.address, paper.return_address);
    line(say.before, when(Zone::find(paper.zone).value().wall(paper.return_by), language));
    line(say.called_by, paper.called_by);
    if (!paper.statement.empty()) line("", paper.statement);
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
