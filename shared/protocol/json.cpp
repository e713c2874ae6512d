#include "shared/protocol/json.hpp"

#include <charconv>

namespace walkout::protocol {

const Json& field(const Json& object, const char* key)
{
    const auto* found = optional_field(object, key);
    if (found == nullptr) throw BadRecord(std::string("the field \"") + key + "\" is missing");
    return *found;
}

const Json* optional_field(const Json& object, const char* key)
{
    if (!object.is_object()) throw BadRecord("an object is expected");
    const auto found = object.find(key);
    return found == object.end() ? nullptr : &*found;
}

std::string text_field(const Json& object, const char* key)
{
    const auto& value = field(object, key);
    if (!value.is_string()) throw BadRecord(std::string("the field \"") + key + "\" must be a string");
    return value.get<std::string>();
}

namespace {
constexpr std::uint64_t largest_number = (1U << 30U) - 1;
}

Json write_count(unsigned value) { return value <= largest_number ? Json(value) : Json(std::to_string(value)); }

unsigned count(const Json& number)
{
    constexpr std::uint64_t limit = 1U << 31U;
    if (number.is_number_unsigned() && number.get<std::uint64_t>() <= largest_number) return number.get<unsigned>();
    if (number.is_string()) {
        const auto& text = number.get_ref<const std::string&>();
        std::uint64_t value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error == std::errc() && end == text.data() + text.size() && value > largest_number && value <= limit && std::to_string(value) == text)
            return static_cast<unsigned>(value);
    }
    throw BadRecord("a count is not in its canonical form");
}

const Json& list(const Json& array)
{
    if (!array.is_array()) throw BadRecord("a list is expected");
    return array;
}

Element read_element(const Group& group, const Json& text)
{
    if (text.is_string())
        if (const auto element = group.parse_element(text.get_ref<const std::string&>())) return *element;
    throw BadRecord("a number is not the canonical text of a group element");
}

Element read_member(const Group& group, const Json& text)
{
    const auto element = read_element(group, text);
    if (!group.contains(element)) throw BadRecord("an element is outside the group");
    return element;
}

Scalar read_scalar(const Group& group, const Json& text)
{
    if (text.is_string())
        if (const auto scalar = group.parse_scalar(text.get_ref<const std::string&>())) return *scalar;
    throw BadRecord("a number is not the canonical text of an exponent below the group's order");
}

Proof read_proof(const Group& group, const Json& object)
{
    return {read_scalar(group, field(object, "challenge")), read_scalar(group, field(object, "response"))};
}

Ciphertext read_ciphertext(const Group& group, const Json& object)
{
    return {read_element(group, field(object, "alpha")), read_element(group, field(object, "beta"))};
}

std::vector<Proof> read_proofs(const Group& group, const Json& array)
{
    std::vector<Proof> proofs;
    for (const auto& item : list(array)) proofs.push_back(read_proof(group, item));
    return proofs;
}

Json write_proof(const Group& group, const Proof& proof)
{
    return {{"challenge", group.text(proof.challenge)}, {"response", group.text(proof.response)}};
}

Json write_proofs(const Group& group, std::span<const Proof> proofs)
{
    auto out = Json::array();
    for (const auto& proof : proofs) out.push_back(write_proof(group, proof));
    return out;
}

Json write_ciphertext(const Group& group, const Ciphertext& pair) { return {{"alpha", group.text(pair.alpha)}, {"beta", group.text(pair.beta)}}; }

} // namespace walkout::protocol
