#include "server/documents/markup.hpp"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <mutex>
#include <stdexcept>

namespace walkout::documents {

namespace {

struct Free {
    void operator()(cmark_node* node) const { cmark_node_free(node); }
    void operator()(cmark_parser* parser) const { cmark_parser_free(parser); }
};

constexpr int most_lines = 40; // of a page to write on

std::string or_empty(const char* text) { return text ? text : ""; }

bool leads_somewhere(std::string_view address) { return address.starts_with("https://") || (address.starts_with('/') && !address.starts_with("//")); }

/// The text of a node and all below it, in styles.
void collect(cmark_node* node, Run style, std::vector<Run>& runs)
{
    for (auto* child = cmark_node_first_child(node); child; child = cmark_node_next(child)) {
        const auto type = cmark_node_get_type(child);
        auto run = style;
        if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE || type == CMARK_NODE_HTML_INLINE) {
            run.text = or_empty(cmark_node_get_literal(child));
            run.code = run.code || type == CMARK_NODE_CODE;
            runs.push_back(std::move(run));
        } else if (type == CMARK_NODE_SOFTBREAK) {
            run.text = " ";
            runs.push_back(std::move(run));
        } else if (type == CMARK_NODE_LINEBREAK) {
            runs.push_back({.line_break = true});
        } else {
            run.strong = run.strong || type == CMARK_NODE_STRONG;
            run.emphasis = run.emphasis || type == CMARK_NODE_EMPH;
            if (const auto address = type == CMARK_NODE_LINK ? or_empty(cmark_node_get_url(child)) : ""; leads_somewhere(address)) run.link = address;
            collect(child, run, runs);
        }
    }
}

std::vector<Run> runs_of(cmark_node* node)
{
    std::vector<Run> runs;
    collect(node, {}, runs);
    return runs;
}

Blocks blocks_below(cmark_node* node);

Block table_of(cmark_node* node)
{
    Block table{.kind = Block::Kind::table};
    const auto columns = cmark_gfm_extensions_get_table_columns(node);
    const auto* alignments = cmark_gfm_extensions_get_table_alignments(node);
    for (auto* line = cmark_node_first_child(node); line; line = cmark_node_next(line)) {
        Block row{.kind = Block::Kind::row, .header = cmark_gfm_extensions_get_table_row_is_header(line) != 0};
        std::uint16_t column = 0;
        for (auto* field = cmark_node_first_child(line); field && column < columns; field = cmark_node_next(field), ++column) {
            const auto align = alignments[column] == 'r'   ? Block::Align::right
                               : alignments[column] == 'c' ? Block::Align::centre
                                                           : Block::Align::left;
            row.children.push_back({.kind = Block::Kind::cell, .align = align, .runs = runs_of(field)});
        }
        table.children.push_back(std::move(row));
    }
    return table;
}

/// A paragraph that is one image with the address qr:TEXT or lines:NUMBER.
bool read_drawing(cmark_node* node, Block& block)
{
    auto* image = cmark_node_first_child(node);
    if (!image || cmark_node_get_type(image) != CMARK_NODE_IMAGE || cmark_node_next(image)) return false;
    const auto address = or_empty(cmark_node_get_url(image));
    if (address.starts_with("qr:")) {
        block = {.kind = Block::Kind::qr, .payload = address.substr(3), .runs = runs_of(image)};
        return true;
    }
    constexpr std::string_view lines = "lines:";
    if (!address.starts_with(lines)) return false;
    int count = 0;
    const auto* end = address.data() + address.size();
    const auto [read, error] = std::from_chars(address.data() + lines.size(), end, count);
    if (error != std::errc() || read != end || count < 1) return false;
    block = {.kind = Block::Kind::lines, .level = std::min(count, most_lines)};
    return true;
}

Block block_of(cmark_node* node)
{
    const auto type = cmark_node_get_type(node);
    if (std::string_view(cmark_node_get_type_string(node)) == "table") return table_of(node); // an extension's node has only a name
    if (type == CMARK_NODE_HEADING) return {.kind = Block::Kind::heading, .level = cmark_node_get_heading_level(node), .runs = runs_of(node)};
    if (type == CMARK_NODE_THEMATIC_BREAK) return {.kind = Block::Kind::rule};
    if (type == CMARK_NODE_BLOCK_QUOTE) return {.kind = Block::Kind::quote, .children = blocks_below(node)};
    if (type == CMARK_NODE_ITEM) return {.kind = Block::Kind::item, .children = blocks_below(node)};
    if (type == CMARK_NODE_LIST)
        return {.kind = Block::Kind::list,
                .first = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST ? cmark_node_get_list_start(node) : 0,
                .children = blocks_below(node)};
    if (type == CMARK_NODE_CODE_BLOCK || type == CMARK_NODE_HTML_BLOCK)
        return {.runs = {{.text = or_empty(cmark_node_get_literal(node)), .code = type == CMARK_NODE_CODE_BLOCK}}};
    if (Block drawing; read_drawing(node, drawing)) return drawing;
    return {.runs = runs_of(node)};
}

Blocks blocks_below(cmark_node* node)
{
    Blocks blocks;
    for (auto* child = cmark_node_first_child(node); child; child = cmark_node_next(child)) blocks.push_back(block_of(child));
    return blocks;
}

std::string words_of(const std::vector<Run>& runs)
{
    std::string words;
    for (const auto& run : runs) words += run.line_break ? " " : run.text;
    return words;
}

} // namespace

