#include "shared/law/text_fields.hpp"
#include "tests/unit/law/law_support.hpp"

using namespace walkout;
using namespace walkout::law;

TEST_SUITE("text_fields")
{
    // Typed from the Act, not from the code.
    TEST_CASE("TULRCA s.231B(1): the report makes three statements in the words of the Act")
    {
        constexpr std::string_view enacted[] = {
            "that there are no reasonable grounds for believing that there was any contravention of a requirement imposed by or under any "
            "enactment in relation to the ballot",
            "that the arrangements made with respect to the production, storage, distribution, return or other handling of the voting papers "
            "used in the ballot, and the arrangements for the counting of the votes, included all such security arrangements as were "
            "reasonably practicable for the purpose of minimising the risk that any unfairness or malpractice might occur",
            "that he has been able to carry out the functions conferred on him under section 226B(1) without any interference from the trade "
            "union or any of its members, officials or employees"};
        for (const auto* opened : {"2006-05-12", "2013-09-30", "2017-03-01", "2026-02-18", "2035-12-31"}) {
            CAPTURE(opened);
            const auto fields = text_fields(Document::scrutineer_report, Jurisdiction::great_britain, parse_date(opened).value());
            REQUIRE(fields.size() == std::size(enacted));
            for (std::size_t i = 0; i < fields.size(); ++i) {
                CHECK(fields[i].words == enacted[i]);
                CHECK(fields[i].confidence == Confidence::high);
            }
        }
    }

    TEST_CASE("what was not read for Northern Ireland is marked, and a day that is not covered has no fields")
    {
        for (const auto& field : text_fields(Document::scrutineer_report, Jurisdiction::northern_ireland, parse_date("2013-09-30").value()))
            CHECK(field.confidence == Confidence::low);
        CHECK_THROWS_AS((void)text_fields(Document::scrutineer_report, Jurisdiction::great_britain, parse_date("2006-05-11").value()),
                        std::logic_error);
    }
}
