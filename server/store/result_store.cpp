#include "server/store/result_store.hpp"

namespace walkout::store {
namespace {

struct TurnoutTable {
    std::string_view kind;
    std::vector<ballot::TurnoutCell> ballot::TurnoutTables::*cells;
};
constexpr std::array turnout_tables{TurnoutTable{"constituency", &ballot::TurnoutTables::constituencies},
                                    TurnoutTable{"branch", &ballot::TurnoutTables::branches},
                                    TurnoutTable{"workplace", &ballot::TurnoutTables::workplaces}};

std::vector<ballot::Tally> question_counts(const ReadTx& tx, const ConstituencyId& constituency)
{
    return tx.prepare("SELECT yes, no FROM question_count WHERE constituency = ? ORDER BY question").bind(constituency).all([](const Statement& row) {
        return ballot::Tally{row.integer(0), row.integer(1)};
    });
}

} // namespace

void put_count(WriteTx& tx, const ballot::ConstituencyCount& count)
{
    tx.prepare("INSERT INTO constituency_count (constituency, entitled, overseas, cast_papers) VALUES (?, ?, ?, ?)")
        .bind(count.id, count.entitled, count.overseas, count.cast)
        .change_one_row();
    auto insert = tx.prepare("INSERT INTO question_count (constituency, question, yes, no) VALUES (?, ?, ?, ?)");
    for (std::size_t i = 0; i < count.questions.size(); ++i) insert.bind(count.id, i, count.questions[i].yes, count.questions[i].no).change_one_row();
}

std::vector<ballot::ConstituencyCount> counts(const ReadTx& tx, const BallotId& ballot)
{
    return tx
        .prepare("SELECT c.id, c.name, n.entitled, n.overseas, n.cast_papers FROM constituency c JOIN constituency_count n ON "
                 "n.constituency = c.id"
                 " WHERE c.ballot = ? ORDER BY c.name")
        .bind(ballot)
        .all([&](const Statement& row) {
            const auto id = row.id<ConstituencyId>(0);
            return ballot::ConstituencyCount{id, row.text(1), row.integer(2), row.integer(3), row.integer(4), question_counts(tx, id)};
        });
}

void put_mandate(WriteTx& tx, const ballot::Mandate& mandate)
{
    tx.prepare("INSERT INTO mandate (constituency, kind, date_of_ballot, day_limit, last_day, extendable_to) VALUES (?, ?, ?, ?, ?, ?)")
        .bind(mandate.constituency, mandate.kind, mandate.date_of_ballot, mandate.limit, mandate.last_day, mandate.extendable_to)
        .change_one_row();
}

std::vector<ballot::Mandate> mandates(const ReadTx& tx, const BallotId& ballot)
{
    return tx
        .prepare("SELECT m.constituency, m.kind, m.date_of_ballot, m.day_limit, m.last_day, m.extendable_to FROM mandate m"
                 " JOIN constituency c ON c.id = m.constituency WHERE c.ballot = ? ORDER BY m.constituency, m.kind DESC")
        .bind(ballot)
        .all([](const Statement& row) {
            return ballot::Mandate{row.id<ConstituencyId>(0), row.named<ballot::QuestionKind>(1), row.date(2), row.named<law::Limit>(3), row.date(4),
                                   row.optional_date(5)};
        });
}

void put_turnout(WriteTx& tx, const BallotId& ballot, const PublishedTurnout& turnout)
{
    auto insert = tx.prepare("INSERT INTO turnout_cell (ballot, published_at, kind, name, entitled, returned) VALUES (?, ?, ?, ?, ?, ?)");
    for (const auto& table : turnout_tables)
        for (const auto& cell : turnout.tables.*table.cells)
            insert.bind(ballot, turnout.at, table.kind, cell.name, cell.entitled, cell.returned).change_one_row();
}

std::vector<PublishedTurnout> published_turnout(const ReadTx& tx, const BallotId& ballot)
{
    std::vector<PublishedTurnout> out;
    for (const auto& row :
         tx.prepare("SELECT published_at, kind, name, entitled, returned FROM turnout_cell WHERE ballot = ? ORDER BY published_at, kind, name")
             .bind(ballot)) {
        if (out.empty() || out.back().at != row.instant(0)) out.push_back({row.instant(0), {}});
        const auto table = std::ranges::find(turnout_tables, row.text(1), &TurnoutTable::kind);
        (out.back().tables.*table->cells).push_back({row.text(2), row.integer(3), row.optional_integer(4)});
    }
    return out;
}

} // namespace walkout::store
