#include "shared/protocol/strict_json.hpp"

#include <set>
#include <string>
#include <vector>

namespace walkout::protocol {

Result<nlohmann::ordered_json> parse_strict(std::string_view text)
{
    using nlohmann::ordered_json;
    constexpr int depth_limit = 32;
    std::vector<std::set<std::string>> open_objects;
    const char* objection = nullptr;
    const auto watch = [&](int depth, ordered_json::parse_event_t event, ordered_json& parsed) {
        using Event = ordered_json::parse_event_t;
        if (depth > depth_limit) objection = "It is nested too deeply.";
        if (event == Event::object_start) open_objects.emplace_back();
        if (event == Event::object_end) open_objects.pop_back();
        if (event == Event::key && !open_objects.back().insert(parsed.get<std::string>()).second) objection = "It names a field twice.";
        return objection == nullptr;
    };
    try {
        auto json = ordered_json::parse(text, watch);
        if (objection == nullptr) return Result<ordered_json>(boost::system::in_place_value, std::move(json));
    } catch (const ordered_json::exception&) {
        objection = "It does not parse.";
    }
    return Refusal{Kind::malformed, "malformed_json", std::string("This is not acceptable JSON. ") + objection};
}

} // namespace walkout::protocol
