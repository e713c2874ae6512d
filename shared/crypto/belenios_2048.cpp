// BELENIOS-2048: the subgroup of prime order q of the integers modulo a 2048-bit p. Secrets go through GMP's mpn_sec_powm, which is
// constant time; public powers through OpenSSL's Montgomery multiplication, which is faster and may depend on the data.

#include "shared/crypto/belenios_2048_constants.hpp"
#include "shared/crypto/ed25519_group.hpp"
#include "shared/crypto/group.hpp"
#include "shared/crypto/openssl.hpp"

#include <gmp.h>
#include <openssl/bn.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <vector>

namespace walkout {
namespace {

using namespace openssl;
using Bn = std::unique_ptr<BIGNUM, Deleter<BN_free>>;
using BnCtx = std::unique_ptr<BN_CTX, Deleter<BN_CTX_free>>;
using Mont = std::unique_ptr<BN_MONT_CTX, Deleter<BN_MONT_CTX_free>>;

constexpr mp_size_t size = 32;            ///< limbs of p
constexpr int exponent_bits = 256;        ///< of q
constexpr std::size_t longest_text = 617; ///< decimal digits of p

BN_CTX* ctx()
{
    thread_local const BnCtx own = require_handle(BnCtx(BN_CTX_new()), "BN_CTX_new");
    return own.get();
}

Bn fresh() { return require_handle(Bn(BN_new()), "BN_new"); }

unsigned digit(const Scalar& exponent, int index, int width)
{
    const int bit = index * width;
    return static_cast<unsigned>(exponent.limbs[static_cast<std::size_t>(bit / 64)] >> (bit % 64)) & ((1U << width) - 1);
}

/// base^(16^i) for every i, in Montgomery form: the squarings of one base, shared by all its exponents (Yao's method).
struct Ladder final : Powers {
    static constexpr int width = 4;
    std::vector<Bn> rungs;
};

/// base^(d 256^i) for every byte d and place i: no squarings at all, 2 MiB.
struct Table final : Powers {
    static constexpr int width = 8;
    static constexpr int places = exponent_bits / width;
    std::vector<Bn> entries; ///< [place * 255 + digit - 1]
};

class Belenios2048 final : public Group {
public:
    Belenios2048() : Group(belenios_2048::q_decimal), mont_(require_handle(Mont(BN_MONT_CTX_new()), "BN_MONT_CTX_new"))
    {
        BIGNUM* p = nullptr;
        require(BN_dec2bn(&p, belenios_2048::p_decimal) > 0 ? 1 : 0, "BN_dec2bn");
        modulus_.reset(p);
        require(BN_MONT_CTX_set(mont_.get(), p, ctx()), "BN_MONT_CTX_set");
        p_ = element(p);
        identity_ = element(BN_value_one());
        generator_ = *parse_element(belenios_2048::g_decimal);
        generator_powers_ = prepare(generator_, Reuse::often);
    }

    std::string_view name() const override { return "BELENIOS-2048"; }
    const Element& generator() const override { return generator_; }
    const Element& identity() const override { return identity_; }
    const Powers& generator_powers() const override { return *generator_powers_; }

    std::optional<Element> parse_element(std::string_view text) const override
    {
        if (text.empty() || text.size() > longest_text || text.front() == '0') return std::nullopt; // 0 is not in the group
        if (!std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; })) return std::nullopt;
        std::array<unsigned char, longest_text> digits;
        std::ranges::transform(text, digits.begin(), [](char c) { return static_cast<unsigned char>(c - '0'); });
        std::array<mp_limb_t, size + 1> value{};
        mpn_set_str(value.data(), digits.data(), text.size(), 10);
        if (value[size] != 0 || mpn_cmp(value.data(), limbs(p_), size) >= 0) return std::nullopt;
        Element out;
        std::memcpy(out.limbs.data(), value.data(), sizeof out.limbs);
        return out;
    }

    std::string text(const Element& element) const override
    {
        std::array<mp_limb_t, size> value; // mpn_get_str destroys its input
        std::memcpy(value.data(), element.limbs.data(), sizeof element.limbs);
        mp_size_t used = size;
        while (used > 1 && value[static_cast<std::size_t>(used - 1)] == 0) --used;
        std::array<unsigned char, longest_text + 2> digits;
        const auto count = mpn_get_str(digits.data(), 10, value.data(), used);
        std::string out(count, '0');
        std::ranges::transform(digits.begin(), digits.begin() + static_cast<std::ptrdiff_t>(count), out.begin(),
                               [](unsigned char d) { return static_cast<char>('0' + d); });
        const auto first = out.find_first_not_of('0');
        return out.substr(std::min(first, out.size() - 1));
    }

    using Group::contains;
    bool contains(const Element& element) const override { return Group::contains(*prepare(element, Reuse::once)); }

    Element multiply(const Element& a, const Element& b) const override
    {
        std::array<mp_limb_t, 2 * size> wide;
        mpn_mul_n(wide.data(), limbs(a), limbs(b), size);
        std::array<mp_limb_t, size + 1> quotient;
        Element out;
        mpn_tdiv_qr(quotient.data(), limbs(out), 0, wide.data(), 2 * size, limbs(p_), size);
        return out;
    }

    Element invert(const Element& a) const override
    {
        const auto value = number(a);
        const Bn inverse(BN_mod_inverse(nullptr, value.get(), modulus_.get(), ctx()));
        if (!inverse) throw std::invalid_argument("this element has no inverse");
        return element(inverse.get());
    }

