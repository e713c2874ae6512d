#include "shared/ballot/csv.hpp"

#include <algorithm>
#include <array>

namespace walkout::ballot {
namespace {

constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";

void append_utf8(std::string& out, char32_t c)
{
    const auto byte = [&](char32_t value) { out += static_cast<char>(static_cast<unsigned char>(value)); };
    if (c < 0x80) byte(c);
    else if (c < 0x800) byte(0xC0 | (c >> 6)), byte(0x80 | (c & 0x3F));
    else if (c < 0x10000) byte(0xE0 | (c >> 12)), byte(0x80 | ((c >> 6) & 0x3F)), byte(0x80 | (c & 0x3F));
    else byte(0xF0 | (c >> 18)), byte(0x80 | ((c >> 12) & 0x3F)), byte(0x80 | ((c >> 6) & 0x3F)), byte(0x80 | (c & 0x3F));
}

Refusal unreadable(std::string why)
{
    return Refusal{Kind::malformed, "unreadable_text", "The file cannot be read as text: " + why + ".", "Save it again as CSV UTF-8."};
}

Result<std::string> decode_utf16(std::string_view bytes, bool big_endian)
{
    if (bytes.size() % 2 != 0) return unreadable("its UTF-16 ends in half a character");
    const auto unit = [&](std::size_t i) {
        const auto first = static_cast<unsigned char>(bytes[i]);
        const auto second = static_cast<unsigned char>(bytes[i + 1]);
        return static_cast<char32_t>(big_endian ? first << 8 | second : second << 8 | first);
    };
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); i += 2) {
        char32_t c = unit(i);
        if (c >= 0xD800 && c < 0xE000) {
            const char32_t low = c < 0xDC00 && i + 2 < bytes.size() ? unit(i + 2) : 0;
            if (low < 0xDC00 || low >= 0xE000) return unreadable("its UTF-16 holds half of a pair");
            c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
            i += 2;
        }
        append_utf8(out, c);
    }
    return out;
}

/// Bytes 80 to 9F of Windows-1252; the rest of it is Latin-1. The five bytes it leaves undefined become U+FFFD.
constexpr std::array<char32_t, 32> windows_1252 = {0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
                                                   0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                                   0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};

std::string decode_windows_1252(std::string_view bytes)
{
    std::string out;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        append_utf8(out, byte >= 0x80 && byte < 0xA0 ? windows_1252.at(byte - 0x80U) : char32_t{byte});
    }
    return out;
}

/// The length of the character at the front, 0 where it is not one: overlong forms, surrogates and beyond U+10FFFF are refused.
std::size_t utf8_length(std::string_view text)
{
    const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
    const auto follows = [&](std::size_t i, unsigned from = 0x80, unsigned to = 0xBF) { return byte(i) >= from && byte(i) <= to; };
    const unsigned first = byte(0);
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first <= 0xDF) return follows(1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF) return follows(1, first == 0xE0 ? 0xA0 : 0x80, first == 0xED ? 0x9F : 0xBF) && follows(2) ? 3 : 0;
    if (first >= 0xF0 && first <= 0xF4)
        return follows(1, first == 0xF0 ? 0x90 : 0x80, first == 0xF4 ? 0x8F : 0xBF) && follows(2) && follows(3) ? 4 : 0;
    return 0;
}

/// Reads one record after another.
class Parser {
public:
    explicit Parser(std::string_view text) : text_(text), separator_(separator_of(text.substr(0, text.find('\n')))) {}

    Result<std::vector<CsvRow>> all()
    {
        std::vector<CsvRow> rows;
        while (at_ < text_.size()) {
            CsvRow row{.number = ++row_, .fields = {}};
            do {
                const auto fine = read_field(row.fields.emplace_back());
                if (!fine) return fine.error();
            } while (take(separator_));
            if (const auto ended = end_row(); !ended) return ended.error();
            if (!std::ranges::all_of(row.fields, &std::string::empty)) rows.push_back(std::move(row));
        }
        return rows;
    }

private:
    static char separator_of(std::string_view first_line)
    {
        return *std::ranges::max_element(std::string_view(",;\t"), {}, [&](char c) { return std::ranges::count(first_line, c); });
    }

    Result<void> read_field(std::string& field)
    {
        if (!take('"')) {
            const auto end = std::min(text_.find_first_of(std::string{separator_, '\r', '\n'}, at_), text_.size());
            field = text_.substr(at_, end - at_);
            at_ = end;
            if (field.find('"') != std::string::npos) return bad("a quote in the middle of a field that does not begin with one");
            return {};
        }
        for (;;) {
            const auto quote = text_.find('"', at_);
            if (quote == std::string_view::npos) return bad("a quoted field that never ends");
            field += text_.substr(at_, quote - at_);
            at_ = quote + 1;
            if (!take('"')) return {};
            field += '"';
        }
    }

    Result<void> end_row()
    {
        if (at_ == text_.size() || take('\n')) return {};
        if (take('\r') && take('\n')) return {};
        return bad(text_[at_ - 1] == '\r' ? "a line that ends in a carriage return alone" : "text after a closing quote");
    }

    bool take(char c)
    {
        if (at_ >= text_.size() || text_[at_] != c) return false;
        ++at_;
        return true;
    }

    Refusal bad(const std::string& what) const
    {
        return Refusal{Kind::malformed, "malformed_csv", "row " + std::to_string(row_) + ": " + what + ".",
                       "Save the file again as CSV from a spreadsheet."};
    }

    std::string_view text_;
    char separator_;
    std::size_t at_ = 0;
    std::int64_t row_ = 0;
};

} // namespace

bool is_utf8(std::string_view text)
{
    while (!text.empty()) {
        const auto length = utf8_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

Result<std::string> decode_text(std::string_view file)
{
    if (file.starts_with("\xFF\xFE")) return decode_utf16(file.substr(2), false);
    if (file.starts_with("\xFE\xFF")) return decode_utf16(file.substr(2), true);
    if (file.starts_with(utf8_mark)) file.remove_prefix(utf8_mark.size());
    if (file.find('\0') != std::string_view::npos) return unreadable("it holds a zero byte");
    return is_utf8(file) ? std::string(file) : decode_windows_1252(file);
}

Result<std::vector<CsvRow>> parse_csv(std::string_view utf8) { return Parser(utf8).all(); }

} // namespace walkout::ballot
