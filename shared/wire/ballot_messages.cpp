#include "shared/wire/ballot_messages.hpp"

#include "shared/wire/codec_impl.hpp"

namespace w = walkout::wire;

WALKOUT_WIRE(walkout::ballot::BallotPlan)
WALKOUT_WIRE(w::BallotTimetable)
WALKOUT_WIRE(w::BallotLine)
WALKOUT_WIRE(w::BallotList)
WALKOUT_WIRE(w::BallotView)
WALKOUT_WIRE(w::FrozenRoll)
WALKOUT_WIRE(w::RollCorrections)
WALKOUT_WIRE(w::RollPage)
WALKOUT_WIRE(w::MyEntitlement)
WALKOUT_WIRE(w::NewReceipt)
WALKOUT_WIRE(w::NoticeList)
WALKOUT_WIRE(w::ApprovalObject)
WALKOUT_WIRE(w::NewApproval)
WALKOUT_WIRE(w::Abandon)
WALKOUT_WIRE(w::SetClock)
WALKOUT_WIRE(w::ClockMoved)
WALKOUT_WIRE(w::TurnoutView)
WALKOUT_WIRE(w::MandateList)
WALKOUT_WIRE(w::ResultView)
