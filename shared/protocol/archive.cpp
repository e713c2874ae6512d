#include "shared/protocol/archive.hpp"

#include "shared/protocol/json.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <memory>

namespace walkout::protocol {
namespace {

constexpr std::size_t block = 512;
constexpr std::size_t largest_record = 1U << 30U;          ///< a credentials record of 1.4 million voters is 860 MB
constexpr std::size_t piece_size = std::size_t{64} << 10U; ///< what is read at once: a whole number of blocks
constexpr std::string_view header_name = "BELENIOS";

std::string hash_of(std::string_view body) { return hex(sha256(body)); }

/// A header block of 2.7: no ustar magic, and the checksum as "%06o\0 ".
std::array<char, block> tar_header(std::string_view name, std::size_t size, std::int64_t mtime)
{
    std::array<char, block> header{};
    const auto put = [&](std::size_t at, std::string_view text) { std::ranges::copy(text, header.begin() + static_cast<std::ptrdiff_t>(at)); };
    const auto octal = [](std::uint64_t value, const char* format) {
        std::array<char, 24> out{};
        const auto length = std::snprintf(out.data(), out.size(), format, static_cast<unsigned long>(value));
        return std::string(out.data(), static_cast<std::size_t>(length));
    };
    put(0, name);
    put(100, "0000644");
    put(108, "0000000");
    put(116, "0000000");
    put(124, octal(size, "%011lo"));
    put(136, octal(static_cast<std::uint64_t>(mtime), "%011lo"));
    put(148, "        "); // the checksum is taken with blanks in its place
    put(156, "0");
    std::uint64_t sum = 0;
    for (const char c : header) sum += static_cast<unsigned char>(c);
    put(148, octal(sum, "%06lo"));
    header[154] = '\0';
    header[155] = ' ';
    return header;
}

std::string tar_member(std::string_view name, std::string_view body, std::int64_t mtime)
{
    const auto header = tar_header(name, body.size(), mtime);
    std::string out(header.begin(), header.end());
    out += body;
    out.resize((out.size() + block - 1) / block * block, '\0');
    return out;
}

std::string name_of(const Record& record) { return record.hash() + (record.is_event ? ".event.json" : ".data.json"); }

std::string header_body(std::int64_t timestamp) { return Json{{"version", 1}, {"timestamp", std::to_string(timestamp)}}.dump(); }

Refusal broken(std::uint64_t record, const std::string& why)
{
    return Refusal{Kind::invalid, "container", "Record " + std::to_string(record) + " of the archive: " + why + "."};
}

bool is_hash(std::string_view text) { return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos; }

} // namespace

std::string Record::hash() const { return hash_of(body); }

std::string write_event(const Event& event)
{
    Json json = Json::object();
    if (!event.parent.empty()) json["parent"] = event.parent;
    json["height"] = event.height;
    json["type"] = std::string(name(event.type));
    if (!event.payload.empty()) json["payload"] = event.payload;
    return json.dump();
}

Result<Event> parse_event(std::string_view bytes)
{
    return read_record(bytes, "event", "The event", [&](const Json& json) {
        Event event;
        if (const auto* parent = optional_field(json, "parent"); parent != nullptr && parent->is_string()) event.parent = parent->get<std::string>();
        if (const auto* payload = optional_field(json, "payload"); payload != nullptr && payload->is_string())
            event.payload = payload->get<std::string>();
        event.height = count(field(json, "height"));
        const auto type = from_name<EventType>(text_field(json, "type"));
        if (!type) throw BadRecord("its type is unknown");
        event.type = *type;
        if (write_event(event) != bytes) throw BadRecord("it is not in its one canonical form");
        return event;
    });
}

std::string tar_record(const Record& record, std::int64_t timestamp) { return tar_member(name_of(record), record.body, timestamp); }
std::string archive_header(std::int64_t timestamp) { return tar_member(header_name, header_body(timestamp), timestamp); }

std::vector<Record> Chain::append(EventType type, std::vector<std::string> data)
{
    std::vector<Record> records;
    for (auto& body : data) records.push_back({false, std::move(body)});
    const Event event{head, length, type, records.empty() ? "" : records.back().hash()};
    records.push_back({true, write_event(event)});
    head = records.back().hash();
    ++length;
    return records;
}

std::string write_setup_data(std::string_view election, std::string_view trustees, std::string_view credentials)
{
    return setup_data_of_hashes(hash_of(election), hash_of(trustees), hash_of(credentials));
}

std::string setup_data_of_hashes(const std::string& election, const std::string& trustees, const std::string& credentials)
{
    return Json{{"election", election}, {"trustees", trustees}, {"credentials", credentials}}.dump();
}

std::string write_tally_data(unsigned num_tallied, unsigned total_weight, std::string_view encrypted_tally)
{
    return Json{{"num_tallied", num_tallied}, {"total_weight", write_count(total_weight)}, {"encrypted_tally", hash_of(encrypted_tally)}}.dump();
}

std::string write_owned(unsigned owner, std::string_view partial_decryption)
{
    return Json{{"owner", owner}, {"payload", hash_of(partial_decryption)}}.dump();
}

ArchiveReader::Source ArchiveReader::from(std::string_view bytes)
{
    return [rest = bytes](char* buffer, std::size_t size) mutable {
        const auto given = rest.copy(buffer, size);
        rest.remove_prefix(given);
        return given;
    };
}

std::size_t ArchiveReader::fill(char* buffer, std::size_t size)
{
    std::size_t got = 0;
    while (got < size) {
        const auto piece = source_(buffer + got, size - got);
        if (piece == 0) break;
        got += piece;
    }
    return got;
}

ArchiveReader::ArchiveReader(Source source) : source_(std::move(source)), buffer_(piece_size) {}

Result<std::optional<ArchiveReader::Member>> ArchiveReader::member()
{
    std::array<char, block> header;
    const auto got = fill(header.data(), header.size());
    if (got == 0) return std::optional<Member>();
    ++count_;
    if (got != block) return broken(count_, "its header is cut short");
    const std::string_view view(header.data(), header.size());
    const auto octal = [&](std::size_t at) {
        std::uint64_t value = 0;
        const auto field = view.substr(at, 11);
        const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value, 8);
        return error == std::errc() && end == field.data() + field.size() ? std::optional(value) : std::nullopt;
    };
    const auto size = octal(124);
    const auto mtime = octal(136);
    const std::string name(view.substr(0, std::min<std::size_t>(view.find('\0'), 100)));
    if (!size || !mtime || *size > largest_record) return broken(count_, "its header is not a tar header of this format");
    if (!timestamp_) timestamp_ = static_cast<std::int64_t>(*mtime);
    if (tar_header(name, *size, *timestamp_) != header) return broken(count_, "its header differs from the one this format prescribes");
    return std::optional(Member{name, *size});
}

