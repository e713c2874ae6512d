#include "shared/strike/pass.hpp"

#include <charconv>

namespace walkout::strike {
namespace {

constexpr std::string_view beginning = "WALKOUT-PASS:";

std::string number_text(PostNumber post) { return std::to_string(static_cast<std::int64_t>(post)); }

} // namespace

std::string signed_text(const Pass& pass) { return "walkout-pass|" + pass.walkout.text() + "|" + number_text(pass.post) + "|" + pass.member; }

std::string pass_code(const Pass& pass, std::string_view signature)
{
    return std::string(beginning) + pass.walkout.text() + ":" + number_text(pass.post) + ":" + pass.member + ":" + std::string(signature);
}

std::optional<ReadPass> read_pass(std::string_view code)
{
    if (!code.starts_with(beginning)) return std::nullopt;
    code.remove_prefix(beginning.size());
    const auto first = code.find(':');
    const auto second = first == code.npos ? code.npos : code.find(':', first + 1);
    const auto last = code.rfind(':'); // a member number may hold colons, the other parts none
    if (second == code.npos || last <= second) return std::nullopt;
    const auto walkout = WalkoutId::parse(code.substr(0, first));
    std::int64_t post = 0;
    const auto* end = code.data() + second;
    const auto [read, error] = std::from_chars(code.data() + first + 1, end, post);
    if (!walkout || error != std::errc() || read != end || last == second + 1) return std::nullopt;
    return ReadPass{{*walkout, PostNumber{post}, std::string(code.substr(second + 1, last - second - 1))}, std::string(code.substr(last + 1))};
}

} // namespace walkout::strike
