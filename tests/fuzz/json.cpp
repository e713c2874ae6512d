// Messages of the API: whatever is accepted is written back and accepted again, the same.

#include "shared/base/encoding.hpp"
#include "shared/wire/ballot_messages.hpp"
#include "shared/wire/people_messages.hpp"
#include "shared/wire/strike_messages.hpp"
#include "shared/wire/vote_messages.hpp"
#include "tests/fuzz/targets.hpp"

#include <cstdlib>

namespace {

template <class T> void round_trip(std::string_view text)
{
    const auto message = walkout::wire::from_json<T>(text);
    if (!message) return;
    const auto written = walkout::wire::to_json(*message);
    const auto again = walkout::wire::from_json<T>(written);
    if (!again || walkout::wire::to_json(*again) != written) std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace walkout;
    const auto text = text_of({data, size});
    round_trip<wire::Vote>(text);
    round_trip<wire::Setup>(text);
    round_trip<wire::VerifySignIn>(text);
    round_trip<wire::ImportRegister>(text);
    round_trip<ballot::BallotPlan>(text);
    return 0;
}
