#include "shared/protocol/voting_paper_json.hpp"

#include "shared/protocol/strict_json.hpp"

namespace walkout::protocol {
namespace {

// nlohmann::json keeps objects in a std::map, which sorts keys by byte: RFC 8785's order, as every key here is ASCII. It writes no
// blanks, escapes only what must be, in RFC 8785's short forms, and leaves other UTF-8 alone.
using Json = nlohmann::json;

constexpr std::int64_t version = 1;

Json names_of(const std::vector<law::Method>& methods)
{
    auto out = Json::array();
    for (const auto method : methods) out.push_back(std::string(name(method)));
    return out;
}

void put(Json& object, const char* key, const std::optional<std::string>& value)
{
    if (value) object[key] = *value;
}

Json write(const ballot::Question& question)
{
    Json out{{"answers", {"Yes", "No"}}, {"kind", std::string(name(question.kind))}, {"text", question.text}};
    put(out, "text_cy", question.text_cy);
    put(out, "expected_periods", question.expected_periods);
    put(out, "expected_periods_cy", question.expected_periods_cy);
    if (question.types_of_action) out["types_of_action"] = *question.types_of_action;
    if (question.types_of_action_cy) out["types_of_action_cy"] = *question.types_of_action_cy;
    return out;
}

template <class T> T must(std::optional<T> value)
{
    if (!value) throw std::invalid_argument("unreadable value");
    return std::move(*value);
}

std::optional<std::string> take(const Json& object, const char* key)
{
    return object.contains(key) ? std::optional(object.at(key).get<std::string>()) : std::nullopt;
}

std::vector<law::Method> methods(const Json& list)
{
    std::vector<law::Method> out;
    for (const auto& method : list) out.push_back(must(from_name<law::Method>(method.get<std::string>())));
    return out;
}

ballot::Question read_question(const Json& json)
{
    ballot::Question question{must(from_name<ballot::QuestionKind>(json.at("kind").get<std::string>())),
                              json.at("text").get<std::string>(),
                              take(json, "text_cy"),
                              {},
                              take(json, "expected_periods")};
    if (json.contains("types_of_action")) question.types_of_action = json.at("types_of_action").get<std::vector<std::string>>();
    if (json.contains("types_of_action_cy")) question.types_of_action_cy = json.at("types_of_action_cy").get<std::vector<std::string>>();
    question.expected_periods_cy = take(json, "expected_periods_cy");
    return question;
}

ballot::VotingPaper read(const Json& json)
{
    ballot::VotingPaper paper;
    paper.ballot = must(BallotId::parse(json.at("ballot").get<std::string>()));
    paper.title = json.at("title").get<std::string>();
    paper.title_cy = take(json, "title_cy");
    paper.jurisdiction = must(from_name<law::Jurisdiction>(json.at("jurisdiction").get<std::string>()));
    paper.statutory = json.at("statutory").get<bool>();
    paper.rehearsal = json.at("rehearsal").get<bool>();
    paper.methods = methods(json.at("methods"));
    paper.not_lawful = methods(json.at("not_lawful"));
    paper.dispute = json.at("dispute").get<std::string>();
    paper.dispute_cy = take(json, "dispute_cy");
    paper.matters = take(json, "matters");
    paper.matters_cy = take(json, "matters_cy");
    for (const auto& question : json.at("questions")) paper.questions.push_back(read_question(question));
    paper.scrutineer = take(json, "scrutineer");
    paper.return_address = json.at("return_address").get<std::string>();
    paper.return_by = must(parse_instant(json.at("return_by").get<std::string>()));
    paper.zone = must(Zone::find(json.at("zone").get<std::string>())).name();
    paper.called_by = json.at("called_by").get<std::string>();
    paper.called_by_cy = take(json, "called_by_cy");
    paper.statement = json.at("statement").get<std::string>();
    paper.board_key = json.at("board_key").get<std::string>();
    return paper;
}

} // namespace

std::string voting_paper_json(const ballot::VotingPaper& paper)
{
    Json out{{"version", version},
             {"ballot", paper.ballot.text()},
             {"title", paper.title},
             {"jurisdiction", std::string(name(paper.jurisdiction))},
             {"statutory", paper.statutory},
             {"rehearsal", paper.rehearsal},
             {"methods", names_of(paper.methods)},
             {"not_lawful", names_of(paper.not_lawful)},
             {"dispute", paper.dispute},
             {"return_address", paper.return_address},
             {"return_by", text(paper.return_by)},
             {"zone", paper.zone},
             {"called_by", paper.called_by},
             {"statement", paper.statement},
             {"board_key", paper.board_key}};
    put(out, "title_cy", paper.title_cy);
    put(out, "dispute_cy", paper.dispute_cy);
    put(out, "matters", paper.matters);
    put(out, "matters_cy", paper.matters_cy);
    put(out, "called_by_cy", paper.called_by_cy);
    put(out, "scrutineer", paper.scrutineer);
    for (const auto& question : paper.questions) out["questions"].push_back(write(question));
    return out.dump();
}

Result<ballot::VotingPaper> parse_voting_paper(std::string_view bytes)
{
    const auto refusal = [] { return Refusal{Kind::invalid, "voting_paper_record", "The voting-paper record is not in its canonical form."}; };
    const auto json = parse_strict(bytes);
    if (!json) return refusal();
    try {
        auto paper = read(Json(*json));
        if (voting_paper_json(paper) != bytes) return refusal();
        return paper;
    } catch (const Json::exception&) {
    } catch (const std::invalid_argument&) {
    }
    return refusal();
}

} // namespace walkout::protocol
