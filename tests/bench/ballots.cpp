// What tests/bench/run measures of our own code, for ballots of Yes/No questions:
//
//   walkout-bench-ballots make GROUP BALLOTS QUESTIONS FOLDER    a counted election, or with 0 ballots an open one: FOLDER/UUID.bel, and a voter's code
//   walkout-bench-ballots measure FILE.bel [AT_MOST]             its ballots, parsed and verified; the same number made; what tables cost
//
// `measure` prints one JSON object. Times are processor time of the one thread, so that other work on the machine counts little, except for
// "two_cores", which compares wall clocks.

#include "client/cli/parallel.hpp"
#include "shared/protocol/verify.hpp"
#include "tests/support/election.hpp"

#include <gmp.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <fstream>
#include <iostream>

namespace {

using namespace walkout;
using Work = std::function<void()>;

double processor_us(const Work& work)
{
    const auto now = [] {
        timespec t{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
        return static_cast<double>(t.tv_sec) * 1e6 + static_cast<double>(t.tv_nsec) / 1e3;
    };
    const auto began = now();
    work();
    return now() - began;
}

double wall_us(const Work& work)
{
    const auto began = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - began).count();
}

/// One mpz_powm_sec, what belenios-tool spends its time in, with a 256-bit exponent. The modulus is g - 1 or g: odd, 2048 bits, and so as long to work
/// with as p, which the program keeps to itself.
double raw_exponentiation_us()
{
    const auto& group = *Group::find("BELENIOS-2048");
    mpz_t modulus, base, exponent, out;
    mpz_init_set_str(modulus, group.text(group.generator()).c_str(), 10);
    mpz_setbit(modulus, 2047);
    mpz_setbit(modulus, 0);
    mpz_init_set_str(base, group.text(group.invert(group.generator())).c_str(), 10);
    mpz_init_set_str(exponent, group.text(group.subtract(group.small(0), group.small(1))).c_str(), 10);
    mpz_init(out);
    constexpr int times = 100;
    const auto us = processor_us([&] {
        for (int i = 0; i < times; ++i) mpz_powm_sec(out, base, exponent, modulus);
    });
    mpz_clears(modulus, base, exponent, out, nullptr);
    return us / times;
}

int make(const std::string& group, unsigned count, unsigned questions, const std::string& folder)
{
    test::WholeElection e(std::max(count, 1U), 1, questions, 3, 2, group);
    for (unsigned i = 0; i < count; ++i) e.put_on_board(e.ballot(i, i % 3));
    if (count > 0) {
        e.close();
        e.publish_tally();
        e.decrypt(1);
        e.decrypt(2);
        e.publish_result(protocol::Counts(questions, {(count + 2) / 3, (count + 1) / 3}));
    }
    const auto file = folder + "/" + e.election.uuid + ".bel";
    std::ofstream(file, std::ios::binary) << e.archive;
    std::ofstream(folder + "/code") << e.codes[0].reveal();
    std::cout << file << "\n";
    return 0;
}

struct Board {
    protocol::Election election;
    std::vector<std::string> ballots;
};

Board read(const std::string& file, std::size_t at_most)
{
    std::ifstream in(file, std::ios::binary);
    protocol::ArchiveReader reader([&](char* buffer, std::size_t size) {
        in.read(buffer, static_cast<std::streamsize>(size));
        return static_cast<std::size_t>(in.gcount());
    });
    reader.read_header().value();
    Board board;
    std::string first, last;
    while (const auto record = reader.next().value()) {
        if (!record->is_event) {
            last = record->body;
            if (first.empty()) first = last;
        } else if (protocol::parse_event(record->body).value().type == protocol::EventType::ballot && board.ballots.size() < at_most) {
            board.ballots.push_back(last);
        }
    }
    board.election = protocol::parse_election(first).value();
    return board;
}

int measure(const std::string& file, std::size_t at_most)
{
    auto board = read(file, at_most);
    const auto& election = board.election;
    const auto& group = *election.group;
    const auto count = static_cast<double>(board.ballots.size());

    const auto verify_one = [&](std::size_t i) {
        const auto ballot = protocol::parse_ballot(group, board.ballots[i]).value();
        protocol::check_signature(election, ballot).value();
        protocol::check_proofs(election, ballot).value();
    };
    const auto verify_all = [&] {
        for (std::size_t i = 0; i < board.ballots.size(); ++i) verify_one(i);
    };
    // The first of each kind makes the tables of g and y, where the group has any.
    const auto first_verified = processor_us([&] { verify_one(0); });
    const auto verify = processor_us(verify_all) / count;
    const auto wall_one = wall_us(verify_all);
    const auto wall_two = wall_us([&] { cli::run_on_all_cores(board.ballots.size(), verify_one); });

    test::SeededRandom random(7);
    const auto credential = group.random_scalar(random);
    const auto public_credential = group.secret_power(group.generator(), credential);
    const protocol::Selections selections(election.questions.size(), {1, 0});
    const auto create_one = [&] {
        (void)protocol::seal_ballot(election, public_credential, selections, random).value().sign(group, credential, random);
    };
    const auto first_created = processor_us(create_one);
    const auto create = processor_us([&] {
                            for (std::size_t i = 0; i < board.ballots.size(); ++i) create_one();
                        }) /
                        count;
    const auto base = group.secret_power(group.generator(), group.random_scalar(random)); // no table for this one
    const auto exponent = group.random_scalar(random);
    const auto power = processor_us([&] {
                           for (int i = 0; i < 20; ++i) (void)group.secret_power(base, exponent);
                       }) /
                       20;
    std::cout << "{\"group\":\"" << group.name() << "\",\"questions\":" << election.questions.size() << ",\"ballots\":" << board.ballots.size()
              << ",\"verify_us\":" << verify << ",\"verify_set_up_us\":" << first_verified - verify << ",\"two_cores\":" << wall_one / wall_two
              << ",\"create_us\":" << create << ",\"create_set_up_us\":" << first_created - create << ",\"secret_power_us\":" << power
              << ",\"raw_exponentiation_us\":" << raw_exponentiation_us() << "}\n";
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    const std::vector<std::string> words(argv + 1, argv + argc);
    if (words.size() == 5 && words[0] == "make")
        return make(words[1], static_cast<unsigned>(std::stoul(words[2])), static_cast<unsigned>(std::stoul(words[3])), words[4]);
    if ((words.size() == 2 || words.size() == 3) && words[0] == "measure")
        return measure(words[1], words.size() == 3 ? std::stoul(words[2]) : SIZE_MAX);
    std::cerr << "usage: walkout-bench-ballots make GROUP BALLOTS QUESTIONS FOLDER | measure FILE.bel [AT_MOST]\n";
    return 2;
}
