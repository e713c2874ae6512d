// BELENIOS-2048: the subgroup of prime order q of the integers modulo a 2048-bit p. What is secret is in belenios_2048_secret.cpp. Public powers may
// take their time from the data: squarings go through OpenSSL's Montgomery multiplication; tables lie in one piece, which OpenSSL's numbers cannot,
// and so use ours.

#include "shared/crypto/belenios_2048_constants.hpp"
#include "shared/crypto/belenios_2048_secret.hpp"
#include "shared/crypto/ed25519_group.hpp"
#include "shared/crypto/group.hpp"
#include "shared/crypto/openssl.hpp"

#include <gmp.h>
#include <openssl/bn.h>

#include <algorithm>
#include <cstring>
#include <mutex>
#include <vector>

namespace walkout {
namespace {

using namespace openssl;
using belenios_2048::Residue;
using belenios_2048::SecretField;
using belenios_2048::SecretTable;
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

/// `width` bits of the exponent from `bit` upwards; beyond its end they are 0.
unsigned bits_at(const Scalar& exponent, int bit, int width)
{
    const auto limb = static_cast<std::size_t>(bit / 64);
    const auto shift = bit % 64;
    auto out = exponent.limbs[limb] >> shift;
    if (shift + width > 64 && limb + 1 < exponent.limbs.size()) out |= exponent.limbs[limb + 1] << (64 - shift);
    return static_cast<unsigned>(out) & ((1U << width) - 1);
}

struct Base : Powers {
    explicit Base(const Element& e) : element(e) {}
    Element element;
};

/// Numbers for the rungs of ladders, kept for the next ladder of this thread: a ballot needs thousands, and finding memory for them takes time.
class Spares {
public:
    static std::vector<Bn> take()
    {
        auto* own = mine();
        if (own == nullptr || own->kept_.empty()) return {};
        auto out = std::move(own->kept_.back());
        own->kept_.pop_back();
        return out;
    }
    static void give(std::vector<Bn> rungs)
    {
        constexpr std::size_t most = 16; // ladders of 64 KiB
        if (auto* own = mine(); own != nullptr && own->kept_.size() < most) own->kept_.push_back(std::move(rungs));
    }
    ~Spares() { ended_ = true; }

private:
    static Spares* mine() // nullptr while the thread ends
    {
        thread_local Spares own;
        return ended_ ? nullptr : &own;
    }
    static thread_local bool ended_;
    std::vector<std::vector<Bn>> kept_;
};
thread_local bool Spares::ended_ = false;

/// base^(2^i) for every i, in Montgomery form: the squarings of one base, shared by all its exponents (Yao's method).
struct Ladder final : Base {
    explicit Ladder(const Element& e) : Base(e), rungs(Spares::take()) {}
    ~Ladder() override { Spares::give(std::move(rungs)); }
    Ladder(const Ladder&) = delete;
    Ladder& operator=(const Ladder&) = delete;
    std::vector<Bn> rungs;
};

/// The product of several ladders' bases. To climb each of them is less work than to square their product.
struct Ladders final : Base {
    using Base::Base;
    std::vector<const Ladder*> factors;
};

/// base^(d 256^i) for every byte d and place i, in Montgomery form: no squarings at all, 2 MiB for public exponents; and the table for secret ones.
/// Each is made when it is first needed: a voter needs only the second, a verifier only the first.
struct Tables final : Base {
    using Base::Base;
    static constexpr int width = 8;
    static constexpr int places = exponent_bits / width;
    mutable std::once_flag public_made, secret_made;
    mutable std::vector<Residue> entries; ///< [place * 256 + digit]; that of the digit 0 is never looked at
    mutable std::unique_ptr<SecretTable> secret;

    const Residue* entry(const Scalar& exponent, int place) const
    {
        const auto d = bits_at(exponent, place * width, width);
        return d == 0 ? nullptr : &entries[static_cast<std::size_t>(place) << width | d];
    }
};

/// One product of powers of ladders under way: factors are collected by digit.
class Collector {
public:
    explicit Collector(BN_MONT_CTX* mont) : mont_(mont)
    {
        std::ranges::generate(buckets_, fresh);
        tower_ = fresh();
        result_ = fresh();
    }

    void begin() { filled_ = {}; }

