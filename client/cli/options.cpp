#include "client/cli/options.hpp"

#include "shared/base/time.hpp"

namespace walkout::cli {
namespace {

template <class Parse> Form must_parse(Parse parse, const std::string& what, const std::string& type)
{
    return Form([parse, what](std::string& text) { return parse(text) ? std::string() : "not " + what + ": " + text; }, type);
}

} // namespace

Form is_date() { return must_parse(parse_date, "a date such as 2013-11-05", "DATE"); }
Form is_wall() { return must_parse(parse_wall, "a local time such as 2013-11-05T12:00", "WALL"); }
Form is_clock() { return must_parse(parse_clock, "a time such as 22:00", "HH:MM"); }

std::optional<std::chrono::minutes> parse_clock(std::string_view text)
{
    const auto wall = text.size() == 5 ? parse_wall("2000-01-01T" + std::string(text)) : std::nullopt;
    if (!wall) return std::nullopt;
    return std::chrono::duration_cast<std::chrono::minutes>(*wall - date::floor<Days>(*wall));
}

std::shared_ptr<std::string> add_output(Command command)
{
    auto file = value<std::string>();
    command.add_option("-o,--output", *file, "write to this file instead of stdout");
    return file;
}

Result<Exit> save(Session& session, const Result<std::string>& text, const std::string& output)
{
    if (!text) return text.error();
    if (output.empty()) {
        session.terminal().print(std::string_view(*text).substr(0, text->size() - (text->ends_with('\n') ? 1 : 0))); // print() ends the line
    } else {
        write_private(output, *text);
        session.terminal().say("Wrote " + output);
    }
    return Exit::done;
}

std::string rehearsal_line(const Terminal& terminal, bool rehearsal)
{
    return rehearsal ? terminal.bad("REHEARSAL: nothing here is real.") + "\n" : "";
}

} // namespace walkout::cli
