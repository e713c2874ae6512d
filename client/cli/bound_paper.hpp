#pragma once

#include "shared/ballot/voting_paper.hpp"
#include "shared/protocol/election.hpp"
#include "shared/wire/vote_messages.hpp"

namespace walkout::cli {

/// The voting paper whose record this is, if this election binds it by hash and says nothing else. Refuses with "paper_not_bound" any other.
Result<ballot::VotingPaper> bound_paper(std::string_view record, const protocol::Election& election);

/// The voting paper that this election binds by hash, and whose board key the server shows. Refuses with "paper_not_bound" any other.
Result<ballot::VotingPaper> bound_paper(const wire::VotingMaterial& material, const protocol::Election& election);

} // namespace walkout::cli
