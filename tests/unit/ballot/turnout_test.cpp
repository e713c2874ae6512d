#include "shared/ballot/turnout.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>

using namespace walkout::ballot;

namespace {

TurnoutAtom atom(const char* branch, const char* workplace, std::int64_t entitled, std::int64_t returned, const char* constituency = "all")
{
    return {constituency, branch, workplace, entitled, returned};
}

/// "12", or "-" where hidden.
std::string shown(const std::vector<TurnoutCell>& table, const std::string& name)
{
    const auto cell = std::ranges::find(table, name, &TurnoutCell::name);
    if (cell == table.end()) return "absent";
    return cell->returned ? std::to_string(*cell->returned) : "-";
}

std::vector<std::string> hidden(const std::vector<TurnoutCell>& table)
{
    std::vector<std::string> names;
    for (const auto& cell : table)
        if (!cell.returned) names.push_back(cell.name);
    return names;
}

using Names = std::vector<std::string>;

// ---- an adversary who knows everything but who returned: all sizes, all tables ----

using Returned = std::vector<std::int64_t>; ///< per atom

std::int64_t sum(const std::vector<TurnoutAtom>& atoms, const Returned& returned, std::string TurnoutAtom::*by, const std::string& name)
{
    std::int64_t total = 0;
    for (std::size_t i = 0; i < atoms.size(); ++i)
        if (atoms[i].*by == name) total += returned[i];
    return total;
}

bool agrees(const std::vector<TurnoutAtom>& atoms, const Returned& returned, const TurnoutTables& tables)
{
    const auto same = [&](const std::vector<TurnoutCell>& table, std::string TurnoutAtom::*by) {
        return std::ranges::all_of(table,
                                   [&](const TurnoutCell& cell) { return !cell.returned || sum(atoms, returned, by, cell.name) == *cell.returned; });
    };
    return same(tables.constituencies, &TurnoutAtom::constituency) && same(tables.branches, &TurnoutAtom::branch) &&
           same(tables.workplaces, &TurnoutAtom::workplace);
}

/// Tries every change of one return more or fewer in each atom. The tables are a network of whole-number flows, so where any other set of
/// returns agrees with them, one of these does.
template <class Visit> void for_each_alternative(const std::vector<TurnoutAtom>& atoms, const TurnoutTables& tables, Visit visit)
{
    std::size_t combinations = 1;
    for (std::size_t i = 0; i < atoms.size(); ++i) combinations *= 3;
    for (std::size_t code = 0; code < combinations; ++code) {
        Returned returned;
        bool possible = true;
        for (std::size_t i = 0, rest = code; i < atoms.size(); ++i, rest /= 3) {
            returned.push_back(atoms[i].returned + static_cast<std::int64_t>(rest % 3) - 1);
            possible = possible && returned[i] >= 0 && returned[i] <= atoms[i].entitled;
        }
        if (possible && agrees(atoms, returned, tables)) visit(returned);
    }
}

/// The hidden cells that only one value fits.
Names worked_out(const std::vector<TurnoutAtom>& atoms, const TurnoutTables& tables)
{
    std::map<std::string, bool> told;
    for (const auto& name : hidden(tables.branches)) told["branch " + name] = true;
    for (const auto& name : hidden(tables.workplaces)) told["workplace " + name] = true;
    Returned truth;
    for (const auto& a : atoms) truth.push_back(a.returned);
    for_each_alternative(atoms, tables, [&](const Returned& other) {
        for (const auto& name : hidden(tables.branches))
            if (sum(atoms, other, &TurnoutAtom::branch, name) != sum(atoms, truth, &TurnoutAtom::branch, name)) told["branch " + name] = false;
        for (const auto& name : hidden(tables.workplaces))
            if (sum(atoms, other, &TurnoutAtom::workplace, name) != sum(atoms, truth, &TurnoutAtom::workplace, name))
                told["workplace " + name] = false;
    });
    Names names;
    for (const auto& [name, only_one] : told)
        if (only_one) names.push_back(name);
    return names;
}

TurnoutTables all_hidden(TurnoutTables tables)
{
    for (auto* table : {&tables.branches, &tables.workplaces})
        for (auto& cell : *table) cell.returned = std::nullopt;
    return tables;
}

/// Everything published of one table over the days: a transport of returns from days to stretches, where a stretch is a branch between
/// two days on which it is shown, and the last day is "never". What a day and a stretch sum to is public; the flows between them are not.
/// A hidden figure has two possible values when one return of its stretch can change from a day up to that one to a later day, and others
/// change places in exchange.
class History {
public:
    History(const std::vector<TurnoutAtom>& atoms, const std::vector<Returned>& truth, const std::vector<TurnoutTables>& days)
        : days_(days.size() + 1)
    {
        for (std::size_t branch = 0; branch < atoms.size(); ++branch) {
            stretches_.push_back({branch, 0, {}});
            std::int64_t before = 0;
            for (std::size_t d = 0; d < days_; ++d) {
                const auto now = d < truth.size() ? truth[d][branch] : atoms[branch].entitled;
                stretches_.back().flow.push_back(now - before);
                before = now;
                if (d < days.size() && days[d].branches[branch].returned) stretches_.push_back({branch, d + 1, {}});
            }
        }
    }

