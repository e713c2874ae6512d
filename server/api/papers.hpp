#pragma once

#include "server/api/route.hpp"
#include "server/documents/templates.hpp"
#include "shared/base/names.hpp"

namespace walkout::api {

/// What documents and pages are written with. Lives as long as the routes.
struct Papers {
    documents::Templates templates;
    std::string public_url; ///< without a slash at its end: where pages can be reached
};

enum class Format { json, html, pdf };
constexpr auto enum_names(Format)
{
    return std::to_array<std::pair<Format, std::string_view>>({{Format::json, "json"}, {Format::html, "html"}, {Format::pdf, "pdf"}});
}
/// What ?format asks for; JSON where it is absent. Refuses no_such_format.
Result<Format> format_of(const Call& call);

/// A document in words and figures, not yet in a form.
struct Filled {
    std::string name; ///< of its template
    std::string json;
    std::string author; ///< of a PDF
    Instant made{};     ///< the day on a PDF: the document's, so that the same data gives the same bytes
    std::string foot{};
    double scale = 1; ///< of a PDF's type
    std::string language = "en";
    bool sheets_of_one_page = false; ///< of a PDF: type as much smaller as it takes
    double least_scale = 1;          ///< of that type
};
Reply in_form(const Papers& papers, const Filled& filled, Format format);

/// HTML under a policy that lets it run and load nothing.
Reply page(const Papers& papers, std::string html, int status = 200);

/// The template's page for everybody, asked for again each time: a suspension must be seen at once.
Reply public_page(const Papers& papers, const std::string& name, const std::string& json, int status = 200, std::string_view language = "en");

} // namespace walkout::api
