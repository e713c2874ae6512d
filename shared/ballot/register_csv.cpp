#include "shared/ballot/register_csv.hpp"

#include "shared/ballot/csv.hpp"
#include "shared/base/time.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

namespace walkout::ballot {
namespace {

using Checked = Result<std::string>;

Refusal wrong(std::string what) { return Refusal{Kind::invalid, "wrong_value", std::move(what)}; }

bool ascii_digit(char c) { return c >= '0' && c <= '9'; }

Checked plain(std::string_view value)
{
    const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
    if (std::ranges::any_of(value, control)) return wrong("holds a line break, a tab or another control character");
    if (value.size() > 200) return wrong("is longer than 200 bytes");
    return std::string(value);
}

Checked number(std::string_view value)
{
    const auto allowed = [](char c) {
        return ascii_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '/' || c == '.';
    };
    if (value.size() > 32 || !std::ranges::all_of(value, allowed))
        return wrong("is not a member number: up to 32 letters, digits, dashes, dots and slashes");
    return std::string(value);
}

/// What can stand in a mail's To line without quoting, and in the name of the file it leaves as; whether it arrives only sending shows.
Checked email(std::string_view value)
{
    const auto allowed = [](char c) { return c > ' ' && c < 0x7F && std::string_view("()<>[]:;,\\\"/").find(c) == std::string_view::npos; };
    const auto at = value.find('@');
    const auto fine = at != std::string_view::npos && at > 0 && value.find('@', at + 1) == std::string_view::npos &&
                      value.find('.', at + 2) != std::string_view::npos && value.back() != '.' && value.size() <= 200 &&
                      std::ranges::all_of(value, allowed);
    if (!fine) return wrong("is not an e-mail address");
    return std::string(value);
}

Checked phone(std::string_view value)
{
    const auto allowed = [](char c) { return ascii_digit(c) || std::string_view(" +()-.").find(c) != std::string_view::npos; };
    if (!std::ranges::all_of(value, allowed) || std::ranges::count_if(value, ascii_digit) < 7) return wrong("is not a telephone number");
    return std::string(value);
}

/// 2009-04-01, or 01/04/2009 as Britain writes it.
Checked day(std::string_view value)
{
    std::string iso(value);
    if (value.size() == 10 && value[2] == '/' && value[5] == '/')
        iso = std::string(value.substr(6)) + "-" + std::string(value.substr(3, 2)) + "-" + std::string(value.substr(0, 2));
    if (!parse_date(iso)) return wrong("is not a date such as 2009-04-01 or 01/04/2009");
    return iso;
}

template <int Limit> Checked degrees(std::string_view value)
{
    double parsed = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), parsed);
    if (error != std::errc() || end != value.data() + value.size() || !(std::abs(parsed) <= Limit))
        return wrong("is not a number of degrees between -" + std::to_string(Limit) + " and " + std::to_string(Limit));
    return coordinate_text(parsed);
}

Checked yes_or_no(std::string_view value)
{
    if (value == "yes") return std::string(value);
    if (value == "no") return std::string();
    return wrong("must be yes or no");
}

constexpr RegisterColumn member_columns[] = {
    {"number", true, true, number}, {"name", false, true, plain},         {"email", false, false, email},     {"phone", false, false, phone},
    {"branch", false, true, plain}, {"employer", false, false, plain},    {"workplace", false, false, plain}, {"category", false, false, plain},
    {"joined", false, false, day},  {"overseas", false, false, yes_or_no}, {"address", false, false, plain}};
constexpr RegisterColumn workplace_columns[] = {
    {"name", true, true, plain},       {"employer", true, true, plain},         {"address", false, false, plain},
    {"postcode", false, false, plain}, {"latitude", false, false, degrees<90>}, {"longitude", false, false, degrees<180>}};
constexpr RegisterColumn employer_columns[] = {{"name", true, true, plain}, {"email", false, false, email}};
constexpr RegisterColumn branch_columns[] = {{"name", true, true, plain}};

