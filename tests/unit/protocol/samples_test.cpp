// Archives made by other programs, right and deliberately wrong (protocol.md section 0 and 2.12; tests/vectors/samples/README).

#include "shared/protocol/growth.hpp"
#include "shared/protocol/verify.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

using namespace walkout;
using namespace walkout::protocol;

TEST_SUITE_BEGIN("protocol");

namespace {

std::string content(const std::filesystem::path& file)
{
    std::ifstream in(file, std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    return bytes.str();
}

Verification verify_file(const std::filesystem::path& file)
{
    const auto archive = content(file);
    return verify_archive(ArchiveReader::from(archive));
}

std::filesystem::path sample(const std::string& folder)
{
    for (const auto& file : std::filesystem::directory_iterator(WALKOUT_SAMPLES "/" + folder))
        if (file.path().extension() == ".bel") return file.path();
    throw std::runtime_error("no archive in " + folder);
}

Verification verify_sample(const std::string& folder) { return verify_file(sample(folder)); }

} // namespace

TEST_CASE("good archives of other programs are accepted with their results")
{
    const std::map<std::string, unsigned> ballots = {{"honest-4", 4},
                                                     {"honest-4b", 4},
                                                     {"sample12-threshold-portable", 12},
                                                     {"sample12-yesno-2answers", 12},
                                                     {"sample12-blank-question", 12},
                                                     {"sample12-threshold-ed25519", 12}};
    for (const auto& [folder, count] : ballots) {
        CAPTURE(folder);
        const auto verification = verify_sample(folder);
        if (verification.failure) FAIL_CHECK(name(verification.failure->check) << ": " << verification.failure->why);
        CHECK(verification.finished());
        CHECK(verification.ballots == count);
    }
}

TEST_CASE("elections held with belenios-tool are accepted with the results it found")
{
    const std::map<std::string, Counts> results = {{"two-questions", {{1, 1}, {1, 1}}},
                                                   {"nobody-voted", {{0, 0}, {0, 0}}},
                                                   {"revotes", {{1, 1}, {2, 0}}},
                                                   {"weights-and-revotes", {{1000, 6}, {6, 0}}},
                                                   {"blank-and-three-of-four", {{1, 1, 1, 2, 0}}}};
    for (const auto& [file, counts] : results) {
        CAPTURE(file);
        const auto verification = verify_file(WALKOUT_SAMPLES "/../belenios-tool/" + file + ".bel");
        if (verification.failure) FAIL_CHECK(name(verification.failure->check) << ": " << verification.failure->why);
        REQUIRE(verification.counts);
        CHECK(*verification.counts == counts);
        CHECK_FALSE(verification.one_ballot_rule);
    }
}

TEST_CASE("bad archives are rejected by the check that their fault breaks")
{
    const std::map<std::string, std::string> expected = {
        {"BELENIOS-2048-bad_sig", "signatures"},   {"BELENIOS-2048-copy_ballot", "proofs"},
        {"BELENIOS-2048-dup_exact", "duplicates"}, {"BELENIOS-2048-extra_field", "ballots"},
        {"BELENIOS-2048-noncanon", "ballots"},     {"BELENIOS-2048-unknown_cred", "known-credential"},
        {"t-dup_credential", "credentials"},       {"t-header_ts_int", "container"},
        {"t-no_endballots", "event-order"},        {"t-pd_bad_proof", "decryptions"},
        {"t-pd_missing", "decryptions"},           {"t-pd_owner_swapped", "decryptions"},
        {"t-result_only_no_tally", "event-order"}, {"t-result_short", "result"},
        {"t-tar_mtime_changed", "container"},      {"t-trustee_missing", "election-key"},
    };
    for (const auto& [folder, check] : expected) {
        CAPTURE(folder);
        const auto verification = verify_sample("bad/" + folder);
        REQUIRE(verification.failure);
        CHECK(std::string(name(verification.failure->check)) == check);
    }
}

TEST_CASE("the old Pedersen form is reported as such")
{
    const auto verification = verify_sample("sample12-threshold-v20-only");
    REQUIRE(verification.failure);
    CHECK(verification.failure->check == Check::trustees);
    CHECK(verification.failure->why.find("belenios-tool 2.0") != std::string::npos);
}

TEST_CASE("a dropped ballot leaves an archive that is valid but unfinished")
{
    const auto verification = verify_sample("bad/t-dropped_ballot");
    CHECK_FALSE(verification.failure);
    CHECK_FALSE(verification.finished());
    // Only an earlier copy shows it, and names the ballot.
    const auto earlier = content(sample("honest-4b"));
    const auto later = content(sample("bad/t-dropped_ballot"));
    const auto growth = compare_growth(ArchiveReader::from(earlier), ArchiveReader::from(later));
    CHECK_FALSE(growth.holds());
    CHECK(growth.vanished.size() == 1);
}

TEST_CASE("every sample that is wrong is judged by a test here")
{
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& folder : std::filesystem::directory_iterator(WALKOUT_SAMPLES "/bad")) ++count;
    CHECK(count == 18); // the sixteen above, the dropped ballot and the reordered ones
}

TEST_CASE("swapped revotes cannot be told from one archive, as the protocol says")
{
    CHECK_FALSE(verify_sample("bad/BELENIOS-2048-reorder").failure);
}

TEST_SUITE_END();