    /// Windows slide to where the exponent has a 1, so that every digit is odd: a fifth fewer factors than with fixed windows, half the buckets.
    void add(const Ladder& ladder, const Scalar& exponent)
    {
        for (int bit = 0; bit < exponent_bits; ++bit) {
            if (bits_at(exponent, bit, 1) == 0) continue;
            const auto bucket = bits_at(exponent, bit, width) / 2;
            into(buckets_[bucket], filled_[bucket], *ladder.rungs[static_cast<std::size_t>(bit)]);
            bit += width - 1;
        }
    }

    /// The product in Montgomery form, or nullptr for the empty one. Bucket i holds the factors of the digit 2i + 1, and the product of all
    /// bucket[i]^(2i+1) is the square of that of bucket[i]^i, times every bucket once.
    const BIGNUM* finish()
    {
        bool has_result = false, has_tower = false;
        const Bn* above = nullptr; // the product of bucket i and all higher ones, kept in the highest
        for (std::size_t i = buckets_.size() - 1; i > 0; --i) {
            if (filled_[i]) {
                if (above != nullptr) times(**above, **above, *buckets_[i]);
                else above = &buckets_[i];
            }
            if (above != nullptr) into(tower_, has_tower, **above);
        }
        if (above != nullptr) {
            times(*tower_, *tower_, *tower_);
            into(result_, has_result, *tower_);
            into(result_, has_result, **above);
        }
        if (filled_[0]) into(result_, has_result, *buckets_[0]);
        return has_result ? result_.get() : nullptr;
    }

private:
    static constexpr int width = 4;

    void times(BIGNUM& out, const BIGNUM& a, const BIGNUM& b) const
    {
        require(BN_mod_mul_montgomery(&out, &a, &b, mont_, ctx()), "BN_mod_mul_montgomery");
    }
    void into(const Bn& target, bool& has, const BIGNUM& factor) const
    {
        if (has) times(*target, *target, factor);
        else require(BN_copy(target.get(), &factor) != nullptr ? 1 : 0, "BN_copy");
        has = true;
    }

    BN_MONT_CTX* mont_;
    std::array<Bn, std::size_t{1} << (width - 1)> buckets_;
    std::array<bool, std::size_t{1} << (width - 1)> filled_{};
    Bn tower_;
    Bn result_;
};

class Belenios2048 final : public Group {
public:
    Belenios2048()
        : Group(belenios_2048::q_decimal), mont_(require_handle(Mont(BN_MONT_CTX_new()), "BN_MONT_CTX_new")), p_(modulus()), secrets_(p_.limbs),
          identity_(element(*require_handle(Bn(BN_dup(BN_value_one())), "BN_dup"))), generator_(*parse_element(belenios_2048::g_decimal)),
          generator_powers_(generator_)
    {
        require(BN_MONT_CTX_set(mont_.get(), number(p_).get(), ctx()), "BN_MONT_CTX_set");
    }

    std::string_view name() const override { return "BELENIOS-2048"; }
    const Element& generator() const override { return generator_; }
    const Element& identity() const override { return identity_; }
    const Powers& generator_powers() const override { return generator_powers_; }

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

    bool contains(const Element& element) const override { return admits(*prepare(element, Reuse::once)); }

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
        const Bn inverse(BN_mod_inverse(nullptr, value.get(), number(p_).get(), ctx()));
        if (!inverse) throw std::invalid_argument("this element has no inverse");
        return element(*inverse);
    }

    Element secret_power(const Element& base, const SecretScalar& exponent) const override
    {
        if (base == generator_) return secret_power(generator_powers_, exponent);
        return {secrets_.power(base.limbs, exponent.reveal().limbs)};
    }

    Element secret_power(const Powers& base, const SecretScalar& exponent) const override
    {
        const auto* tables = dynamic_cast<const Tables*>(&base);
        if (tables == nullptr) return secret_power(dynamic_cast<const Base&>(base).element, exponent);
        std::call_once(tables->secret_made, [&] { tables->secret = std::make_unique<SecretTable>(secrets_, tables->element.limbs); });
        return {tables->secret->power(exponent.reveal().limbs)};
    }

    Element secret_product(const Element& a, const Element& b) const override { return {secrets_.product(a.limbs, b.limbs)}; }