    Element secret_power(const Element& base, const SecretScalar& exponent) const override
    {
        thread_local std::vector<mp_limb_t> scratch(static_cast<std::size_t>(mpn_sec_powm_itch(size, exponent_bits, size)));
        Element out;
        const auto* e = reinterpret_cast<const mp_limb_t*>(exponent.reveal().limbs.data());
        mpn_sec_powm(limbs(out), limbs(base), size, e, exponent_bits, limbs(p_), size, scratch.data());
        wipe(scratch.data(), scratch.size() * sizeof(mp_limb_t));
        return out;
    }

    std::unique_ptr<Powers> prepare(const Element& base, Reuse reuse) const override
    {
        auto first = number(base);
        require(BN_to_montgomery(first.get(), first.get(), mont_.get(), ctx()), "BN_to_montgomery");
        if (reuse == Reuse::often) return table(std::move(first));
        auto ladder = std::make_unique<Ladder>();
        ladder->rungs.reserve(exponent_bits / Ladder::width);
        ladder->rungs.push_back(std::move(first));
        while (ladder->rungs.size() < exponent_bits / Ladder::width) {
            auto next = fresh();
            times(next.get(), ladder->rungs.back().get(), ladder->rungs.back().get());
            for (int i = 1; i < Ladder::width; ++i) times(next.get(), next.get(), next.get());
            ladder->rungs.push_back(std::move(next));
        }
        return ladder;
    }

    /// Yao: multiply each rung into the bucket of its digit; then the product of bucket[d]^d costs two multiplications a digit. All bases share
    /// the buckets; tables multiply straight into the result.
    Element product(std::span<const Term> terms) const override
    {
        thread_local Workspace space;
        std::array<bool, 1U << Ladder::width> filled{};
        const auto into = [&](BIGNUM* target, bool& has, const BIGNUM* factor) {
            if (has) times(target, target, factor);
            else copy(target, factor);
            has = true;
        };
        bool has_result = false;
        BIGNUM* result = space.result.get();
        for (const auto& [base, exponent] : terms) {
            if (const auto* table = dynamic_cast<const Table*>(&base.get())) {
                for (int place = 0; place < Table::places; ++place)
                    if (const auto d = digit(exponent, place, Table::width); d != 0)
                        into(result, has_result, table->entries[static_cast<std::size_t>(place) * 255 + d - 1].get());
                continue;
            }
            const auto& ladder = dynamic_cast<const Ladder&>(base.get());
            for (std::size_t i = 0; i < ladder.rungs.size(); ++i)
                if (const auto d = digit(exponent, static_cast<int>(i), Ladder::width); d != 0)
                    into(space.buckets[d].get(), filled[d], ladder.rungs[i].get());
        }
        bool has_running = false;
        for (std::size_t d = filled.size() - 1; d > 0; --d) {
            if (filled[d]) into(space.running.get(), has_running, space.buckets[d].get());
            if (has_running) into(result, has_result, space.running.get());
        }
        if (!has_result) return identity_;
        require(BN_from_montgomery(result, result, mont_.get(), ctx()), "BN_from_montgomery");
        return element(result);
    }

private:
    struct Workspace {
        std::array<Bn, 1U << Ladder::width> buckets;
        Bn running = fresh();
        Bn result = fresh();
        Workspace() { std::ranges::generate(buckets, fresh); }
    };

    static mp_limb_t* limbs(Element& e) { return reinterpret_cast<mp_limb_t*>(e.limbs.data()); }
    static const mp_limb_t* limbs(const Element& e) { return reinterpret_cast<const mp_limb_t*>(e.limbs.data()); }

    void times(BIGNUM* out, const BIGNUM* a, const BIGNUM* b) const
    {
        require(BN_mod_mul_montgomery(out, a, b, mont_.get(), ctx()), "BN_mod_mul_montgomery");
    }
    static void copy(BIGNUM* to, const BIGNUM* from) { require(BN_copy(to, from) != nullptr ? 1 : 0, "BN_copy"); }

    static Bn number(const Element& e)
    {
        return require_handle(Bn(BN_lebin2bn(reinterpret_cast<const unsigned char*>(e.limbs.data()), sizeof e.limbs, nullptr)), "BN_lebin2bn");
    }
    static Element element(const BIGNUM* number)
    {
        Element out;
        require(BN_bn2lebinpad(number, reinterpret_cast<unsigned char*>(out.limbs.data()), sizeof out.limbs) == sizeof out.limbs ? 1 : 0,
                "BN_bn2lebinpad");
        return out;
    }

    std::unique_ptr<Powers> table(Bn base) const
    {
        auto out = std::make_unique<Table>();
        out->entries.reserve(static_cast<std::size_t>(Table::places) * 255);
        for (int place = 0; place < Table::places; ++place) {
            auto entry = Bn(BN_dup(base.get()));
            for (int d = 1; d <= 255; ++d) {
                auto next = fresh();
                times(next.get(), entry.get(), base.get());
                out->entries.push_back(std::move(entry));
                entry = std::move(next);
            }
            base = std::move(entry); // base^256
        }
        return out;
    }

    Bn modulus_;
    Mont mont_;
    Element p_;
    Element identity_;
    Element generator_;
    std::unique_ptr<Powers> generator_powers_;
};

} // namespace

const Group* Group::find(std::string_view name)
{
    static const Belenios2048 belenios_2048;
    if (name == belenios_2048.name()) return &belenios_2048;
    return name == ed25519_group().name() ? &ed25519_group() : nullptr;
}

} // namespace walkout
