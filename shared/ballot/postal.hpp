#pragma once

#include "shared/ballot/plan.hpp"
#include "shared/base/random.hpp"

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace walkout::ballot {

// The postal channel (protocol.md 5.4): numbered papers, their returns, and their transcription by two people who key independently.

/// What becomes of a paper that came back. Everything recorded is kept; only `counts` is somebody's vote.
enum class PaperFate {
    counts,           ///< the first valid return of this member
    duplicate_online, ///< a vote online had been recorded before
    duplicate_paper,  ///< this paper, or another with its number, had been recorded before
    revoked,          ///< void: its number belongs to a voting code that was replaced or withdrawn
    unissued,         ///< void: its number belongs to a spare that is nobody's
    late,             ///< received at or after the closing instant
    mistaken          ///< recorded by a slip of the hand and taken back, with a reason
};
constexpr auto enum_names(PaperFate)
{
    return std::to_array<std::pair<PaperFate, std::string_view>>({{PaperFate::counts, "counts"},
                                                                  {PaperFate::duplicate_online, "duplicate_online"},
                                                                  {PaperFate::duplicate_paper, "duplicate_paper"},
                                                                  {PaperFate::revoked, "revoked"},
                                                                  {PaperFate::unissued, "unissued"},
                                                                  {PaperFate::late, "late"},
                                                                  {PaperFate::mistaken, "mistaken"}});
}
std::string_view in_words(PaperFate fate); ///< "counts", "a vote online had been recorded before", ...

struct ReturnFacts {
    bool revoked = false;  ///< the number's credential was replaced or withdrawn
    bool unissued = false; ///< its credential is a spare that nobody holds
    Instant received_at{};
    Instant closes{}; ///< the closing instant in law; itself too late
    bool paper_before = false;
    bool online_before = false;
};
/// A paper that is void stays void whenever it came; one that was late never is a duplicate.
PaperFate fate_of(const ReturnFacts& facts);

bool takes_votes_online(const BallotPlan& plan); ///< by its methods: online, or hybrid
/// What became of the voting papers of a ballot: for the scrutineer, and never how anybody voted.
struct PostalFigures {
    std::int64_t asked = 0;            ///< members who asked for a paper
    std::int64_t numbered = 0;         ///< voting papers that have a number, online or by post, spares too
    std::int64_t sent = 0;             ///< papers that left
    std::int64_t returned_by_post = 0; ///< papers that count
    std::int64_t returned_online = 0;  ///< votes online; with the papers that count, everybody who returned
    std::int64_t transcribed = 0;      ///< of the papers that count
    std::int64_t duplicates = 0;       ///< papers that came after a vote or a paper of the same member: kept, not counted
    std::int64_t revoked = 0;          ///< void: the paper had been replaced or withdrawn
    std::int64_t unissued = 0;         ///< void: a number that is nobody's
    std::int64_t late = 0;             ///< received at or after closing
    std::int64_t mistaken = 0;         ///< recorded by mistake and taken back
};

/// Whether papers go to everybody (post, hybrid) or, beside voting online, to those who asked or cannot be reached otherwise (law.md 2.3).
bool papers_to_everybody(const BallotPlan& plan);
/// Fewer days than first-class post needs for there and back (law.md 1.10: seven).
bool late_for_post(Instant now, Instant closes);

// ---- numbers ----

/// Draws the numbers of so many papers a constituency by lot: each constituency's are one series of consecutive whole numbers, the first from 1 and each
/// next one where the last ended (TULRCA s.229(1A)(c)), so that no number occurs twice in the ballot. By lot, because the credential that a number is
/// drawn for is published with its ballot: a number that followed any order would say whose ballot that is.
std::vector<std::vector<std::int64_t>> draw_paper_numbers(std::span<const std::size_t> papers, Random& random);
/// That they are such a numbering of so many papers a constituency. Refuses with "serials_rejected".
Result<void> check_paper_numbers(std::span<const std::size_t> papers, std::span<const std::vector<std::int64_t>> numbers);

/// What the code on a paper says: "autumn/17", so that a paper of another ballot is noticed.
std::string scanned_text(const BallotId& ballot, std::int64_t serial);
/// A line as typed ("17") or scanned ("autumn/17"). Refuses with "not_a_number", or "other_ballot" where it names one.
Result<std::int64_t> parse_serial(const BallotId& ballot, std::string_view line);
/// A batch, one a line; empty lines and those that begin with # say nothing. Refuses with the number of the first line that is wrong.
Result<std::vector<std::int64_t>> parse_serials(const BallotId& ballot, std::string_view lines);

// ---- transcription ----

enum class PaperAnswer { yes, no, blank }; ///< blank: left blank on purpose, or spoiled
constexpr auto enum_names(PaperAnswer)
{
    return std::to_array<std::pair<PaperAnswer, std::string_view>>(
        {{PaperAnswer::yes, "yes"}, {PaperAnswer::no, "no"}, {PaperAnswer::blank, "blank"}});
}
/// "yes", "y", "no", "n"; "blank", "b", "spoiled", "s". Capital letters or not.
std::optional<PaperAnswer> parse_answer(std::string_view text);

using Keyed = std::map<std::int64_t, std::vector<PaperAnswer>>; ///< by serial, an answer a question
/// "17,yes,no": a paper a line. Refuses with the number of the first line that is wrong, and never repeats an answer.
Result<Keyed> parse_keyed(const BallotId& ballot, std::size_t questions, std::string_view lines);

/// One person under two spellings: capitals and blanks around do not make another. ("Ann B" and "Ann C" are two.)
bool same_keyer(std::string_view one, std::string_view other);

/// What two people made of the same papers.
struct Agreement {
    std::vector<std::int64_t> agreed;   ///< keyed alike by both
    std::vector<std::int64_t> differ;   ///< keyed by both, not alike: both key them again
    std::vector<std::int64_t> one_only; ///< keyed by one of them so far
};
Agreement compare(const Keyed& first, const Keyed& second);

} // namespace walkout::ballot
