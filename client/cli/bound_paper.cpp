#include "client/cli/bound_paper.hpp"

#include "shared/protocol/voting_paper_json.hpp"

#include <algorithm>

namespace walkout::cli {
namespace {

Refusal not_bound(const char* why) { return Refusal{Kind::invalid, "paper_not_bound", why, "Do not go on. Tell the scrutineer."}; }

} // namespace

Result<ballot::VotingPaper> bound_paper(std::string_view record, const protocol::Election& election)
{
    const auto bound = ballot::paper_hash_in(election.description);
    if (!bound || *bound != sha256(record)) return not_bound("The voting paper shown is not the one this election binds.");
    auto paper = protocol::parse_voting_paper(record);
    if (!paper) return paper.error();
    // The record binds the paper by hash; everything else in it must follow from the paper, or answers could be swapped under it.
    const auto text = ballot::election_text(*paper, *bound);
    const auto same_question = [](const protocol::Question& have, const ballot::ElectionText::Question& want) {
        return have.text == want.question && have.answers == want.answers && !have.blank && have.min == static_cast<unsigned>(want.min) &&
               have.max == static_cast<unsigned>(want.max);
    };
    if (election.name != text.name || election.description != text.description ||
        !std::ranges::equal(election.questions, text.questions, same_question))
        return not_bound("The election asks something else than its voting paper.");
    return paper;
}

Result<ballot::VotingPaper> bound_paper(const wire::VotingMaterial& material, const protocol::Election& election)
{
    auto paper = bound_paper(material.voting_paper, election);
    if (paper && paper->board_key != material.board_key) return not_bound("The board's key is not the one on the voting paper.");
    return paper;
}

} // namespace walkout::cli
