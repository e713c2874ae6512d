#include "shared/wire/mandate_messages.hpp"

#include "shared/wire/codec_impl.hpp"

WALKOUT_WIRE(walkout::wire::NewExtension)
WALKOUT_WIRE(walkout::wire::EmployerClocks)
