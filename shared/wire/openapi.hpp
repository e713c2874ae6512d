#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace walkout::wire {

/// One operation of the API, as the route table knows it.
struct Operation {
    std::string method; ///< lower case: "get"
    std::string path;   ///< "/api/v1/ballots/{ballot}"
    std::string summary;
    std::string access;          ///< words: "anyone", "signed in", "signed in as scrutineer"; anything but "anyone" needs the bearer token
    std::string request_schema;  ///< JSON Schema or empty
    std::string response_schema; ///< JSON Schema or empty: not JSON
    bool if_match = false;
};

/// An OpenAPI 3.1 document. Throws std::invalid_argument where a schema is not JSON.
std::string openapi_document(std::string_view version, const std::vector<Operation>& operations);

} // namespace walkout::wire
