#include "shared/crypto/belenios_2048_constants.hpp"
#include "shared/crypto/group.hpp"
#include "tests/support/random.hpp"

#include <doctest/doctest.h>

using namespace walkout;

TEST_SUITE_BEGIN("crypto");

namespace {

const Group& group = *Group::find("BELENIOS-2048");

} // namespace

TEST_CASE("Ed25519 keeps the laws that ballots rest on, and its elements have one text")
{
    const auto& curve = *Group::find("Ed25519");
    test::SeededRandom random(4);
    const auto x = curve.random_scalar(random);
    const auto y = curve.random_scalar(random);
    const auto gx = curve.secret_power(curve.generator(), x);
    CHECK(curve.contains(gx));
    CHECK(curve.secret_power(gx, y) == curve.power(curve.secret_power(curve.generator(), y), x.reveal()));
    CHECK(curve.multiply(gx, curve.invert(gx)) == curve.identity());
    CHECK(curve.secret_power(gx, SecretScalar::hide(curve.small(0))) == curve.identity());
    CHECK(curve.product({{curve.generator_powers(), x.reveal()}, {*curve.prepare(gx, Group::Reuse::once), curve.small(1)}}) ==
          curve.multiply(gx, gx));
    CHECK(*curve.parse_element(curve.text(gx)) == gx);
    CHECK_FALSE(curve.contains(*curve.parse_element("7" + std::string(61, 'f') + "ec"))); // y = -1: of order 2
    CHECK_FALSE(curve.contains(*curve.parse_element("7" + std::string(61, 'f') + "ee"))); // y = p + 1: not canonical
    CHECK_FALSE(curve.parse_element(std::string(63, '0')).has_value());
    CHECK_FALSE(curve.parse_element(std::string(63, '0') + "G").has_value());
}

TEST_CASE("a group is found by its name only")
{
    CHECK(Group::find("BELENIOS-2048") != nullptr);
    CHECK(Group::find("belenios-2048") == nullptr);
    CHECK(Group::find("") == nullptr);
}

TEST_CASE("constant-time, prepared and table powers agree, whatever the group")
{
    for (const auto* name : {"BELENIOS-2048", "Ed25519"}) {
        CAPTURE(name);
        const auto& g = *Group::find(name);
        test::SeededRandom random(1);
        const auto base = g.secret_power(g.generator(), g.random_scalar(random));
        const auto once = g.prepare(base, Group::Reuse::once);
        const auto often = g.prepare(base, Group::Reuse::often);
        const std::vector<Scalar> edges{g.small(0),
                                        g.small(1),
                                        g.small(31),
                                        g.small(32),
                                        g.subtract(g.small(0), g.small(1)),
                                        Scalar{{0, 1, 0, 0}},
                                        Scalar{{UINT64_MAX, UINT64_MAX, UINT64_MAX, 0}}};
        for (std::size_t i = 0; i < 20; ++i) {
            CAPTURE(i);
            const auto e = i < edges.size() ? edges[i] : g.random_scalar(random).reveal();
            const auto expected = g.secret_power(base, SecretScalar::hide(e));
            CHECK(g.product({{*once, e}}) == expected);
            CHECK(g.product({{*often, e}}) == expected);
            CHECK(g.secret_power(*often, SecretScalar::hide(e)) == expected);
            CHECK(g.secret_power(*once, SecretScalar::hide(e)) == expected);
            const auto of_generator = g.product({{g.generator_powers(), e}});
            CHECK(g.secret_power(g.generator_powers(), SecretScalar::hide(e)) == of_generator);
            CHECK(g.product({{*g.prepare(g.generator(), Group::Reuse::once), e}}) == of_generator);
        }
    }
}

TEST_CASE("a base prepared as the product of others is their product")
{
    for (const auto* name : {"BELENIOS-2048", "Ed25519"}) {
        CAPTURE(name);
        const auto& g = *Group::find(name);
        test::SeededRandom random(5);
        const auto a = g.secret_power(g.generator(), g.random_scalar(random)), b = g.secret_power(g.generator(), g.random_scalar(random));
        const auto pa = g.prepare(a, Group::Reuse::once), pb = g.prepare(b, Group::Reuse::once);
        const auto ab = g.multiply(a, b);
        CHECK(g.secret_product(a, b) == ab);
        CHECK(g.secret_product(a, g.identity()) == a);
        const std::vector<const Powers*> factors{pa.get(), pb.get()};
        const auto e = g.random_scalar(random).reveal();
        CHECK(g.product({{*g.prepare_product(ab, factors), e}, {g.generator_powers(), e}}) == g.power(g.multiply(ab, g.generator()), e));
    }
}

