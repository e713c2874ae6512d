#include "shared/law/value.hpp"

#include "shared/law/table.hpp"

#include <algorithm>
#include <charconv>

namespace walkout::law {
namespace {

std::string number(int value) { return std::to_string(value); }
std::string period_text(const Period& period) { return number(period.length) + (period.unit == Period::Unit::weeks ? " weeks" : " months"); }

/// One overload per alternative of Value.
struct Spell {
    std::string operator()(None) const { return "none"; }
    std::string operator()(Holds) const { return "holds"; }
    std::string operator()(Unverified) const { return "unverified"; }
    std::string operator()(const Share& share) const { return number(share.numerator) + "/" + number(share.denominator); }
    std::string operator()(const NoticeDays& notice) const
    {
        return number(notice.days) + " days" + (notice.agreed ? " or " + number(*notice.agreed) + " if agreed" : "");
    }
    std::string operator()(const Period& period) const { return period_text(period); }
    std::string operator()(const Life& life) const
    {
        return std::string(name(life.limit)) + " " + period_text(life.period) +
               (life.agreed ? " or " + period_text(*life.agreed) + " if agreed" : "");
    }
    std::string operator()(const Count& count) const { return number(count.number); }
    std::string operator()(const ReturnDays& days) const
    {
        return number(days.first_class) + " first class, " + number(days.second_class) + " second";
    }
    template <class E> std::string operator()(const std::vector<E>& list) const
    {
        std::string out;
        for (const auto item : list) out += (out.empty() ? "" : ", ") + std::string(name(item));
        return out;
    }
    std::string operator()(const Statement& statement) const { return statement; }
};

/// Reads a value word by word; every reader leaves the place after what it took, or fails for good.
class Words {
public:
    explicit Words(std::string_view text)
    {
        std::string word;
        for (const char c : text) {
            const bool apart = c == ' ' || c == ',' || c == '/';
            if (!apart) word += c;
            if (apart && !word.empty()) words_.push_back(std::exchange(word, {}));
        }
        if (!word.empty()) words_.push_back(word);
    }

