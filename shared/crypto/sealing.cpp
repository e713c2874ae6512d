#include "shared/crypto/sealing.hpp"

#include "shared/crypto/openssl.hpp"

#include <algorithm>
#include <charconv>
#include <sstream>

namespace walkout {

using namespace openssl;

namespace {

using CipherCtx = std::unique_ptr<EVP_CIPHER_CTX, Deleter<EVP_CIPHER_CTX_free>>;
using PKeyCtx = std::unique_ptr<EVP_PKEY_CTX, Deleter<EVP_PKEY_CTX_free>>;
constexpr std::size_t nonce_size = 12, tag_size = 16;

Secret agree(ByteView seed, ByteView peer)
{
    const auto mine = require_handle(PKey(EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, nullptr, seed.data(), seed.size())), "X25519 private key");
    const auto theirs = require_handle(PKey(EVP_PKEY_new_raw_public_key(EVP_PKEY_X25519, nullptr, peer.data(), peer.size())), "X25519 public key");
    const auto ctx = require_handle(PKeyCtx(EVP_PKEY_CTX_new(mine.get(), nullptr)), "EVP_PKEY_CTX_new");
    std::array<std::uint8_t, 32> shared;
    std::size_t size = shared.size();
    require(EVP_PKEY_derive_init(ctx.get()), "EVP_PKEY_derive_init");
    require(EVP_PKEY_derive_set_peer(ctx.get(), theirs.get()), "EVP_PKEY_derive_set_peer");
    require(EVP_PKEY_derive(ctx.get(), shared.data(), &size), "EVP_PKEY_derive"); // OpenSSL refuses the all-zero result of small-order points
    Secret out{ByteView(shared)};
    wipe(shared.data(), shared.size());
    return out;
}

/// Both public keys go into the key, so a sealed message cannot be passed on under another ephemeral key.
Secret message_key(const Secret& shared, const AgreementPublicKey& ephemeral, const AgreementPublicKey& recipient)
{
    return hkdf_sha256(shared.reveal_bytes(), "walkout-seal|" + hex(ephemeral) + "|" + hex(recipient));
}

} // namespace

Bytes seal(ByteView key, std::string_view plain, std::string_view context, Random& random)
{
    Bytes out(nonce_size + plain.size() + tag_size);
    random.fill(std::span(out).first(nonce_size));
    const auto ctx = require_handle(CipherCtx(EVP_CIPHER_CTX_new()), "EVP_CIPHER_CTX_new");
    int size = 0;
    require(EVP_EncryptInit_ex(ctx.get(), EVP_aes_256_gcm(), nullptr, key.data(), out.data()), "EVP_EncryptInit_ex");
    require(EVP_EncryptUpdate(ctx.get(), nullptr, &size, bytes_of(context).data(), static_cast<int>(context.size())), "EVP_EncryptUpdate");
    require(EVP_EncryptUpdate(ctx.get(), out.data() + nonce_size, &size, bytes_of(plain).data(), static_cast<int>(plain.size())),
            "EVP_EncryptUpdate");
    require(EVP_EncryptFinal_ex(ctx.get(), out.data() + nonce_size + size, &size), "EVP_EncryptFinal_ex");
    require(EVP_CIPHER_CTX_ctrl(ctx.get(), EVP_CTRL_AEAD_GET_TAG, tag_size, out.data() + nonce_size + plain.size()), "EVP_CTRL_AEAD_GET_TAG");
    return out;
}

std::optional<Secret> open_sealed(ByteView key, ByteView sealed, std::string_view context)
{
    if (sealed.size() < nonce_size + tag_size) return std::nullopt;
    const auto body = sealed.subspan(nonce_size, sealed.size() - nonce_size - tag_size);
    Bytes tag(sealed.end() - tag_size, sealed.end());
    std::string plain(body.size(), '\0');
    auto* out = reinterpret_cast<std::uint8_t*>(plain.data());
    const auto ctx = require_handle(CipherCtx(EVP_CIPHER_CTX_new()), "EVP_CIPHER_CTX_new");
    int size = 0;
    require(EVP_DecryptInit_ex(ctx.get(), EVP_aes_256_gcm(), nullptr, key.data(), sealed.data()), "EVP_DecryptInit_ex");
    require(EVP_DecryptUpdate(ctx.get(), nullptr, &size, bytes_of(context).data(), static_cast<int>(context.size())), "EVP_DecryptUpdate");
    require(EVP_DecryptUpdate(ctx.get(), out, &size, body.data(), static_cast<int>(body.size())), "EVP_DecryptUpdate");
    require(EVP_CIPHER_CTX_ctrl(ctx.get(), EVP_CTRL_AEAD_SET_TAG, tag_size, tag.data()), "EVP_CTRL_AEAD_SET_TAG");
    Secret result(std::move(plain));
    if (EVP_DecryptFinal_ex(ctx.get(), tag.data(), &size) == 1) return result;
    ERR_clear_error();
    return std::nullopt;
}

