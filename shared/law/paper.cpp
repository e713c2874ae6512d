#include "shared/law/paper.hpp"

#include <algorithm>
#include <iterator>

namespace walkout::law {

Result<PaperRules> paper_rules(const Rulebook& book, Jurisdiction jurisdiction, Date opening_day, std::optional<Date> sample_served,
                               std::int64_t entitled)
{
    if (const auto covered = Rulebook::covers(opening_day); !covered) return covered.error();
    const auto& statement = book.paper_rule(Topic::statutory_statement, jurisdiction, opening_day, sample_served);
    const auto* words_of_act = value_of<Statement>(statement);
    if (words_of_act == nullptr)
        return unlawful(statement, "law_not_verified",
                        "The words of the statement that a voting paper must carry in " + std::string(country(jurisdiction)) +
                            " are not in Walkout's table.",
                        "Walkout will not guess them. Take them from the enactment with a lawyer, and have an official record them: walkout law set "
                        "statutory_statement --jurisdiction " +
                            std::string(name(jurisdiction)) + " --from DATE --file STATEMENT --source ENACTMENT.");

    const auto& paper = book.paper_rule(Topic::voting_paper, jurisdiction, opening_day, sample_served);
    PaperRules out{.fields = {}, .statement = *words_of_act, .source = source_of(paper)};
    const bool small = !scrutineer_needed(book, jurisdiction, opening_day, entitled);
    std::ranges::copy_if(std::get<PaperFields>(paper.value), std::back_inserter(out.fields),
                         [&](PaperField field) { return !(small && field == PaperField::scrutineer_name); });
    return out;
}

bool scrutineer_needed(const Rulebook& book, Jurisdiction jurisdiction, Date opening_day, std::int64_t entitled)
{
    return entitled > std::get<Count>(book.rule(Topic::scrutineer, jurisdiction, opening_day).value).number;
}

} // namespace walkout::law
