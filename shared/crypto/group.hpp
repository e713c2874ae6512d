#pragma once

#include "shared/base/encoding.hpp"
#include "shared/base/random.hpp"
#include "shared/base/secret.hpp"
#include "shared/crypto/hash.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

namespace walkout {

/// An exponent in [0, q), public. Limbs are little-endian, 64 bits each.
struct Scalar {
    std::array<std::uint64_t, 4> limbs{};
    friend bool operator==(const Scalar&, const Scalar&) = default;
};

/// A group element in the group's own representation. Only a Group can make, read or combine one.
struct Element {
    std::array<std::uint64_t, 32> limbs{};
    friend bool operator==(const Element&, const Element&) = default;
};

/// An exponent nobody may learn: wiped when it goes, accepted only by constant-time operations.
class SecretScalar {
public:
    SecretScalar() = default;
    SecretScalar(const SecretScalar&) = delete;
    SecretScalar& operator=(const SecretScalar&) = delete;
    SecretScalar(SecretScalar&& other) noexcept : scalar_(other.scalar_) { other.clear(); }
    SecretScalar& operator=(SecretScalar&& other) noexcept
    {
        if (this != &other) {
            scalar_ = other.scalar_;
            other.clear();
        }
        return *this;
    }
    ~SecretScalar() { clear(); }

    /// For Group implementations, and for the challenges and responses of simulated proof branches, which are published.
    const Scalar& reveal() const { return scalar_; }
    static SecretScalar hide(const Scalar& scalar)
    {
        SecretScalar out;
        out.scalar_ = scalar;
        return out;
    }

private:
    void clear() noexcept { wipe(scalar_.limbs.data(), sizeof scalar_.limbs); }
    Scalar scalar_;
};

/// A public base prepared for several exponents: its squarings are done once and shared.
class Powers {
public:
    virtual ~Powers() = default;
};

/// A power was asked of a base that is no element of the group.
struct NotInGroup : std::invalid_argument {
    using std::invalid_argument::invalid_argument;
};

/// A prime-order group of protocol.md 2.1, by name only: parameters never come from outside.
class Group {
public:
    virtual ~Group() = default;
    static const Group* find(std::string_view name); ///< nullptr when unknown. Lives for ever; safe to share between threads.

    virtual std::string_view name() const = 0;

    // Scalars. Text is decimal without leading zeros; parse refuses anything else and anything >= q.
    std::optional<Scalar> parse_scalar(std::string_view text) const;
    std::string text(const Scalar& scalar) const;
    Scalar reduce(ByteView big_endian) const; ///< at most 64 bytes, modulo q
    Scalar add(const Scalar& a, const Scalar& b) const;
    Scalar subtract(const Scalar& a, const Scalar& b) const;
    Scalar multiply(const Scalar& a, const Scalar& b) const;
    Scalar invert(const Scalar& a) const; ///< variable time; a is not 0
    Scalar small(std::uint64_t value) const;

    // Secret scalars, constant time in their values.
    SecretScalar random_scalar(Random& random) const; ///< from 64 random bytes: bias below 2^-250
    SecretScalar secret_reduce(ByteView big_endian) const;
    SecretScalar secret_add(const SecretScalar& a, const SecretScalar& b) const;
    SecretScalar secret_multiply(const SecretScalar& a, const Scalar& b) const;
    Scalar response(const SecretScalar& w, const SecretScalar& x, const Scalar& c) const; ///< w - x c, which is published

    // Elements. parse_element takes the one canonical text of a value in range; it does not prove membership: contains() does.
    virtual std::optional<Element> parse_element(std::string_view text) const = 0;
    virtual std::string text(const Element& element) const = 0;
    virtual bool contains(const Element& element) const = 0;
    virtual const Element& generator() const = 0;
    virtual const Element& identity() const = 0;
    virtual Element multiply(const Element& a, const Element& b) const = 0;
    virtual Element invert(const Element& a) const = 0;

    // Secret powers of public bases, constant time in the exponent; and their products, constant time in both.
    virtual Element secret_power(const Element& base, const SecretScalar& exponent) const = 0;
    virtual Element secret_power(const Powers& base, const SecretScalar& exponent) const = 0; ///< fast where it was prepared for `often`
    virtual Element secret_product(const Element& a, const Element& b) const = 0;

    // Public, variable-time powers.
    enum class Reuse { once, often }; ///< often: the generator and an election key; large tables, each made when first needed
    virtual std::unique_ptr<Powers> prepare(const Element& base, Reuse reuse) const = 0;
    /// The product of bases that are prepared and outlive it; `base` is that product.
    virtual std::unique_ptr<Powers> prepare_product(const Element& base, std::span<const Powers* const> factors) const = 0;
    virtual const Powers& generator_powers() const = 0;
    struct Term {
        std::reference_wrapper<const Powers> base;
        Scalar exponent;
    };
    /// The product of base^exponent. Throws NotInGroup where it notices; admits() says when that is.
    virtual Element product(std::span<const Term> terms) const = 0;
    Element product(std::initializer_list<Term> terms) const { return product(std::span(terms.begin(), terms.size())); }
    Element power(const Element& base, const Scalar& exponent) const { return product({{*prepare(base, Reuse::once), exponent}}); }
    /// False for a base outside the group. A group whose product() throws NotInGroup for such a base leaves it to that, and says true.
    virtual bool admits(const Powers& base) const { return product({{base, order_}}) == identity(); }

protected:
    explicit Group(const char* order_decimal);
    Scalar order_; ///< q itself, the one Scalar value that is not reduced
};

} // namespace walkout
