#pragma once

// JSON of files that hold secrets, from the same describe() as the API's messages, but without a parsed document in between: what is read goes from
// the decrypted bytes straight into the fields, what is written into one buffer that is wiped wherever it grows. Fields may be Secret, std::string,
// bool, std::int64_t, enums with enum_names, described structs, and std::vector, std::optional and std::map<std::string, T> of these.

#include "shared/base/result.hpp"
#include "shared/base/secret.hpp"

#include <string_view>

namespace walkout::wire {

template <class T> Secret to_secret_json(const T& message);

/// Refuses with "malformed_file", which names the field and never its content: unknown, missing, doubled or wrongly typed fields, or trailing bytes.
template <class T> Result<T> from_secret_json(std::string_view text);

} // namespace walkout::wire
