// What arrives as small text: request targets, tokens, addresses, dates, encodings, locked files, picket passes.

#include "server/http/parse.hpp"
#include "server/http/rate_limit.hpp"
#include "shared/base/time.hpp"
#include "shared/crypto/sealing.hpp"
#include "shared/protocol/spoken.hpp"
#include "shared/strike/pass.hpp"
#include "tests/fuzz/targets.hpp"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace walkout;
    const auto text = text_of({data, size});
    if (const auto target = http::parse_target(text); target && !target->path.starts_with('/')) std::abort();
    (void)http::bearer_token(text);
    (void)http::network_of(text);
    if (const auto date = parse_date(text); date && walkout::text(*date) != text) std::abort();
    if (const auto wall = parse_wall(text); wall && parse_wall(walkout::text(*wall)) != wall) std::abort();
    if (const auto instant = parse_instant(text); instant && walkout::text(*instant) != text) std::abort();
    if (const auto bytes = from_base64(text); bytes && base64(*bytes) != text) std::abort();
    if (const auto bytes = from_hex(text); bytes && hex(*bytes) != text) std::abort();
    if (const auto read = strike::read_pass(text)) {
        const auto again = strike::read_pass(strike::pass_code(read->pass, read->signature));
        if (!again || strike::signed_text(again->pass) != strike::signed_text(read->pass) || again->signature != read->signature) std::abort();
    }
    if (protocol::spoken_fingerprint(text).empty()) std::abort();
    static const std::string key(32, 'k');
    (void)open_sealed(bytes_of(key), {data, size}, "context");
    return 0;
}
