#include "client/cli/bound_paper.hpp"

#include "shared/protocol/voting_paper_json.hpp"

#include <algorithm>

namespace walkout::cli {

Result<ballot::VotingPaper> bound_paper(const wire::VotingMaterial& material, const protocol::Election& election)
{
    const auto bound = ballot::paper_hash_in(election.description);
    auto paper = protocol::parse_voting_paper(material.voting_paper);
    if (!paper) return paper.error();
    if (!bound || *bound != sha256(material.voting_paper) || paper->board_key != material.board_key)
        return Refusal{Kind::invalid, "paper_not_bound", "The voting paper shown is not the one this election binds.",
                       "Do not go on. Tell the scrutineer."};
    // The record binds the paper by hash; everything else in it must follow from the paper, or answers could be swapped under it.
    const auto text = ballot::election_text(*paper, *bound);
    const auto same_question = [](const protocol::Question& have, const ballot::ElectionText::Question& want) {
        return have.text == want.question && have.answers == want.answers && !have.blank && have.min == static_cast<unsigned>(want.min) &&
               have.max == static_cast<unsigned>(want.max);
    };
    if (election.name != text.name || election.description != text.description ||
        !std::ranges::equal(election.questions, text.questions, same_question))
        return Refusal{Kind::invalid, "paper_not_bound", "The election asks something else than its voting paper.",
                       "Do not go on. Tell the scrutineer."};
    return paper;
}

} // namespace walkout::cli
