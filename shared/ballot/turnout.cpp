#include "shared/ballot/turnout.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>

namespace walkout::ballot {
namespace {

/// The three tables as one network: every return flows from its branch through its workplace into its constituency.
///
///     all ──branch cell──▶ branch ──atom──▶ workplace ──workplace cell──▶ constituency (whose total is public)
///
/// A shown cell fixes the flow on its edge. A hidden cell can be worked out exactly when no other flow agrees with everything shown, that
/// is, when no cycle of unfixed edges with room runs through its edge. Flows are whole numbers, so this is exact.
class Network {
public:
    struct Edge {
        std::size_t from, to;
        std::int64_t flow = 0, capacity = 0; ///< returned and entitled
        bool fixed = false;
    };

    std::size_t node()
    {
        edges_at_.emplace_back();
        return edges_at_.size() - 1;
    }
    std::size_t edge(std::size_t from, std::size_t to)
    {
        edges_.push_back({from, to});
        for (const auto end : {from, to}) edges_at_[end].push_back(edges_.size() - 1);
        return edges_.size() - 1;
    }
    Edge& operator[](std::size_t index) { return edges_[index]; }
    const Edge& operator[](std::size_t index) const { return edges_[index]; }

    /// Whether some other flow, equal on all fixed edges, differs on this one. `any_data`: whether it could, had other people returned.
    bool may_differ(std::size_t index, bool any_data = false) const
    {
        const auto& edge = edges_[index];
        const bool more = any_data || edge.flow < edge.capacity;
        const bool fewer = any_data || edge.flow > 0;
        return (more && reaches(edge.to, edge.from, index, any_data)) || (fewer && reaches(edge.from, edge.to, index, any_data));
    }

private:
    /// Along edges where one more return, or backwards where one fewer, may go.
    bool reaches(std::size_t start, std::size_t goal, std::size_t without, bool any_data) const
    {
        std::vector<bool> seen(edges_at_.size());
        std::vector<std::size_t> waiting{start};
        seen[start] = true;
        while (!waiting.empty()) {
            const auto at = waiting.back();
            waiting.pop_back();
            if (at == goal) return true;
            for (const auto i : edges_at_[at]) {
                const auto& edge = edges_[i];
                const auto next = edge.from == at ? edge.to : edge.from;
                const bool room = any_data || (edge.from == at ? edge.flow < edge.capacity : edge.flow > 0);
                if (i == without || edge.fixed || !room || seen[next]) continue;
                seen[next] = true;
                waiting.push_back(next);
            }
        }
        return false;
    }

    std::vector<Edge> edges_;
    std::vector<std::vector<std::size_t>> edges_at_; ///< by node
};

/// A line of the branch or workplace table while it is being decided.
struct Line {
    std::string name{};
    std::size_t edge = 0;
    std::string partition{}; ///< cells whose sum is public: a constituency's workplaces; the whole ballot's branches
    bool hidden = false;
    bool known = false; ///< constituencies' totals tell it, whatever is hidden: nobody or everybody returned
};

class Publication {
public:
    Publication(std::span<const TurnoutAtom> atoms, std::span<const TurnoutTables> earlier)
    {
        const auto all = network_.node();
        std::map<std::string, std::size_t> branch_nodes, workplace_nodes, constituency_nodes, branch_edges, workplace_edges;
        std::map<std::string, std::string> homes;
        const auto node_of = [&](auto& nodes, const std::string& name) {
            const auto [at, fresh] = nodes.try_emplace(name, 0);
            if (fresh) at->second = network_.node();
            return at->second;
        };
        const auto edge_of = [&](auto& edges, std::vector<Line>& table, Line line, std::size_t from, std::size_t to) {
            const auto [at, fresh] = edges.try_emplace(line.name, 0);
            if (fresh) {
                line.edge = at->second = network_.edge(from, to);
                table.push_back(std::move(line));
            }
            return at->second;
        };
        for (const auto& atom : atoms) {
            if (homes.try_emplace(atom.workplace, atom.constituency).first->second != atom.constituency)
                throw std::logic_error("turnout: a workplace in two constituencies");
            const auto branch = node_of(branch_nodes, atom.branch);
            const auto workplace = node_of(workplace_nodes, atom.workplace);
            const auto constituency = node_of(constituency_nodes, atom.constituency);
            add(network_.edge(branch, workplace), atom);
            add(edge_of(branch_edges, branches_, {.name = atom.branch}, all, branch), atom);
            add(edge_of(workplace_edges, workplaces_, {.name = atom.workplace, .partition = atom.constituency}, workplace, constituency), atom);
            auto& total = constituencies_[atom.constituency];
            total.name = atom.constituency;
            total.entitled += atom.entitled;
            total.returned = total.returned.value_or(0) + atom.returned;
        }
        leave_out_public();
        hide_small(earlier);
        hide_partners();
        hide_what_can_be_worked_out();
    }

