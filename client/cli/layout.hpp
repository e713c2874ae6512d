#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace walkout::cli {

/// The text in lines of at most `width` columns, broken at blanks. Its own line ends stay. A line that has to go on does so under its own first word,
/// or `hang` columns further in. A longer word has a line of its own. Columns are UTF-8 characters; escape sequences take none.
std::string wrapped(std::string_view text, std::size_t width, std::size_t hang = 0);

} // namespace walkout::cli
