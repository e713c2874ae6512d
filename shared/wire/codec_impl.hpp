#pragma once

// Included by the .cpp files of shared/wire only: nlohmann/json stays in this room. See codec.hpp.

#include "shared/base/id.hpp"
#include "shared/base/names.hpp"
#include "shared/base/time.hpp"
#include "shared/protocol/strict_json.hpp"
#include "shared/wire/codec.hpp"

#include <nlohmann/json.hpp>

#include <map>
#include <optional>
#include <set>
#include <type_traits>
#include <vector>

namespace walkout::wire::detail {

using Json = nlohmann::ordered_json;

struct Bad {
    std::string where; ///< "questions.0.text"
    std::string why;
};

template <class T> struct IsId : std::false_type {};
template <class Tag> struct IsId<Id<Tag>> : std::true_type {};
template <class T> struct IsVector : std::false_type {};
template <class T> struct IsVector<std::vector<T>> : std::true_type {};
template <class T> struct IsOptional : std::false_type {};
template <class T> struct IsOptional<std::optional<T>> : std::true_type {};
template <class T> struct IsMap : std::false_type {};
template <class T> struct IsMap<std::map<std::string, T>> : std::true_type {};
template <class T> inline constexpr bool is_time = std::is_same_v<T, Date> || std::is_same_v<T, WallTime> || std::is_same_v<T, Instant>;

template <class T> Json write(const T& value);

struct Writer {
    Json object = Json::object();
    template <class T> void operator()(const char* key, const T& value)
    {
        if constexpr (IsOptional<T>::value) {
            if (value) object[key] = write(*value);
        } else {
            object[key] = write(value);
        }
    }
    template <class T> void defaulted(const char* key, const T& value) { (*this)(key, value); }
};

template <class T> Json write(const T& value)
{
    if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, bool> || std::is_same_v<T, std::int64_t> || std::is_same_v<T, double>)
        return value;
    else if constexpr (Named<T>) return std::string(name(value));
    else if constexpr (is_time<T>) return text(value);
    else if constexpr (IsId<T>::value) return value.text();
    else if constexpr (IsVector<T>::value) {
        Json out = Json::array();
        for (const auto& item : value) out.push_back(write<typename T::value_type>(item));
        return out;
    } else if constexpr (IsMap<T>::value) {
        Json out = Json::object();
        for (const auto& [key, item] : value) out[key] = write(item);
        return out;
    } else {
        Writer writer;
        describe(writer, const_cast<T&>(value)); // describe only visits; Writer takes each field as const
        return std::move(writer.object);
    }
}

template <class T> T read(const Json& json, const std::string& where);

template <class T> T read_or(const std::optional<T>& parsed, const std::string& where, const char* form)
{
    if (!parsed) throw Bad{where, std::string("must be ") + form};
    return *parsed;
}

struct Reader {
    const Json& object;
    const std::string& where;
    std::set<std::string, std::less<>> known;

    template <class T> void operator()(const char* key, T& value)
    {
        known.insert(key);
        const auto at = where.empty() ? std::string(key) : where + "." + key;
        const auto found = object.find(key);
        if constexpr (IsOptional<T>::value) {
            if (found != object.end()) value = read<typename T::value_type>(*found, at);
        } else {
            if (found == object.end()) throw Bad{at, "is missing"};
            value = read<T>(*found, at);
        }
    }
    template <class T> void defaulted(const char* key, T& value)
    {
        if (object.contains(key)) (*this)(key, value);
        known.insert(key);
    }
};