    TurnoutTables tables() const
    {
        TurnoutTables out;
        for (const auto& [name, cell] : constituencies_) out.constituencies.push_back(cell);
        for (const auto& line : branches_) out.branches.push_back(cell(line));
        for (const auto& line : workplaces_) out.workplaces.push_back(cell(line));
        for (auto* table : {&out.branches, &out.workplaces}) std::ranges::sort(*table, {}, &TurnoutCell::name);
        return out;
    }

private:
    void add(std::size_t edge, const TurnoutAtom& atom)
    {
        network_[edge].flow += atom.returned;
        network_[edge].capacity += atom.entitled;
    }

    TurnoutCell cell(const Line& line) const
    {
        const auto& edge = network_[line.edge];
        return {line.name, edge.capacity, line.hidden ? std::nullopt : std::optional(edge.flow)};
    }

    /// While every line is still unfixed: a line that constituencies' totals always tell goes, one that they tell today is marked.
    void leave_out_public()
    {
        for (auto* table : {&branches_, &workplaces_})
            for (auto& line : *table) line.known = !network_.may_differ(line.edge);
        const auto always_known = [&](const Line& line) { return line.known && !network_.may_differ(line.edge, true); };
        std::erase_if(branches_, always_known); // their edges stay unfixed: whatever else is shown, no flow on them can differ
        std::erase_if(workplaces_, always_known);
    }

    void hide(Line& line)
    {
        line.hidden = true;
        network_[line.edge].fixed = false;
    }

    static std::set<std::string> hidden_after_being_shown(std::span<const TurnoutTables> earlier, std::vector<TurnoutCell> TurnoutTables::*table)
    {
        std::set<std::string> shown, hidden;
        for (const auto& tables : earlier)
            for (const auto& cell : tables.*table) {
                if (cell.returned) shown.insert(cell.name);
                else if (shown.contains(cell.name)) hidden.insert(cell.name);
            }
        return hidden;
    }

    void hide_small(std::span<const TurnoutTables> earlier)
    {
        const auto decide = [&](std::vector<Line>& lines, auto table) {
            const auto gone = hidden_after_being_shown(earlier, table);
            for (auto& line : lines) {
                const auto& edge = network_[line.edge];
                network_[line.edge].fixed = true;
                if (!large_enough(edge.capacity, edge.flow) || gone.contains(line.name)) hide(line);
            }
        };
        decide(branches_, &TurnoutTables::branches);
        decide(workplaces_, &TurnoutTables::workplaces);
    }

    /// The smallest line still shown, in one partition or (nullopt) in the whole table; null where there is none.
    Line* smallest_shown(std::vector<Line>& table, const std::optional<std::string>& partition)
    {
        Line* best = nullptr;
        for (auto& line : table) {
            if (line.hidden || (partition && line.partition != *partition)) continue;
            const auto size = [&](const Line& l) { return std::pair(network_[l.edge].capacity, l.name); };
            if (best == nullptr || size(line) < size(*best)) best = &line;
        }
        return best;
    }

    void hide_partners()
    {
        for (auto* table : {&branches_, &workplaces_}) {
            std::map<std::string, int> hidden;
            for (const auto& line : *table) hidden[line.partition] += line.hidden ? 1 : 0;
            for (const auto& [partition, lines] : hidden)
                if (lines == 1)
                    if (auto* partner = smallest_shown(*table, partition)) hide(*partner);
        }
    }

    void hide_what_can_be_worked_out()
    {
        for (bool changed = true; changed;) {
            changed = false;
            for (auto* table : {&branches_, &workplaces_}) {
                auto* other = table == &branches_ ? &workplaces_ : &branches_;
                for (std::size_t i = 0; i < table->size(); ++i)
                    while ((*table)[i].hidden && !(*table)[i].known && !network_.may_differ((*table)[i].edge)) {
                        auto* next = smallest_shown(*table, (*table)[i].partition);
                        if (next == nullptr) next = smallest_shown(*other, std::nullopt);
                        if (next == nullptr) throw std::logic_error("turnout: a cell is told by nothing");
                        hide(*next);
                        changed = true;
                    }
            }
        }
    }

    Network network_;
    std::vector<Line> branches_, workplaces_;
    std::map<std::string, TurnoutCell> constituencies_;
};

} // namespace

bool large_enough(std::int64_t entitled, std::int64_t returned) { return entitled >= 20 && returned >= 10 && entitled - returned >= 10; }

TurnoutTables turnout_tables(std::span<const TurnoutAtom> atoms, std::span<const TurnoutTables> earlier)
{
    return Publication(atoms, earlier).tables();
}

Distance distance_to(std::int64_t entitled, std::int64_t returned, std::int64_t numerator, std::int64_t denominator)
{
    const auto needed = (entitled * numerator + denominator - 1) / denominator;
    return {needed, std::max<std::int64_t>(0, needed - returned)};
}

} // namespace walkout::ballot
