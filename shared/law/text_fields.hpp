#pragma once

#include "shared/law/rule.hpp"

#include <span>
#include <string_view>

namespace walkout::law {

// Texts that a document of a ballot must hold, as dated data: which texts, in which words they are asked for, and where that stands.

enum class Document {
    method_record,     ///< the choice of a means of voting other than post (ERelA04 s.54)
    scrutineer_report, ///< what the scrutineer states (TULRCA s.231B(1))
};

/// One text. Of the method record: what its maker answers. Of the report: what the scrutineer is satisfied of, or says why not.
struct TextField {
    std::string_view name;
    std::string_view words; ///< of the report: as enacted
    std::string_view source;
    Confidence confidence = Confidence::high;
};

/// The fields that apply to a ballot opened on that day, in their order. The day must be covered.
std::span<const TextField> text_fields(Document document, Jurisdiction jurisdiction, Date opening_day);

} // namespace walkout::law
