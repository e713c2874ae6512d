#include "client/cli/layout.hpp"

#include <algorithm>

namespace walkout::cli {
namespace {

std::size_t columns_of(std::string_view word)
{
    std::size_t columns = 0;
    bool escape = false;
    for (const char c : word) {
        if (c == '\x1b') escape = true;
        else if (escape) escape = c != 'm';
        else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) ++columns; // a continuation byte of UTF-8 takes no column
    }
    return columns;
}

void wrap_line(std::string& out, std::string_view line, std::size_t width, std::size_t hang)
{
    const auto start = std::min(line.find_first_not_of(' '), line.size());
    out += line.substr(0, start);
    auto column = start;
    bool first = true;
    for (auto at = start; at < line.size();) {
        const auto end = std::min(line.find(' ', at), line.size());
        const auto next = std::min(line.find_first_not_of(' ', end), line.size());
        const auto word = line.substr(at, end - at);
        const auto size = columns_of(word);
        if (!first && column + size > width) {
            while (out.back() == ' ') out.pop_back();
            out += "\n" + std::string(start + hang, ' ');
            column = start + hang;
        }
        out += word;
        column += size;
        if (next < line.size()) out += line.substr(end, next - end); // blanks between words stay: menus are aligned with them
        column += next - end;
        first = false;
        at = next;
    }
}

} // namespace

std::string wrapped(std::string_view text, std::size_t width, std::size_t hang)
{
    std::string out;
    for (std::size_t at = 0;;) {
        const auto end = std::min(text.find('\n', at), text.size());
        wrap_line(out, text.substr(at, end - at), width, hang);
        if (end == text.size()) return out;
        out += '\n';
        at = end + 1;
    }
}

} // namespace walkout::cli
