#pragma once

// Private to shared/crypto: the constant-time half of the group BELENIOS-2048.

#include "shared/base/secret.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace walkout::belenios_2048 {

using Residue = std::array<std::uint64_t, 32>; ///< modulo p; limbs little-endian, 64 bits each
using Exponent = std::array<std::uint64_t, 4>;

/// Arithmetic modulo p whose branches, indices and time depend on no operand; the traces of the operands are wiped.
class SecretField {
public:
    explicit SecretField(const Residue& p);
    Residue product(const Residue& a, const Residue& b) const;
    Residue power(const Residue& base, const Exponent& exponent) const; ///< about as long as 400 products

    // Montgomery's form of x is x 2^2048 mod p. For long chains of products.
    struct Workspace;
    void multiply(Residue& out, const Residue& a, const Residue& b, Workspace& space) const; ///< a b / 2^2048; out may be a or b
    Residue to_montgomery(const Residue& a) const;
    Residue from_montgomery(const Residue& a) const;
    const Residue& one() const { return one_; } ///< in Montgomery's form

private:
    Residue p_;
    Residue one_;                     ///< 2^2048 mod p
    Residue squared_;                 ///< 2^4096 mod p
    std::uint64_t minus_inverse_ = 0; ///< -1/p mod 2^64
};

/// Where secrets lie while they are worked on.
struct SecretField::Workspace {
    Workspace() = default;
    Workspace(const Workspace&) = delete;
    Workspace& operator=(const Workspace&) = delete;
    ~Workspace() { wipe(this, sizeof *this); }
    std::array<std::uint64_t, 64> product;
    Residue running;
    Residue entry;
};

/// One public base raised to secret exponents without squarings: base^(d 32^i) for every digit d and place i, 416 KiB, made by 1664 products.
/// A look-up reads all 32 entries of its place and keeps one by masking, so that memory shows nothing of the exponent.
class SecretTable {
public:
    SecretTable(const SecretField& field, const Residue& base);
    Residue power(const Exponent& exponent) const; ///< 52 products and look-ups

private:
    const SecretField& field_;
    std::vector<Residue> entries_;
};

} // namespace walkout::belenios_2048