Blocks read_markup(std::string_view markdown)
{
    static std::once_flag once;
    std::call_once(once, cmark_gfm_core_extensions_ensure_registered);
    const std::unique_ptr<cmark_parser, Free> parser(cmark_parser_new(CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8));
    auto* table = cmark_find_syntax_extension("table");
    if (!table || !cmark_parser_attach_syntax_extension(parser.get(), table)) throw std::runtime_error("libcmark-gfm has no tables");
    cmark_parser_feed(parser.get(), markdown.data(), markdown.size());
    const std::unique_ptr<cmark_node, Free> root(cmark_parser_finish(parser.get()));
    return blocks_below(root.get());
}

std::string literal(std::string_view text)
{
    constexpr std::string_view special = "\\`*_{}[]()<>#+-.!|~&^=:$\"'";
    std::string out;
    for (const char c : text) {
        const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (blank && (out.empty() || out.back() == ' ')) continue; // blanks at the start of a line would mean something
        if (special.find(c) != std::string_view::npos) out += '\\';
        out += blank ? ' ' : c;
    }
    return out;
}

std::string plain_text(const Blocks& blocks)
{
    using Kind = Block::Kind;
    std::string out;
    for (const auto& block : blocks) {
        if (block.kind == Kind::heading && !out.empty()) out += "\n";
        if (block.kind == Kind::rule) out += "\n--------\n";
        else if (block.kind == Kind::item) out += "- " + plain_text(block.children);
        else if (block.kind == Kind::row) {
            std::string cells;
            for (const auto& cell : block.children) cells += (cells.empty() ? "" : " | ") + words_of(cell.runs);
            out += cells + "\n";
        } else {
            out += block.runs.empty() ? plain_text(block.children) : words_of(block.runs) + "\n";
        }
        if (block.kind == Kind::paragraph || block.kind == Kind::quote || block.kind == Kind::table) out += "\n";
    }
    return out;
}

std::vector<Blocks> sheets_of(const Blocks& blocks)
{
    std::vector<Blocks> sheets;
    for (const auto& block : blocks) {
        if (sheets.empty() || (block.kind == Block::Kind::heading && block.level == 1)) sheets.emplace_back();
        sheets.back().push_back(block);
    }
    return sheets;
}

std::string title_of(const Blocks& blocks)
{
    for (const auto& block : blocks)
        if (block.kind == Block::Kind::heading) return words_of(block.runs);
    return {};
}

} // namespace walkout::documents
