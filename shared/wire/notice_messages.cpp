#include "shared/wire/notice_messages.hpp"

#include "shared/wire/codec_impl.hpp"

WALKOUT_WIRE(walkout::wire::EmployerNotice)
WALKOUT_WIRE(walkout::wire::SamplePaper)
WALKOUT_WIRE(walkout::wire::ResultNotice)
WALKOUT_WIRE(walkout::wire::TimetablePage)
WALKOUT_WIRE(walkout::wire::NewServing)
WALKOUT_WIRE(walkout::wire::ServingList)