    bool take(std::string_view expected)
    {
        if (at_ == words_.size() || words_[at_] != expected) return false;
        ++at_;
        return true;
    }
    std::optional<int> whole_number(int least, int most)
    {
        int value = 0;
        if (at_ == words_.size()) return std::nullopt;
        const auto& word = words_[at_];
        const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
        if (error != std::errc() || end != word.data() + word.size() || value < least || value > most) return std::nullopt;
        ++at_;
        return value;
    }
    std::optional<Period> period()
    {
        const auto length = whole_number(1, 600);
        if (!length) return std::nullopt;
        if (take("weeks") || take("week")) return Period{Period::Unit::weeks, *length};
        if (take("months") || take("month")) return Period{Period::Unit::months, *length};
        return std::nullopt;
    }
    template <Named E> std::optional<E> one_of()
    {
        if (at_ == words_.size()) return std::nullopt;
        const auto value = from_name<E>(words_[at_]);
        if (value) ++at_;
        return value;
    }
    bool done() const { return at_ == words_.size(); }

private:
    std::vector<std::string> words_;
    std::size_t at_ = 0;
};

// One reader per alternative, chosen by the index of the alternative in Value.

template <class T> std::optional<T> read(Words& words);
template <> std::optional<None> read(Words& words) { return words.take("none") ? std::optional(None{}) : std::nullopt; }
template <> std::optional<Holds> read(Words& words) { return words.take("holds") ? std::optional(Holds{}) : std::nullopt; }
template <> std::optional<Share> read(Words& words)
{
    const auto numerator = words.whole_number(1, 1000);
    const auto denominator = words.whole_number(1, 1000);
    if (!numerator || !denominator || *numerator > *denominator) return std::nullopt;
    return Share{*numerator, *denominator};
}
template <> std::optional<NoticeDays> read(Words& words)
{
    const auto days = words.whole_number(0, 365);
    if (!days || !(words.take("days") || words.take("day"))) return std::nullopt;
    NoticeDays out{*days};
    if (!words.take("or")) return out;
    out.agreed = words.whole_number(0, *days);
    if (!out.agreed || !words.take("if") || !words.take("agreed")) return std::nullopt;
    return out;
}
template <> std::optional<Period> read(Words& words) { return words.period(); }
template <> std::optional<Life> read(Words& words)
{
    const auto limit = words.one_of<Limit>();
    const auto period = words.period();
    if (!limit || !period) return std::nullopt;
    Life out{*limit, *period};
    if (!words.take("or")) return out;
    out.agreed = words.period();
    if (!out.agreed || !words.take("if") || !words.take("agreed")) return std::nullopt;
    return out;
}
template <> std::optional<Count> read(Words& words)
{
    const auto value = words.whole_number(0, 1'000'000);
    return value ? std::optional(Count{*value}) : std::nullopt;
}
template <> std::optional<ReturnDays> read(Words& words)
{
    const auto first = words.whole_number(1, 365);
    if (!first || !words.take("first") || !words.take("class")) return std::nullopt;
    const auto second = words.whole_number(*first, 365);
    if (!second || !words.take("second")) return std::nullopt;
    return ReturnDays{*first, *second};
}
template <Named E> std::optional<std::vector<E>> read_list(Words& words)
{
    std::vector<E> out;
    while (!words.done()) {
        const auto item = words.one_of<E>();
        if (!item || std::ranges::find(out, *item) != out.end()) return std::nullopt;
        out.push_back(*item);
    }
    if (out.empty()) return std::nullopt;
    return out;
}
template <> std::optional<NoticeItems> read(Words& words) { return read_list<NoticeItem>(words); }
template <> std::optional<PaperFields> read(Words& words) { return read_list<PaperField>(words); }
template <> std::optional<Figures> read(Words& words) { return read_list<Figure>(words); }

/// Nobody records that they do not know, and a statement is words of any kind, read apart.
template <class T> std::optional<Value> read_as(const std::string& text)
{
    if constexpr (std::is_same_v<T, Unverified> || std::is_same_v<T, Statement>) return std::nullopt;
    else {
        Words words(text);
        auto value = read<T>(words);
        if (!value || !words.done()) return std::nullopt;
        return Value(std::move(*value));
    }
}

template <std::size_t... I> std::optional<Value> read_alternative(std::size_t index, const std::string& text, std::index_sequence<I...>)
{
    std::optional<Value> out;
    ((I == index ? static_cast<void>(out = read_as<std::variant_alternative_t<I, Value>>(text)) : void()), ...);
    return out;
}

/// The words of a statute on one line, whatever lines a file breaks them into.
std::string on_one_line(std::string_view text)
{
    std::string out;
    bool blank = false;
    for (const char c : text) {
        const bool space = c == ' ' || c == '\n' || c == '\r' || c == '\t';
        if (space) {
            blank = !out.empty();
            continue;
        }
        if (std::exchange(blank, false)) out += ' ';
        out += c;
    }
    return out;
}

/// Which alternatives of Value the shipped rows of a topic have, in the order of the rows.
std::vector<std::size_t> alternatives(Topic topic)
{
    std::vector<std::size_t> out;
    const auto add = [&](const Rule& row) {
        if (row.topic == topic && std::ranges::find(out, row.value.index()) == out.end()) out.push_back(row.value.index());
    };
    for (const auto& row : shipped_rules()) add(row);
    for (const auto& [provision, provision_name] : enum_names(Provision{}))
        for (const auto& row : pending(provision).rows) add(row);
    // What was not read will turn out either to hold or not to.
    const auto unverified = Value(Unverified{}).index(), holding = Value(Holds{}).index(), nothing = Value(None{}).index();
    if (std::ranges::find(out, unverified) != out.end() && topic != Topic::statutory_statement)
        for (const auto index : {holding, nothing})
            if (std::ranges::find(out, index) == out.end()) out.push_back(index);
    std::erase(out, unverified);
    return out;
}

constexpr std::size_t longest_statement = 2000;

bool is_statement(Topic topic) { return topic == Topic::statutory_statement; }

std::string form_of_alternative(std::size_t index)
{
    static const std::string forms[] = {"none",
                                        "holds",
                                        "unverified",
                                        "a share such as 1/2",
                                        "days such as \"14 days\" or \"14 days or 7 if agreed\"",
                                        "a period such as \"4 weeks\" or \"12 months\"",
                                        "a limit such as \"begin_by 4 weeks or 8 weeks if agreed\" or \"expires_end_of 12 months\"",
                                        "a number such as 50",
                                        "days such as \"7 first class, 14 second\"",
                                        "a list such as \"categories, workplaces, total\"",
                                        "a list such as \"return_address, return_by, question, statement\"",
                                        "a list such as \"cast, yes, no, spoiled\"",
                                        "the words of the statement"};
    static_assert(std::variant_size_v<Value> == 13);
    return forms[index];
}

} // namespace

std::string value_text(const Value& value) { return std::visit(Spell{}, value); }

bool fits(Topic topic, const Value& value)
{
    const auto allowed = alternatives(topic);
    return std::ranges::find(allowed, value.index()) != allowed.end();
}

std::string form_of(Topic topic)
{
    std::string out;
    for (const auto index : alternatives(topic)) out += (out.empty() ? "" : "; or ") + form_of_alternative(index);
    return out;
}

Result<Value> parse_value(Topic topic, std::string_view text)
{
    const auto line = on_one_line(text);
    if (is_statement(topic) && !line.empty() && line.size() <= longest_statement) return Value(Statement(line));
    for (const auto index : alternatives(topic))
        if (auto value = read_alternative(index, line, std::make_index_sequence<std::variant_size_v<Value>>())) return *std::move(value);
    return Refusal{.kind = Kind::malformed,
                   .code = "setting_malformed",
                   .detail = "\"" + line.substr(0, 80) + "\" is no value of the rule " + std::string(name(topic)) + ".",
                   .next = "Write it as: " + form_of(topic) + ".",
                   .rule = std::string(name(topic))};
}

std::string in_words(Topic topic, const Value& value)
{
    if (std::holds_alternative<Statement>(value)) return "the statement as an official recorded it";
    std::string subject(name(topic));
    std::ranges::replace(subject, '_', ' ');
    return subject + ": " + value_text(value);
}

} // namespace walkout::law
