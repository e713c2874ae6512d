#include "shared/protocol/credential_stream.hpp"
#include "shared/protocol/digest_set.hpp"
#include "shared/protocol/growth.hpp"
#include "tests/support/tamper.hpp"

#include <doctest/doctest.h>

#include <random>
#include <set>

using namespace walkout;
using namespace walkout::protocol;

TEST_SUITE_BEGIN("protocol");

namespace {

Growth compare(std::string_view earlier, std::string_view later) { return compare_growth(ArchiveReader::from(earlier), ArchiveReader::from(later)); }

} // namespace

TEST_CASE("an archive extends each of its earlier copies and none that differs")
{
    const auto archive = test::make_right("Ed25519");
    auto parts = test::take_apart(archive);
    std::vector<std::string> copies;
    for (auto fewer = parts; !fewer.steps.empty(); fewer.steps.pop_back()) copies.push_back(test::put_together(fewer));
    for (const auto& copy : copies) {
        const auto growth = compare(copy, archive);
        CHECK(growth.fault == "");
        CHECK(growth.events == 8);
    }
    CHECK(compare(copies.back(), archive).ballots_added == 2);
    CHECK(compare(archive, copies.back()).vanished.size() == 2);
    CHECK(compare(archive, copies.back()).fault.find("has already ended") != std::string::npos);
}

TEST_CASE("what changed is named: the height, both events and the ballots that vanished")
{
    auto parts = test::take_apart(test::make_right("Ed25519"));
    const auto earlier = test::put_together(parts);
    const auto gone = fingerprint_of(parts.steps[1].data[0]);
    const auto other = fingerprint_of(parts.steps[2].data[0]);
    auto dropped = parts;
    dropped.steps.erase(dropped.steps.begin() + 1);
    auto growth = compare(earlier, test::put_together(dropped));
    CHECK(growth.fault.find("At height 1") != std::string::npos);
    CHECK(growth.fault.find(gone) != std::string::npos);
    CHECK(growth.fault.find(other) != std::string::npos);
    CHECK(growth.vanished == std::vector{gone});

    auto swapped = parts;
    std::swap(swapped.steps[1], swapped.steps[2]);
    growth = compare(earlier, test::put_together(swapped));
    CHECK_FALSE(growth.holds());
    CHECK(growth.vanished.empty()); // both are still there
}

TEST_CASE("a damaged copy is said to be damaged, and is not called evidence of anything else")
{
    const auto archive = test::make_right("Ed25519");
    CHECK(compare(archive.substr(0, archive.size() - 1), archive).fault.find("The earlier copy is no sound archive") == 0);
    CHECK(compare(archive, archive + "x").fault.find("The later copy is no sound archive") == 0);
    CHECK_FALSE(compare("", archive).holds());
    CHECK_FALSE(compare(archive, "").holds());
}

TEST_CASE("archives of two ballots are not taken for one")
{
    auto parts = test::take_apart(test::make_right("Ed25519"));
    const auto archive = test::put_together(parts);
    parts.timestamp += 1;
    CHECK(compare(archive, test::put_together(parts)).fault.find("different ballots") != std::string::npos);
}

TEST_CASE("a digest set holds what was put in and nothing else")
{
    std::mt19937 engine(5);
    DigestSet set;
    std::set<ShortDigest> model;
    for (int i = 0; i < 4000; ++i) {
        ShortDigest digest{};
        digest[0] = static_cast<std::uint8_t>(engine() % 3);
        digest[1] = static_cast<std::uint8_t>(engine() % 200); // few enough to meet again, and to collide in their slots
        digest[20] = static_cast<std::uint8_t>(engine() % 4);
        if (engine() % 3 == 0) CHECK(set.erase(digest) == (model.erase(digest) == 1));
        else CHECK(set.insert(digest) == model.insert(digest).second);
        CHECK(set.contains(digest) == model.contains(digest));
        CHECK(set.size() == model.size());
    }
    for (const auto& digest : model) CHECK(set.contains(digest));
}

TEST_CASE("a list of credentials reads the same in pieces of any size")
{
    const std::string text = " [ \"12\" ,\"345\",\n\"6,7\" ] ";
    for (std::size_t size = 1; size <= text.size(); ++size) {
        std::vector<std::string> entries;
        CredentialStream stream([&](std::string entry) { entries.push_back(std::move(entry)); });
        for (std::size_t at = 0; at < text.size(); at += size) stream.feed(std::string_view(text).substr(at, size));
        CHECK(stream.complete());
        CHECK(entries == std::vector<std::string>{"12", "345", "6,7"});
    }
    for (const auto* bad :
         {"", "[", "]", "[1]", "[\"1\"", "[\"1\",]", "[,]", "[\"1\"\"2\"]", "[\"1\"] x", "[\"\\u0031\"]", "[\"1\n\"]", "{\"1\":2}", "\"1\""}) {
        CAPTURE(bad);
        CredentialStream stream([](std::string) {});
        stream.feed(bad);
        CHECK_FALSE(stream.complete());
    }
}

TEST_SUITE_END();