std::string lock_with_passphrase(std::string_view magic, const Secret& plain, const Secret& passphrase, Random& random)
{
    const ScryptCost cost;
    std::array<std::uint8_t, 16> salt;
    random.fill(salt);
    const auto key = scrypt(passphrase.reveal(), salt, cost);
    std::ostringstream out;
    out << magic << " scrypt " << cost.n << ' ' << cost.r << ' ' << cost.p << '\n'
        << hex(salt) << '\n'
        << hex(seal(key.reveal_bytes(), plain.reveal(), magic, random)) << '\n';
    return out.str();
}

std::optional<Secret> unlock_with_passphrase(std::string_view magic, std::string_view file, const Secret& passphrase)
{
    std::istringstream in{std::string(file)};
    std::string found_magic, kdf, salt_hex, sealed_hex;
    ScryptCost cost;
    if (!(in >> found_magic >> kdf >> cost.n >> cost.r >> cost.p >> salt_hex >> sealed_hex) || found_magic != magic || kdf != "scrypt")
        return std::nullopt;
    if (cost.n < 2 || cost.n > (1U << 20U) || cost.r < 1 || cost.r > 8 || cost.p < 1 || cost.p > 4)
        return std::nullopt; // a forged file must not exhaust memory
    const auto salt = from_hex(salt_hex);
    const auto sealed = from_hex(sealed_hex);
    if (!salt || !sealed) return std::nullopt;
    const auto key = scrypt(passphrase.reveal(), *salt, cost);
    return open_sealed(key.reveal_bytes(), *sealed, magic);
}

AgreementKey AgreementKey::from_seed(Secret seed)
{
    const auto raw = seed.reveal_bytes();
    const auto key = require_handle(PKey(EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, nullptr, raw.data(), raw.size())), "X25519 private key");
    AgreementPublicKey public_key;
    std::size_t size = public_key.size();
    require(EVP_PKEY_get_raw_public_key(key.get(), public_key.data(), &size), "EVP_PKEY_get_raw_public_key");
    return AgreementKey{std::move(seed), public_key};
}

bool usable(const AgreementPublicKey& key)
{
    try {
        (void)agree(bytes_of("any 32 bytes will do to find out"), key);
        return true;
    } catch (const Failure&) {
        return false;
    }
}

Bytes seal_to(const AgreementPublicKey& recipient, std::string_view plain, std::string_view context, Random& random)
{
    std::array<std::uint8_t, 32> seed;
    random.fill(seed);
    const auto ephemeral = AgreementKey::from_seed(Secret{ByteView(seed)});
    wipe(seed.data(), seed.size());
    const auto key = message_key(agree(ephemeral.seed.reveal_bytes(), recipient), ephemeral.public_key, recipient);
    const auto body = seal(key.reveal_bytes(), plain, context, random);
    Bytes out(ephemeral.public_key.size() + body.size());
    const auto rest = std::ranges::copy(ephemeral.public_key, out.begin()).out;
    std::ranges::copy(body, rest);
    return out;
}

std::optional<Secret> open_from(const AgreementKey& mine, ByteView sealed, std::string_view context)
{
    AgreementPublicKey ephemeral;
    if (sealed.size() < ephemeral.size()) return std::nullopt;
    std::ranges::copy(sealed.first(ephemeral.size()), ephemeral.begin());
    try {
        const auto key = message_key(agree(mine.seed.reveal_bytes(), ephemeral), ephemeral, mine.public_key);
        return open_sealed(key.reveal_bytes(), sealed.subspan(ephemeral.size()), context);
    } catch (const Failure&) { // a small-order point from the sender
        return std::nullopt;
    }
}

} // namespace walkout
