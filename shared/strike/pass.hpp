#pragma once

#include "shared/base/id.hpp"
#include "shared/strike/picket.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace walkout::strike {

/// What a member on a post shows, as a QR code, to be checked in: the board's signature lets an organiser's device believe it with no signal.
struct Pass {
    WalkoutId walkout;
    PostNumber post{};
    std::string member; ///< number
};

/// What is signed.
std::string signed_text(const Pass& pass);

/// "WALKOUT-PASS:nov-2013:17:1042:SIGNATURE"; the signature is 128 hexadecimal digits.
std::string pass_code(const Pass& pass, std::string_view signature);

struct ReadPass {
    Pass pass;
    std::string signature; ///< not verified
};
/// Nothing where the text is no such code.
std::optional<ReadPass> read_pass(std::string_view code);

} // namespace walkout::strike
