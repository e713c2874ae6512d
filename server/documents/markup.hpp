#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace walkout::documents {

/// A stretch of text in one style.
struct Run {
    std::string text{};
    bool strong = false;
    bool emphasis = false;
    bool code = false;
    bool line_break = false; ///< instead of text
    std::string link{};      ///< where it leads: a path of this server, or an https address; empty where it is no link
};

/// A part of a document. HTML and PDF are made from the same parts, so that they say the same words.
struct Block {
    enum class Kind { heading, paragraph, list, item, table, row, cell, quote, rule, qr, lines };
    enum class Align { left, centre, right };

    Kind kind = Kind::paragraph;
    int level = 0;                 ///< of a heading, 1 to 6; how many lines there are to write on
    bool header = false;           ///< a row of column titles
    int first = 0;                 ///< number of an ordered list's first item; 0: not ordered
    Align align = Align::left;     ///< of a cell
    std::string payload{};         ///< what a QR code says; its words for those who cannot see it are the runs
    std::vector<Run> runs{};       ///< of a heading, paragraph, cell or QR code
    std::vector<Block> children{}; ///< of a list, item, table, row or quote
};

using Blocks = std::vector<Block>;

/// Reads CommonMark with tables. Raw HTML and images do not exist in our documents and come out as their text, nor do links to anything but a path
/// of this server or an https address. An image alone in a paragraph is something else by its address: qr:TEXT is a QR code that says TEXT, lines:4
/// is four lines to write on by hand.
Blocks read_markup(std::string_view markdown);

/// The text so that read_markup() takes it as nothing but text, on one line.
std::string literal(std::string_view text);

/// The document as plain text, for a mail: a line a block, items marked by "- ", cells of a row parted by " | ".
std::string plain_text(const Blocks& blocks);

/// The document cut before each first-level heading: what is printed on pages of its own.
std::vector<Blocks> sheets_of(const Blocks& blocks);

/// The words of the first heading, or nothing.
std::string title_of(const Blocks& blocks);

} // namespace walkout::documents
