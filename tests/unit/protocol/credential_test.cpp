#include "shared/protocol/credential.hpp"
#include "tests/support/random.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace walkout;
using namespace walkout::protocol;

TEST_SUITE_BEGIN("protocol");

TEST_CASE("a voting code survives how people type it")
{
    test::SeededRandom random(1);
    const auto code = VotingCode::make(random);
    CHECK(code.reveal().size() == 19);
    std::string typed(code.reveal());
    CHECK(VotingCode::parse("  " + typed + "\n")->reveal() == code.reveal());
    std::erase(typed, '-');
    CHECK(VotingCode::parse(typed)->reveal() == code.reveal());
}

TEST_CASE("voting codes use the whole alphabet and end in their check digit")
{
    test::SeededRandom random(8);
    std::set<char> seen;
    for (int i = 0; i < 200; ++i) {
        const auto code = VotingCode::make(random);
        CHECK(VotingCode::parse(code.reveal())->reveal() == code.reveal());
        seen.insert(code.reveal().begin(), code.reveal().end());
    }
    CHECK(std::string(seen.begin(), seen.end()) == "-" + std::string(base58_digits));
}

TEST_CASE("every single mistyped digit of a voting code is noticed")
{
    test::SeededRandom random(2);
    const auto code = VotingCode::make(random);
    for (std::size_t i = 0; i < code.reveal().size(); ++i)
        for (const char c : base58_digits) {
            std::string typed(code.reveal());
            if (typed[i] == '-' || typed[i] == c) continue;
            typed[i] = c;
            CAPTURE(typed);
            const auto parsed = VotingCode::parse(typed);
            // 53 check values for 58 digits: a digit swapped for one 53 places on is the only miss; the check digit itself has one form.
            const auto distance = std::abs(static_cast<int>(base58_digits.find(c)) - static_cast<int>(base58_digits.find(code.reveal()[i])));
            if (distance == 53 && i + 1 < code.reveal().size()) CHECK(parsed.has_value());
            else CHECK(parsed.has_error());
        }
}

TEST_CASE("a refusal of a voting code does not repeat it")
{
    const auto refused = VotingCode::parse("abc-def-ghi-jkm-noO");
    REQUIRE(refused.has_error());
    CHECK(refused.error().code == "voting_code_form");
    CHECK(refused.error().detail.find("abc") == std::string::npos);
}

TEST_CASE("a credential is derived as belenios-tool 2.0 derives it")
{
    // belenios-tool 2.0: setup generate-credentials --uuid CmTBw3Bbr6o4qm --group BELENIOS-2048 --count 1, then --derive CODE
    const auto& group = *Group::find("BELENIOS-2048");
    const auto code = VotingCode::parse("WzT-RJh-jV3-A6K-VSJ");
    REQUIRE(code.has_value());
    CHECK(group.text(derive_credential(group, *code, "CmTBw3Bbr6o4qm").public_key) ==
          "785968712196502730964926591066723995211582077968147396027110401970199827640856701988069697418731663204768675304704598878"
          "520330312469915581431365828234605809825736872857056866744564231863945048990074145118413988709179432966335525100876813749"
          "638571541827671258852723025458496142411273345040993913153221224870197583738170709672700762302781509226780367620926549277"
          "417861661777550765729679611392193376903402995682615367297311592554040026017741887733407437716179333111231758527699495789"
          "938184950873353806060521627849088150583090636777298340032826385621381313080920072929977365648774028078756225628971114270"
          "7628586947630019");
}

TEST_SUITE_END();
