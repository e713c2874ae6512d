#pragma once

#include "shared/ballot/catalogue.hpp"
#include "shared/ballot/plan.hpp"
#include "shared/crypto/hash.hpp"
#include "shared/law/paper.hpp"

namespace walkout::ballot {

/// What is true of every voting paper of a ballot, and nothing of any voter: no serials, names or addresses (protocol.md section 0).
/// Its canonical JSON (shared/protocol/voting_paper_json.hpp) is hashed into every election description, so every proof binds it.
struct VotingPaper {
    BallotId ballot = *BallotId::parse("unnamed");
    std::string title;
    std::optional<std::string> title_cy;
    law::Jurisdiction jurisdiction = law::Jurisdiction::great_britain;
    bool statutory = true;
    bool rehearsal = false;
    std::vector<law::Method> methods;
    std::vector<law::Method> not_lawful; ///< methods used as if lawful, in a rehearsal
    std::string dispute;
    std::optional<std::string> dispute_cy{};
    std::optional<std::string> matters; ///< s.229(2B); absent where the law of the date does not ask for it
    std::optional<std::string> matters_cy{};
    std::vector<Question> questions;       ///< types of action and expected periods likewise only where the law of the date asks (s.229(2C), (2D))
    std::optional<std::string> scrutineer; ///< absent where 50 or fewer are entitled (s.226C)
    std::string return_address;
    Instant return_by{}; ///< the closing instant as first planned; an extension is a signed addendum
    std::string zone;
    std::string called_by;
    std::optional<std::string> called_by_cy{};
    std::string statement; ///< s.229(4), verbatim; empty on a consultative ballot
    std::string board_key; ///< the board's Ed25519 public key, 64 hex digits
    friend bool operator==(const VotingPaper&, const VotingPaper&) = default;
};

/// What the paper must carry and say by the rules of its dates. Refuses what law refuses, and paper_field_missing where the plan lacks a
/// field.
Result<law::PaperRules> paper_form(const law::Rulebook& book, const BallotPlan& plan, Date opening_day, std::optional<Date> sample_served,
                                   std::int64_t entitled);

struct PaperFacts {
    bool rehearsal = false;
    std::int64_t entitled = 0;            ///< in all ballots of the dispute: the scrutineer is named above 50 (s.226C)
    std::optional<Date> sample_served_on; ///< the earliest day an employer received the sample paper: selects the form on 18 February 2026
    std::string board_key{};
};
/// The paper the rules of the ballot's dates require, or what paper_form refuses.
Result<VotingPaper> voting_paper(const law::Rulebook& book, const BallotPlan& plan, const PaperFacts& facts);

/// The paper in plain lines, as printed, shown and bound. Statutory words stay as enacted in either language.
std::vector<std::string> paper_lines(const VotingPaper& paper, Language language);

/// What goes into the election record of protocol.md 2.4.
struct ElectionText {
    std::string name;
    std::string description; ///< both languages' lines, ending "walkout/1 one-ballot-per-credential paper=<sha256 hex>"
    struct Question {
        std::string question;
        std::vector<std::string> answers; ///< "Yes", "No": 0 to 1 chosen, 0 is the deliberately blank paper
        int min = 0;
        int max = 1;
    };
    std::vector<Question> questions;
};
ElectionText election_text(const VotingPaper& paper, const Digest& paper_hash);

/// The last line of a description names the paper; nullopt where it does not.
std::optional<Digest> paper_hash_in(std::string_view description);

} // namespace walkout::ballot
