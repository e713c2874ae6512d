#pragma once

#include "shared/ballot/voting_paper.hpp"

#include <string>
#include <string_view>

namespace walkout::protocol {

/// The voting-paper record: RFC 8785 canonical JSON (keys sorted, no blanks, shortest escapes), its texts in NFC because the plan was
/// refused otherwise. These bytes are published beside the archive; their SHA-256 is in every election description of the ballot.
std::string voting_paper_json(const ballot::VotingPaper& paper);

inline Digest voting_paper_hash(const ballot::VotingPaper& paper) { return sha256(voting_paper_json(paper)); }

/// Reads such a record. Refuses with code "voting_paper_record" anything but exactly the bytes voting_paper_json would write.
Result<ballot::VotingPaper> parse_voting_paper(std::string_view bytes);

} // namespace walkout::protocol