std::string lower(std::string_view text)
{
    std::string out(text);
    for (auto& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view blank = " \t\r\n\xC2\xA0"; // with the no-break space that spreadsheets leave behind
    const auto first = text.find_first_not_of(blank);
    return first == std::string_view::npos ? std::string_view() : text.substr(first, text.find_last_not_of(blank) - first + 1);
}

Refusal bad_header(std::string code, std::string detail, const std::vector<std::string>& header)
{
    std::string found;
    for (const auto& name : header) found += (found.empty() ? "" : ", ") + name;
    return Refusal{Kind::invalid, std::move(code), std::move(detail),
                   "The file's columns are: " + found + ". Use --map field=Header to say which is which."};
}

std::optional<std::size_t> place_of(std::span<const RegisterColumn> columns, std::string_view name)
{
    const auto found = std::ranges::find(columns, name, &RegisterColumn::name);
    return found == columns.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - columns.begin()));
}

/// Where each column stands in the file's rows; absent where the file has none.
using Places = std::vector<std::optional<std::size_t>>;

Result<Places> find_columns(RegisterKind kind, const std::vector<std::string>& header, const std::map<std::string, std::string>& mapping)
{
    const auto columns = register_columns(kind);
    for (const auto& [field, title] : mapping)
        if (!place_of(columns, field))
            return bad_header("unknown_column", "There is no field \"" + field + "\" in a file of " + std::string(name(kind)) + ".", header);
    Places places;
    for (const auto& column : columns) {
        const auto mapped = mapping.find(std::string(column.name));
        const auto title = lower(mapped == mapping.end() ? column.name : std::string_view(mapped->second));
        const auto named = [&](const std::string& field) { return lower(trimmed(field)) == title; };
        const auto found = std::ranges::find_if(header, named);
        if (found == header.end()) {
            if (column.required || mapped != mapping.end())
                return bad_header("missing_column",
                                  "The file has no column \"" + title + "\"" +
                                      (mapped == mapping.end() ? "." : ", which is to hold " + std::string(column.name) + "."),
                                  header);
            places.emplace_back();
        } else {
            if (std::ranges::count_if(header, named) > 1)
                return bad_header("doubled_column", "The file has the column \"" + title + "\" twice.", header);
            places.emplace_back(found - header.begin());
        }
    }
    // One without the other would leave an old workplace under a new employer, or half a point on the map.
    constexpr std::pair<std::string_view, std::string_view> pairs[] = {{"employer", "workplace"}, {"latitude", "longitude"}};
    for (const auto& [one, other] : pairs) {
        const auto first = place_of(columns, one);
        const auto second = place_of(columns, other);
        if (first && second && places[*first].has_value() != places[*second].has_value())
            return bad_header("missing_column", "The file needs both columns, " + std::string(one) + " and " + std::string(other) + ", or neither.",
                              header);
    }
    return places;
}

class Reading {
public:
    Reading(RegisterKind kind, Places places, std::size_t width) : columns_(register_columns(kind)), places_(std::move(places)), width_(width)
    {
        file_.kind = kind;
    }

    void read(const CsvRow& row)
    {
        ++file_.rows;
        const auto problems_before = file_.problems.size();
        RegisterRow out{.number = row.number, .values = {}};
        if (row.fields.size() != width_)
            problem(row.number, "", "has " + std::to_string(row.fields.size()) + " fields where the header has " + std::to_string(width_));
        else
            for (std::size_t i = 0; i < columns_.size(); ++i) out.values.push_back(value(row, i));
        if (file_.problems.size() == problems_before) check_together(out);
        if (file_.problems.size() == problems_before) file_.good.push_back(std::move(out));
    }

    RegisterFile finish()
    {
        reject_doubled_keys();
        warn_of_shared_emails();
        std::ranges::stable_sort(file_.problems, {}, &RowNote::row);
        file_.rejected = file_.rows - static_cast<std::int64_t>(file_.good.size());
        return std::move(file_);
    }

private:
    void problem(std::int64_t row, std::string_view column, std::string what)
    {
        file_.problems.push_back({row, std::string(column), std::move(what)});
    }

    std::optional<std::string> value(const CsvRow& row, std::size_t index)
    {
        const auto& column = columns_[index];
        if (!places_[index]) return std::nullopt;
        const auto raw = trimmed(row.fields[*places_[index]]);
        if (raw.empty()) {
            if (column.required) problem(row.number, column.name, "is missing");
            return std::string();
        }
        auto checked = column.check(raw);
        if (!checked) problem(row.number, column.name, checked.error().detail);
        return checked ? *checked : std::string();
    }

