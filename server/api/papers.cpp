#include "server/api/papers.hpp"

#include "server/api/reply.hpp"
#include "server/documents/html.hpp"
#include "server/documents/pdf.hpp"

namespace walkout::api {

Result<Format> format_of(const Call& call)
{
    if (const auto format = from_name<Format>(call.query("format", "json"))) return *format;
    return Refusal{Kind::malformed, "no_such_format", "A document comes as json, html or pdf.", "Ask for one of these."};
}

Reply in_form(const Papers& papers, const Filled& filled, Format format)
{
    if (format == Format::json) return Reply{.body = filled.json};
    const auto blocks = papers.templates.fill(filled.name, filled.json, filled.language);
    if (format == Format::html) return page(papers, documents::html_page(blocks, papers.templates.css(), filled.language, filled.name));
    const documents::PdfInfo info{.title = documents::title_of(blocks),
                                  .author = filled.author,
                                  .language = filled.language,
                                  .made = filled.made,
                                  .foot = filled.foot,
                                  .scale = filled.scale,
                                  .one_page_each = filled.sheets_of_one_page,
                                  .least_scale = filled.least_scale};
    Reply reply{.content_type = "application/pdf", .body = documents::pdf_of(documents::sheets_of(blocks), info)};
    return with(std::move(reply), "Content-Disposition", "inline; filename=\"" + filled.name + ".pdf\"");
}

Reply page(const Papers& papers, std::string html, int status)
{
    Reply reply{.status = status, .content_type = "text/html; charset=utf-8", .body = std::move(html)};
    return with(with(std::move(reply), "Content-Security-Policy", documents::page_policy(papers.templates.css())), "Referrer-Policy", "no-referrer");
}

Reply public_page(const Papers& papers, const std::string& name, const std::string& json, int status, std::string_view language)
{
    const auto blocks = papers.templates.fill(name, json, language);
    return with(page(papers, documents::html_page(blocks, papers.templates.css(), language, name), status), "Cache-Control", "public, no-cache");
}

} // namespace walkout::api
