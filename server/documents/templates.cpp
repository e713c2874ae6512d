#include "server/documents/templates.hpp"

#include <kainjow/mustache.hpp>
#include <nlohmann/json.hpp>

#include <fstream>
#include <numeric>
#include <regex>
#include <stdexcept>
#include <vector>

namespace walkout::documents {

namespace {

namespace mustache = kainjow::mustache;
constexpr std::string_view style = "style.css";

std::string read_file(const std::filesystem::path& path)
{
    std::ifstream in(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    if (!in) throw std::runtime_error(path.string() + " cannot be read");
    return text;
}

/// What a template puts in, each with the sections it stands in: "#statement/statement". Sections that only ask whether there is anything are passed
/// over. Throws std::runtime_error at a tag of another kind: a comment or a changed delimiter could hide what must be shown.
std::set<std::string> shown_in(const std::string& file, const std::string& text)
{
    static const std::regex tag(R"(\{\{\s*([#^/]?)\s*([A-Za-z_]+|\.)\s*\}\})");
    std::set<std::string> shown;
    std::vector<std::string> sections;
    for (auto at = text.find("{{"); at != std::string::npos; at = text.find("{{", at + 2)) {
        std::smatch found;
        if (!std::regex_search(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), found, tag, std::regex_constants::match_continuous))
            throw std::runtime_error(file + " has a tag that is none of {{name}}, {{#name}}, {{^name}}, {{/name}}");
        const auto kind = found[1].str();
        const auto key = found[2].str();
        if (kind == "/") {
            if (!sections.empty()) sections.pop_back(); // whether they fit is the parser's question
        } else if (!kind.empty()) sections.push_back(key.starts_with("any_") ? "" : kind + key + "/");
        else shown.insert(std::accumulate(sections.begin(), sections.end(), std::string()) + key);
    }
    return shown;
}

void check(const std::string& file, const std::string& text, const std::string& ours)
{
    const auto shown = shown_in(file, text);
    if (const mustache::mustache parsed(text); !parsed.is_valid()) throw std::runtime_error(file + ": " + parsed.error_message());
    const auto keys = keys_of(text);
    for (const auto& key : keys_of(ours))
        if (!key.starts_with("any_") && !keys.contains(key))
            throw std::runtime_error(file + " leaves out {{" + key + "}}, which the document must show");
    for (const auto& what : shown_in("our own document", ours))
        if (!shown.contains(what)) throw std::runtime_error(file + " leaves out {{" + what + "}}, which the document must show there");
}

std::string file_of(std::string_view name, std::string_view language)
{
    return std::string(name) + (language == "en" ? "" : "." + std::string(language)) + ".md";
}

mustache::data data_of(const nlohmann::json& json)
{
    if (json.is_object()) {
        mustache::data out{mustache::data::type::object};
        for (const auto& [key, value] : json.items()) {
            if (value.is_array()) out.set("any_" + key, mustache::data{!value.empty()});
            out.set(key, data_of(value));
        }
        return out;
    }
    if (json.is_array()) {
        mustache::data out{mustache::data::type::list};
        for (const auto& value : json) out.push_back(data_of(value));
        return out;
    }
    if (json.is_boolean()) return mustache::data{json.get<bool>()};
    if (json.is_string()) return mustache::data{json.get<std::string>()};
    return mustache::data{json.dump()};
}

} // namespace

std::set<std::string> keys_of(std::string_view text)
{
    static const std::regex tag(R"(\{\{[#^]?\s*([A-Za-z_]+)\s*\}\})");
    const std::string subject(text);
    std::set<std::string> keys;
    for (std::sregex_iterator found(subject.begin(), subject.end(), tag), end; found != end; ++found) keys.insert((*found)[1]);
    return keys;
}

Templates::Templates(const std::optional<std::filesystem::path>& folder)
{
    for (const auto& [name, text] : embedded_templates()) texts_.emplace(name, text);
    if (folder) {
        for (const auto& entry : std::filesystem::directory_iterator(*folder)) {
            const auto name = entry.path().filename().string();
            const auto ours = texts_.find(name);
            if (ours == texts_.end()) throw std::runtime_error(entry.path().string() + " is not the name of a document we make");
            auto text = read_file(entry.path());
            if (name != style) check(entry.path().string(), text, ours->second);
            ours->second = std::move(text);
        }
    }
    css_ = texts_.at(std::string(style));
}

bool Templates::speaks(std::string_view name, std::string_view language) const { return texts_.contains(file_of(name, language)); }

Blocks Templates::fill(std::string_view name, std::string_view json, std::string_view language) const
{
    const auto found = texts_.find(file_of(name, language));
    if (found == texts_.end()) throw std::logic_error("there is no document named " + std::string(name));
    mustache::mustache parsed(found->second);
    parsed.set_custom_escape([](const std::string& text) { return literal(text); });
    return read_markup(parsed.render(data_of(nlohmann::json::parse(json))));
}

} // namespace walkout::documents
