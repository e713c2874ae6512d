#include "shared/wire/client_files.hpp"
#include "shared/wire/secret_json.hpp"

#include <doctest/doctest.h>

using namespace walkout;
using namespace walkout::wire;

namespace {

TrusteeFile file()
{
    TrusteeFile out;
    out.ballot = "pay-2013";
    out.title = "Pay, \"2013\" \\ Gŵyl\n";
    out.attempt = 3;
    out.seat = -9223372036854775807;
    out.trustees = {"scrutineer", "union"};
    out.approvers = {{"gs", ballot::Role::general_secretary, "00ff"}};
    out.seed = Secret(std::string("a seed of 22 characters"));
    out.decrypted = {{"phi", "hash"}, {"psi", ""}};
    return out;
}

std::string written() { return std::string(to_secret_json(file()).reveal()); }

std::string refusal(const std::string& text)
{
    const auto read = from_secret_json<TrusteeFile>(text);
    return read ? "accepted" : read.error().detail;
}

std::string with(std::string text, const std::string& from, const std::string& to)
{
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

} // namespace

TEST_SUITE("secret files")
{
    TEST_CASE("what is written reads back the same")
    {
        const auto read = from_secret_json<TrusteeFile>(written());
        REQUIRE(read.has_value());
        CHECK(to_secret_json(*read).reveal() == written());
        CHECK(read->title == file().title);
        CHECK(read->seat == file().seat);
        CHECK(read->approvers.at(0).role == ballot::Role::general_secretary);
        CHECK(read->seed.matches(file().seed));
        CHECK(read->share.empty());
        CHECK(read->decrypted == file().decrypted);
        VaultFile vault{"pay-2013", "Pay", true, "at noon", {{"uuid", "All", {{"M1", "A", "a@x", "code-1"}, {"M2", "B", "", "code-2"}}, {}}}};
        const auto back = from_secret_json<VaultFile>(to_secret_json(vault).reveal());
        REQUIRE(back.has_value());
        CHECK(back->constituencies.at(0).live.at(1).code == "code-2");
        CHECK(to_secret_json(*back).matches(to_secret_json(vault)));
    }

    TEST_CASE("a long text survives the growing of the buffer")
    {
        auto big = file();
        for (int i = 0; i < 5000; ++i) big.trustees.push_back("trustee-" + std::to_string(i));
        CHECK(from_secret_json<TrusteeFile>(to_secret_json(big).reveal())->trustees == big.trustees);
    }

    TEST_CASE("anything else is refused by field, and no content is repeated")
    {
        CHECK(refusal(written()) == "accepted");
        CHECK(refusal(written() + " ") == "The file goes on after its end.");
        CHECK(refusal("") == "The file has the wrong type.");
        CHECK(refusal(with(written(), "\"seed\"", "\"sead\"")) == "The file's field \"sead\" is not a field of this file.");
        CHECK(refusal(with(written(), "\"seed\":\"a seed of 22 characters\",", "")) == "The file's field \"seed\" is missing.");
        CHECK(refusal(with(written(), "\"share\":", "\"seed\":\"x\",\"share\":")) == "The file's field \"seed\" is there twice.");
        CHECK(refusal(with(written(), "\"phi\":", "\"psi\":")) == "The file's field \"decrypted.psi\" is there twice.");
        CHECK(refusal(with(written(), "\"attempt\":3", "\"attempt\":\"3\"")) == "The file's field \"attempt\" must be a whole number.");
        CHECK(refusal(with(written(), "\"a seed of 22 characters\"", "7")) == "The file's field \"seed\" must be a text.");
        CHECK(refusal(with(written(), "general_secretary", "queen")) == "The file's field \"approvers.0.role\" is not one of its names.");
        CHECK(refusal(with(written(), "\"Pay", "\"\\x")) == "The file's field \"title\" has an escape that this file does not use.");
        CHECK(refusal(with(written(), "\"Pay", "\"\\u00e9")) == "The file's field \"title\" has an escape that this file does not use.");
    }

    TEST_CASE("no shortened file reads, and none crashes")
    {
        const auto whole = written();
        for (std::size_t size = 0; size < whole.size(); ++size) CHECK_FALSE(from_secret_json<TrusteeFile>(whole.substr(0, size)).has_value());
    }
}
