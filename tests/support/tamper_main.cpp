// walkout-tamper: wrong archives and very large ones, to try verifiers on. For tests only.
//
//   walkout-tamper list                         the faults it can make, and the check of our verifier that names each
//   walkout-tamper make FAULT OUT [GROUP]       a small finished election with that one fault
//   walkout-tamper right OUT [GROUP]            the same without a fault
//   walkout-tamper drop N IN OUT                IN up to its last ballot, without its Nth, hashed and chained again
//   walkout-tamper swap N IN OUT                IN up to its last ballot, its Nth and the next in swapped order
//   walkout-tamper close IN OUT                 IN up to its last ballot, and the end of the ballots
//   walkout-tamper big BALLOTS OUT [GROUP]      so many ballots of two Yes/No questions, in order except for their signatures and proofs, which are
//                                               random: for measuring what `archive verify --structure-only` needs

#include "tests/support/tamper.hpp"

#include <fstream>
#include <iostream>

namespace {

using namespace walkout;
using namespace walkout::protocol;

std::string read(const std::string& file)
{
    std::ifstream in(file, std::ios::binary);
    if (!in) throw std::runtime_error("cannot read " + file);
    return {std::istreambuf_iterator<char>(in), {}};
}

void save(const std::string& file, const std::string& bytes)
{
    std::ofstream out(file, std::ios::binary);
    out << bytes;
    if (!out.flush()) throw std::runtime_error("cannot write " + file);
}

/// Only Setup and the ballots: what follows them would not fit any more.
test::Parts up_to_the_ballots(const std::string& file)
{
    auto parts = test::take_apart(read(file));
    std::erase_if(parts.steps, [](const test::Step& step) { return step.type != EventType::setup && step.type != EventType::ballot; });
    return parts;
}

/// Text of endless different group elements, one multiplication each.
class Elements {
public:
    Elements(const Group& group, Random& random) : group_(group), now_(group.secret_power(group.generator(), group.random_scalar(random))) {}
    std::string next()
    {
        now_ = group_.multiply(now_, group_.generator());
        return group_.text(now_);
    }

private:
    const Group& group_;
    Element now_;
};

void make_big(unsigned ballots, const std::string& file, const std::string& group_name)
{
    test::WholeElection e(1, 1, 2, 3, 2, group_name);
    Elements elements(e.group, e.random);
    const auto scalar = [&] { return e.group.text(e.group.random_scalar(e.random).reveal()); };
    const auto proof = [&] { return R"({"challenge":")" + scalar() + R"(","response":")" + scalar() + "\"}"; };
    const auto branches = proof() + "," + proof();

    std::vector<std::string> credentials;
    std::string list;
    for (unsigned i = 0; i < ballots; ++i) {
        credentials.push_back(elements.next());
        list += (i == 0 ? "[\"" : ",\"") + credentials.back() + "\"";
    }
    list += "]";
    std::ofstream out(file, std::ios::binary);
    Chain chain;
    const auto append = [&](EventType type, std::vector<std::string> data) {
        for (const auto& record : chain.append(type, std::move(data))) out << tar_record(record, e.timestamp);
    };
    out << archive_header(e.timestamp);
    append(EventType::setup, {e.election.bytes, e.trustees_record.bytes, list, write_setup_data(e.election.bytes, e.trustees_record.bytes, list)});
    const auto answer = [&] {
        const auto choice = [&] { return R"({"alpha":")" + elements.next() + R"(","beta":")" + elements.next() + "\"}"; };
        const auto choices = choice() + "," + choice();
        return R"({"choices":[)" + choices + R"(],"individual_proofs":[[)" + branches + "],[" + branches + R"(]],"overall_proof":[)" + branches +
               "]}";
    };
    for (const auto& credential : credentials) {
        const auto body = R"({"election_uuid":")" + e.election.uuid + R"(","election_hash":")" + e.election.fingerprint + R"(","credential":")" +
                          credential + R"(","answers":[)" + answer() + "," + answer() + "]";
        append(EventType::ballot, {body + R"(,"signature":{"hash":")" + fingerprint_of(body + "}") + R"(","proof":)" + proof() + "}}"});
    }
    append(EventType::end_ballots, {});
    if (!out.flush()) throw std::runtime_error("cannot write " + file);
}

int run(const std::vector<std::string>& words)
{
    const auto word = [&](std::size_t i) { return i < words.size() ? words[i] : std::string(); };
    const auto group = [&](std::size_t i) { return i < words.size() ? words[i] : std::string("BELENIOS-2048"); };
    if (word(0) == "list") {
        for (const auto& [fault, name] : enum_names(test::Fault{})) std::cout << name << ' ' << test::check_that_fails(fault) << '\n';
    } else if (word(0) == "make" && words.size() >= 3 && from_name<test::Fault>(word(1))) {
        save(word(2), test::make_wrong(*from_name<test::Fault>(word(1)), group(3)));
    } else if (word(0) == "right" && words.size() >= 2) {
        save(word(1), test::make_right(group(2)));
    } else if ((word(0) == "drop" || word(0) == "swap") && words.size() == 4) {
        auto parts = up_to_the_ballots(word(2));
        const auto n = parts.steps.begin() + std::stol(word(1)); // Setup is the first, so the Nth ballot stands at N
        if (word(0) == "drop") parts.steps.erase(n);
        else std::iter_swap(n, n + 1);
        save(word(3), test::put_together(parts));
    } else if (word(0) == "close" && words.size() == 3) {
        auto parts = up_to_the_ballots(word(1));
        parts.steps.push_back({EventType::end_ballots, {}});
        save(word(2), test::put_together(parts));
    } else if (word(0) == "big" && words.size() >= 3) {
        make_big(static_cast<unsigned>(std::stoul(word(1))), word(2), group(3));
    } else {
        std::cerr << "walkout-tamper list | make FAULT OUT [GROUP] | right OUT [GROUP] | drop N IN OUT | swap N IN OUT | close IN OUT | big BALLOTS "
                     "OUT [GROUP]\n";
        return 2;
    }
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    try {
        return run({argv + 1, argv + argc});
    } catch (const std::exception& broken) {
        std::cerr << "walkout-tamper: " << broken.what() << '\n';
        return 1;
    }
}
