#include "server/app/config.hpp"

#include <toml++/toml.h>

#include <fstream>
#include <set>
#include <sstream>
#include <thread>

namespace walkout::app {
namespace {

Refusal bad_config(std::string detail)
{
    return {.kind = Kind::invalid, .code = "bad_config", .detail = std::move(detail), .next = "Correct the configuration file."};
}

/// Reads fields by name and remembers the names, so that a misspelt one is refused instead of silently ignored.
class Fields {
public:
    enum class Presence { required, optional };
    Fields(const toml::table& table, std::string prefix, const std::filesystem::path& folder)
        : table_(table), prefix_(std::move(prefix)), folder_(folder)
    {}

    template <class T> void take(const char* key, T& into, Presence presence)
    {
        known_.insert(key);
        const auto* node = table_.get(key);
        if (node == nullptr) {
            if (presence == Presence::required) complain(prefix_ + key + " is missing");
            return;
        }
        if constexpr (std::is_same_v<T, std::filesystem::path>) {
            if (const auto text = node->value_exact<std::string>()) into = folder_ / *text;
            else complain(prefix_ + key + " must be a string");
        } else {
            if (const auto value = node->value_exact<T>()) into = *value;
            else complain(prefix_ + key + " has the wrong type");
        }
    }
    const toml::table* table(const char* key)
    {
        known_.insert(key);
        if (const auto* found = table_[key].as_table()) return found;
        complain("[" + prefix_ + key + "] is missing");
        return nullptr;
    }
    void complain(std::string what)
    {
        if (complaint_.empty()) complaint_ = std::move(what);
    }
    std::string complaint()
    {
        for (const auto& [key, node] : table_)
            if (!known_.contains(key.str())) complain(prefix_ + std::string(key.str()) + " is not a field of this file");
        return complaint_;
    }

private:
    const toml::table& table_;
    std::string prefix_;
    const std::filesystem::path& folder_;
    std::set<std::string, std::less<>> known_;
    std::string complaint_;
};

std::string take_tls(const toml::table& table, const std::filesystem::path& folder, Config& config)
{
    using enum Fields::Presence;
    Fields fields(table, "tls.", folder);
    fields.take("certificate", config.certificate, required);
    fields.take("key", config.key, required);
    fields.take("allow_tls12", config.allow_tls12, optional);
    return fields.complaint();
}

std::string take_all(const toml::table& table, const std::filesystem::path& folder, Config& config)
{
    using enum Fields::Presence;
    Fields fields(table, "", folder);
    fields.take("database", config.database, required);
    fields.take("board_key", config.board_key, required);
    fields.take("outbox", config.outbox, required);
    fields.take("public_url", config.public_url, required);
    fields.take("templates", config.templates, optional);
    fields.take("rehearsal", config.rehearsal, optional);
    fields.take("log", config.log, optional);
    fields.take("address", config.address, optional);
    fields.take("port", config.port, optional);
    fields.take("threads", config.threads, optional);
    fields.take("io_threads", config.io_threads, optional);
    fields.take("requests_per_second", config.requests_per_second, optional);
    fields.take("mail_from", config.mail_from, optional);
    if (const auto* tls = fields.table("tls"))
        if (auto complaint = take_tls(*tls, folder, config); !complaint.empty()) fields.complain(std::move(complaint));
    if (config.port < 0 || config.port > 65535) fields.complain("port must be from 0 to 65535");
    if (config.threads < 0 || config.threads > 256) fields.complain("threads must be from 1 to 256");
    if (config.io_threads < 1 || config.io_threads > 64) fields.complain("io_threads must be from 1 to 64");
    if (config.requests_per_second < 0 || config.requests_per_second > 1'000'000) fields.complain("requests_per_second must be from 0 to 1000000");
    return fields.complaint();
}

} // namespace

Result<Config> parse_config(std::string_view toml, const std::filesystem::path& folder)
{
    try {
        Config config;
        if (const auto complaint = take_all(toml::parse(toml), folder, config); !complaint.empty())
            return bad_config("In the configuration, " + complaint + ".");
        if (config.threads == 0) config.threads = std::max(1U, std::thread::hardware_concurrency());
        return config;
    } catch (const toml::parse_error& error) {
        return bad_config("The configuration is not TOML: " + std::string(error.description()) + " on line " +
                          std::to_string(error.source().begin.line) + ".");
    }
}

Result<Config> read_config(const std::filesystem::path& file)
{
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    if (!in || !(text << in.rdbuf())) return bad_config("The configuration file " + file.string() + " cannot be read.");
    return parse_config(text.str(), std::filesystem::absolute(file).parent_path());
}

} // namespace walkout::app