    bool fits_two_values(std::size_t branch, std::size_t day) const
    {
        for (const auto& stretch : stretches_) {
            if (stretch.branch != branch || !stretch.covers(day) || !stretch.covers(day + 1)) continue;
            for (auto early = stretch.first; early <= day; ++early)
                for (auto late = day + 1; stretch.covers(late); ++late)
                    if ((stretch.at(late) > 0 && exchange(late, early, stretch)) || (stretch.at(early) > 0 && exchange(early, late, stretch)))
                        return true;
        }
        return false;
    }

private:
    struct Stretch {
        std::size_t branch;
        std::size_t first;
        std::vector<std::int64_t> flow; ///< per day from `first`
        bool covers(std::size_t day) const { return day >= first && day < first + flow.size(); }
        std::int64_t at(std::size_t day) const { return flow[day - first]; }
    };

    /// Other stretches can take one return on day `more` for one they give up on day `fewer`, over any number of exchanges.
    bool exchange(std::size_t more, std::size_t fewer, const Stretch& except) const
    {
        std::vector<bool> seen(days_);
        std::vector<std::size_t> waiting{more};
        seen[more] = true;
        while (!waiting.empty()) {
            const auto day = waiting.back();
            waiting.pop_back();
            if (day == fewer) return true;
            for (const auto& stretch : stretches_) {
                if (&stretch == &except || !stretch.covers(day)) continue;
                for (std::size_t next = 0; next < days_; ++next)
                    if (!seen[next] && stretch.covers(next) && stretch.at(next) > 0) {
                        seen[next] = true;
                        waiting.push_back(next);
                    }
            }
        }
        return false;
    }

    std::size_t days_;
    std::vector<Stretch> stretches_;
};

} // namespace

