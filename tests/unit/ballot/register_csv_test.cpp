#include "shared/ballot/csv.hpp"
#include "shared/ballot/register_csv.hpp"
#include "tests/support/random.hpp"

#include <doctest/doctest.h>

using namespace walkout;
using namespace walkout::ballot;

TEST_SUITE_BEGIN("ballot");

namespace {

const std::string header = "number,name,email,phone,branch,employer,workplace,category,joined\n";

RegisterFile members(const std::string& rows) { return read_register(RegisterKind::members, header + rows).value(); }

std::vector<std::string> sentences(const std::vector<RowNote>& notes)
{
    std::vector<std::string> out;
    for (const auto& note : notes) out.push_back(sentence(note));
    return out;
}

/// The only problem of a file of one row.
std::string problem_of(const std::string& row)
{
    const auto file = members(row + "\n");
    CHECK(file.rejected == 1);
    REQUIRE(file.problems.size() == 1);
    return sentence(file.problems.front());
}

} // namespace

TEST_CASE("a good row comes back trimmed and in stored form")
{
    const auto file = members(" 1001 , Ann Ó Néill ,ann@example.org,+44 (0)1962 555 0100,Hampshire,HIOW CRC,Winchester,Officer,01/04/2009\n");
    CHECK(file.rejected == 0);
    REQUIRE(file.good.size() == 1);
    const RegisterValues expected{
        "1001", "Ann Ó Néill", "ann@example.org", "+44 (0)1962 555 0100", "Hampshire", "HIOW CRC", "Winchester", "Officer", "2009-04-01", "", ""};
    CHECK(merged(file.good[0], {}) == expected);
}

TEST_CASE("a column the file lacks keeps what the register has; an empty one clears it")
{
    const auto file = read_register(RegisterKind::members, "number,name,branch,phone\n1,Ann,North,\n").value();
    REQUIRE(file.good.size() == 1);
    const RegisterValues existing{"1", "Anne", "a@example.org", "01962 555 0100", "South", "E", "W", "C", "2009-04-01", "yes", "1 High Street"};
    CHECK(merged(file.good[0], existing) ==
          RegisterValues{"1", "Ann", "a@example.org", "", "North", "E", "W", "C", "2009-04-01", "yes", "1 High Street"});
}

TEST_CASE("each wrong value is named with its row and column")
{
    CHECK(problem_of(",Ann,,,North,,,,") == "row 2: number: is missing");
    CHECK(problem_of("1,,,,North,,,,") == "row 2: name: is missing");
    CHECK(problem_of("1,Ann,,,,,,,") == "row 2: branch: is missing");
    CHECK(problem_of("1 2,Ann,,,North,,,,") == "row 2: number: is not a member number: up to 32 letters, digits, dashes, dots and slashes");
    CHECK(problem_of("1,\"Ann\nBcc: x\",,,North,,,,") == "row 2: name: holds a line break, a tab or another control character");
    CHECK(problem_of("1,Ann,,12,North,,,,") == "row 2: phone: is not a telephone number");
    CHECK(problem_of("1,Ann,,,North,,,,2009-02-30") == "row 2: joined: is not a date such as 2009-04-01 or 01/04/2009");
    CHECK(problem_of("1,Ann,,,North,,Depot,,") == "row 2: workplace: is given without its employer");
    CHECK(problem_of("1,Ann,,,North") == "row 2: has 5 fields where the header has 9");
    for (const auto* address :
         {"ann", "@example.org", "ann@", "ann@example", "a@b@example.org", "ann <ann@example.org>", "ann@example.", "a,n@example.org"}) {
        CAPTURE(address);
        CHECK(problem_of("1,Ann,\"" + std::string(address) + "\",,North,,,,") == "row 2: email: is not an e-mail address");
    }
}

TEST_CASE("one row may have several problems and is rejected once; the counts add up")
{
    const auto file = members("1,Ann,x,y,North,,,,\n2,Bob,,,North,,,,\n,,,,,,,,\n3,,,,,,,,\n");
    CHECK(file.rows == 3);
    CHECK(file.good.size() == 1);
    CHECK(file.rejected == 2);
    CHECK(sentences(file.problems) == std::vector<std::string>{"row 2: email: is not an e-mail address", "row 2: phone: is not a telephone number",
                                                               "row 5: name: is missing", "row 5: branch: is missing"});
}

