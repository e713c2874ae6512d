#pragma once

#include "shared/crypto/group.hpp"

namespace walkout {

/// The group "Ed25519", for Group::find(). Archives of belenios-tool 3.x use it; ours use BELENIOS-2048, which every packaged tool reads.
const Group& ed25519_group();

} // namespace walkout
