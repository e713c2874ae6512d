#include "shared/protocol/head.hpp"

#include <charconv>
#include <vector>

namespace walkout::protocol {
namespace {

std::vector<std::string> split(std::string_view text)
{
    std::vector<std::string> out;
    for (;;) {
        const auto bar = text.find('|');
        out.emplace_back(text.substr(0, bar));
        if (bar == std::string_view::npos) return out;
        text.remove_prefix(bar + 1);
    }
}

} // namespace

std::string head_text(const Head& head)
{
    return "walkout-head|" + head.election + "|" + std::to_string(head.height) + "|" + head.event + "|" + head.register_hash + "|" + head.audit_hash +
           "|" + text(head.batch);
}

std::optional<Head> parse_head_text(std::string_view given)
{
    const auto parts = split(given);
    if (parts.size() != 7) return std::nullopt;
    Head head{parts[1], 0, parts[3], parts[4], parts[5], {}};
    const auto& height = parts[2];
    std::from_chars(height.data(), height.data() + height.size(), head.height);
    const auto batch = parse_instant(parts[6]);
    if (!batch) return std::nullopt;
    head.batch = *batch;
    return head_text(head) == given ? std::optional(head) : std::nullopt;
}

std::optional<std::string> contradiction(const Head& a, const Head& b)
{
    if (a.election != b.election) return std::nullopt;
    const auto place = [](const Head& head) { return "height " + std::to_string(head.height) + " at " + text(head.batch); };
    if (a.height == b.height && a.event != b.event)
        return "two different events are signed for height " + std::to_string(a.height) + ": " + a.event + " and " + b.event;
    if ((a.height < b.height && a.batch > b.batch) || (b.height < a.height && b.batch > a.batch))
        return "the signed board was at " + place(a) + " and at " + place(b) + ", so it shrank";
    return std::nullopt;
}

std::optional<Receipt> parse_receipt_text(std::string_view given)
{
    const auto parts = split(given);
    if (parts.size() != 4) return std::nullopt;
    const auto by = parse_instant(parts[3]);
    if (!by) return std::nullopt;
    const Receipt receipt{parts[1], parts[2], *by};
    return receipt_text(receipt) == given ? std::optional(receipt) : std::nullopt;
}

std::string receipt_text(const Receipt& receipt)
{
    return "walkout-receipt|" + receipt.election + "|" + receipt.tracker + "|" + text(receipt.on_board_by);
}

} // namespace walkout::protocol
