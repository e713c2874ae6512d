#pragma once

#include "shared/ballot/catalogue.hpp"
#include "shared/ballot/plan.hpp"
#include "shared/crypto/hash.hpp"
#include "shared/law/mandate.hpp"
#include "shared/law/outcome.hpp"

#include <span>

namespace walkout::ballot {

/// What a constituency's verified archive and roll give for one question. yes + no + blank == cast.
struct Tally {
    std::int64_t yes = 0;
    std::int64_t no = 0;
};
struct ConstituencyCount {
    ConstituencyId id;
    std::string name;
    std::int64_t entitled = 0;    ///< the revision in force at closing, without overseas members
    std::int64_t overseas = 0;    ///< overseas members on that revision
    std::int64_t cast = 0;        ///< voting papers returned: ballots in the tally
    std::vector<Tally> questions; ///< as the plan's
};

/// The mandate a supported question gives.
struct Mandate {
    ConstituencyId constituency;
    QuestionKind kind = QuestionKind::strike;
    Date date_of_ballot{};
    law::Limit limit = law::Limit::expires_end_of; ///< what last_day means
    Date last_day{};                               ///< action must begin by, or the mandate expires at the end of, this day
    std::optional<Date> extendable_to{};           ///< the last day union and employer may agree instead
};

struct QuestionResult {
    QuestionKind kind = QuestionKind::strike;
    std::string text;
    std::int64_t yes = 0, no = 0;
    std::int64_t spoiled = 0; ///< blank for this question, deliberately or otherwise invalid
    law::Outcome outcome;     ///< every test with its integers
    std::optional<Mandate> mandate;
    std::string reason;                     ///< why there is no mandate, in one sentence; empty where there is one
    Phrase why = Phrase::reason_thresholds; ///< the same as a phrase of the catalogue; means nothing where there is a mandate
};

struct ConstituencyResult {
    ConstituencyId id;
    std::string name;
    std::int64_t entitled = 0, overseas = 0, cast = 0;
    std::vector<QuestionResult> questions;
    std::vector<law::Warning> warnings; ///< tiny, unanimous, bases_differ
};

struct BallotResult {
    BallotId ballot = *BallotId::parse("unnamed");
    Date opening_day{};
    Date date_of_ballot{};
    std::vector<ConstituencyResult> constituencies;
    bool any_mandate() const;
};

/// Judges every constituency and question alone. Refuses figures that cannot be (figures_do_not_add_up).
Result<BallotResult> judge(const law::Rulebook& book, const BallotPlan& plan, Date opening_day, Date date_of_ballot,
                           std::span<const ConstituencyCount> counts);

/// The text two people sign to declare, one fact a line, and its hash.
std::string canonical_result(const BallotResult& result);
Digest result_hash(const BallotResult& result);

/// The mandate, or why there is none, in one sentence of the language.
std::string outcome_words(const QuestionResult& question, Language language);
/// A test's subject, such as "the turnout threshold".
std::string test_words(const law::Test& test, Language language);
/// A warning of this constituency; in English as it stands.
std::string warning_words(const ConstituencyResult& result, const law::Warning& warning, Language language);

std::vector<std::string> result_lines(const BallotPlan& plan, const BallotResult& result); ///< for a person

} // namespace walkout::ballot