/// Ids and times have no empty value, so a described struct that holds one must still be default-constructible: give such fields a default.
template <class T> T read(const Json& json, const std::string& where)
{
    if constexpr (std::is_same_v<T, bool>) {
        if (!json.is_boolean()) throw Bad{where, "must be true or false"};
        return json.get<bool>();
    } else if constexpr (std::is_same_v<T, std::int64_t>) {
        if (!json.is_number_integer() || (json.is_number_unsigned() && json.get<std::uint64_t>() > INT64_MAX))
            throw Bad{where, "must be a whole number"};
        return json.get<std::int64_t>();
    } else if constexpr (std::is_same_v<T, double>) {
        if (!json.is_number()) throw Bad{where, "must be a number"};
        return json.get<double>();
    } else if constexpr (IsVector<T>::value) {
        if (!json.is_array()) throw Bad{where, "must be a list"};
        T out;
        for (std::size_t i = 0; i < json.size(); ++i) out.push_back(read<typename T::value_type>(json[i], where + "." + std::to_string(i)));
        return out;
    } else if constexpr (IsMap<T>::value) {
        if (!json.is_object()) throw Bad{where, "must be an object"};
        T out;
        for (const auto& [key, item] : json.items()) out.emplace(key, read<typename T::mapped_type>(item, where + "." + key));
        return out;
    } else if constexpr (std::is_same_v<T, std::string> || Named<T> || is_time<T> || IsId<T>::value) {
        if (!json.is_string()) throw Bad{where, "must be a string"};
        const auto& value = json.get_ref<const std::string&>();
        if constexpr (std::is_same_v<T, std::string>) return value;
        else if constexpr (Named<T>) {
            std::string options;
            for (const auto& [option, option_name] : enum_names(T{})) options += (options.empty() ? "one of " : ", ") + std::string(option_name);
            return read_or(from_name<T>(value), where, options.c_str());
        } else if constexpr (std::is_same_v<T, Date>) return read_or(parse_date(value), where, "a date such as 2013-11-05");
        else if constexpr (std::is_same_v<T, WallTime>) return read_or(parse_wall(value), where, "a local time such as 2013-11-05T12:00");
        else if constexpr (std::is_same_v<T, Instant>) return read_or(parse_instant(value), where, "a UTC time such as 2013-11-05T12:00:00Z");
        else return read_or(T::parse(value), where, "an identifier of letters, digits and dashes");
    } else {
        if (!json.is_object()) throw Bad{where, "must be an object"};
        T out;
        Reader reader{json, where, {}};
        describe(reader, out);
        for (const auto& [key, item] : json.items())
            if (!reader.known.contains(key)) throw Bad{where.empty() ? key : where + "." + key, "is not a field of this message"};
        return out;
    }
}

template <class T> Json schema();

struct SchemaMaker {
    Json properties = Json::object();
    Json required = Json::array();
    template <class T> void operator()(const char* key, const T&)
    {
        if constexpr (IsOptional<T>::value) properties[key] = schema<typename T::value_type>();
        else {
            properties[key] = schema<T>();
            required.push_back(key);
        }
    }
    template <class T> void defaulted(const char* key, const T& value)
    {
        properties[key] = schema<T>();
        properties[key]["default"] = write(value);
    }
};

template <class T> Json schema()
{
    if constexpr (std::is_same_v<T, bool>) return {{"type", "boolean"}};
    else if constexpr (std::is_same_v<T, std::int64_t>) return {{"type", "integer"}};
    else if constexpr (std::is_same_v<T, double>) return {{"type", "number"}};
    else if constexpr (std::is_same_v<T, std::string>) return {{"type", "string"}};
    else if constexpr (std::is_same_v<T, Date>) return {{"type", "string"}, {"format", "date"}};
    else if constexpr (std::is_same_v<T, Instant>) return {{"type", "string"}, {"format", "date-time"}};
    else if constexpr (std::is_same_v<T, WallTime>) return {{"type", "string"}, {"description", "local wall time, 2013-11-05T12:00"}};
    else if constexpr (IsId<T>::value) return {{"type", "string"}, {"pattern", "^[A-Za-z0-9][A-Za-z0-9-]{0,63}$"}};
    else if constexpr (Named<T>) {
        Json names = Json::array();
        for (const auto& [value, value_name] : enum_names(T{})) names.push_back(std::string(value_name));
        return {{"type", "string"}, {"enum", names}};
    } else if constexpr (IsVector<T>::value) return {{"type", "array"}, {"items", schema<typename T::value_type>()}};
    else if constexpr (IsMap<T>::value) return {{"type", "object"}, {"additionalProperties", schema<typename T::mapped_type>()}};
    else {
        SchemaMaker maker;
        T sample;
        describe(maker, sample);
        return {{"type", "object"}, {"properties", maker.properties}, {"required", maker.required}, {"additionalProperties", false}};
    }
}

} // namespace walkout::wire::detail

namespace walkout::wire {

template <class T> std::string to_json(const T& message) { return detail::write(message).dump(); }

template <class T> Result<T> from_json(std::string_view text)
{
    const auto json = protocol::parse_strict(text);
    if (!json) return json.error();
    try {
        return detail::read<T>(*json, "");
    } catch (const detail::Bad& bad) {
        return Refusal{Kind::malformed, "malformed_json",
                       bad.where.empty() ? "The message " + bad.why + "." : "The field \"" + bad.where + "\" " + bad.why + "."};
    }
}

template <class T> std::string schema_json() { return detail::schema<T>().dump(); }

} // namespace walkout::wire

#define WALKOUT_WIRE(T)                                                                                                                              \
    template std::string walkout::wire::to_json<T>(const T&);                                                                                        \
    template walkout::Result<T> walkout::wire::from_json<T>(std::string_view);                                                                       \
    template std::string walkout::wire::schema_json<T>();
