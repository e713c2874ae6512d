// What the records of an archive say, under hashes that are right: one record is changed and every hash after it made again, as whoever runs
// the server could. What is accepted then still counts what was voted.

#include "shared/protocol/verify.hpp"
#include "tests/fuzz/targets.hpp"
#include "tests/support/election.hpp"

#include <cstdlib>

using namespace walkout;
using protocol::EventType;

namespace {

/// The right records of an election in which one voted Yes and one No.
struct Right {
    test::WholeElection made{3, 1, 1};
    std::string credentials;
    std::vector<std::string> ballots{made.ballot(0, 0), made.ballot(1, 1)};
    std::string tally;
    std::vector<std::pair<unsigned, std::string>> partials;
    std::string result = protocol::write_result({{1, 1}});

    Right()
    {
        std::vector<Element> keys;
        for (const auto& voter : made.voters) keys.push_back(voter.public_key);
        credentials = protocol::write_credentials(made.group, keys);
        for (const auto& ballot : ballots) made.put_on_board(ballot);
        tally = protocol::write_tally(made.group, made.tally);
        for (const unsigned owner : {1U, 3U})
            partials.emplace_back(owner, protocol::write_partial_decryption(
                                             made.group, protocol::decrypt_share(made.election, made.tally, made.shares[owner - 1], made.random)));
    }
};

const Right& right()
{
    static const Right made;
    return made;
}

/// Which record is changed, counting in the order of the archive; and how.
class Changing {
public:
    explicit Changing(fuzz::Input& input) : input_(input), which_(input.byte() % 12) {}
    std::string operator()(std::string record) { return which_-- == 0 ? fuzz::edited(record, input_) : record; }

private:
    fuzz::Input& input_;
    int which_;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    fuzz::Input input(data, size);
    Changing changed(input);
    const auto& from = right();
    protocol::Chain chain;
    auto archive = protocol::archive_header(test::WholeElection::timestamp);
    const auto append = [&](EventType type, std::vector<std::string> records) {
        for (const auto& record : chain.append(type, std::move(records))) archive += protocol::tar_record(record, test::WholeElection::timestamp);
    };
    const auto election = changed(from.made.election.bytes);
    const auto trustees = changed(from.made.trustees_record.bytes);
    const auto credentials = changed(from.credentials);
    append(EventType::setup, {election, trustees, credentials, changed(protocol::write_setup_data(election, trustees, credentials))});
    for (const auto& ballot : from.ballots) append(EventType::ballot, {changed(ballot)});
    append(EventType::end_ballots, {});
    const auto tally = changed(from.tally);
    append(EventType::encrypted_tally, {tally, changed(protocol::write_tally_data(2, 2, tally))});
    for (const auto& [owner, partial] : from.partials) {
        const auto written = changed(partial);
        append(EventType::partial_decryption, {written, protocol::write_owned(owner, written)});
    }
    append(EventType::result, {changed(from.result)});

    const auto verification = protocol::verify_archive(protocol::ArchiveReader::from(archive));
    if (!verification.failure && (!verification.finished() || verification.counts != protocol::Counts{{1, 1}})) std::abort();
    return 0;
}
