#include "server/documents/html.hpp"

#include "server/documents/qr_code.hpp"
#include "shared/base/encoding.hpp"
#include "shared/crypto/hash.hpp"

namespace walkout::documents {

namespace {

std::string element(std::string_view name, const std::string& inside, const std::string& attributes = {})
{
    return "<" + std::string(name) + attributes + ">" + inside + "</" + std::string(name) + ">";
}

std::string html_of(const std::vector<Run>& runs)
{
    std::string out;
    for (const auto& run : runs) {
        if (run.line_break) {
            out += "<br>";
            continue;
        }
        auto text = escaped(run.text);
        if (run.code) text = element("code", text);
        if (run.emphasis) text = element("em", text);
        if (run.strong) text = element("strong", text);
        if (!run.link.empty()) text = element("a", text, " href=\"" + escaped(run.link) + "\"");
        out += text;
    }
    return out;
}

std::string drawing_of(const Block& block)
{
    const auto code = qr_code(block.payload);
    const int side = code.width + 2 * code.quiet;
    std::string path;
    for (int row = 0; row < code.width; ++row)
        for (int column = 0; column < code.width; ++column)
            if (code.dark(row, column)) path += "M" + std::to_string(column + code.quiet) + " " + std::to_string(row + code.quiet) + "h1v1h-1z";
    const auto size = std::to_string(side);
    return "<figure class=\"qr\"><svg xmlns=\"http://www.w3.org/2000/svg\" aria-hidden=\"true\" width=\"180\" height=\"180\" viewBox=\"0 0 " + size +
           " " + size + "\" shape-rendering=\"crispEdges\"><rect width=\"" + size + "\" height=\"" + size + "\" fill=\"#fff\"/><path d=\"" + path +
           "\"/></svg><figcaption>" + html_of(block.runs) + "</figcaption></figure>\n";
}

std::string lines_of(const Block& block)
{
    std::string lines;
    for (int line = 0; line < block.level; ++line) lines += "<div></div>";
    return element("div", lines, " class=\"lines\"") + "\n";
}

std::string table_row(const Block& row)
{
    std::string cells;
    for (const auto& cell : row.children) {
        std::string attributes = row.header ? " scope=\"col\"" : "";
        if (cell.align != Block::Align::left) attributes += cell.align == Block::Align::right ? " class=\"right\"" : " class=\"centre\"";
        cells += element(row.header ? "th" : "td", html_of(cell.runs), attributes);
    }
    return element("tr", cells) + "\n";
}

std::string table_of(const Block& table)
{
    std::string head;
    std::string body;
    for (const auto& row : table.children) (row.header ? head : body) += table_row(row);
    return element("table", "\n" + element("thead", head) + "\n" + element("tbody", body) + "\n") + "\n";
}

std::string html_of(const Block& block)
{
    switch (block.kind) {
    case Block::Kind::heading: return element("h" + std::to_string(block.level), html_of(block.runs)) + "\n";
    case Block::Kind::paragraph: return element("p", html_of(block.runs)) + "\n";
    case Block::Kind::list:
        if (block.first == 0) return element("ul", "\n" + html_of(block.children)) + "\n";
        return element("ol", "\n" + html_of(block.children), block.first == 1 ? "" : " start=\"" + std::to_string(block.first) + "\"") + "\n";
    case Block::Kind::item: return element("li", block.children.size() == 1 ? html_of(block.children.front().runs) : html_of(block.children)) + "\n";
    case Block::Kind::table: return table_of(block);
    case Block::Kind::row: return table_row(block);
    case Block::Kind::cell: return html_of(block.runs);
    case Block::Kind::quote: return element("blockquote", "\n" + html_of(block.children)) + "\n";
    case Block::Kind::rule: return "<hr>\n";
    case Block::Kind::qr: return drawing_of(block);
    case Block::Kind::lines: return lines_of(block);
    }
    return {};
}

} // namespace

std::string escaped(std::string_view text)
{
    std::string out;
    for (const char c : text) switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        default: out += c;
        }
    return out;
}

std::string html_of(const Blocks& blocks)
{
    std::string out;
    for (const auto& block : blocks) out += html_of(block);
    return out;
}

std::string html_page(const Blocks& blocks, std::string_view css, std::string_view language, std::string_view kind)
{
    return "<!DOCTYPE html>\n<html lang=\"" + std::string(language) +
           "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
           escaped(title_of(blocks)) + "</title>\n<style>" + std::string(css) + "</style>\n</head>\n<body" +
           (kind.empty() ? "" : " class=\"" + escaped(kind) + "\"") + ">\n<main>\n" + html_of(blocks) + "</main>\n</body>\n</html>\n";
}

std::string page_policy(std::string_view css)
{
    return "default-src 'none'; style-src 'sha256-" + base64(sha256(css)) + "='; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
}

} // namespace walkout::documents
