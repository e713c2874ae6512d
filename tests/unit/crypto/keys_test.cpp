#include "shared/crypto/ed25519.hpp"
#include "shared/crypto/hash.hpp"
#include "shared/crypto/sealing.hpp"
#include "tests/support/random.hpp"

#include <doctest/doctest.h>

using namespace walkout;

TEST_SUITE_BEGIN("crypto");

TEST_CASE("hashes agree with published vectors")
{
    CHECK(hex(sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(hex(hmac_sha256(bytes_of("Jefe"), bytes_of("what do ya want for nothing?"))) ==
          "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"); // RFC 4231 case 2
    CHECK(hex(pbkdf2_sha256("passwd", "salt", 1).reveal_bytes()) ==
          "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"); // RFC 7914 section 11
    CHECK(hex(scrypt("", {}, {.n = 16, .r = 1, .p = 1}).reveal_bytes()) ==
          "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"); // RFC 7914 section 12, first half
}

TEST_CASE("signatures agree with RFC 8032 and fail on any change")
{
    const auto seed = from_hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
    const auto key = SigningKey::from_seed(*seed);
    REQUIRE(key);
    CHECK(hex(key->public_key()) == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    const auto signature = key->sign("");
    CHECK(hex(signature).starts_with("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb88215"));
    CHECK(verify_signature(key->public_key(), "", signature));
    CHECK_FALSE(verify_signature(key->public_key(), "x", signature));
    CHECK_FALSE(SigningKey::from_seed(bytes_of("short")));
}

TEST_CASE("a file under a passphrase opens only with it and only unchanged")
{
    test::SeededRandom random(7);
    const auto file = lock_with_passphrase("walkout-test/1", Secret(std::string("share")), Secret(std::string("correct horse")), random);
    CHECK(file.find("share") == std::string::npos);
    CHECK(unlock_with_passphrase("walkout-test/1", file, Secret(std::string("correct horse")))->reveal() == "share");
    CHECK_FALSE(unlock_with_passphrase("walkout-test/1", file, Secret(std::string("wrong"))));
    CHECK_FALSE(unlock_with_passphrase("walkout-other/1", file, Secret(std::string("correct horse"))));
    auto damaged = file;
    damaged[damaged.size() - 2] = damaged[damaged.size() - 2] == '0' ? '1' : '0';
    CHECK_FALSE(unlock_with_passphrase("walkout-test/1", damaged, Secret(std::string("correct horse"))));
    CHECK_FALSE(unlock_with_passphrase("walkout-test/1", "walkout-test/1 scrypt 1099511627776 8 1\n00\n00\n", Secret(std::string("x"))));
}

TEST_CASE("a message sealed to a trustee opens for that trustee and context alone")
{
    test::SeededRandom random(8);
    const auto alice = AgreementKey::from_seed(Secret(std::string(32, 'a')));
    const auto bob = AgreementKey::from_seed(Secret(std::string(32, 'b')));
    const auto sealed = seal_to(alice.public_key, "a share", "ballot 1", random);
    CHECK(open_from(alice, sealed, "ballot 1")->reveal() == "a share");
    CHECK_FALSE(open_from(bob, sealed, "ballot 1"));
    CHECK_FALSE(open_from(alice, sealed, "ballot 2"));
    CHECK_FALSE(open_from(alice, Bytes(80, 0), "ballot 1"));
}

TEST_SUITE_END();