TEST_CASE("secret products are reduced fully, from the largest numbers on")
{
    std::string p = belenios_2048::p_decimal;
    p.back() = '8'; // it ends in 9
    const auto minus_one = *group.parse_element(p);
    CHECK(group.secret_product(minus_one, minus_one) == group.identity());
    CHECK(group.secret_product(minus_one, group.generator()) == group.multiply(minus_one, group.generator()));
    CHECK(group.secret_product(minus_one, group.identity()) == minus_one);
    CHECK_FALSE(group.contains(minus_one));
    CHECK_FALSE(group.admits(*group.prepare(minus_one, Group::Reuse::once)));
}

TEST_CASE("no power is taken of a point outside the main subgroup of Ed25519")
{
    const auto& curve = *Group::find("Ed25519");
    const auto of_order_2 = *curve.parse_element("7" + std::string(61, 'f') + "ec");
    const auto mixed = curve.multiply(curve.generator(), of_order_2);
    for (const auto& outside : {of_order_2, mixed}) {
        for (const auto exponent : {0U, 2U, 5U})
            CHECK_THROWS_AS((void)curve.product({{*curve.prepare(outside, Group::Reuse::once), curve.small(exponent)}}), NotInGroup);
        CHECK_THROWS_AS((void)curve.secret_power(outside, SecretScalar::hide(curve.small(2))), NotInGroup);
    }
}

TEST_CASE("a product of powers is the product of the powers")
{
    test::SeededRandom random(2);
    const auto h = group.secret_power(group.generator(), group.random_scalar(random));
    const auto powers = group.prepare(h, Group::Reuse::once);
    const auto a = group.random_scalar(random).reveal();
    const auto b = group.random_scalar(random).reveal();
    CHECK(group.product({{*powers, a}, {group.generator_powers(), b}, {*powers, b}}) ==
          group.multiply(group.multiply(group.power(h, a), group.power(group.generator(), b)), group.power(h, b)));
}

TEST_CASE("only elements of the prime-order subgroup are contained")
{
    CHECK(group.contains(group.generator()));
    CHECK(group.contains(group.identity()));
    const auto minus_one = group.subtract(group.small(0), group.small(1)); // q - 1, for scalars
    CHECK(group.power(group.generator(), minus_one) == group.invert(group.generator()));
    const auto two = group.parse_element("2");
    REQUIRE(two);
    CHECK_FALSE(group.contains(*two));
}

TEST_CASE("elements and scalars have one text")
{
    CHECK(group.text(group.identity()) == "1");
    CHECK(*group.parse_element(group.text(group.generator())) == group.generator());
    for (const auto* bad : {"", "0", "01", "-1", "+1", " 1", "1 ", "0x1", "1e3"}) {
        CAPTURE(bad);
        CHECK_FALSE(group.parse_element(bad));
    }
    CHECK_FALSE(group.parse_element(std::string(618, '9')));
    CHECK_FALSE(group.parse_element(std::string(617, '9')));
    CHECK(group.text(*group.parse_scalar("0")) == "0");
    CHECK(group.text(*group.parse_scalar("78571733251071885079927659812671450121821421258408794611510081919805623223440")) ==
          "78571733251071885079927659812671450121821421258408794611510081919805623223440");
    CHECK_FALSE(group.parse_scalar("78571733251071885079927659812671450121821421258408794611510081919805623223441")); // q
    CHECK_FALSE(group.parse_scalar("00"));
    CHECK_FALSE(group.parse_scalar(std::string(79, '1')));
}

TEST_CASE("scalars form a field")
{
    test::SeededRandom random(3);
    for (int i = 0; i < 50; ++i) {
        CAPTURE(i);
        const auto a = group.random_scalar(random).reveal();
        const auto b = group.random_scalar(random).reveal();
        CHECK(group.multiply(a, group.invert(a)) == group.small(1));
        CHECK(group.add(group.subtract(a, b), b) == a);
        CHECK(group.response(SecretScalar::hide(a), SecretScalar::hide(b), a) == group.subtract(a, group.multiply(a, b)));
    }
    CHECK_THROWS_AS((void)group.invert(group.small(0)), std::invalid_argument);
}

TEST_SUITE_END();
