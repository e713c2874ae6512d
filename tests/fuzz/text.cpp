// What arrives as text: request targets, tokens, register files, dates, encodings.

#include "server/http/parse.hpp"
#include "shared/ballot/csv.hpp"
#include "shared/ballot/register_csv.hpp"
#include "shared/base/time.hpp"
#include "shared/crypto/sealing.hpp"
#include "tests/fuzz/targets.hpp"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace walkout;
    const auto text = text_of({data, size});
    (void)http::parse_target(text);
    (void)http::bearer_token(text);
    if (const auto decoded = ballot::decode_text(text)) {
        if (!ballot::is_utf8(*decoded)) std::abort();
        (void)ballot::parse_csv(*decoded);
    }
    if (const auto date = parse_date(text); date && walkout::text(*date) != text) std::abort();
    if (const auto instant = parse_instant(text); instant && walkout::text(*instant) != text) std::abort();
    if (const auto bytes = from_base64(text); bytes && base64(*bytes) != text) std::abort();
    if (const auto bytes = from_hex(text); bytes && hex(*bytes) != text) std::abort();
    return 0;
}
