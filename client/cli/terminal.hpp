#pragma once

#include "shared/base/result.hpp"
#include "shared/base/secret.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace walkout::cli {

/// Thrown by a question that the person answered with Ctrl-C or Ctrl-D; run() makes it exit code 130.
struct Interrupted {};

/// Data goes to stdout, words to stderr, questions to the terminal itself so that pipes stay clean.
class Terminal {
public:
    Terminal();

    void print(std::string_view text) const; ///< stdout, with a line end
    void say(std::string_view text) const;   ///< stderr, with a line end
    /// A bar on stderr, one line redrawn, gone again once done reaches total; nothing where stderr is no terminal.
    void progress(std::string_view label, std::uint64_t done, std::uint64_t total) const;

    /// Styles are plain text where stdout is no terminal, or NO_COLOR is set.
    std::string bold(std::string_view text) const;
    std::string dim(std::string_view text) const;
    std::string good(std::string_view text) const; ///< green
    std::string bad(std::string_view text) const;  ///< red
    int columns() const;                           ///< of stdout, else of stderr; 80 where neither is a terminal

    /// Fitted to a terminal's width (layout.hpp); as it is where nobody looks on.
    std::string fitted(std::string_view text, std::size_t hang = 0) const;
    void tell(std::string_view text) const { say(fitted(text)); }

    bool can_ask() const; ///< somebody sits at a terminal and may be asked
    /// What to say if Ctrl-C ends the program from here on, at a question or between two: the state things are in. Replaces the sentence before it.
    void if_interrupted(std::string_view sentence);
    static std::string interrupted_words();

    /// Questions. Each is refused with "input_needed" under --no-input or without a terminal; `instead` then names the option to use.
    Result<std::string> ask(std::string_view question, std::string_view instead) const;
    Result<Secret> ask_secret(std::string_view question, std::string_view instead) const; ///< nothing is echoed
    Result<bool> confirm(std::string_view question, std::string_view instead) const;      ///< only a typed "yes" or "y" is true

    /// A secret for a `--...-file F|-` option: the first line of F or of stdin; asks on the terminal where the option is empty.
    Result<Secret> secret_from(const std::string& file_or_dash, std::string_view question, std::string_view option) const;

    void no_input() { may_ask_ = false; }

private:
    std::string styled(std::string_view text, const char* code) const;
    bool may_ask_ = true;
    bool colours_;
};

} // namespace walkout::cli
