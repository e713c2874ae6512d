#pragma once

// Included by the .cpp files of shared/wire only. See secret_json.hpp.

#include "shared/base/names.hpp"
#include "shared/wire/secret_json.hpp"

#include <charconv>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <type_traits>
#include <vector>

namespace walkout::wire::secret_detail {

template <class T, template <class...> class Of> inline constexpr bool is_a = false;
template <template <class...> class Of, class... Args> inline constexpr bool is_a<Of<Args...>, Of> = true;

/// A text that leaves no copy of itself behind when it grows.
class Buffer {
public:
    Buffer() { text_.reserve(4096); }
    Buffer(const Buffer&) = delete;
    Buffer& operator=(const Buffer&) = delete;
    ~Buffer() { wipe(text_.data(), text_.capacity()); }

    void put(std::string_view piece)
    {
        if (text_.size() + piece.size() > text_.capacity()) {
            std::string larger;
            larger.reserve(2 * (text_.size() + piece.size()));
            larger = text_;
            wipe(text_.data(), text_.capacity());
            text_.swap(larger);
        }
        text_ += piece;
    }
    void put(char c) { put(std::string_view(&c, 1)); }
    Secret take() { return Secret(std::move(text_)); }

private:
    std::string text_;
};

inline void write_text(Buffer& out, std::string_view text)
{
    constexpr std::string_view digits = "0123456789abcdef";
    out.put('"');
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out.put('\\');
            out.put(c);
        } else if (byte < 0x20) {
            out.put("\\u00");
            out.put(digits[byte >> 4U]);
            out.put(digits[byte & 15U]);
        } else {
            out.put(c);
        }
    }
    out.put('"');
}

template <class T> void write(Buffer& out, const T& value);

struct Writer {
    Buffer& out;
    bool first = true;
    template <class T> void operator()(const char* key, const T& value)
    {
        if constexpr (is_a<T, std::optional>) {
            if (value) (*this)(key, *value);
        } else {
            if (!std::exchange(first, false)) out.put(',');
            write_text(out, key);
            out.put(':');
            write(out, value);
        }
    }
};

template <class T> void write(Buffer& out, const T& value)
{
    if constexpr (std::is_same_v<T, Secret>) write_text(out, value.reveal());
    else if constexpr (std::is_same_v<T, std::string>) write_text(out, value);
    else if constexpr (std::is_same_v<T, bool>) out.put(value ? "true" : "false");
    else if constexpr (std::is_same_v<T, std::int64_t>) out.put(std::to_string(value));
    else if constexpr (Named<T>) write_text(out, name(value));
    else if constexpr (is_a<T, std::vector>) {
        out.put('[');
        for (std::size_t i = 0; i < value.size(); ++i) {
            if (i > 0) out.put(',');
            write(out, value[i]);
        }
        out.put(']');
    } else if constexpr (is_a<T, std::map>) {
        out.put('{');
        Writer writer{out};
        for (const auto& [key, item] : value) writer(key.c_str(), item);
        out.put('}');
    } else {
        out.put('{');
        Writer writer{out};
        describe(writer, const_cast<T&>(value)); // describe only visits; Writer takes each field as const
        out.put('}');
    }
}

struct Bad {
    std::string where;
    std::string why;
};

/// Reads left to right. Nothing but the field a text is meant for ever holds it.
class Reader {
public:
    explicit Reader(std::string_view text) : rest_(text) {}

    template <class T> T value(const std::string& where)
    {
        if constexpr (std::is_same_v<T, Secret>) return Secret(string(where));
        else if constexpr (std::is_same_v<T, std::string>) return string(where);
        else if constexpr (std::is_same_v<T, bool>) {
            if (word("true")) return true;
            if (word("false")) return false;
            throw Bad{where, "must be true or false"};
        } else if constexpr (std::is_same_v<T, std::int64_t>) {
            std::int64_t out = 0;
            const auto read = std::from_chars(rest_.data(), rest_.data() + rest_.size(), out);
            if (read.ec != std::errc()) throw Bad{where, "must be a whole number"};
            rest_.remove_prefix(static_cast<std::size_t>(read.ptr - rest_.data()));
            return out;
        } else if constexpr (Named<T>) {
            const auto named = from_name<T>(string(where));
            if (!named) throw Bad{where, "is not one of its names"};
            return *named;
        } else if constexpr (is_a<T, std::vector>) {
            T out;
            list('[', ']', where, [&] { out.push_back(value<typename T::value_type>(where + "." + std::to_string(out.size()))); });
            return out;
        } else if constexpr (is_a<T, std::map>) {
            T out;
            list('{', '}', where, [&] {
                auto key = this->key(where);
                const auto at = where + "." + key;
                if (!out.emplace(std::move(key), value<typename T::mapped_type>(at)).second) throw Bad{at, "is there twice"};
            });
            return out;
        } else {
            T out;
            std::set<std::string> seen;
            list('{', '}', where, [&] {
                const auto key = this->key(where);
                const auto at = where.empty() ? key : where + "." + key;
                if (!seen.insert(key).second) throw Bad{at, "is there twice"};
                Field field{*this, key, at};
                describe(field, out);
                if (!field.found) throw Bad{at, "is not a field of this file"};
            });
            Required required{seen, where};
            describe(required, out);
            return out;
        }
    }

