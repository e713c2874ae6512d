#include "shared/strike/walkout_words.hpp"

#include <stdexcept>

namespace walkout::strike {
namespace {

using ballot::Language;
using ballot::Phrase;

constexpr auto dash = "\u2013";

std::string clock_in_welsh(const Moment& moment, const Zone& zone)
{
    const auto clock = date::format("%H:%M", moment.wall);
    return is_repeated(moment.wall, zone) ? clock + " (" + zone.abbreviation(instant(moment, zone)) + ")" : clock;
}

std::string welsh(const Moment& moment, const Zone& zone)
{
    return clock_in_welsh(moment, zone) + ", " + ballot::words_in(Language::cy, date::floor<Days>(moment.wall));
}

/// Hours and minutes keep the singular after a number in Welsh.
std::string length_in_welsh(std::chrono::seconds elapsed)
{
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(elapsed).count();
    if (minutes < 60) return std::to_string(minutes) + " munud";
    return std::to_string(minutes / 60) + " awr" + (minutes % 60 == 0 ? "" : " " + std::to_string(minutes % 60) + " munud");
}

std::string joined(const std::vector<std::string>& parts)
{
    std::string out;
    for (const auto& part : parts) out += (out.empty() ? "" : ", ") + part;
    return out;
}

} // namespace

std::string words_in(Language language, const Moment& from, const Moment& to, const Zone& zone)
{
    if (language == Language::en) return words(from, to, zone);
    if (date::floor<Days>(from.wall) == date::floor<Days>(to.wall)) return clock_in_welsh(from, zone) + dash + welsh(to, zone);
    return welsh(from, zone) + " " + dash + " " + welsh(to, zone);
}

std::string words_in(Language language, const Walkout& walkout)
{
    if (language == Language::en) return words(walkout);
    std::vector<std::string> days;
    for (const auto day : walkout.dates) days.push_back(ballot::words_in(language, day));
    if (!days.empty()) return joined(days);
    const auto& window = walkout.window;
    return words_in(language, Moment{window.start()}, Moment{window.end()}, window.zone()) + " (" + length_in_welsh(window.elapsed()) + ")";
}

std::string words_in(Language language, PostRole role)
{
    switch (role) {
    case PostRole::walkout: return say(language, Phrase::role_walkout);
    case PostRole::arrivals: return say(language, Phrase::role_arrivals);
    case PostRole::late: return say(language, Phrase::role_late);
    case PostRole::night: return say(language, Phrase::role_night);
    case PostRole::going_back: return say(language, Phrase::role_return);
    }
    throw std::logic_error("a post role without words");
}

std::string words_in(Language language, const Reach& reach)
{
    auto out = reach.employer;
    if (!reach.workplaces.empty()) out = say(language, Phrase::called_workplaces, {{"who", out}, {"workplaces", joined(reach.workplaces)}});
    if (!reach.categories.empty()) out = say(language, Phrase::called_categories, {{"who", out}, {"categories", joined(reach.categories)}});
    return out;
}

} // namespace walkout::strike
