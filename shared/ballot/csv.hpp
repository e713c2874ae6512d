#pragma once

#include "shared/base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace walkout::ballot {

/// A file's text as UTF-8 without a byte order mark. Understands UTF-8, UTF-16 with a byte order mark, and takes what is not UTF-8 for
/// Windows-1252, as spreadsheets on Windows write. Refuses broken UTF-16, and binary (a zero byte).
Result<std::string> decode_text(std::string_view file);

bool is_utf8(std::string_view text);

struct CsvRow {
    std::int64_t number; ///< as a spreadsheet counts: the header is row 1
    std::vector<std::string> fields;
};

/// RFC 4180, strictly: line ends CRLF or LF; a quote only around a whole field, doubled within. The separator is the comma, the semicolon
/// or the tab, whichever the first line has most of. Rows whose every field is empty are left out.
/// Refuses with "malformed_csv", naming the row.
Result<std::vector<CsvRow>> parse_csv(std::string_view utf8);

} // namespace walkout::ballot
