#pragma once

// Private to shared/protocol: records of the archive to and from JSON. Reading throws BadRecord; the parse_... functions turn it into a Refusal.

#include "shared/protocol/proof.hpp"
#include "shared/protocol/strict_json.hpp"

#include <optional>
#include <stdexcept>

namespace walkout::protocol {

using Json = nlohmann::ordered_json;

struct BadRecord : std::runtime_error {
    using std::runtime_error::runtime_error;
};

const Json& field(const Json& object, const char* key);          ///< BadRecord when absent
const Json* optional_field(const Json& object, const char* key); ///< nullptr when absent
std::string text_field(const Json& object, const char* key);
unsigned count(const Json& number); ///< a JSON number 0..2^30-1, or a decimal string for larger (2.2); BadRecord beyond 2^31
Json write_count(unsigned value); ///< the form that count() reads
const Json& list(const Json& array);

Element read_element(const Group& group, const Json& text); ///< canonical form and range, not membership
Element read_member(const Group& group, const Json& text);  ///< and membership
Scalar read_scalar(const Group& group, const Json& text);
Proof read_proof(const Group& group, const Json& object);
Ciphertext read_ciphertext(const Group& group, const Json& object);
std::vector<Proof> read_proofs(const Group& group, const Json& array);

Json write_proof(const Group& group, const Proof& proof);
Json write_proofs(const Group& group, std::span<const Proof> proofs);
Json write_ciphertext(const Group& group, const Ciphertext& pair);

/// Parses a record and hands it to `read`; anything wrong becomes Refusal{Kind::invalid, code, "<what> is not acceptable: why"}.
template <class Read> auto read_record(std::string_view bytes, const char* code, const char* what, Read read) -> Result<decltype(read(Json()))>
{
    using T = decltype(read(Json()));
    const auto refuse = [&](const std::string& why) { return Refusal{Kind::invalid, code, std::string(what) + " is not acceptable: " + why + "."}; };
    const auto json = parse_strict(bytes);
    if (!json) return refuse("it is not strict JSON");
    try {
        return Result<T>(boost::system::in_place_value, read(*json));
    } catch (const BadRecord& bad) {
        return refuse(bad.what());
    }
}

} // namespace walkout::protocol
