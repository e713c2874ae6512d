#include "shared/ballot/postal.hpp"

#include <algorithm>
#include <charconv>
#include <set>

namespace walkout::ballot {
namespace {

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t\r");
    return first == std::string_view::npos ? std::string_view() : text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

/// Trimmed as well; letters beyond ASCII stay as they are.
std::string lower_case(std::string_view text)
{
    std::string out(trimmed(text));
    for (auto& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

/// Calls use(line, its number) for each line that says something.
template <class Use> Result<void> each_line(std::string_view lines, Use use)
{
    std::int64_t number = 0;
    while (!lines.empty()) {
        const auto end = lines.find('\n');
        const auto line = trimmed(lines.substr(0, end));
        lines = end == std::string_view::npos ? std::string_view() : lines.substr(end + 1);
        ++number;
        if (line.empty() || line.front() == '#') continue;
        if (const Result<void> used = use(line); !used) {
            auto refusal = used.error();
            refusal.detail = "Line " + std::to_string(number) + ": " + refusal.detail;
            return refusal;
        }
    }
    return {};
}

Refusal serials_rejected(const std::string& why)
{
    return {Kind::invalid, "serials_rejected", "These numbers of voting papers are refused: " + why + ".",
            "Make the codes again: walkout codes make."};
}

} // namespace

std::string_view in_words(PaperFate fate)
{
    switch (fate) {
    case PaperFate::counts: return "counts";
    case PaperFate::duplicate_online: return "duplicate: a vote online had been recorded before";
    case PaperFate::duplicate_paper: return "duplicate: a paper had been recorded before";
    case PaperFate::revoked: return "void: this paper was replaced or withdrawn";
    case PaperFate::unissued: return "void: a paper of this number was never issued to anybody";
    case PaperFate::late: return "too late: received at or after the closing";
    case PaperFate::mistaken: return "recorded by mistake and taken back";
    }
    throw std::logic_error("an unknown fate");
}

PaperFate fate_of(const ReturnFacts& facts)
{
    if (facts.revoked) return PaperFate::revoked;
    if (facts.unissued) return PaperFate::unissued;
    if (facts.received_at >= facts.closes) return PaperFate::late;
    if (facts.paper_before) return PaperFate::duplicate_paper;
    if (facts.online_before) return PaperFate::duplicate_online;
    return PaperFate::counts;
}

bool takes_votes_online(const BallotPlan& plan) { return plan.uses(law::Method::online) || plan.uses(law::Method::hybrid); }

bool papers_to_everybody(const BallotPlan& plan) { return plan.uses(law::Method::hybrid) || !plan.uses(law::Method::online); }

bool late_for_post(Instant now, Instant closes) { return closes - now < Days(7); }

std::vector<std::vector<std::int64_t>> draw_paper_numbers(std::span<const std::size_t> papers, Random& random)
{
    std::vector<std::vector<std::int64_t>> out;
    std::int64_t last = 0;
    for (const auto count : papers) {
        auto& numbers = out.emplace_back(count);
        for (auto& number : numbers) number = ++last;
        // Fisher and Yates. The remainder of 64 random bits by at most millions is even enough.
        for (std::size_t left = count; left > 1; --left) {
            std::array<std::uint8_t, 8> bytes{};
            random.fill(bytes);
            std::uint64_t drawn = 0;
            for (const auto byte : bytes) drawn = drawn << 8U | byte;
            std::swap(numbers[left - 1], numbers[drawn % left]);
        }
    }
    return out;
}

Result<void> check_paper_numbers(std::span<const std::size_t> papers, std::span<const std::vector<std::int64_t>> numbers)
{
    std::int64_t before = 0;
    if (papers.size() != numbers.size()) return serials_rejected("they are not of every constituency");
    for (std::size_t i = 0; i < papers.size(); ++i) {
        if (papers[i] != numbers[i].size()) return serials_rejected("there are more or fewer of them than voting codes");
        auto sorted = numbers[i];
        std::ranges::sort(sorted);
        for (const auto number : sorted)
            if (number != ++before) return serials_rejected("they are not consecutive whole numbers, each used once");
    }
    return {};
}

std::string scanned_text(const BallotId& ballot, std::int64_t serial) { return ballot.text() + "/" + std::to_string(serial); }

Result<std::int64_t> parse_serial(const BallotId& ballot, std::string_view line)
{
    auto text = trimmed(line);
    if (const auto slash = text.find('/'); slash != std::string_view::npos) {
        if (text.substr(0, slash) != ballot.text())
            return Refusal{Kind::invalid, "other_ballot", "This paper is not one of the ballot " + ballot.text() + ": the code on it names another.",
                           "Put it with the papers of the ballot it belongs to."};
        text = text.substr(slash + 1);
    }
    std::int64_t serial = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), serial);
    if (error != std::errc() || end != text.data() + text.size() || serial < 1 || text.front() == '0')
        return Refusal{Kind::malformed, "not_a_number",
                       "This is not the number of a voting paper: a whole number such as 17, or " + scanned_text(ballot, 17) + " as scanned.",
                       "Type it again, as it is printed on the paper."};
    return serial;
}

Result<std::vector<std::int64_t>> parse_serials(const BallotId& ballot, std::string_view lines)
{
    std::vector<std::int64_t> out;
    const auto read = each_line(lines, [&](std::string_view line) -> Result<void> {
        const auto serial = parse_serial(ballot, line);
        if (!serial) return serial.error();
        out.push_back(*serial);
        return {};
    });
    if (!read) return read.error();
    return out;
}

std::optional<PaperAnswer> parse_answer(std::string_view text)
{
    const auto lower = lower_case(text);
    if (lower == "yes" || lower == "y") return PaperAnswer::yes;
    if (lower == "no" || lower == "n") return PaperAnswer::no;
    if (lower == "blank" || lower == "b" || lower == "spoiled" || lower == "s") return PaperAnswer::blank;
    return std::nullopt;
}

Result<Keyed> parse_keyed(const BallotId& ballot, std::size_t questions, std::string_view lines)
{
    Keyed out;
    const auto read = each_line(lines, [&](std::string_view line) -> Result<void> {
        const auto comma = line.find(',');
        const auto serial = parse_serial(ballot, line.substr(0, comma));
        if (!serial) return serial.error();
        std::vector<PaperAnswer> answers;
        for (auto rest = comma; rest != std::string_view::npos;) {
            const auto next = line.find(',', rest + 1);
            const auto answer = parse_answer(line.substr(rest + 1, next == std::string_view::npos ? next : next - rest - 1));
            if (!answer)
                return Refusal{Kind::malformed, "not_an_answer", "Each question is answered yes, no or blank.", "A spoiled answer is blank."};
            answers.push_back(*answer);
            rest = next;
        }
        if (answers.size() != questions)
            return Refusal{Kind::malformed, "not_an_answer",
                           "This ballot has " + std::to_string(questions) + (questions == 1 ? " question" : " questions") + "; the line answers " +
                               std::to_string(answers.size()) + ".",
                           "Write the paper's number and then an answer a question: 17" + std::string(questions == 1 ? ",yes" : ",yes,no")};
        if (!out.emplace(*serial, std::move(answers)).second)
            return Refusal{Kind::invalid, "keyed_twice", "Paper " + std::to_string(*serial) + " is in the file twice.", "Keep one of the two lines."};
        return {};
    });
    if (!read) return read.error();
    return out;
}

bool same_keyer(std::string_view one, std::string_view other) { return lower_case(one) == lower_case(other); }

Agreement compare(const Keyed& first, const Keyed& second)
{
    Agreement out;
    for (const auto& [serial, answers] : first) {
        const auto other = second.find(serial);
        (other == second.end() ? out.one_only : other->second == answers ? out.agreed : out.differ).push_back(serial);
    }
    for (const auto& [serial, answers] : second)
        if (!first.contains(serial)) out.one_only.push_back(serial);
    std::ranges::sort(out.one_only);
    return out;
}

} // namespace walkout::ballot
