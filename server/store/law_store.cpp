#include "server/store/law_store.hpp"

namespace walkout::store {

void add_commencement(WriteTx& tx, const Commencement& commencement)
{
    tx.prepare("INSERT INTO law_commencement (provision, from_day, instrument, recorded_at, recorded_by) VALUES (?, ?, ?, ?, ?)")
        .bind(commencement.amendment.provision, commencement.amendment.from, commencement.amendment.instrument, commencement.recorded_at,
              commencement.recorded_by)
        .change_one_row();
}

std::vector<Commencement> commencements(const ReadTx& tx)
{
    return tx.prepare("SELECT provision, from_day, instrument, recorded_at, recorded_by FROM law_commencement ORDER BY seq")
        .bind()
        .all([](const Statement& row) {
            return Commencement{{row.named<law::Provision>(0), row.date(1), row.text(2)}, row.instant(3), row.text(4)};
        });
}

std::chrono::seconds clock_offset(const ReadTx& tx) { return std::chrono::seconds(tx.prepare("SELECT seconds FROM clock_offset").number()); }

void start_clock(WriteTx& tx, std::chrono::seconds offset)
{
    tx.prepare("UPDATE clock_offset SET seconds = ?").bind(offset.count()).change_one_row();
}

void put_clock_offset(WriteTx& tx, std::chrono::seconds offset)
{
    tx.prepare("UPDATE clock_offset SET seconds = ? WHERE seconds <= ?").bind(offset.count(), offset.count()).change_one_row();
}

} // namespace walkout::store
