#pragma once

#include "server/api/reply.hpp"
#include "shared/ballot/plain_text.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace walkout::api {

/// Visits a described message for its first text that is not one plain line (shared/ballot/plain_text.hpp).
class PlainWords {
public:
    template <class T> void operator()(const char* key, T& value) { look(key, value); }
    template <class T> void defaulted(const char* key, T& value) { look(key, value); }
    const std::optional<std::string>& unclean() const { return unclean_; } ///< its field
    const std::optional<std::string>& blank() const { return blank_; }     ///< the field of the first that says nothing, though it is not empty

private:
    template <class T> void look(const std::string& field, T& value)
    {
        if constexpr (std::is_same_v<T, std::string>) {
            if (!unclean_ && !ballot::is_plain_line(value)) unclean_ = field;
            if (!blank_ && ballot::is_blank(value)) blank_ = field;
        } else if constexpr (requires(PlainWords & v) { describe(v, value); }) describe(*this, value);
    }
    template <class T> void look(const std::string& field, std::optional<T>& value)
    {
        if (value) look(field, *value);
    }
    template <class T> void look(const std::string& field, std::vector<T>& values)
    {
        for (auto& value : values) look(field, value);
    }
    std::optional<std::string> unclean_;
    std::optional<std::string> blank_;
};

/// A reason made of spaces is no reason, and a name no name. Refuses "blank_text" and names the field.
inline std::optional<Refusal> refuse_blank(const PlainWords& words)
{
    if (!words.blank()) return std::nullopt;
    return Refusal{.kind = Kind::invalid,
                   .code = "blank_text",
                   .detail = "The text of \"" + *words.blank() + "\" is nothing but spaces.",
                   .next = "Write what it is, or leave it out where it is not needed."};
}

/// As body_as, where what is written is kept as a record and may have several lines. Refuses blank_text.
template <class T> Result<T> worded_body_as(const Call& call)
{
    auto body = body_as<T>(call);
    if (!body) return body;
    PlainWords words;
    describe(words, *body);
    if (auto refusal = refuse_blank(words)) return *std::move(refusal);
    return body;
}

/// As body_as, for what one person writes and another reads: it goes to other people's terminals, mails, calendars and papers, so that none of it may
/// steer them. Refuses "not_plain_text" and "blank_text", and names the field.
template <class T> Result<T> plain_body_as(const Call& call)
{
    auto body = body_as<T>(call);
    if (!body) return body;
    PlainWords words;
    describe(words, *body);
    if (!words.unclean()) {
        if (auto refusal = refuse_blank(words)) return *std::move(refusal);
        return body;
    }
    return Refusal{.kind = Kind::invalid,
                   .code = "not_plain_text",
                   .detail =
                       "The text of \"" + *words.unclean() + "\" is not one plain line: it has a line break, or characters that cannot be seen.",
                   .next = "Write it in one line, as it is to be read."};
}

} // namespace walkout::api
