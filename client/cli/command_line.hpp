#pragma once

#include <functional>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
} // namespace CLI

// What commands say of their options, with CLI11's names for it. CLI11 itself is included in three files of the client and no more: reading and
// making code of it took half of the time that a command took to compile.
namespace walkout::cli {

/// What a value must look like.
struct Form {
    std::function<std::string(std::string&)> wrong; ///< one sentence with an example, which refuses; empty where the value fits
    std::string type;                               ///< for --help
};

Form is_positive();                  ///< a number above 0
Form is_within(int least, int most); ///< a whole number, both ends included
Form is_file();                      ///< a file that exists
Form is_span();                      ///< 30s, 10m or 1h; the value is in seconds
Form one_of(std::vector<std::string> words);

/// A handle of an option or flag, which lives as long as the program's command line.
class Option {
public:
    explicit Option(CLI::Option& is) : is_(&is) {}
    Option required(bool is = true) const;
    Option check(const Form& form) const;
    Option transform(const Form& form) const; ///< checks, and replaces the words by the value
    Option excludes(Option other) const;
    Option needs(Option other) const;
    Option one_each() const;      ///< of a list: `--member A --member B`; without it `--member A B` as well
    Option shows_default() const; ///< in --help, the value's at this moment
    Option shows_default(const std::string& words) const;
    Option environment(const std::string& variable) const;

private:
    CLI::Option* is_;
};

/// A handle of a command or group of commands, likewise.
class Command {
public:
    explicit Command(CLI::App& is) : is_(&is) {}
    Command add_subcommand(const std::string& name, const std::string& description) const;
    Command get_subcommand(const std::string& name) const;
    Option get_option(const std::string& name) const;
    Command require_subcommand() const;
    Command footer(const std::string& words) const; ///< at the end of its --help
    bool parsed() const;
    /// For a name without dashes the value's place on the line is meant. T: std::string, a list of them, a number, or an optional of one; what
    /// other types there are is named in command_line.cpp.
    template <class T> Option add_option(const std::string& names, T& value, const std::string& description) const;
    Option add_flag(const std::string& names, bool& value, const std::string& description) const;
    CLI::App& get() const { return *is_; }

private:
    CLI::App* is_;
};

} // namespace walkout::cli
