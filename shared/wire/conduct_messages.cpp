#include "shared/wire/conduct_messages.hpp"

#include "shared/wire/codec_impl.hpp"

WALKOUT_WIRE(walkout::wire::LaterClosing)
WALKOUT_WIRE(walkout::wire::Addendum)
WALKOUT_WIRE(walkout::wire::AddendumList)
WALKOUT_WIRE(walkout::wire::NewBallotIncident)
WALKOUT_WIRE(walkout::wire::BallotIncidentList)
WALKOUT_WIRE(walkout::wire::Suspension)
WALKOUT_WIRE(walkout::wire::MethodRecordForm)
WALKOUT_WIRE(walkout::wire::MethodAnswers)
WALKOUT_WIRE(walkout::wire::NewMethodRecord)
WALKOUT_WIRE(walkout::wire::MethodRecordView)
