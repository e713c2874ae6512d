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
    Point(const Element& e, bool is_generator, bool is_member) : base(e), generator(is_generator), member(is_member) {}
    Element base;
    bool generator;
    bool member; ///< known to be in the group
};

class Ed25519Group final : public Group {
public:
    Ed25519Group() : Group("7237005577332262213973186563042994240857116359379907606001950938285454250989")
    {
        if (sodium_init() < 0) throw std::runtime_error("sodium_init failed");
        identity_.limbs[0] = 1; // y = 1, x = 0
        generator_ = of_generator(Scalar{{1}});
        generator_powers_ = prepare(generator_, Reuse::often);
        // Membership rests on libsodium, whose check missed points with a part of order 2 before CVE-2025-69277 was mended.
        Encoding of_order_2; // y = -1, x = 0: p - 1, little-endian
        of_order_2.fill(0xff);
        of_order_2.front() = 0xec;
        of_order_2.back() = 0x7f;
        Encoding mixed{};
        require_point(crypto_core_ed25519_add(mixed.data(), encoding(generator_).data(), of_order_2.data()));
        if (crypto_core_ed25519_is_valid_point(mixed.data()) == 1)
            throw std::runtime_error("this libsodium accepts points outside the group (CVE-2025-69277): install a mended one");
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
    bool admits(const Powers&) const override { return true; } // each multiplication of libsodium finds out again

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
        return secret_power(*prepare(base, Reuse::often), exponent);
    }

    Element secret_power(const Powers& base, const SecretScalar& exponent) const override
    {
        const auto& p = point(base);
        if (p.base == identity_) return identity_;
        if (p.generator) return of_generator(exponent.reveal());
        require_member(p.member || contains(p.base));
        return multiple_of(p.base, exponent.reveal());
    }

    Element secret_product(const Element& a, const Element& b) const override
    {
        Encoding out{};
        // -1 would mean that one of them is no point, and these come from this class.
        [[maybe_unused]] const int always_0 = crypto_core_ed25519_add(out.data(), encoding(a).data(), encoding(b).data());
        return element(out);
    }

    std::unique_ptr<Powers> prepare(const Element& base, Reuse reuse) const override
    {
        const bool member = reuse == Reuse::often && contains(base);
        return std::make_unique<Point>(base, base == generator_, member);
    }

    std::unique_ptr<Powers> prepare_product(const Element& base, std::span<const Powers* const>) const override { return prepare(base, Reuse::once); }

    Element product(std::span<const Term> terms) const override
    {
        auto out = identity_;
        const auto into = [&](const Element& factor) { out = out == identity_ ? factor : multiply(out, factor); };
        auto of_base = small(0); // all powers of the generator at once, from libsodium's own table
        for (const auto& [base, exponent] : terms) {
            const auto& p = point(base);
            if (p.generator) of_base = add(of_base, exponent);
            else if (p.base != identity_) into(checked(multiple_of(p.base, exponent)));
        }
        if (of_base != small(0)) into(of_generator(of_base));
        return out;
    }

private:
    static const Point& point(const Powers& base) { return dynamic_cast<const Point&>(base); }

    static void require_point(int result)
    {
        if (result != 0) throw std::invalid_argument("not a point of edwards25519");
    }
    static void require_member(bool member)
    {
        if (!member) throw NotInGroup("not in the main subgroup of edwards25519");
    }

    /// libsodium writes the result and then reports -1 where it is the identity, as for the exponent 0; for a base outside the subgroup it reports
    /// -1 and writes nothing. So nothing branches on what it reports: all zeros are left where it wrote nothing.
    static Element multiple_of(const Element& base, const Scalar& exponent)
    {
        Encoding scalar, out{};
        std::memcpy(scalar.data(), exponent.limbs.data(), scalar.size());
        [[maybe_unused]] const int reported = crypto_scalarmult_ed25519_noclamp(out.data(), scalar.data(), encoding(base).data());
        wipe(scalar.data(), scalar.size());
        return element(out);
    }
    static const Element& checked(const Element& product)
    {
        require_member(product != Element{});
        return product;
    }

    static Element of_generator(const Scalar& exponent)
    {
        Encoding scalar, out{};
        std::memcpy(scalar.data(), exponent.limbs.data(), scalar.size());
        [[maybe_unused]] const int reported = crypto_scalarmult_ed25519_base_noclamp(out.data(), scalar.data());
        wipe(scalar.data(), scalar.size());
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
