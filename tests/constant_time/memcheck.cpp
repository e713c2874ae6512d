// walkout-memcheck, run under valgrind: no branch, no address and no length may depend on a secret (protocol.md section 0).
//
// Every random byte, voting code and vote is marked undefined, so that memcheck reports whatever depends on one; published() marks as defined again
// what everybody may see. Each case asks memcheck how many errors it counted: none may be new. The first case branches on a secret on purpose and must
// be reported, so that a check that has gone blind fails too.

#include "shared/protocol/tally.hpp"
#include "shared/protocol/trustees.hpp"
#include "tests/support/random.hpp"

#include <valgrind/memcheck.h>

#include <functional>
#include <iostream>

namespace {

using namespace walkout;

void mark_secret(const void* data, std::size_t size) { VALGRIND_MAKE_MEM_UNDEFINED(data, size); }

class SecretRandom final : public Random {
public:
    void fill(std::span<std::uint8_t> out) override
    {
        seeded_.fill(out);
        mark_secret(out.data(), out.size());
    }

private:
    test::SeededRandom seeded_{1};
};

bool failed = false;

void check(const std::string& name, bool expect_report, const std::function<void()>& work)
{
    const auto before = VALGRIND_COUNT_ERRORS;
    work();
    const auto reports = VALGRIND_COUNT_ERRORS - before;
    const bool right = (reports > 0) == expect_report;
    failed = failed || !right;
    std::cout << (right ? "ok   " : "FAIL ") << name << ": " << reports << " reports" << (expect_report ? ", as it must" : "") << std::endl;
}

volatile int taken = 0;

void check_group(std::string_view name)
{
    const std::string in = std::string(name) + ": ";
    const auto& group = *Group::find(name);
    test::SeededRandom seeded(2);
    SecretRandom random;
    const auto x = group.random_scalar(seeded);
    const auto election =
        protocol::make_election("A test.", "Test", group, group.secret_power(group.generator(), x),
                                {{{"Yes", "No"}, false, 0, 1, "Strike?"}, {{"A", "B", "C"}, false, 1, 3, "Which?"}}, "123456789ABCDE");
    const auto code = protocol::VotingCode::make(seeded);
    const auto voter = protocol::derive_credential(group, code, election.uuid);
    auto tally = protocol::empty_tally(election);

    check(in + "a trustee's keys and their proofs", false, [&] {
        const auto key = group.random_scalar(random), certificate_key = group.random_scalar(random);
        (void)protocol::make_trustee_key(group, key, certificate_key, random);
    });
    check(in + "a voting code made, and its credential", false,
          [&] { (void)protocol::derive_credential(group, protocol::VotingCode::make(random), election.uuid); });
    for (protocol::Selections votes : {protocol::Selections{{1, 0}, {1, 0, 0}}, {{0, 1}, {0, 1, 1}}, {{0, 0}, {1, 1, 1}}}) {
        std::string bytes;
        check(in + "a vote encrypted, proved and signed", false, [&] {
            for (auto& vote : votes) mark_secret(vote.data(), vote.size() * sizeof(unsigned));
            mark_secret(voter.secret.reveal().limbs.data(), sizeof voter.secret.reveal().limbs);
            bytes = protocol::seal_ballot(election, voter.public_key, votes, random).value().sign(group, voter.secret, random);
        });
        // It is a real ballot, and what was published is enough to verify it.
        const auto ballot = protocol::parse_ballot(group, bytes).value();
        protocol::check_signature(election, ballot).value();
        protocol::check_proofs(election, ballot).value();
        protocol::add_to_tally(election, tally, ballot);
    }
    check(in + "a partial decryption with its proofs", false, [&] {
        mark_secret(x.reveal().limbs.data(), sizeof x.reveal().limbs);
        (void)protocol::write_partial_decryption(group, protocol::decrypt_share(election, tally, x, random));
    });
}

} // namespace

int main()
{
    if (RUNNING_ON_VALGRIND == 0) {
        std::cerr << "run this under valgrind, as ctest does: ctest -R constant_time\n";
        return 2;
    }
    try {
        check("a branch on a secret", true, [] {
            SecretRandom random;
            std::array<std::uint8_t, 1> secret;
            random.fill(secret);
            if (secret[0] > 127) taken = 1;
        });
        check("an index that is secret", true, [] {
            SecretRandom random;
            std::array<std::uint8_t, 1> secret;
            random.fill(secret);
            static const std::array<int, 256> table{1, 2, 3};
            taken = table[secret[0]];
        });
        check_group("BELENIOS-2048");
        check_group("Ed25519");
    } catch (const std::exception& error) {
        std::cerr << error.what() << "\n";
        return 1;
    }
    return failed ? 1 : 0;
}