    std::optional<std::string> named(const RegisterRow& row, std::string_view column) const
    {
        const auto place = place_of(columns_, column);
        return place ? row.values[*place] : std::nullopt;
    }

    void check_together(const RegisterRow& row)
    {
        if (file_.kind == RegisterKind::members && !named(row, "workplace").value_or("").empty() && named(row, "employer") == "")
            problem(row.number, "workplace", "is given without its employer");
        if (file_.kind == RegisterKind::workplaces && named(row, "latitude").value_or("").empty() != named(row, "longitude").value_or("").empty())
            problem(row.number, "latitude", "and longitude go together");
    }

    void reject_doubled_keys()
    {
        std::map<RegisterValues, std::vector<std::int64_t>> seen;
        for (const auto& row : file_.good) seen[key_of(file_.kind, row)].push_back(row.number);
        std::erase_if(file_.good, [&](const RegisterRow& row) {
            const auto& rows = seen.at(key_of(file_.kind, row));
            if (rows.size() == 1) return false;
            std::string others;
            for (const auto other : rows)
                if (other != row.number) others += (others.empty() ? "" : ", ") + std::to_string(other);
            problem(row.number, columns_.front().name, "is also in row " + others + "; keep the one that is right");
            return true;
        });
    }

    void warn_of_shared_emails()
    {
        if (file_.kind != RegisterKind::members) return;
        std::map<std::string, std::int64_t> first;
        for (const auto& row : file_.good) {
            const auto address = lower(named(row, "email").value_or(""));
            if (address.empty()) continue;
            const auto [found, fresh] = first.emplace(address, row.number);
            if (!fresh)
                file_.warnings.push_back(
                    {row.number, "email", "is also in row " + std::to_string(found->second) + "; is this one person with two memberships?"});
        }
    }

    std::span<const RegisterColumn> columns_;
    Places places_;
    std::size_t width_;
    RegisterFile file_;
};

} // namespace

std::span<const RegisterColumn> register_columns(RegisterKind kind)
{
    switch (kind) {
    case RegisterKind::members: return member_columns;
    case RegisterKind::workplaces: return workplace_columns;
    case RegisterKind::employers: return employer_columns;
    case RegisterKind::branches: return branch_columns;
    }
    throw std::logic_error("register_columns");
}

RegisterValues key_of(RegisterKind kind, const RegisterRow& row)
{
    const auto columns = register_columns(kind);
    RegisterValues key;
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (columns[i].key) key.push_back(*row.values[i]);
    return key;
}

RegisterValues merged(const RegisterRow& row, const RegisterValues& existing)
{
    RegisterValues out;
    for (std::size_t i = 0; i < row.values.size(); ++i) out.push_back(row.values[i].value_or(existing.empty() ? std::string() : existing[i]));
    return out;
}

std::string coordinate_text(double degrees)
{
    char buffer[32];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, degrees).ptr;
    return std::string(buffer, end);
}

std::string sentence(const RowNote& note)
{
    return "row " + std::to_string(note.row) + ": " + (note.column.empty() ? "" : note.column + ": ") + note.what;
}

Result<RegisterFile> read_register(RegisterKind kind, std::string_view csv, const std::map<std::string, std::string>& mapping)
{
    const auto rows = parse_csv(csv);
    if (!rows) return rows.error();
    if (rows->empty()) return Refusal{Kind::invalid, "empty_file", "The file has no header row.", "The first row names the columns."};
    const auto& header = rows->front().fields;
    auto places = find_columns(kind, header, mapping);
    if (!places) return places.error();
    std::vector<std::string> ignored;
    for (std::size_t i = 0; i < header.size(); ++i)
        if (std::ranges::find(*places, std::optional(i)) == places->end()) ignored.push_back(header[i]);
    Reading reading(kind, *std::move(places), header.size());
    for (const auto& row : std::span(*rows).subspan(1)) reading.read(row);
    auto file = reading.finish();
    file.ignored_columns = std::move(ignored);
    return file;
}

} // namespace walkout::ballot
