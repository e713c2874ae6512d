#pragma once

#include "client/cli/command.hpp"

#include <chrono>
#include <optional>

namespace walkout::cli {

// Forms that options of several commands share. CLI11 refuses what does not fit, with an example.
Form is_date();  ///< 2013-11-05
Form is_wall();  ///< 2013-11-05T12:00
Form is_clock(); ///< 22:00

std::optional<std::chrono::minutes> parse_clock(std::string_view text); ///< since midnight

/// One of an enum's names; CLI11 refuses the others with the list.
template <Named E> Form names_of()
{
    std::vector<std::string> out;
    for (const auto& [value, text] : enum_names(E{})) out.emplace_back(text);
    return one_of(std::move(out));
}

/// `-o FILE`; stdout where absent.
std::shared_ptr<std::string> add_output(Command command);
Result<Exit> save(Session& session, const Result<std::string>& text, const std::string& output);

/// The mark that stands over everything a rehearsal shows; empty otherwise.
std::string rehearsal_line(const Terminal& terminal, bool rehearsal);

} // namespace walkout::cli
