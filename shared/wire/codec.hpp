#pragma once

// JSON for every message of the API, from one description of each struct:
//
//     struct SignIn { std::string number; };
//     template <class V> void describe(V& v, SignIn& m) { v("number", m.number); }      // beside the struct, in its namespace
//
// and in one .cpp of shared/wire that includes codec_impl.hpp:   WALKOUT_WIRE(SignIn)
//
// A field that a sender may leave out, because the struct's own initial value is the sensible one, is described with v.defaulted("zone", m.zone).
//
// The same description writes, reads strictly (unknown, missing, doubled or wrongly typed fields are refused by name) and
// gives the JSON Schema of the OpenAPI document. Fields may be: std::string, bool, std::int64_t, double, Date, WallTime, Instant,
// enums with enum_names, Id<...>, described structs, and std::vector, std::optional (absent when empty), std::map<std::string, T> of these.

#include "shared/base/result.hpp"

#include <string>
#include <string_view>

namespace walkout::wire {

template <class T> std::string to_json(const T& message); ///< compact, fields in the order described

/// Refuses with code "malformed_json" and a sentence that names the field.
template <class T> Result<T> from_json(std::string_view text);

template <class T> std::string schema_json(); ///< JSON Schema 2020-12 of T, in line

} // namespace walkout::wire
