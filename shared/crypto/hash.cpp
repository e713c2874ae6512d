#include "shared/crypto/hash.hpp"

#include "shared/crypto/openssl.hpp"

#include <openssl/core_names.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

namespace walkout {

using namespace openssl;

struct Sha256::State {
    MdCtx ctx = require_handle(MdCtx(EVP_MD_CTX_new()), "EVP_MD_CTX_new");
};

Sha256::Sha256() : state_(std::make_unique<State>()) { require(EVP_DigestInit_ex(state_->ctx.get(), EVP_sha256(), nullptr), "EVP_DigestInit_ex"); }
Sha256::~Sha256() = default;

Sha256& Sha256::update(std::string_view piece)
{
    require(EVP_DigestUpdate(state_->ctx.get(), piece.data(), piece.size()), "EVP_DigestUpdate");
    return *this;
}

Digest Sha256::finish()
{
    Digest out;
    require(EVP_DigestFinal_ex(state_->ctx.get(), out.data(), nullptr), "EVP_DigestFinal_ex");
    return out;
}

Digest sha256(ByteView message) { return Sha256().update(text_of(message)).finish(); }

namespace {

template <std::size_t N> std::array<std::uint8_t, N> hmac(const EVP_MD* md, ByteView key, ByteView message)
{
    std::array<std::uint8_t, N> out;
    unsigned int size = 0;
    const auto* done = HMAC(md, key.data(), static_cast<int>(key.size()), message.data(), message.size(), out.data(), &size);
    require(done != nullptr && size == N ? 1 : 0, "HMAC");
    return out;
}

using Key32 = std::array<std::uint8_t, 32>;

Secret take(Key32& key)
{
    Secret out{ByteView(key)};
    wipe(key.data(), key.size());
    return out;
}

} // namespace

Digest hmac_sha256(ByteView key, ByteView message) { return hmac<32>(EVP_sha256(), key, message); }
std::array<std::uint8_t, 20> hmac_sha1(ByteView key, ByteView message) { return hmac<20>(EVP_sha1(), key, message); }

Secret pbkdf2_sha256(std::string_view password, std::string_view salt, unsigned iterations)
{
    Key32 out;
    require(PKCS5_PBKDF2_HMAC(password.data(), static_cast<int>(password.size()), bytes_of(salt).data(), static_cast<int>(salt.size()),
                              static_cast<int>(iterations), EVP_sha256(), static_cast<int>(out.size()), out.data()),
            "PKCS5_PBKDF2_HMAC");
    return take(out);
}

Secret scrypt(std::string_view passphrase, ByteView salt, ScryptCost cost)
{
    constexpr std::uint64_t memory_limit = 512ULL << 20U;
    Key32 out;
    require(
        EVP_PBE_scrypt(passphrase.data(), passphrase.size(), salt.data(), salt.size(), cost.n, cost.r, cost.p, memory_limit, out.data(), out.size()),
        "EVP_PBE_scrypt");
    return take(out);
}

Secret hkdf_sha256(ByteView key, std::string_view info)
{
    using Kdf = std::unique_ptr<EVP_KDF, Deleter<EVP_KDF_free>>;
    using KdfCtx = std::unique_ptr<EVP_KDF_CTX, Deleter<EVP_KDF_CTX_free>>;
    const auto kdf = require_handle(Kdf(EVP_KDF_fetch(nullptr, "HKDF", nullptr)), "EVP_KDF_fetch");
    const auto ctx = require_handle(KdfCtx(EVP_KDF_CTX_new(kdf.get())), "EVP_KDF_CTX_new");
    char digest_name[] = "SHA256";
    // OSSL_PARAM wants pointers to non-const but only reads them.
    const OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest_name, 0),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, const_cast<std::uint8_t*>(key.data()), key.size()),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, const_cast<char*>(info.data()), info.size()),
        OSSL_PARAM_construct_end(),
    };
    Key32 out;
    require(EVP_KDF_derive(ctx.get(), out.data(), out.size(), params), "EVP_KDF_derive");
    return take(out);
}

bool same_bytes(ByteView a, ByteView b) { return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0; }

} // namespace walkout
