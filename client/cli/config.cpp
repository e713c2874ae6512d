#include "client/cli/config.hpp"

#include "client/cli/folders.hpp"

#include <toml++/toml.h>

#include <sstream>

namespace walkout::cli {

Result<Config> read_config(const std::filesystem::path& folder)
{
    const auto file = folder / "config.toml";
    const auto text = read_file(file);
    if (!text && text.error().code == "no_such_file") return Config{};
    if (!text) return text.error();
    try {
        const auto table = toml::parse(*text);
        return Config{.server = table["server"].value_or(std::string()), .cacert = table["cacert"].value_or(std::string())};
    } catch (const toml::parse_error& error) {
        return Refusal{.kind = Kind::invalid,
                       .code = "bad_config",
                       .detail = file.string() + " is not TOML: " + std::string(error.description()) + " on line " +
                                 std::to_string(error.source().begin.line) + ".",
                       .next = "Correct or delete it."};
    }
}

void write_config(const std::filesystem::path& folder, const Config& config)
{
    toml::table table{{"server", config.server}};
    if (!config.cacert.empty()) table.insert("cacert", config.cacert);
    std::ostringstream text;
    text << table << '\n';
    write_private(folder / "config.toml", text.str());
}

} // namespace walkout::cli