TEST_CASE("a member number twice is reported in every row that has it, and none of them is taken")
{
    const auto file = members("1,Ann,,,North,,,,\n2,Bob,,,North,,,,\n1,Anne,,,South,,,,\n");
    CHECK(file.good.size() == 1);
    CHECK(file.rejected == 2);
    CHECK(sentences(file.problems) == std::vector<std::string>{"row 2: number: is also in row 4; keep the one that is right",
                                                               "row 4: number: is also in row 2; keep the one that is right"});
}

TEST_CASE("one e-mail address for two members is a warning: it may be one person twice, or a household")
{
    const auto file = members("1,Ann,a@example.org,,North,,,,\n2,Bob,A@example.org,,North,,,,\n");
    CHECK(file.rejected == 0);
    CHECK(sentences(file.warnings) == std::vector<std::string>{"row 3: email: is also in row 2; is this one person with two memberships?"});
}

TEST_CASE("columns are found under their own names in any case and order, or under mapped ones; others are ignored and named")
{
    const auto file =
        read_register(RegisterKind::members, "Title,NAME,Membership No,Branch\nDr,Ann,7,North\n", {{"number", "membership no"}}).value();
    REQUIRE(file.good.size() == 1);
    CHECK(merged(file.good[0], {}).at(0) == "7");
    CHECK(file.ignored_columns == std::vector<std::string>{"Title"});
}

TEST_CASE("a file whose header cannot be understood is refused whole")
{
    const auto code = [](const std::string& csv, const std::map<std::string, std::string>& mapping = {}) {
        return read_register(RegisterKind::members, csv, mapping).error().code;
    };
    CHECK(code("") == "empty_file");
    CHECK(code("number,name\n1,Ann\n") == "missing_column");
    CHECK(code("number,name,branch,number\n") == "doubled_column");
    CHECK(code("number,name,branch\n", {{"email", "Mail"}}) == "missing_column");
    CHECK(code("number,name,branch\n", {{"colour", "name"}}) == "unknown_column");
    CHECK(code("number,name,branch,employer\n") == "missing_column");
    CHECK(code("number,name,branch\n1,\"x\n") == "malformed_csv");
}

TEST_CASE("a workplace's place on the map is two numbers of degrees or none")
{
    const auto file =
        read_register(RegisterKind::workplaces, "name,employer,latitude,longitude\n"
                                                "A,E,51.0630,-1.3200\nB,E,,\nC,E,51.06,\nD,E,91,0\nE,E,90,-180\nF,E,nan,0\nG,E,51.06N,0\n")
            .value();
    CHECK(file.good.size() == 3);
    CHECK(file.rejected == 4);
    CHECK(merged(file.good[0], {}) == RegisterValues{"A", "E", "", "", "51.063", "-1.32"});
}

TEST_CASE("whatever bytes a file holds, it is refused whole or every row of it is either good or rejected with a reason")
{
    constexpr std::string_view alphabet = "1aé,,,\"\"\n\n\r;\t@.-/ \x80\xFF\xFE";
    for (std::uint32_t seed = 0; seed < 2000; ++seed) {
        CAPTURE(seed);
        test::SeededRandom random(seed);
        std::string file = seed % 3 == 0 ? "" : "number,name,branch,email\n";
        for (std::uint32_t size = random.below(200); size > 0; --size) file += alphabet[random.below(alphabet.size())];
        const auto decoded = decode_text(file);
        if (!decoded) continue;
        CHECK(is_utf8(*decoded));
        const auto read = read_register(RegisterKind::members, *decoded);
        if (!read) continue;
        CHECK(static_cast<std::int64_t>(read->good.size()) + read->rejected == read->rows);
        CHECK((read->rejected == 0) == read->problems.empty());
    }
}

TEST_SUITE_END();
