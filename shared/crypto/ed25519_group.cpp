// Ed25519 as a group for ballots (protocol.md 2.1): the prime-order subgroup of edwards25519, on libsodium, whose scalar multiplication is constant
// time. Elements are kept as the usual 32-byte encoding in the first four limbs; their text is that encoding byte-reversed, in hex.

#include "shared/crypto/ed25519_group.hpp"

#include <sodium.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>

namespace walkout {
namespace {

using Encoding = std::array<std::uint8_t, crypto_core_ed25519_BYTES>;

Encoding encoding(const Element& element)
{
    Encoding out;
    std::memcpy(out.data(), element.limbs.data(), out.size());
    return out;
}

Element element(const Encoding& bytes)
{
    Element out;
    std::memcpy(out.limbs.data(), bytes.data(), bytes.size());
    return out;
}

/// Nothing is precomputed: libsodium has no interface for it.
struct Point final : Powers {
    explicit Point(const Element& e) : base(e) {}
    Element base;
};

class Ed25519Group final : public Group {
public:
    Ed25519Group() : Group("7237005577332262213973186563042994240857116359379907606001950938285454250989")
    {
        if (sodium_init() < 0) throw std::runtime_error("sodium_init failed");
        identity_.limbs[0] = 1; // y = 1, x = 0
        Encoding base{}, one{};
        one[0] = 1;
        if (crypto_scalarmult_ed25519_base_noclamp(base.data(), one.data()) != 0)
            throw std::runtime_error("crypto_scalarmult_ed25519_base_noclamp failed");
        generator_ = element(base);
        generator_powers_ = prepare(generator_, Reuse::often);
    }

    std::string_view name() const override { return "Ed25519"; }
    const Element& generator() const override { return generator_; }
    const Element& identity() const override { return identity_; }
    const Powers& generator_powers() const override { return *generator_powers_; }

    std::optional<Element> parse_element(std::string_view text) const override
    {
        const auto bytes = from_hex(text);
        Encoding reversed;
        if (!bytes || bytes->size() != reversed.size()) return std::nullopt;
        std::ranges::reverse_copy(*bytes, reversed.begin());
        return element(reversed);
    }

    std::string text(const Element& e) const override
    {
        auto bytes = encoding(e);
        std::ranges::reverse(bytes);
        return hex(bytes);
    }

    /// On the curve, canonically encoded, in the main subgroup. libsodium counts the identity as small order, and so not as valid.
    bool contains(const Element& e) const override { return e == identity_ || crypto_core_ed25519_is_valid_point(encoding(e).data()) == 1; }
    bool contains(const Powers& base) const override { return contains(point(base)); }

    Element multiply(const Element& a, const Element& b) const override
    {
        Encoding out{};
        require_point(crypto_core_ed25519_add(out.data(), encoding(a).data(), encoding(b).data()));
        return element(out);
    }

    Element invert(const Element& a) const override
    {
        Encoding out{};
        require_point(crypto_core_ed25519_sub(out.data(), encoding(identity_).data(), encoding(a).data()));
        return element(out);
    }

    Element secret_power(const Element& base, const SecretScalar& exponent) const override
    {
        return base == identity_ ? identity_ : times(base, exponent.reveal());
    }

    std::unique_ptr<Powers> prepare(const Element& base, Reuse) const override { return std::make_unique<Point>(base); }

    Element product(std::span<const Term> terms) const override
    {
        auto out = identity_;
        for (const auto& [base, exponent] : terms)
            if (const auto& e = point(base); e != identity_) out = multiply(out, times(e, exponent));
        return out;
    }

private:
    static const Element& point(const Powers& base) { return dynamic_cast<const Point&>(base).base; }

    static void require_point(int result)
    {
        if (result != 0) throw std::invalid_argument("not a point of edwards25519");
    }

    /// libsodium writes the result and then reports -1 where it is the identity, as for the exponent 0; for a base outside the subgroup it
    /// writes nothing. The result is looked at instead, so that nothing branches on the exponent.
    Element times(const Element& base, const Scalar& exponent) const
    {
        Encoding scalar, out{};
        std::memcpy(scalar.data(), exponent.limbs.data(), scalar.size());
        [[maybe_unused]] const int reported = crypto_scalarmult_ed25519_noclamp(out.data(), scalar.data(), encoding(base).data());
        wipe(scalar.data(), scalar.size());
        require_point(out == Encoding{} ? -1 : 0);
        return element(out);
    }

    Element identity_;
    Element generator_;
    std::unique_ptr<Powers> generator_powers_;
};

} // namespace

const Group& ed25519_group()
{
    static const Ed25519Group group;
    return group;
}

} // namespace walkout
