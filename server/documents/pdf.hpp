#pragma once

#include "server/documents/markup.hpp"
#include "shared/base/time.hpp"

#include <span>
#include <string>
#include <vector>

namespace walkout::documents {

/// What a reader's window and every page's foot say of a PDF.
struct PdfInfo {
    std::string title{};
    std::string author{};
    std::string language = "en"; ///< read aloud in: BCP 47
    Instant made{};              ///< the document's own date, not the clock's: the same data must give the same bytes
    std::string foot{};          ///< left of the page number on every page, in small type; may be empty
    double scale = 1;            ///< of all type and QR codes: a poster is read from further away
    bool paged = true;           ///< false: pages have no foot and no number
    bool one_page_each = false;  ///< the scale shrinks, to `least_scale` at the least, until each document fits on one page
    double least_scale = 1;      ///< 0.75 is type of 8 points
};

/// A4 pages with real, tagged text (headings, lists, tables), black on white. Each document begins on a page of its own.
/// The same input gives the same bytes on machines with the same fonts. Throws std::runtime_error if no font can be had.
std::string pdf_of(std::span<const Blocks> documents, const PdfInfo& info);

} // namespace walkout::documents
