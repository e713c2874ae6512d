// Properties of whole elections: whatever is asked and answered, whoever decrypts, and whichever byte is changed.

#include "shared/protocol/verify.hpp"
#include "tests/support/tamper.hpp"

#include <doctest/doctest.h>

#include <numeric>

using namespace walkout;
using namespace walkout::protocol;

TEST_SUITE_BEGIN("protocol");

namespace {

Verification verify(std::string_view archive, const VerifyOptions& options = {}) { return verify_archive(ArchiveReader::from(archive), options); }

unsigned below(std::mt19937& engine, unsigned limit) { return static_cast<unsigned>(engine() % limit); }

char one_bit_off(char byte, unsigned bit) { return static_cast<char>(static_cast<unsigned char>(byte) ^ (1U << bit)); }

Question random_question(std::mt19937& engine)
{
    Question question{{}, false, 0, 1, "Which?"};
    const auto answers = 1 + below(engine, 4);
    for (unsigned i = 0; i < answers; ++i) question.answers.push_back("Answer " + std::to_string(i));
    question.max = 1 + below(engine, answers);
    question.min = below(engine, question.max + 1);
    return question;
}

std::vector<unsigned> random_answer(std::mt19937& engine, const Question& question)
{
    std::vector<unsigned> out(question.answers.size());
    const auto wanted = question.min + below(engine, question.max - question.min + 1);
    for (unsigned chosen = 0; chosen < wanted;) {
        auto& bit = out[below(engine, static_cast<unsigned>(out.size()))];
        chosen += 1 - bit;
        bit = 1;
    }
    return out;
}

/// A random election held, its archive, and the plain sum of what was cast.
struct Held {
    std::string archive;
    Counts sum;
};

Held hold(std::uint32_t seed, const char* group)
{
    std::mt19937 engine(seed);
    std::vector<Question> questions(1 + below(engine, 3));
    for (auto& question : questions) question = random_question(engine);
    const auto size = 1 + below(engine, 4);
    const auto threshold = 1 + below(engine, size);
    const auto voters = below(engine, 5);
    test::WholeElection e(voters, seed, questions, size, threshold, group);
    Counts sum;
    for (const auto& question : questions) sum.emplace_back(question.answers.size(), 0);
    for (unsigned voter = 0; voter < voters; ++voter) {
        if (below(engine, 4) == 0) continue; // stays at home
        Selections selections;
        for (std::size_t q = 0; q < questions.size(); ++q) {
            selections.push_back(random_answer(engine, questions[q]));
            for (std::size_t a = 0; a < sum[q].size(); ++a) sum[q][a] += selections[q][a];
        }
        e.put_on_board(e.ballot(voter, selections));
    }
    e.close();
    e.publish_tally();
    std::vector<unsigned> trustees(size);
    std::iota(trustees.begin(), trustees.end(), 1U);
    std::shuffle(trustees.begin(), trustees.end(), engine); // the others are absent
    for (unsigned i = 0; i < threshold; ++i) e.decrypt(trustees[i]);
    e.publish_result(sum);
    return {e.archive, sum};
}

} // namespace

TEST_CASE("a random election tallies to the plain sum of its votes")
{
    for (std::uint32_t seed = 0; seed < 13; ++seed) {
        CAPTURE(seed);
        const auto* group = seed < 12 ? "Ed25519" : "BELENIOS-2048";
        const auto held = hold(seed, group);
        const auto v = verify(held.archive);
        if (v.failure) FAIL_CHECK(name(v.failure->check) << ": " << v.failure->why);
        REQUIRE(v.counts);
        CHECK(*v.counts == held.sum);
    }
}

TEST_CASE("the same randomness gives the same election, byte for byte")
{
    for (const auto* group : {"Ed25519", "BELENIOS-2048"}) {
        CHECK(hold(3, group).archive == hold(3, group).archive);
        CHECK(hold(3, group).archive != hold(4, group).archive);
    }
}

TEST_CASE("any two of four trustees decrypt the same result, and more than two do too")
{
    test::WholeElection e(4, 7, 1, 4, 2, "Ed25519");
    for (unsigned voter = 0; voter < 4; ++voter) e.put_on_board(e.ballot(voter, voter % 3));
    e.close();
    e.publish_tally();
    std::map<unsigned, PartialDecryption> all;
    for (unsigned owner = 1; owner <= 4; ++owner) all.emplace(owner, decrypt_share(e.election, e.tally, e.shares[owner - 1], e.random));
    for (unsigned mask = 0; mask < 16; ++mask) {
        CAPTURE(mask);
        std::map<unsigned, PartialDecryption> present;
        for (const auto& [owner, partial] : all)
            if ((mask >> (owner - 1) & 1U) != 0) present.emplace(owner, partial);
        const auto counts = combine(e.election, e.trustees_record, e.tally, present, 4);
        if (present.size() < 2) {
            CHECK_FALSE(counts.has_value());
        } else {
            REQUIRE(counts.has_value());
            CHECK(*counts == Counts{{2, 1}});
        }
    }
}