    std::unique_ptr<Powers> prepare(const Element& base, Reuse reuse) const override
    {
        if (reuse == Reuse::often) return std::make_unique<Tables>(base);
        auto ladder = std::make_unique<Ladder>(base);
        auto& rungs = ladder->rungs;
        while (rungs.size() < static_cast<std::size_t>(exponent_bits)) rungs.push_back(fresh());
        require(BN_lebin2bn(reinterpret_cast<const unsigned char*>(base.limbs.data()), sizeof base.limbs, rungs[0].get()) != nullptr ? 1 : 0,
                "BN_lebin2bn");
        require(BN_to_montgomery(rungs[0].get(), rungs[0].get(), mont_.get(), ctx()), "BN_to_montgomery");
        for (std::size_t i = 1; i < rungs.size(); ++i) times(*rungs[i], *rungs[i - 1], *rungs[i - 1]);
        return ladder;
    }

    std::unique_ptr<Powers> prepare_product(const Element& base, std::span<const Powers* const> factors) const override
    {
        auto out = std::make_unique<Ladders>(base);
        for (const auto* factor : factors) out->factors.push_back(&dynamic_cast<const Ladder&>(*factor));
        return out;
    }

    Element product(std::span<const Term> terms) const override
    {
        thread_local Collector collector(mont_.get());
        collector.begin();
        SecretField::Workspace space;
        auto out = secrets_.one();
        for (const auto& [base, exponent] : terms) {
            if (const auto* tables = dynamic_cast<const Tables*>(&base.get())) {
                std::call_once(tables->public_made, [&] { fill(*tables); });
                for (int place = 0; place < Tables::places; ++place)
                    if (const auto* entry = tables->entry(exponent, place); entry != nullptr) secrets_.multiply(out, out, *entry, space);
            } else if (const auto* ladders = dynamic_cast<const Ladders*>(&base.get())) {
                for (const auto* ladder : ladders->factors) collector.add(*ladder, exponent);
            } else {
                collector.add(dynamic_cast<const Ladder&>(base.get()), exponent);
            }
        }
        if (const auto* climbed = collector.finish(); climbed != nullptr) secrets_.multiply(out, out, element(*climbed).limbs, space);
        return {secrets_.from_montgomery(out)};
    }

private:
    static mp_limb_t* limbs(Element& e) { return reinterpret_cast<mp_limb_t*>(e.limbs.data()); }
    static const mp_limb_t* limbs(const Element& e) { return reinterpret_cast<const mp_limb_t*>(e.limbs.data()); }

    static Bn number(const Element& e)
    {
        return require_handle(Bn(BN_lebin2bn(reinterpret_cast<const unsigned char*>(e.limbs.data()), sizeof e.limbs, nullptr)), "BN_lebin2bn");
    }
    static Element element(const BIGNUM& number)
    {
        Element out;
        require(BN_bn2lebinpad(&number, reinterpret_cast<unsigned char*>(out.limbs.data()), sizeof out.limbs) == sizeof out.limbs ? 1 : 0,
                "BN_bn2lebinpad");
        return out;
    }
    static Element modulus()
    {
        BIGNUM* p = nullptr;
        require(BN_dec2bn(&p, belenios_2048::p_decimal) > 0 ? 1 : 0, "BN_dec2bn");
        const Bn owned(p);
        return element(*owned);
    }

    void times(BIGNUM& out, const BIGNUM& a, const BIGNUM& b) const
    {
        require(BN_mod_mul_montgomery(&out, &a, &b, mont_.get(), ctx()), "BN_mod_mul_montgomery");
    }
    void fill(const Tables& tables) const
    {
        constexpr std::size_t digits = std::size_t{1} << Tables::width;
        SecretField::Workspace space;
        std::vector<Residue> entries(Tables::places * digits);
        auto base = secrets_.to_montgomery(tables.element.limbs);
        for (std::size_t first = 0; first < entries.size(); first += digits) {
            entries[first + 1] = base;
            for (std::size_t d = 2; d < digits; ++d) secrets_.multiply(entries[first + d], entries[first + d - 1], base, space);
            secrets_.multiply(base, entries[first + digits - 1], base, space);
        }
        tables.entries = std::move(entries);
    }

    Mont mont_;
    Element p_;
    SecretField secrets_;
    Element identity_;
    Element generator_;
    Tables generator_powers_;
};

} // namespace

const Group* Group::find(std::string_view name)
{
    static const Belenios2048 belenios_2048;
    if (name == belenios_2048.name()) return &belenios_2048;
    return name == ed25519_group().name() ? &ed25519_group() : nullptr;
}

} // namespace walkout
