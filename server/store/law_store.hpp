#pragma once

#include "server/store/sqlite.hpp"
#include "shared/ballot/plan.hpp"
#include "shared/law/mandate.hpp"
#include "shared/law/rulebook.hpp"

namespace walkout::store {

struct Commencement {
    law::Amendment amendment;
    Instant recorded_at{}; ///< ballot clock
    std::string recorded_by;
};
void add_commencement(WriteTx& tx, const Commencement& commencement);
std::vector<Commencement> commencements(const ReadTx& tx); ///< in the order recorded

/// A rule as an official read it.
struct LawSetting {
    law::Setting setting;
    Instant recorded_at{}; ///< ballot clock
    std::string recorded_by;
};
void add_law_setting(WriteTx& tx, const LawSetting& setting);
std::vector<LawSetting> law_settings(const ReadTx& tx); ///< in the order recorded

/// What lengthens a mandate towards one employer, with its evidence.
struct MandateExtension {
    ConstituencyId constituency = *ConstituencyId::parse("unnamed");
    ballot::QuestionKind kind = ballot::QuestionKind::strike;
    std::string employer;
    law::Extension extension;
    Date made_on{}; ///< the day of the agreement or order
    std::string evidence;
    Instant recorded_at{}; ///< ballot clock
    std::string recorded_by{};
};
void add_mandate_extension(WriteTx& tx, const MandateExtension& extension);
std::vector<MandateExtension> mandate_extensions(const ReadTx& tx, const BallotId& ballot); ///< in the order recorded

/// The ballot clock's lead over the machine's; zero but in a rehearsal.
std::chrono::seconds clock_offset(const ReadTx& tx);
void start_clock(WriteTx& tx, std::chrono::seconds offset);      ///< where the clock of a new rehearsal begins: before or after the machine's
void put_clock_offset(WriteTx& tx, std::chrono::seconds offset); ///< throws if it would go back

} // namespace walkout::store
