#include "shared/protocol/head.hpp"

#include <doctest/doctest.h>

using namespace walkout;
using namespace walkout::protocol;

TEST_SUITE_BEGIN("protocol");

namespace {

Head head(std::uint64_t height, char event, const char* batch)
{
    return {"phi", height, std::string(64, event), no_register_changes, std::string(64, '1'), parse_instant(batch).value()};
}

} // namespace

TEST_CASE("a head and a receipt are read back from exactly the text that was signed")
{
    const auto h = head(12, 'a', "2013-10-01T12:00:00Z");
    const auto read = parse_head_text(head_text(h));
    REQUIRE(read);
    CHECK(head_text(*read) == head_text(h));
    const Receipt receipt{"phi", "tracker", parse_instant("2013-10-01T12:00:00Z").value()};
    REQUIRE(parse_receipt_text(receipt_text(receipt)));
    CHECK(parse_receipt_text(receipt_text(receipt))->tracker == "tracker");
    for (const auto& text : {head_text(h) + "|", head_text(h) + " ", "x" + head_text(h), receipt_text(receipt), std::string()}) {
        CAPTURE(text);
        CHECK_FALSE(parse_head_text(text));
    }
    CHECK_FALSE(parse_head_text("walkout-head|phi|012|e|r|a|2013-10-01T12:00:00Z"));
    CHECK_FALSE(parse_head_text("walkout-head|phi|-1|e|r|a|2013-10-01T12:00:00Z"));
    CHECK_FALSE(parse_receipt_text(head_text(h)));
    CHECK_FALSE(parse_receipt_text("walkout-receipt|phi|tracker|noon"));
}

TEST_CASE("two heads contradict each other when one board cannot have signed both")
{
    const auto first = head(5, 'a', "2013-10-01T12:00:00Z");
    CHECK_FALSE(contradiction(first, first));
    CHECK_FALSE(contradiction(first, head(6, 'b', "2013-10-01T13:00:00Z")));
    CHECK_FALSE(contradiction(head(6, 'b', "2013-10-01T13:00:00Z"), first)); // in whichever order they are seen
    CHECK(contradiction(first, head(5, 'b', "2013-10-01T13:00:00Z")));       // two events at one height
    CHECK(contradiction(first, head(4, 'b', "2013-10-01T13:00:00Z")));       // later but shorter
    CHECK(contradiction(head(4, 'b', "2013-10-01T13:00:00Z"), first));
    auto register_changed = first;
    register_changed.register_hash = std::string(64, '2');
    register_changed.batch = parse_instant("2013-10-01T13:00:00Z").value();
    CHECK_FALSE(contradiction(first, register_changed)); // a replacement of a credential without a ballot
    auto other = head(5, 'b', "2013-10-01T12:00:00Z");
    other.election = "psi";
    CHECK_FALSE(contradiction(first, other));
}

TEST_SUITE_END();
