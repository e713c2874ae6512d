#pragma once

#include "server/documents/markup.hpp"

#include <string>
#include <string_view>

namespace walkout::documents {

/// Text as HTML text or as a quoted attribute value.
std::string escaped(std::string_view text);

/// The blocks as HTML elements; QR codes as drawings in line, so that a page needs nothing from elsewhere.
std::string html_of(const Blocks& blocks);

/// A whole page that stands alone: it loads nothing and runs nothing. language: "en" or "cy". kind: the class of its body, for a style that not
/// every document has, such as "poster".
std::string html_page(const Blocks& blocks, std::string_view css, std::string_view language, std::string_view kind = {});

/// The Content-Security-Policy under which html_page() with this style sheet shows as it should and can do nothing else.
std::string page_policy(std::string_view css);

} // namespace walkout::documents