TEST_CASE("any changed byte of an archive is seen, every one of them")
{
    // Headers, events, small records, content and padding: the reader alone, with which every verification begins, sees each.
    test::WholeElection e(1, 3, 1, 1, 1, "Ed25519");
    e.put_on_board(e.ballot(0, 0));
    e.close();
    e.publish_tally();
    e.decrypt(1);
    e.publish_result({{1, 0}});
    const auto readable = [](std::string_view archive) {
        ArchiveReader reader(ArchiveReader::from(archive));
        if (!reader.read_header()) return false;
        for (auto record = reader.next();; record = reader.next()) {
            if (!record) return false;
            if (!*record) return true;
        }
    };
    REQUIRE(readable(e.archive));
    std::mt19937 engine(1);
    auto changed = e.archive;
    for (std::size_t at = 0; at < changed.size(); ++at) {
        const auto honest = changed[at];
        changed[at] = one_bit_off(honest, below(engine, 8));
        if (readable(changed)) FAIL_CHECK("byte " << at);
        if (at % 997 == 0) CHECK(verify(changed).failure->check == Check::container);
        changed[at] = honest;
    }
}

TEST_CASE("any changed byte of an event or a small record fails, hashed again or not")
{
    test::WholeElection e(1, 3, 1, 1, 1, "Ed25519");
    e.put_on_board(e.ballot(0, 0));
    e.close();
    e.publish_tally();
    e.decrypt(1);
    e.publish_result({{1, 0}});
    VerifyOptions structure; // which is enough to see these, and lets all of them be tried
    structure.structure_only = true;
    const auto parts = test::take_apart(e.archive);
    const auto rehashed = [&](std::size_t step, std::size_t record, const std::string& body) {
        auto changed = parts;
        changed.steps[step].data[record] = body;
        return test::put_together(changed);
    };
    std::mt19937 engine(1);
    const auto each_byte = [&](const std::string& body, const std::function<bool(const std::string&)>& fails) {
        for (std::size_t at = 0; at < body.size(); ++at) {
            auto changed = body;
            changed[at] = one_bit_off(changed[at], below(engine, 8));
            if (!fails(changed)) FAIL_CHECK("byte " << at << " of " << body);
        }
    };
    // Events: each read for itself, for the chain that follows hides none of them.
    Chain chain;
    for (const auto& step : parts.steps) {
        const auto event = chain.append(step.type, step.data).back().body;
        each_byte(event, [&](const std::string& changed) {
            const auto parsed = parse_event(changed);
            return !parsed || parsed->parent != parse_event(event)->parent || parsed->height != parse_event(event)->height ||
                   parsed->type != parse_event(event)->type || parsed->payload != parse_event(event)->payload;
        });
    }
    // What names other records, hashed again: setup data, tally data, owner.
    for (const auto& [step, record] : std::vector<std::pair<std::size_t, std::size_t>>{{0, 3}, {3, 1}, {4, 1}})
        each_byte(parts.steps[step].data[record],
                  [&](const std::string& changed) { return verify(rehashed(step, record, changed), structure).failure.has_value(); });
    // And the result, which only the decryption gives away.
    each_byte(parts.steps[5].data[0], [&](const std::string& changed) { return verify(rehashed(5, 0, changed)).failure.has_value(); });
}

TEST_CASE("a changed byte of an archive's content fails, wherever it is and however it is hashed again")
{
    auto e = hold(6, "Ed25519");
    REQUIRE_FALSE(verify(e.archive).failure);
    std::mt19937 engine(2);
    for (int i = 0; i < 60; ++i) {
        const auto at = below(engine, static_cast<unsigned>(e.archive.size()));
        CAPTURE(at);
        auto changed = e.archive;
        changed[at] = one_bit_off(changed[at], below(engine, 8));
        CHECK(verify(changed).failure);
    }
    // With every hash and event made to fit again. What no check can see is what means the same: white space in records that are hashed as they are.
    const auto parts = test::take_apart(e.archive);
    for (int i = 0; i < 60; ++i) {
        auto changed = parts;
        auto& step = changed.steps[below(engine, static_cast<unsigned>(changed.steps.size()))];
        if (step.data.empty()) continue;
        auto& body = step.data[below(engine, static_cast<unsigned>(step.data.size()))];
        const auto at = below(engine, static_cast<unsigned>(body.size()));
        body[at] = static_cast<char>(body[at] ^ 1);
        if (step.type == EventType::setup && &body != &step.data[3]) step.data[3] = write_setup_data(step.data[0], step.data[1], step.data[2]);
        CAPTURE(std::string(name(step.type)));
        CAPTURE(at);
        CHECK(verify(test::put_together(changed)).failure);
    }
}

TEST_SUITE_END();
