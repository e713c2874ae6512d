#include "shared/wire/openapi.hpp"

#include "shared/wire/problem.hpp"

#include <nlohmann/json.hpp>

#include <stdexcept>

namespace walkout::wire {
namespace {

using Json = nlohmann::ordered_json;

Json schema(const std::string& text)
{
    auto json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
    if (json.is_discarded()) throw std::invalid_argument("openapi_document: a schema is not JSON: " + text);
    return json;
}

Json content(std::string_view type, const std::string& schema_text) { return {{std::string(type), {{"schema", schema(schema_text)}}}}; }

Json parameter(const char* in, const std::string& name) { return {{"name", name}, {"in", in}, {"required", true}, {"schema", {{"type", "string"}}}}; }

Json parameters(const Operation& operation)
{
    Json out = Json::array();
    const std::string_view path = operation.path;
    for (auto open = path.find('{'); open != path.npos; open = path.find('{', open + 1))
        out.push_back(parameter("path", std::string(path.substr(open + 1, path.find('}', open) - open - 1))));
    if (operation.if_match) out.push_back(parameter("header", "If-Match"));
    return out;
}

/// "get_api_v1_ballots_ballot"
std::string operation_id(const Operation& operation)
{
    std::string id = operation.method;
    for (const char c : operation.path) {
        if (c == '/' || c == '-' || c == '.') id += '_';
        else if (c != '{' && c != '}') id += c;
    }
    return id;
}

Json describe_operation(const Operation& operation)
{
    Json out{{"operationId", operation_id(operation)}, {"summary", operation.summary}, {"description", "For: " + operation.access + "."}};
    if (auto list = parameters(operation); !list.empty()) out["parameters"] = std::move(list);
    if (!operation.request_schema.empty())
        out["requestBody"] = {{"required", true}, {"content", content("application/json", operation.request_schema)}};
    Json success{{"description", "Done"}};
    if (!operation.response_schema.empty()) success["content"] = content("application/json", operation.response_schema);
    out["responses"] = {{"2XX", std::move(success)}, {"default", {{"$ref", "#/components/responses/problem"}}}};
    if (operation.access != "anyone") out["security"] = Json::array({Json{{"bearer", Json::array()}}});
    return out;
}

} // namespace

std::string openapi_document(std::string_view version, const std::vector<Operation>& operations)
{
    Json paths = Json::object();
    for (const auto& operation : operations) paths[operation.path][operation.method] = describe_operation(operation);
    const Json document{
        {"openapi", "3.1.0"},
        {"info", {{"title", "Walkout"}, {"version", std::string(version)}, {"license", {{"name", "Apache-2.0"}, {"identifier", "Apache-2.0"}}}}},
        {"paths", std::move(paths)},
        {"components",
         {{"responses",
           {{"problem",
             {{"description", "A refusal, as RFC 9457 problem details"}, {"content", content("application/problem+json", schema_json<Problem>())}}}}},
          {"securitySchemes", {{"bearer", {{"type", "http"}, {"scheme", "bearer"}}}}}}}};
    return document.dump();
}

} // namespace walkout::wire
