// walkout-bench-ballots [BALLOTS] [ARCHIVE]: creating and verifying two-question Yes/No ballots over BELENIOS-2048 on this machine, against the raw
// modular exponentiations that protocol.md 3.2 counts for them (40 to create, 63 to verify). Writes a finished archive of the same ballots for
// belenios-tool to verify in the same run. Prints one JSON object: microseconds a ballot, medians of five runs.

#include "shared/protocol/verify.hpp"
#include "tests/support/election.hpp"

#include "client/cli/parallel.hpp"

#include <gmp.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iostream>

namespace {

using namespace walkout;

double seconds(const std::function<void()>& work)
{
    const auto began = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

double median(const std::function<double()>& measure)
{
    std::vector<double> runs;
    for (int i = 0; i < 5; ++i) runs.push_back(measure());
    std::ranges::sort(runs);
    return runs[runs.size() / 2];
}

/// One variable-time mpz_powm with the group's modulus and a 256-bit exponent, in microseconds.
double raw_exponentiation(const Group& group)
{
    mpz_t p, base, exponent, out;
    mpz_inits(p, base, exponent, out, nullptr);
    // -1 is p - 1: the modulus, without naming another home for it.
    mpz_set_str(base, group.text(group.generator()).c_str(), 10);
    mpz_set_str(exponent, "78571733251071885079927659812671450121821421258408794611510081919805623223440", 10);
    mpz_set_str(p, group.text(group.invert(group.generator())).c_str(), 10);
    mpz_setbit(p, 2047); // any odd modulus of that size costs the same
    mpz_setbit(p, 0);
    constexpr int times = 500;
    const auto us = seconds([&] {
                        for (int i = 0; i < times; ++i) mpz_powm(out, base, exponent, p);
                    }) /
                    times * 1e6;
    mpz_clears(p, base, exponent, out, nullptr);
    return us;
}

} // namespace

int main(int argc, char** argv)
{
    const auto count = static_cast<unsigned>(argc > 1 ? std::stoul(argv[1]) : 200);
    test::WholeElection e(count);
    std::vector<std::string> ballots(count);
    const auto create = seconds([&] {
                            for (unsigned i = 0; i < count; ++i) ballots[i] = e.ballot(i, i % 3);
                        }) /
                        count * 1e6;
    const auto verify_one = [&](std::size_t i) {
        const auto ballot = protocol::parse_ballot(e.group, ballots[i]).value();
        if (!protocol::check_signature(e.election, ballot) || !protocol::check_proofs(e.election, ballot)) std::abort();
    };
    const auto verify = median([&] {
        return seconds([&] {
                   for (unsigned i = 0; i < count; ++i) verify_one(i);
               }) /
               count * 1e6;
    });
    const auto verify_all_cores = median([&] { return seconds([&] { cli::run_on_all_cores(count, verify_one); }) / count * 1e6; });
    const auto raw = median([&] { return raw_exponentiation(e.group); });
    const auto table = median([&] { return seconds([&] { (void)e.group.prepare(e.election.public_key, Group::Reuse::often); }) * 1e6; });
    if (argc > 2) {
        for (const auto& ballot : ballots) e.put_on_board(ballot);
        e.close();
        e.publish_tally();
        e.decrypt(1);
        e.decrypt(2);
        const auto yes = (count + 2) / 3, no = (count + 1) / 3;
        e.publish_result({{yes, no}, {yes, no}});
        std::ofstream(std::string(argv[2]) + "/" + e.election.uuid + ".bel", std::ios::binary) << e.archive;
    }
    std::cout << "{\"ballots\":" << count << ",\"create_us\":" << create << ",\"verify_us\":" << verify
              << ",\"verify_all_cores_us\":" << verify_all_cores << ",\"raw_exponentiation_us\":" << raw << ",\"key_table_us\":" << table << "}\n";
    return 0;
}
