#pragma once

#include "shared/base/result.hpp"
#include "shared/law/rule.hpp"
#include "shared/law/value.hpp"

#include <span>
#include <string>
#include <vector>

namespace walkout::law {

/// The table knows nothing of ballots opened before this day.
Date first_covered_day(); // 12 May 2006: the oldest text of the Act that law.md read

/// Law that is passed but for which no commencement could be verified. An official commences it on a running server.
enum class Provision {
    online,         ///< voting wholly over the internet (ERelA04 s.54; the Order of 2026)
    hybrid,         ///< post out, return by post or internet
    workplace,      ///< in person at or near work
    turnout_repeal, ///< ERA25 s.68: the end of the 50% test, of s.297A and of the figures that go with them
};

constexpr auto enum_names(Provision)
{
    return std::to_array<std::pair<Provision, std::string_view>>({{Provision::online, "online"},
                                                                  {Provision::hybrid, "hybrid"},
                                                                  {Provision::workplace, "workplace"},
                                                                  {Provision::turnout_repeal, "turnout_repeal"}});
}

/// Recorded on a server: the provision applies to ballots opened on or after `from`. Of two for one provision the later recorded counts.
struct Amendment {
    Provision provision = Provision::online;
    Date from{};
    std::string instrument; ///< "S.I. 2026/999": the statutory instrument that commences it

    /// Recorded after the ballot in question had opened: the rules that go by its opening day stay as they were.
    bool after_opening = false;
};

/// One rule that law.md could not verify, or that changed after it was written, as an official read it: it applies from `from` until the
/// next row of its line begins. Of two for one line and day the later recorded counts.
struct Setting {
    Jurisdiction jurisdiction = Jurisdiction::great_britain;
    Topic topic = Topic::statutory_statement;
    Date from{};
    Value value;
    std::string source;         ///< where it was read: "NI Order 1995 art 108(4), legislation.gov.uk, read 20 November 2026"
    bool after_opening = false; ///< as in Amendment
};

/// Refuses an amendment without an instrument, or dated before the provision can have been in force ("commencement_impossible").
Result<void> check(const Amendment& amendment);

/// Refuses a setting without a source, from a day not covered, of a kind its topic does not take ("setting_malformed"), of a rule that was
/// read in the enactment on that day ("rule_verified"), and of one that a commencement changes ("setting_is_commencement").
Result<void> check(const Setting& setting);

/// The table of law.md 1.1 and 1.11, as shipped or with what this server has recorded since.
class Rulebook {
public:
    explicit Rulebook(const std::vector<Amendment>& amendments = {}, const std::vector<Setting>& settings = {});

    /// Refuses a day before first_covered_day() with the code "not_covered". Every function of this room that can refuse asks it first.
    static Result<void> covers(Date day);

    /// The row that applies to a day; `day` is the date the topic's selector names. The day must be covered: it throws otherwise.
    const Rule& rule(Topic topic, Jurisdiction jurisdiction, Date day) const&;
    const Rule& rule(Topic topic, Jurisdiction jurisdiction, Date day) const&& = delete; // the row would die with its book

    /// The row that shapes the voting paper (voting_paper, statutory_statement): an older form stays right for a later opening day
    /// where the employer had its sample before the change (SI 2026/3 Sch 2 para 8(2)).
    const Rule& paper_rule(Topic topic, Jurisdiction jurisdiction, Date opening_day, std::optional<Date> sample_served) const;

    /// The first day on which the row no longer applies; empty for the present law.
    std::optional<Date> until(const Rule& rule) const;

    /// The day from which law that is passed or laid may have replaced this row, where no commencement is recorded here; empty where the
    /// row is certain. Say it to whoever relies on the row.
    std::optional<Date> unconfirmed_from(const Rule& rule) const;

    /// What an official may record with `law set`: rows that were not read in the enactment, with the day from which they can be replaced.
    std::vector<Rule> unverified(Jurisdiction jurisdiction, Date day) const;

    /// Every topic's row for a day, in the order of Topic.
    std::vector<Rule> on(Jurisdiction jurisdiction, Date day) const;

    /// All rows, sorted by topic, jurisdiction, from.
    std::span<const Rule> rows() const { return rows_; }

private:
    std::vector<Rule> rows_;
};

/// A refusal by one rule: Kind::unlawful with rule and source filled in. `earliest` is empty where no later date would help.
Refusal unlawful(const Rule& rule, std::string code, std::string detail, std::string next, std::optional<Date> earliest = std::nullopt);

} // namespace walkout::law
