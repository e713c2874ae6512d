#include "shared/ballot/csv.hpp"

#include <doctest/doctest.h>

using namespace walkout;
using namespace walkout::ballot;
using namespace std::string_literals;

TEST_SUITE_BEGIN("ballot");

namespace {

using Fields = std::vector<std::string>;

std::string trouble(std::string_view csv)
{
    const auto parsed = parse_csv(csv);
    REQUIRE(parsed.has_error());
    CHECK(parsed.error().code == "malformed_csv");
    return parsed.error().detail;
}

} // namespace

TEST_CASE("a file's encoding is found from its mark, and without one from its bytes")
{
    const std::string expected = "Zoë,Łódź,€5\r\n";
    CHECK(decode_text(expected).value() == expected);
    CHECK(decode_text("\xEF\xBB\xBF" + expected).value() == expected);
    CHECK(decode_text("\xFF\xFEZ\0o\0\xEB\0"s).value() == "Zoë");
    CHECK(decode_text("\xFE\xFF\0Z\0o\0\xEB"s).value() == "Zoë");
    CHECK(decode_text("\xFF\xFE\x3D\xD8\x00\xDE"s).value() == "😀");
    CHECK(decode_text("Zo\xEB \x80"
                      "5 O\x92Neill")
              .value() == "Zoë €5 O’Neill");
    CHECK(decode_text("").value().empty());
}

TEST_CASE("what is not text is refused, not guessed")
{
    for (const auto& file : {"\xFF\xFEZ"s, "\xFF\xFE\x3D\xD8"s, "\xFF\xFE\x00\xDE"s, "PK\x03\x04\0\0"s}) {
        CAPTURE(file);
        CHECK(decode_text(file).error().code == "unreadable_text");
    }
}

TEST_CASE("UTF-8 is judged strictly: overlong forms, surrogates and numbers beyond Unicode are something else")
{
    for (const auto* good : {"", "a", "\xC2\x80", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
        CAPTURE(good);
        CHECK(is_utf8(good));
    }
    for (const auto* bad :
         {"\x80", "\xC1\xBF", "\xC2", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF"}) {
        CAPTURE(bad);
        CHECK_FALSE(is_utf8(bad));
    }
}

TEST_CASE("fields may be quoted and then hold separators, quotes and line breaks; rows keep a spreadsheet's numbers")
{
    const auto rows = parse_csv("number,name\r\n1,\"O\"\"Neill, Ann\"\n,\n\"2\",\"two\r\nlines\"\n3,").value();
    REQUIRE(rows.size() == 4);
    CHECK(rows[0].fields == Fields{"number", "name"});
    CHECK(rows[1].fields == Fields{"1", "O\"Neill, Ann"});
    CHECK(rows[1].number == 2);
    CHECK(rows[2].fields == Fields{"2", "two\r\nlines"}); // row 3 is empty, and left out
    CHECK(rows[2].number == 4);
    CHECK(rows[3].fields == Fields{"3", ""});
    CHECK(parse_csv("").value().empty());
}

TEST_CASE("the separator is whichever the first line has most of")
{
    CHECK(parse_csv("a;b;c\n1,5;2;3\n").value().at(1).fields == Fields{"1,5", "2", "3"});
    CHECK(parse_csv("a\tb\n1,5\t2\n").value().at(1).fields == Fields{"1,5", "2"});
    CHECK(parse_csv("a\n1;2\n").value().at(1).fields == Fields{"1;2"});
}

TEST_CASE("what RFC 4180 does not allow is refused with its row")
{
    CHECK(trouble("a,b\n1,x\"y\n") == "row 2: a quote in the middle of a field that does not begin with one.");
    CHECK(trouble("a,b\n1,\"x\"y\n") == "row 2: text after a closing quote.");
    CHECK(trouble("a,b\n1,2\n3,\"x\n") == "row 3: a quoted field that never ends.");
    CHECK(trouble("a,b\r1,2\r") == "row 1: a line that ends in a carriage return alone.");
}

TEST_SUITE_END();
