#include "shared/wire/strike_day_messages.hpp"

#include "shared/wire/codec_impl.hpp"

WALKOUT_WIRE(walkout::wire::Roster)
WALKOUT_WIRE(walkout::wire::SignedRoster)
WALKOUT_WIRE(walkout::wire::CheckInList)
WALKOUT_WIRE(walkout::wire::TakenLines)
WALKOUT_WIRE(walkout::wire::WaitingLines)
WALKOUT_WIRE(walkout::wire::CheckInVerdicts)
WALKOUT_WIRE(walkout::wire::AttendedList)
WALKOUT_WIRE(walkout::wire::HeadcountView)
WALKOUT_WIRE(walkout::wire::NewIncident)
WALKOUT_WIRE(walkout::wire::IncidentList)
WALKOUT_WIRE(walkout::wire::Numbered)
WALKOUT_WIRE(walkout::wire::ExportAsked)
WALKOUT_WIRE(walkout::wire::NewExemption)
WALKOUT_WIRE(walkout::wire::ExemptionView)
WALKOUT_WIRE(walkout::wire::ExemptionList)
WALKOUT_WIRE(walkout::wire::NewDecision)