TEST_SUITE("turnout")
{
    TEST_CASE("a cell needs twenty entitled, ten returned and ten not returned")
    {
        CHECK(large_enough(20, 10));
        CHECK_FALSE(large_enough(19, 10));
        CHECK_FALSE(large_enough(20, 9));
        CHECK_FALSE(large_enough(20, 11));
        CHECK(large_enough(100, 90));
        CHECK_FALSE(large_enough(100, 91));
    }

    TEST_CASE("large cells are shown, and the constituency always is")
    {
        const std::vector atoms{atom("A", "a", 100, 50), atom("B", "b", 40, 20)};
        const auto tables = turnout_tables(atoms);
        CHECK(shown(tables.branches, "A") == "50");
        CHECK(shown(tables.workplaces, "b") == "20");
        CHECK(shown(tables.constituencies, "all") == "70");
    }

    TEST_CASE("where one cell is small the next smallest is hidden too, so that subtraction tells nothing")
    {
        const std::vector atoms{atom("A", "a", 100, 50), atom("B", "b", 19, 10), atom("C", "c", 60, 30), atom("D", "d", 50, 30)};
        const auto tables = turnout_tables(atoms);
        CHECK(hidden(tables.branches) == Names{"B", "D"});
        CHECK(shown(tables.branches, "A") == "50");
    }

    TEST_CASE("where two cells are small no third is hidden")
    {
        const std::vector atoms{atom("A", "a", 100, 50), atom("B", "b", 19, 10), atom("C", "c", 18, 9), atom("D", "d", 50, 30)};
        CHECK(hidden(turnout_tables(atoms).branches) == Names{"B", "C"});
    }

    TEST_CASE("workplaces of another constituency do not hide one: their constituencies' totals are public")
    {
        const std::vector atoms{atom("A", "a1", 100, 50, "x"), atom("A", "a2", 19, 10, "x"), atom("B", "b1", 18, 9, "y"),
                                atom("B", "b2", 60, 30, "y")};
        CHECK(hidden(turnout_tables(atoms).workplaces) == Names{"a1", "a2", "b1", "b2"});
    }

    TEST_CASE("a branch that is made of whole workplaces is protected across the two tables")
    {
        // Hidden by size: w1 in branch A and w3 in branch B. A - w2 would tell w1, and B - w4 would tell w3.
        const std::vector atoms{atom("A", "w1", 15, 8), atom("A", "w2", 60, 30), atom("B", "w3", 15, 7), atom("B", "w4", 70, 30),
                                atom("C", "w5", 80, 40)};
        const auto tables = turnout_tables(atoms);
        CHECK(worked_out(atoms, tables).empty());
        CHECK(hidden(tables.workplaces).size() + hidden(tables.branches).size() > 2);
    }

    TEST_CASE("a line that is all of a constituency is left out: the constituency's figure says it")
    {
        const std::vector atoms{atom("A", "a", 100, 50, "x"), atom("B", "b1", 40, 20, "y"), atom("C", "b2", 50, 20, "y")};
        const auto tables = turnout_tables(atoms);
        CHECK(shown(tables.workplaces, "a") == "absent");
        CHECK(shown(tables.branches, "A") == "absent");
        CHECK(shown(tables.branches, "B") == "20");
    }

    TEST_CASE("before anybody has returned every cell is hidden")
    {
        const std::vector atoms{atom("A", "a", 100, 0), atom("B", "b", 40, 0)};
        CHECK(hidden(turnout_tables(atoms).branches) == Names{"A", "B"});
    }

    TEST_CASE("a cell once shown and then hidden stays hidden")
    {
        const std::vector monday{atom("A", "a", 100, 80), atom("B", "b", 40, 20), atom("C", "c", 90, 40)};
        const std::vector tuesday{atom("A", "a", 100, 91), atom("B", "b", 40, 20), atom("C", "c", 90, 40)}; // A is nearly complete; B hides with it
        const std::vector wednesday{atom("A", "a", 100, 91), atom("B", "b", 40, 22), atom("C", "c", 90, 40)};
        std::vector<TurnoutTables> published{turnout_tables(monday)};
        CHECK(hidden(published[0].branches).empty());
        published.push_back(turnout_tables(tuesday, published));
        CHECK(hidden(published[1].branches) == Names{"A", "B"});
        published.push_back(turnout_tables(wednesday, published));
        CHECK(hidden(published[2].branches) == Names{"A", "B"});
    }

    TEST_CASE("solver: no hidden cell can be worked out from the three tables, in random small ballots")
    {
        int with_hidden_and_shown = 0;
        for (std::uint32_t seed = 0; seed < 400; ++seed) {
            CAPTURE(seed); // printed on failure: rerun with exactly this input
            std::mt19937 random(seed);
            const auto below = [&](unsigned bound) { return static_cast<std::int64_t>(random() % bound); };
            const char* const branches[] = {"A", "B", "C"};
            const char* const workplaces[] = {"v", "w", "x", "y"};
            const bool two = below(3) == 0;
            std::vector<TurnoutAtom> atoms;
            for (const auto* branch : branches)
                for (std::size_t w = 0; w < 4; ++w) {
                    if (below(3) == 0 || atoms.size() == 8) continue;
                    const auto entitled = 1 + below(60);
                    atoms.push_back(
                        atom(branch, workplaces[w], entitled, below(static_cast<unsigned>(entitled + 1)), two && w >= 2 ? "second" : "first"));
                }
            if (atoms.empty()) continue;
            const auto tables = turnout_tables(atoms);
            for (const auto* table : {&tables.branches, &tables.workplaces})
                for (const auto& cell : *table)
                    if (cell.returned) CHECK(large_enough(cell.entitled, *cell.returned));
            // What the constituencies' public boards tell, nothing here can hide.
            CHECK(worked_out(atoms, tables) == worked_out(atoms, all_hidden(tables)));
            const auto hidden_cells = hidden(tables.branches).size() + hidden(tables.workplaces).size();
            with_hidden_and_shown += hidden_cells > 0 && hidden_cells < tables.branches.size() + tables.workplaces.size() ? 1 : 0;
        }
        CHECK(with_hidden_and_shown > 100);
    }

    TEST_CASE("solver: over the days of a ballot every hidden branch keeps two possible values")
    {
        int hidden_days = 0;
        for (std::uint32_t seed = 0; seed < 300; ++seed) {
            CAPTURE(seed);
            std::mt19937 random(seed);
            const auto below = [&](unsigned bound) { return static_cast<std::int64_t>(random() % bound); };
            std::vector<TurnoutAtom> atoms{atom("A", "one", 15 + below(30), 0), atom("B", "one", 15 + below(40), 0),
                                           atom("C", "one", 15 + below(80), 0)};
            std::vector<TurnoutTables> days;
            std::vector<std::vector<std::int64_t>> truth;
            for (int published = 0; published < 5; ++published) {
                // A batch holds at least ten ballots, so totals move by at least ten or not at all.
                for (std::int64_t wanted = 10 + below(20); wanted > 0; --wanted) {
                    auto& a = atoms[static_cast<std::size_t>(below(3))];
                    if (a.returned < a.entitled) ++a.returned;
                }
                days.push_back(turnout_tables(atoms, days));
                truth.push_back({atoms[0].returned, atoms[1].returned, atoms[2].returned});
            }
            const History history(atoms, truth, days);
            for (std::size_t d = 0; d < days.size(); ++d) {
                const auto total = truth[d][0] + truth[d][1] + truth[d][2];
                if (total == atoms[0].entitled + atoms[1].entitled + atoms[2].entitled) continue; // everybody returned: the board says so
                for (std::size_t b = 0; b < 3; ++b)
                    if (!days[d].branches[b].returned) {
                        ++hidden_days;
                        CAPTURE(d);
                        CAPTURE(b);
                        CHECK(history.fits_two_values(b, d));
                    }
            }
        }
        CHECK(hidden_days > 500);
    }

    TEST_CASE("the distance to half of those entitled is counted in whole papers")
    {
        CHECK(distance_to(100, 0, 1, 2).needed == 50);
        CHECK(distance_to(101, 0, 1, 2).needed == 51);
        CHECK(distance_to(101, 50, 1, 2).still_needed == 1);
        CHECK(distance_to(101, 51, 1, 2).still_needed == 0);
        CHECK(distance_to(101, 80, 1, 2).still_needed == 0);
    }
}
