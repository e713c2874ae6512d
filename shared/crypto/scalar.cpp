// Arithmetic modulo the group order. One implementation, on GMP's constant-time layer, serves public and secret scalars alike.

#include "shared/crypto/group.hpp"

#include <gmp.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <vector>

namespace walkout {
namespace {

static_assert(sizeof(mp_limb_t) == 8);
constexpr mp_size_t size = 4;
using Wide = std::array<mp_limb_t, 2 * size>;

const mp_limb_t* limbs(const std::uint64_t* data) { return reinterpret_cast<const mp_limb_t*>(data); }

/// Working memory that held secrets is wiped.
class Scratch {
public:
    explicit Scratch(mp_size_t count) : words_(static_cast<std::size_t>(count)) {}
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    ~Scratch() { wipe(words_.data(), words_.size() * sizeof(mp_limb_t)); }
    mp_limb_t* data() { return words_.data(); }

private:
    std::vector<mp_limb_t> words_;
};

/// wide modulo q, in constant time; wipes wide.
Scalar reduce_wide(Wide& wide, const Scalar& q)
{
    Scratch scratch(mpn_sec_div_r_itch(2 * size, size));
    mpn_sec_div_r(wide.data(), 2 * size, limbs(q.limbs.data()), size, scratch.data());
    Scalar out;
    std::memcpy(out.limbs.data(), wide.data(), sizeof out.limbs);
    wipe(wide.data(), sizeof wide);
    return out;
}

Scalar reduce_bytes(ByteView big_endian, const Scalar& q)
{
    if (big_endian.size() > sizeof(Wide)) throw std::invalid_argument("reduce takes at most 64 bytes");
    Wide wide{};
    for (std::size_t i = 0; i < big_endian.size(); ++i) {
        const auto from_end = big_endian.size() - 1 - i;
        wide[i / 8] |= mp_limb_t{big_endian[from_end]} << (8 * (i % 8));
    }
    return reduce_wide(wide, q);
}

Scalar add_mod(const Scalar& a, const Scalar& b, const Scalar& q)
{
    Wide wide{};
    wide[size] = mpn_add_n(wide.data(), limbs(a.limbs.data()), limbs(b.limbs.data()), size);
    return reduce_wide(wide, q);
}

Scalar multiply_mod(const Scalar& a, const Scalar& b, const Scalar& q)
{
    Wide wide;
    Scratch scratch(mpn_sec_mul_itch(size, size));
    mpn_sec_mul(wide.data(), limbs(a.limbs.data()), size, limbs(b.limbs.data()), size, scratch.data());
    return reduce_wide(wide, q);
}

Scalar negate_mod(const Scalar& a, const Scalar& q)
{
    Wide wide{};
    mpn_sub_n(wide.data(), limbs(q.limbs.data()), limbs(a.limbs.data()), size); // a < q, so no borrow; 0 gives q, reduced below
    return reduce_wide(wide, q);
}

Scalar from_decimal(std::string_view text)
{
    mpz_t value;
    mpz_init_set_str(value, std::string(text).c_str(), 10);
    Scalar out;
    std::copy_n(mpz_limbs_read(value), std::min<std::size_t>(mpz_size(value), size), out.limbs.begin());
    mpz_clear(value);
    return out;
}

} // namespace

Group::Group(const char* order_decimal) : order_(from_decimal(order_decimal)) {}

std::optional<Scalar> Group::parse_scalar(std::string_view text) const
{
    constexpr std::size_t longest = 78; // digits of 2^256
    if (text.empty() || text.size() > longest || (text.size() > 1 && text.front() == '0')) return std::nullopt;
    if (!std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; })) return std::nullopt;
    mpz_t value, order;
    mpz_init_set_str(value, std::string(text).c_str(), 10);
    const bool in_range = mpz_cmp(value, mpz_roinit_n(order, limbs(order_.limbs.data()), size)) < 0;
    Scalar out;
    if (in_range) std::copy_n(mpz_limbs_read(value), mpz_size(value), out.limbs.begin());
    mpz_clear(value);
    if (!in_range) return std::nullopt;
    return out;
}

std::string Group::text(const Scalar& scalar) const
{
    mpz_t value;
    const mpz_srcptr view = mpz_roinit_n(value, limbs(scalar.limbs.data()), size);
    std::string out(mpz_sizeinbase(view, 10) + 2, '\0');
    mpz_get_str(out.data(), 10, view);
    out.resize(std::strlen(out.c_str()));
    return out;
}

Scalar Group::reduce(ByteView big_endian) const { return reduce_bytes(big_endian, order_); }
Scalar Group::add(const Scalar& a, const Scalar& b) const { return add_mod(a, b, order_); }
Scalar Group::subtract(const Scalar& a, const Scalar& b) const { return add_mod(a, negate_mod(b, order_), order_); }
Scalar Group::multiply(const Scalar& a, const Scalar& b) const { return multiply_mod(a, b, order_); }
Scalar Group::small(std::uint64_t value) const { return Scalar{{value, 0, 0, 0}}; }

Scalar Group::invert(const Scalar& a) const
{
    mpz_t inverse, value, order;
    mpz_init(inverse);
    const int exists = mpz_invert(inverse, mpz_roinit_n(value, limbs(a.limbs.data()), size), mpz_roinit_n(order, limbs(order_.limbs.data()), size));
    Scalar out;
    if (exists != 0) std::copy_n(mpz_limbs_read(inverse), mpz_size(inverse), out.limbs.begin());
    mpz_clear(inverse);
    if (exists == 0) throw std::invalid_argument("0 has no inverse");
    return out;
}

SecretScalar Group::random_scalar(Random& random) const
{
    std::array<std::uint8_t, sizeof(Wide)> raw;
    random.fill(raw);
    auto out = secret_reduce(raw);
    wipe(raw.data(), raw.size());
    return out;
}

SecretScalar Group::secret_reduce(ByteView big_endian) const { return SecretScalar::hide(reduce_bytes(big_endian, order_)); }

SecretScalar Group::secret_add(const SecretScalar& a, const SecretScalar& b) const
{
    return SecretScalar::hide(add_mod(a.reveal(), b.reveal(), order_));
}

SecretScalar Group::secret_multiply(const SecretScalar& a, const Scalar& b) const { return SecretScalar::hide(multiply_mod(a.reveal(), b, order_)); }

Scalar Group::response(const SecretScalar& w, const SecretScalar& x, const Scalar& c) const
{
    const auto xc = SecretScalar::hide(multiply_mod(x.reveal(), c, order_));
    return subtract(w.reveal(), xc.reveal());
}

} // namespace walkout
