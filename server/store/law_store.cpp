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

void add_law_setting(WriteTx& tx, const LawSetting& recorded)
{
    const auto& setting = recorded.setting;
    tx.prepare("INSERT INTO law_setting (jurisdiction, topic, from_day, value, source, recorded_at, recorded_by) VALUES (?, ?, ?, ?, ?, ?, ?)")
        .bind(setting.jurisdiction, setting.topic, setting.from, law::value_text(setting.value), setting.source, recorded.recorded_at,
              recorded.recorded_by)
        .change_one_row();
}

std::vector<LawSetting> law_settings(const ReadTx& tx)
{
    return tx.prepare("SELECT jurisdiction, topic, from_day, value, source, recorded_at, recorded_by FROM law_setting ORDER BY seq")
        .bind()
        .all([](const Statement& row) {
            const auto topic = row.named<law::Topic>(1);
            return LawSetting{{row.named<law::Jurisdiction>(0), topic, row.date(2), law::parse_value(topic, row.text(3)).value(), row.text(4)},
                              row.instant(5),
                              row.text(6)};
        });
}

void add_mandate_extension(WriteTx& tx, const MandateExtension& recorded)
{
    tx.prepare("INSERT INTO mandate_extension (constituency, kind, employer, ground, until, made_on, evidence, recorded_at, recorded_by, "
               "forbidden_from, forbidden_to) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(recorded.constituency, recorded.kind, recorded.employer, recorded.extension.ground, recorded.extension.until, recorded.made_on,
              recorded.evidence, recorded.recorded_at, recorded.recorded_by, recorded.extension.forbidden_from, recorded.extension.forbidden_to)
        .change_one_row();
}

std::vector<MandateExtension> mandate_extensions(const ReadTx& tx, const BallotId& ballot)
{
    return tx
        .prepare("SELECT e.constituency, e.kind, e.employer, e.ground, e.until, e.made_on, e.evidence, e.recorded_at, e.recorded_by, "
                 "e.forbidden_from, e.forbidden_to FROM "
                 "mandate_extension e "
                 "JOIN constituency c ON c.id = e.constituency WHERE c.ballot = ? ORDER BY e.seq")
        .bind(ballot)
        .all([](const Statement& row) {
            return MandateExtension{row.id<ConstituencyId>(0),
                                    row.named<ballot::QuestionKind>(1),
                                    row.text(2),
                                    {row.named<law::ExtensionGround>(3), row.date(4), row.optional_date(9), row.optional_date(10)},
                                    row.date(5),
                                    row.text(6),
                                    row.instant(7),
                                    row.text(8)};
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
