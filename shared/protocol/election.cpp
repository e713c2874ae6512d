#include "shared/protocol/election.hpp"

#include "shared/protocol/json.hpp"

#include <algorithm>
#include <set>

namespace walkout::protocol {
namespace {

// Far more than any voting paper asks; what bounds the memory that a hostile election record can make a verifier take.
constexpr std::size_t most_questions = 64;
constexpr std::size_t most_answers = 1000; ///< of all questions together

constexpr std::string_view one_ballot_mark = "walkout/1 one-ballot-per-credential paper=";

Question read_question(const Json& json)
{
    Question question;
    for (const auto& answer : list(field(json, "answers"))) {
        if (!answer.is_string()) throw BadRecord("an answer must be a string");
        question.answers.push_back(answer.get<std::string>());
    }
    if (const auto* blank = optional_field(json, "blank")) {
        if (!blank->is_boolean()) throw BadRecord("\"blank\" must be true or false");
        question.blank = blank->get<bool>();
    }
    question.min = count(field(json, "min"));
    question.max = count(field(json, "max"));
    question.text = text_field(json, "question");
    if (question.answers.empty() || question.min > question.max || question.max > question.answers.size())
        throw BadRecord("a question allows no answer");
    return question;
}

Json write_question(const Question& question)
{
    Json json = {{"answers", question.answers}};
    if (question.blank) json["blank"] = true;
    json["min"] = question.min;
    json["max"] = question.max;
    json["question"] = question.text;
    return json;
}

bool is_uuid(std::string_view text) { return text.size() >= 14 && text.find_first_not_of(base58_digits) == std::string_view::npos; }

bool numerically_less(const Element& a, const Element& b)
{
    return std::ranges::lexicographical_compare(a.limbs.rbegin(), a.limbs.rend(), b.limbs.rbegin(), b.limbs.rend());
}

} // namespace

std::string fingerprint_of(std::string_view bytes) { return base64(sha256(bytes)); }

std::string description_last_line(std::string_view paper_hash_hex) { return std::string(one_ballot_mark) + std::string(paper_hash_hex); }

bool Election::one_ballot_per_credential() const
{
    const auto last_line = std::string_view(description).substr(description.rfind('\n') + 1); // npos + 1 is 0: the only line
    return last_line.starts_with(one_ballot_mark);
}

Result<Election> parse_election(std::string_view bytes)
{
    return read_record(bytes, "election_record", "The election record", [&](const Json& json) {
        Election election;
        if (const auto& version = field(json, "version"); !version.is_number_unsigned() || version.get<std::uint64_t>() != 1)
            throw BadRecord("its version is not 1");
        election.description = text_field(json, "description");
        election.name = text_field(json, "name");
        election.group = Group::find(text_field(json, "group"));
        if (election.group == nullptr) throw BadRecord("its group is not one this program knows");
        election.public_key = read_member(*election.group, field(json, "public_key"));
        if (election.public_key == election.group->identity()) throw BadRecord("its public key is the identity");
        for (const auto& question : list(field(json, "questions"))) election.questions.push_back(read_question(question));
        if (election.questions.empty()) throw BadRecord("it asks no question");
        std::size_t answers = 0;
        for (const auto& question : election.questions) answers += question.answers.size();
        if (election.questions.size() > most_questions || answers > most_answers) throw BadRecord("it asks more than this program counts");
        election.uuid = text_field(json, "uuid");
        if (!is_uuid(election.uuid)) throw BadRecord("its uuid is not 14 or more base58 characters");
        election.bytes = bytes;
        election.fingerprint = fingerprint_of(bytes);
        election.key_powers = election.group->prepare(election.public_key, Group::Reuse::often);
        return election;
    });
}

Election make_election(std::string description, std::string name, const Group& group, const Element& public_key, std::vector<Question> questions,
                       std::string uuid)
{
    Json json = {{"version", 1},
                 {"description", std::move(description)},
                 {"name", std::move(name)},
                 {"group", group.name()},
                 {"public_key", group.text(public_key)}};
    json["questions"] = Json::array();
    for (const auto& question : questions) json["questions"].push_back(write_question(question));
    json["uuid"] = std::move(uuid);
    return parse_election(json.dump()).value();
}

std::optional<Voter> parse_voter(const Group& group, std::string_view entry)
{
    const auto comma = entry.find(',');
    const auto credential = group.parse_element(entry.substr(0, comma));
    if (!credential) return std::nullopt;
    if (comma == std::string_view::npos) return Voter{*credential, 1};
    const auto weight = group.parse_scalar(entry.substr(comma + 1));
    if (!weight || weight->limbs[0] == 0 || weight->limbs[0] > largest_count || *weight != group.small(weight->limbs[0])) return std::nullopt;
    return Voter{*credential, static_cast<unsigned>(weight->limbs[0])};
}

Result<std::vector<Voter>> parse_credentials(const Group& group, std::string_view bytes)
{
    return read_record(bytes, "credentials_record", "The list of credentials", [&](const Json& json) {
        std::vector<Voter> voters;
        std::set<std::array<std::uint64_t, 32>> seen;
        for (const auto& entry : list(json)) {
            const auto voter = entry.is_string() ? parse_voter(group, entry.get_ref<const std::string&>()) : std::nullopt;
            if (!voter) throw BadRecord("an entry is not a credential with its weight");
            if (!group.contains(voter->credential)) throw BadRecord("an element is outside the group");
            voters.push_back(*voter);
            if (!seen.insert(voters.back().credential.limbs).second) throw BadRecord("a credential is listed twice");
        }
        return voters;
    });
}

std::string write_credentials(const Group& group, std::vector<Element> credentials)
{
    std::ranges::sort(credentials, numerically_less);
    auto json = Json::array();
    for (const auto& credential : credentials) json.push_back(group.text(credential));
    return json.dump();
}

} // namespace walkout::protocol