Result<void> ArchiveReader::body(const Member& member, bool held, const Sink& sink)
{
    if (held && member.size > largest_held) return broken(count_, "it is larger than any record of its kind can be");
    auto content = member.size;
    for (auto left = (member.size + block - 1) / block * block; left > 0;) { // in pieces, so that a false size costs only what is there
        const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(left, buffer_.size()));
        if (fill(buffer_.data(), size) != size) return broken(count_, "it is cut short");
        const std::string_view piece(buffer_.data(), size);
        const auto used = static_cast<std::size_t>(std::min<std::uint64_t>(content, size));
        sink(piece.substr(0, used));
        if (piece.find_first_not_of('\0', used) != std::string_view::npos) return broken(count_, "its padding is not zero");
        content -= used;
        left -= size;
    }
    return {};
}

Result<std::int64_t> ArchiveReader::read_header()
{
    const auto first = member();
    if (!first) return first.error();
    if (!*first || (*first)->name != header_name) return broken(1, "it is not the BELENIOS header");
    std::string content;
    if (const auto read = body(**first, true, [&](std::string_view piece) { content += piece; }); !read) return read.error();
    if (content != header_body(*timestamp_))
        return broken(1, "the header is not {\"version\":1,\"timestamp\":\"<seconds>\"} with the archive's own time");
    return *timestamp_;
}

Result<std::optional<Record>> ArchiveReader::next(const Sink& data)
{
    const auto read = member();
    if (!read) return read.error();
    if (!*read) return std::optional<Record>();
    const auto& name = (*read)->name;
    const auto dot = name.find('.');
    const auto suffix = dot == std::string::npos ? "" : name.substr(dot);
    if (!is_hash(name.substr(0, dot)) || (suffix != ".data.json" && suffix != ".event.json"))
        return broken(count_, "its name is not a hash with .data.json or .event.json");
    Record record{suffix == ".event.json", {}};
    const bool held = record.is_event || !data;
    Sha256 content;
    const auto taken = body(**read, held, [&](std::string_view piece) {
        content.update(piece);
        if (held) record.body += piece;
        else data(piece);
    });
    if (!taken) return taken.error();
    hash_ = hex(content.finish());
    if (name.substr(0, dot) != hash_) return broken(count_, "its name is not the hash of its content");
    return std::optional(std::move(record));
}

} // namespace walkout::protocol
