#include "shared/law/text_fields.hpp"

#include "shared/law/table.hpp"

#include <stdexcept>
#include <vector>

namespace walkout::law {
namespace {

struct Row {
    Document document;
    Jurisdiction jurisdiction;
    Date from; ///< until the next row of its document and jurisdiction
    std::vector<TextField> fields;
};

using enum Confidence;

// clang-format off
// The Order of 2026 and its Code were not readable (law.md 2): what they ask is asked of the maker of the record, in words of law.md 2.2 and 2.3.
std::vector<TextField> method_fields()
{
    return {
    {"decision", "Who determined by which means this ballot is voted on, and when", "ERelA04 s.54(1)-(3)", high},
    {"factors", "Each factor and criterion that the Order specifies, and how it was taken into account (read them in the Order)",
     "ERelA04 s.54(4), (10)(b)", high},
    {"opportunity", "How everyone entitled has an opportunity to vote: without a computer, an address for mail or good sight too",
     "ERelA04 s.54(5), (12)(a)", high},
    {"secrecy", "How votes cast are secret", "ERelA04 s.54(12)(b)", high},
    {"fairness", "How the risk of any unfairness or malpractice is minimised", "ERelA04 s.54(12)(c)", high},
    {"security", "How the security of the method was assessed: by whom, when, on what evidence", "Code of Practice on electronic balloting", medium},
    {"addresses", "How the means to vote reach members at personal, not workplace, addresses", "Code of Practice on electronic balloting", medium},
    {"duplicates", "Which of two returns by one member counts", "Code of Practice on electronic balloting", low},
    {"outages", "What is done in an outage, and who may extend the voting", "Code of Practice on electronic balloting", low},
    };
}

// TULRCA s.231B(1), as in force on 12 May 2006 and, by law.md 1.5, unchanged since.
std::vector<TextField> report_fields()
{
    return {
    {"no_contravention",
     "that there are no reasonable grounds for believing that there was any contravention of a requirement imposed by or under any enactment in "
     "relation to the ballot", "TULRCA s.231B(1)(a)", high},
    {"secure",
     "that the arrangements made with respect to the production, storage, distribution, return or other handling of the voting papers used in the "
     "ballot, and the arrangements for the counting of the votes, included all such security arrangements as were reasonably practicable for the "
     "purpose of minimising the risk that any unfairness or malpractice might occur", "TULRCA s.231B(1)(b)", high},
    {"no_interference",
     "that he has been able to carry out the functions conferred on him under section 226B(1) without any interference from the trade union or any of "
     "its members, officials or employees", "TULRCA s.231B(1)(c)", high},
    };
}
// clang-format on

std::vector<TextField> by_parallel(std::vector<TextField> fields, std::string_view source)
{
    for (auto& field : fields) {
        field.source = source;
        field.confidence = low;
    }
    return fields;
}

const std::vector<Row>& rows()
{
    static const std::vector<Row> all{
        {Document::method_record, Jurisdiction::great_britain, first_covered_day(), method_fields()},
        {Document::method_record, Jurisdiction::northern_ireland, first_covered_day(),
         by_parallel(method_fields(), "law of Northern Ireland, not read (by parallel with ERelA04 s.54)")},
        {Document::scrutineer_report, Jurisdiction::great_britain, first_covered_day(), report_fields()},
        {Document::scrutineer_report, Jurisdiction::northern_ireland, first_covered_day(),
         by_parallel(report_fields(), "NI Order, not read (by parallel with TULRCA s.231B(1))")},
    };
    return all;
}

} // namespace

std::span<const TextField> text_fields(Document document, Jurisdiction jurisdiction, Date opening_day)
{
    const Row* found = nullptr;
    for (const auto& row : rows())
        if (row.document == document && row.jurisdiction == jurisdiction && row.from <= opening_day && (!found || row.from > found->from))
            found = &row;
    if (found == nullptr) throw std::logic_error("text_fields: a day that is not covered");
    return found->fields;
}

} // namespace walkout::law
