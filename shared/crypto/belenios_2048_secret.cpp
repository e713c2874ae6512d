#include "shared/crypto/belenios_2048_secret.hpp"

#include "shared/base/constant_time.hpp"

#include <gmp.h>

#include <cstring>

#ifdef __x86_64__
#include <cpuid.h>
#include <immintrin.h>
#endif

namespace walkout::belenios_2048 {
namespace {

static_assert(sizeof(mp_limb_t) == sizeof(std::uint64_t));
constexpr mp_size_t size = std::tuple_size_v<Residue>;
constexpr int exponent_bits = 256;
constexpr int width = 5; // of a digit: with 6, fewer products, but tables that no longer stay in the cache
constexpr std::size_t digits = std::size_t{1} << width;
constexpr int places = (exponent_bits + width - 1) / width;

mp_limb_t* limbs(std::uint64_t* data) { return reinterpret_cast<mp_limb_t*>(data); }
const mp_limb_t* limbs(const std::uint64_t* data) { return reinterpret_cast<const mp_limb_t*>(data); }

/// sum[0..32) += a[0..32) b; gives the carry.
inline std::uint64_t add_product(std::uint64_t* sum, const std::uint64_t* a, std::uint64_t b) { return mpn_addmul_1(limbs(sum), limbs(a), size, b); }

#ifdef __x86_64__
const bool has_two_carry_chains = [] {
#ifdef WALKOUT_MEMCHECK_ADX
    return true; // valgrind runs these instructions, and says that there are none
#else
    unsigned a = 0, b = 0, c = 0, d = 0;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (b & bit_ADX) != 0 && (b & bit_BMI2) != 0;
#endif
}();

const bool has_avx2 = __builtin_cpu_supports("avx2") != 0;

/// The same in three fifths of the time: MULX leaves the flags alone, ADCX and ADOX carry low and high halves side by side.
inline std::uint64_t add_product_adx(std::uint64_t* sum, const std::uint64_t* a, std::uint64_t b)
{
    std::uint64_t low, even, odd;
    asm volatile("xorl %k[odd], %k[odd]\n" // and clears both carries
                 ".set .Lat, 0\n"
                 ".rept 16\n"
                 "mulxq .Lat(%[a]), %[low], %[even]\n"
                 "adcxq %[odd], %[low]\n"
                 "adoxq .Lat(%[sum]), %[low]\n"
                 "movq %[low], .Lat(%[sum])\n"
                 "mulxq .Lat+8(%[a]), %[low], %[odd]\n"
                 "adcxq %[even], %[low]\n"
                 "adoxq .Lat+8(%[sum]), %[low]\n"
                 "movq %[low], .Lat+8(%[sum])\n"
                 ".set .Lat, .Lat+16\n"
                 ".endr\n"
                 "movl $0, %k[low]\n" // MOV keeps the carries
                 "adcxq %[low], %[odd]\n"
                 "adoxq %[low], %[odd]\n"
                 : [low] "=&r"(low), [even] "=&r"(even), [odd] "=&r"(odd)
                 : [a] "r"(a), [sum] "r"(sum), "d"(b)
                 : "memory", "cc");
    return odd;
}
#endif

/// Montgomery's product in t[32..64) with carries for it in t[0..32).
template <auto add_product> void multiply_in(std::uint64_t* t, const Residue& a, const Residue& b, const Residue& p, std::uint64_t minus_inverse)
{
    std::memset(t, 0, size * sizeof *t);
    for (std::size_t i = 0; i < size; ++i) t[size + i] = add_product(t + i, a.data(), b[i]);
    // Each round makes limb i zero, and leaves there a carry that belongs 32 limbs higher.
    for (std::size_t i = 0; i < size; ++i) t[i] = add_product(t + i, p.data(), t[i] * minus_inverse);
}

/// 2^bits mod p, for bits a multiple of 64; of public numbers.
Residue power_of_two(int bits, const Residue& p)
{
    std::vector<mp_limb_t> number(static_cast<std::size_t>(bits) / 64 + 1), quotient(number.size());
    number.back() = 1;
    Residue out;
    mpn_tdiv_qr(quotient.data(), limbs(out.data()), 0, number.data(), static_cast<mp_size_t>(number.size()), limbs(p.data()), size);
    return out;
}

std::uint64_t digit(const Exponent& exponent, int place)
{
    const auto bit = static_cast<unsigned>(place * width);
    const auto limb = bit / 64, shift = bit % 64;
    auto out = exponent[limb] >> shift;
    if (shift + width > 64 && limb + 1 < exponent.size()) out |= exponent[limb + 1] << (64 - shift);
    return out & (digits - 1);
}

#ifdef __x86_64__
/// mpn_sec_tabselect in less than half of its time: eight limbs at a time stay in registers while every entry passes.
[[gnu::target("avx2")]] void select_avx2(Residue& out, const Residue* entries, std::uint64_t digit)
{
    __m256i masks[digits];
    for (std::uint64_t d = 0; d < digits; ++d) masks[d] = _mm256_set1_epi64x(static_cast<std::int64_t>(mask_if_equal(d, digit)));
    const auto at = [](auto* limb) { return reinterpret_cast<__m256i*>(const_cast<std::uint64_t*>(limb)); };
    for (std::size_t i = 0; i < out.size(); i += 8) {
        auto low = _mm256_setzero_si256(), high = low;
        for (std::size_t d = 0; d < digits; ++d) {
            low = _mm256_or_si256(low, _mm256_and_si256(_mm256_loadu_si256(at(&entries[d][i])), masks[d]));
            high = _mm256_or_si256(high, _mm256_and_si256(_mm256_loadu_si256(at(&entries[d][i + 4])), masks[d]));
        }
        _mm256_storeu_si256(at(&out[i]), low);
        _mm256_storeu_si256(at(&out[i + 4]), high);
    }
}
#endif

/// entries[digit], found by reading every entry.
void select(Residue& out, const Residue* entries, std::uint64_t digit)
{
#ifdef __x86_64__
    if (has_avx2) return select_avx2(out, entries, digit);
#endif
    mpn_sec_tabselect(limbs(out.data()), limbs(entries->data()), size, digits, static_cast<mp_size_t>(digit));
}

} // namespace

SecretField::SecretField(const Residue& p) : p_(p), one_(power_of_two(64 * size, p)), squared_(power_of_two(2 * 64 * size, p))
{
    std::uint64_t inverse = 1; // Newton: each step doubles the bits that are right
    for (int i = 0; i < 6; ++i) inverse *= 2 - p[0] * inverse;
    minus_inverse_ = 0 - inverse;
}

void SecretField::multiply(Residue& out, const Residue& a, const Residue& b, Workspace& space) const
{
    auto* t = space.product.data();
#ifdef __x86_64__
    if (has_two_carry_chains) multiply_in<add_product_adx>(t, a, b, p_, minus_inverse_);
    else
#endif
        multiply_in<add_product>(t, a, b, p_, minus_inverse_);
    const auto carry = mpn_add_n(limbs(out.data()), limbs(t), limbs(t + size), size);
    const auto below_p = mpn_sub_n(limbs(t), limbs(out.data()), limbs(p_.data()), size);
    mpn_cnd_sub_n(carry | (below_p ^ 1), limbs(out.data()), limbs(out.data()), limbs(p_.data()), size);
}

Residue SecretField::product(const Residue& a, const Residue& b) const
{
    Workspace space;
    Residue out;
    multiply(space.running, a, b, space);
    multiply(out, space.running, squared_, space);
    return out;
}

Residue SecretField::to_montgomery(const Residue& a) const
{
    Workspace space;
    Residue out;
    multiply(out, a, squared_, space);
    return out;
}

Residue SecretField::from_montgomery(const Residue& a) const
{
    constexpr Residue one{1};
    Workspace space;
    Residue out;
    multiply(out, a, one, space);
    return out;
}

Residue SecretField::power(const Residue& base, const Exponent& exponent) const
{
    std::vector<mp_limb_t> scratch(static_cast<std::size_t>(mpn_sec_powm_itch(size, exponent_bits, size)));
    Residue out;
    mpn_sec_powm(limbs(out.data()), limbs(base.data()), size, limbs(exponent.data()), exponent_bits, limbs(p_.data()), size, scratch.data());
    wipe(scratch.data(), scratch.size() * sizeof(mp_limb_t));
    return out;
}

SecretTable::SecretTable(const SecretField& field, const Residue& base) : field_(field), entries_(places * digits)
{
    SecretField::Workspace space;
    auto step = field.to_montgomery(base);
    for (std::size_t first = 0; first < entries_.size(); first += digits) {
        entries_[first] = field.one();
        for (std::size_t d = 1; d < digits; ++d) field.multiply(entries_[first + d], entries_[first + d - 1], step, space);
        field.multiply(step, entries_[first + digits - 1], step, space);
    }
}

Residue SecretTable::power(const Exponent& exponent) const
{
    SecretField::Workspace space;
    select(space.running, entries_.data(), digit(exponent, 0));
    for (int place = 1; place < places; ++place) {
        select(space.entry, entries_.data() + static_cast<std::size_t>(place) * digits, digit(exponent, place));
        field_.multiply(space.running, space.running, space.entry, space);
    }
    return field_.from_montgomery(space.running);
}

} // namespace walkout::belenios_2048
