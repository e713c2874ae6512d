#include "shared/wire/postal_messages.hpp"

#include "shared/wire/codec_impl.hpp"
#include "shared/wire/secret_json_impl.hpp"

WALKOUT_WIRE(walkout::wire::AskForPaper)
WALKOUT_WIRE(walkout::wire::PaperAskedFor)
WALKOUT_WIRE(walkout::wire::PaperList)
WALKOUT_WIRE(walkout::wire::PapersSent)
WALKOUT_WIRE(walkout::wire::PapersSentNow)
WALKOUT_WIRE(walkout::wire::ReturnedPapers)
WALKOUT_WIRE(walkout::wire::ReturnsRecorded)
WALKOUT_WIRE(walkout::wire::MistakenReturn)
WALKOUT_WIRE(walkout::wire::Transcription)
WALKOUT_WIRE(walkout::wire::PostalState)
WALKOUT_WIRE(walkout::wire::PrintedPaper)
WALKOUT_SECRET_FILE(walkout::wire::KeyingFile)