    void end() const
    {
        if (!rest_.empty()) throw Bad{"", "goes on after its end"};
    }

private:
    struct Field {
        Reader& reader;
        const std::string& key;
        const std::string& where;
        bool found = false;
        template <class T> void operator()(const char* name, T& field)
        {
            if (key != name) return;
            found = true;
            if constexpr (is_a<T, std::optional>) field = reader.template value<typename T::value_type>(where);
            else field = reader.template value<T>(where);
        }
    };
    struct Required {
        const std::set<std::string>& seen;
        const std::string& where;
        template <class T> void operator()(const char* name, const T&) const
        {
            if (!is_a<T, std::optional> && !seen.contains(name)) throw Bad{where.empty() ? name : where + "." + name, "is missing"};
        }
    };

    bool word(std::string_view expected)
    {
        if (!rest_.starts_with(expected)) return false;
        rest_.remove_prefix(expected.size());
        return true;
    }

    template <class Item> void list(char open, char close, const std::string& where, Item item)
    {
        if (!word({&open, 1})) throw Bad{where, "has the wrong type"};
        if (word({&close, 1})) return;
        do item();
        while (word(","));
        if (!word({&close, 1})) throw Bad{where, "does not end"};
    }

    std::string key(const std::string& where)
    {
        auto out = string(where);
        if (!word(":")) throw Bad{where, "is not made of names and values"};
        return out;
    }

    /// In one allocation, so that nothing is left behind by growing.
    std::string string(const std::string& where)
    {
        if (!word("\"")) throw Bad{where, "must be a text"};
        std::size_t end = 0;
        while (end < rest_.size() && rest_[end] != '"') end += rest_[end] == '\\' ? 2 : 1;
        if (end >= rest_.size()) throw Bad{where, "does not end"};
        std::string out;
        out.reserve(end);
        for (std::size_t i = 0; i < end; ++i) out += rest_[i] == '\\' ? escaped(i, where) : rest_[i];
        rest_.remove_prefix(end + 1);
        return out;
    }

    /// What write_text escapes, and nothing else.
    char escaped(std::size_t& i, const std::string& where) const
    {
        const char c = rest_[++i];
        if (c == '"' || c == '\\') return c;
        unsigned value = 0;
        const char* digits = rest_.data() + i + 1;
        if (c != 'u' || rest_.size() < i + 5 || std::from_chars(digits, digits + 4, value, 16).ptr != digits + 4 || value >= 0x20)
            throw Bad{where, "has an escape that this file does not use"};
        i += 4;
        return static_cast<char>(value);
    }

    std::string_view rest_;
};

} // namespace walkout::wire::secret_detail

namespace walkout::wire {

template <class T> Secret to_secret_json(const T& message)
{
    secret_detail::Buffer out;
    secret_detail::write(out, message);
    return out.take();
}

template <class T> Result<T> from_secret_json(std::string_view text)
{
    try {
        secret_detail::Reader reader(text);
        auto out = reader.value<T>("");
        reader.end();
        return Result<T>(boost::system::in_place_value, std::move(out));
    } catch (const secret_detail::Bad& bad) {
        return Refusal{Kind::malformed, "malformed_file",
                       bad.where.empty() ? "The file " + bad.why + "." : "The file's field \"" + bad.where + "\" " + bad.why + ".",
                       "It was written by another version of walkout, or damaged before it was locked: use your copy."};
    }
}

} // namespace walkout::wire

#define WALKOUT_SECRET_FILE(T)                                                                                                                       \
    template walkout::Secret walkout::wire::to_secret_json<T>(const T&);                                                                             \
    template walkout::Result<T> walkout::wire::from_secret_json<T>(std::string_view);
