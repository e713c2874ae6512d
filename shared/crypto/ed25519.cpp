#include "shared/crypto/ed25519.hpp"

#include "shared/crypto/openssl.hpp"

#include <algorithm>

namespace walkout {

using namespace openssl;

namespace {

template <std::size_t N> std::optional<std::array<std::uint8_t, N>> parse_fixed(std::string_view text)
{
    const auto bytes = from_hex(text);
    if (!bytes || bytes->size() != N) return std::nullopt;
    std::array<std::uint8_t, N> out;
    std::ranges::copy(*bytes, out.begin());
    return out;
}

PKey private_key(ByteView seed)
{
    return require_handle(PKey(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size())), "Ed25519 private key");
}

} // namespace

SigningKey SigningKey::make(Random& random)
{
    std::array<std::uint8_t, 32> seed;
    random.fill(seed);
    auto key = from_seed(seed);
    wipe(seed.data(), seed.size());
    return std::move(*key);
}

std::optional<SigningKey> SigningKey::from_seed(ByteView seed)
{
    if (seed.size() != 32) return std::nullopt;
    const auto key = private_key(seed);
    SigningPublicKey public_key;
    std::size_t size = public_key.size();
    require(EVP_PKEY_get_raw_public_key(key.get(), public_key.data(), &size), "EVP_PKEY_get_raw_public_key");
    return SigningKey(Secret(seed), public_key);
}

Signature SigningKey::sign(std::string_view message) const
{
    const auto key = private_key(seed_.reveal_bytes());
    const auto ctx = require_handle(MdCtx(EVP_MD_CTX_new()), "EVP_MD_CTX_new");
    Signature out;
    std::size_t size = out.size();
    require(EVP_DigestSignInit(ctx.get(), nullptr, nullptr, nullptr, key.get()), "EVP_DigestSignInit");
    require(EVP_DigestSign(ctx.get(), out.data(), &size, bytes_of(message).data(), message.size()), "EVP_DigestSign");
    return out;
}

bool verify_signature(const SigningPublicKey& public_key, std::string_view message, const Signature& signature)
{
    const PKey key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, public_key.data(), public_key.size()));
    const auto ctx = require_handle(MdCtx(EVP_MD_CTX_new()), "EVP_MD_CTX_new");
    const bool valid = key && EVP_DigestVerifyInit(ctx.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
                       EVP_DigestVerify(ctx.get(), signature.data(), signature.size(), bytes_of(message).data(), message.size()) == 1;
    if (!valid) ERR_clear_error();
    return valid;
}

std::optional<SigningPublicKey> parse_public_key(std::string_view hex_text) { return parse_fixed<32>(hex_text); }
std::optional<Signature> parse_signature(std::string_view hex_text) { return parse_fixed<64>(hex_text); }

} // namespace walkout
