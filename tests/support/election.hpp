#pragma once

#include "shared/protocol/archive.hpp"
#include "shared/protocol/ceremony.hpp"
#include "shared/protocol/tally.hpp"
#include "tests/support/random.hpp"

namespace walkout::test {

/// A whole election in memory: t-of-n trustees by the ceremony, voters with codes, and an archive that grows.
struct WholeElection {
    const Group& group;
    SeededRandom random;
    protocol::CeremonyContext ceremony;
    std::vector<protocol::TrusteeSecrets> trustees;
    std::vector<SecretScalar> shares;
    protocol::Trustees trustees_record;
    std::vector<protocol::VotingCode> codes;
    std::vector<protocol::Credential> voters;
    protocol::Election election;
    protocol::EncryptedTally tally;
    unsigned cast = 0;
    protocol::Chain chain;
    static constexpr std::int64_t timestamp = 1380000000;
    std::string archive;

    static protocol::Question yes_or_no() { return {{"Yes", "No"}, false, 0, 1, "Are you prepared to take part in strike action?"}; }

    explicit WholeElection(unsigned voter_count, std::uint32_t seed = 1, unsigned question_count = 2, unsigned size = 3, unsigned threshold = 2,
                           std::string_view group_name = "BELENIOS-2048")
        : WholeElection(voter_count, seed, std::vector(question_count, yes_or_no()), size, threshold, group_name)
    {}
    WholeElection(unsigned voter_count, std::uint32_t seed, std::vector<protocol::Question> questions, unsigned size, unsigned threshold,
                  std::string_view group_name)
        : group(*Group::find(group_name)), random(seed), ceremony{&group, "test/1", threshold, size}
    {
        hold_ceremony();
        const std::string uuid = protocol::make_uuid("", random);
        std::vector<Element> credentials;
        for (unsigned i = 0; i < voter_count; ++i) {
            codes.push_back(protocol::VotingCode::make(random));
            voters.push_back(protocol::derive_credential(group, codes.back(), uuid));
            credentials.push_back(voters.back().public_key);
        }
        election = protocol::make_election("A test.\n" + protocol::description_last_line(std::string(64, 'a')), "Test", group,
                                           trustees_record.election_key, std::move(questions), uuid);
        const auto credentials_record = protocol::write_credentials(group, credentials);
        archive = protocol::archive_header(timestamp);
        append(protocol::EventType::setup, {election.bytes, trustees_record.bytes, credentials_record,
                                            protocol::write_setup_data(election.bytes, trustees_record.bytes, credentials_record)});
        tally = protocol::empty_tally(election);
    }

    /// choice: 0 Yes, 1 No, 2 blank, the same for every question.
    std::string ballot(unsigned voter, unsigned choice)
    {
        const std::vector<unsigned> chosen{choice == 0 ? 1U : 0U, choice == 1 ? 1U : 0U};
        return ballot(voter, protocol::Selections(election.questions.size(), chosen));
    }
    std::string ballot(unsigned voter, const protocol::Selections& selections)
    {
        auto sealed = protocol::seal_ballot(election, voters[voter].public_key, selections, random).value();
        return std::move(sealed).sign(group, voters[voter].secret, random);
    }

    void put_on_board(const std::string& bytes)
    {
        protocol::add_to_tally(election, tally, protocol::parse_ballot(group, bytes).value());
        ++cast;
        append(protocol::EventType::ballot, {bytes});
    }

    void close() { append(protocol::EventType::end_ballots, {}); }
    void publish_tally()
    {
        const auto bytes = protocol::write_tally(group, tally);
        append(protocol::EventType::encrypted_tally, {bytes, protocol::write_tally_data(cast, cast, bytes)});
    }
    void decrypt(unsigned owner)
    {
        const auto bytes = protocol::write_partial_decryption(group, protocol::decrypt_share(election, tally, shares[owner - 1], random));
        append(protocol::EventType::partial_decryption, {bytes, protocol::write_owned(owner, bytes)});
    }
    void publish_result(const protocol::Counts& counts) { append(protocol::EventType::result, {protocol::write_result(counts)}); }

    void append(protocol::EventType type, std::vector<std::string> data)
    {
        for (const auto& record : chain.append(type, std::move(data))) archive += protocol::tar_record(record, timestamp);
    }

private:
    void hold_ceremony()
    {
        std::vector<std::string> joins, polynomials, keys;
        for (unsigned i = 1; i <= ceremony.size; ++i) {
            trustees.emplace_back(ceremony, i, protocol::TrusteeSecrets::make_seed(random));
            joins.push_back(trustees.back().join_message(random));
        }
        for (const auto& trustee : trustees) polynomials.push_back(trustee.shares_message(joins, random).value());
        for (const auto& trustee : trustees) {
            shares.push_back(trustee.receive_shares(joins, polynomials).value());
            keys.push_back(trustee.keys_message(shares.back(), random));
        }
        trustees_record = protocol::finish_ceremony(ceremony, joins, polynomials, keys).value();
    }
};

} // namespace walkout::test
