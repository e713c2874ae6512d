// walkout-crowd: many members voting from one process, through the same protocol and HTTPS code as `walkout`. For the rehearsal's last members, the
// load tests and the casting benchmark. Encrypts everything first, then casts with a given number of clients at once, so that casting can be measured.
//
//   walkout-crowd --server URL --cacert FILE --ballot ID --clients N [--second-factor number|FOLDER] < votes
//
// votes: one line a voter, "NUMBER EMAIL CODE ANSWERS", answers as yes,no,blank. With a folder as the second factor each voter signs in first, with
// the one-time code found in the outbox there. Prints "NUMBER TRACKER" as each receipt arrives, and at the end how long the casting took.

#include "client/cli/api.hpp"
#include "client/cli/receipts.hpp"
#include "shared/crypto/system_random.hpp"
#include "shared/protocol/ballot.hpp"
#include "shared/wire/people_messages.hpp"
#include "shared/wire/vote_messages.hpp"

#include <CLI/CLI.hpp>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <mutex>
#include <sstream>
#include <thread>

namespace {

using namespace walkout;
namespace fs = std::filesystem;

struct Voter {
    std::string number, email, code, answers;
    std::string place; ///< constituency
    std::string ballot;
    std::string token;
};

struct Crowd {
    std::string server, cacert, ballot, second_factor = "number";
    unsigned clients = 2;
    std::vector<Voter> voters;
    wire::VotingMaterial material;
    std::vector<protocol::Election> elections;
    std::vector<std::string> credentials; ///< records, as the elections
    SystemRandom random;
    std::mutex output;
    std::atomic<unsigned> failed{0};

    cli::Api api(Secret token = Secret())
    {
        return cli::Api(net::HttpsClient(net::parse_address(server).value(), {.cacert = cacert}), std::move(token), random);
    }

    void each(const std::function<void(cli::Api&, Voter&)>& work)
    {
        std::atomic<std::size_t> next{0};
        std::vector<std::jthread> threads;
        for (unsigned i = 0; i < clients; ++i)
            threads.emplace_back([&] {
                auto mine = api();
                for (auto v = next++; v < voters.size(); v = next++) {
                    try {
                        work(mine, voters[v]);
                    } catch (const std::exception& broken) {
                        complain(voters[v], broken.what());
                    }
                }
            });
    }

    void complain(const Voter& voter, const std::string& why)
    {
        ++failed;
        const std::lock_guard lock(output);
        std::cerr << voter.number << ": " << why << '\n';
    }

    void load()
    {
        auto mine = api();
        material = mine.get<wire::VotingMaterial>("/api/v1/ballots/" + ballot + "/voting").value();
        for (const auto& constituency : material.constituencies) {
            elections.push_back(protocol::parse_election(constituency.election).value());
            credentials.push_back(mine.get_text("/api/v1/constituencies/" + constituency.id.text() + "/credentials").value());
        }
    }

    void encrypt(Voter& voter)
    {
        protocol::Selections selections;
        std::istringstream answers(voter.answers);
        for (std::string answer; std::getline(answers, answer, ',');) selections.push_back({answer == "yes" ? 1U : 0U, answer == "no" ? 1U : 0U});
        const auto code = protocol::VotingCode::parse(voter.code).value();
        for (std::size_t i = 0; i < elections.size(); ++i) {
            const auto& group = *elections[i].group;
            const auto credential = protocol::derive_credential(group, code, elections[i].uuid);
            if (credentials[i].find("\"" + group.text(credential.public_key) + "\"") == std::string::npos) continue;
            voter.place = elections[i].uuid;
            voter.ballot =
                protocol::seal_ballot(elections[i], credential.public_key, selections, random).value().sign(group, credential.secret, random);
            return;
        }
        throw std::runtime_error("the voting code is not of this ballot");
    }

    /// The newest mail to this address that holds a one-time code, waited for.
    std::string one_time_code(const std::string& email)
    {
        constexpr std::string_view before = "Your sign-in code is ";
        for (int tries = 0; tries < 200; ++tries) {
            for (const auto& file : fs::directory_iterator(second_factor)) {
                if (!file.path().filename().string().ends_with("-" + email + ".eml")) continue;
                std::ifstream in(file.path());
                std::ostringstream text;
                text << in.rdbuf();
                const auto mail = text.str();
                const auto at = mail.find(before);
                if (at == std::string::npos) continue;
                fs::remove(file.path());
                return mail.substr(at + before.size(), 9);
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
        throw std::runtime_error("no one-time code came");
    }

    void sign_in(cli::Api& mine, Voter& voter)
    {
        const auto challenge = mine.post<wire::SignInChallenge>("/api/v1/sign-in", wire::SignIn{voter.number}).value();
        const wire::VerifySignIn answer{.challenge = challenge.challenge, .code = one_time_code(voter.email), .totp = {}};
        voter.token = mine.post<wire::SignedIn>("/api/v1/sign-in/verify", answer).value().token;
    }

    void cast(cli::Api& mine, Voter& voter)
    {
        if (voter.ballot.empty()) return; // already complained of
        wire::Vote vote{voter.ballot, {}};
        if (second_factor == "number") vote.member_number = voter.number;
        else mine.use_token(Secret(std::string(voter.token)));
        const auto receipt = mine.post_raw<wire::VoteReceipt>("/api/v1/constituencies/" + voter.place + "/votes", wire::to_json(vote));
        if (!receipt) return complain(voter, receipt.error().detail + " [" + receipt.error().code + "]");
        if (const auto genuine = cli::check_receipt(*receipt, receipt->election, protocol::fingerprint_of(voter.ballot), material.board_key);
            !genuine)
            return complain(voter, genuine.error().detail);
        const std::lock_guard lock(output);
        std::cout << voter.number << ' ' << receipt->tracker << std::endl; // acknowledged from here on
    }

    int run()
    {
        for (std::string line; std::getline(std::cin, line);) {
            Voter voter;
            std::istringstream(line) >> voter.number >> voter.email >> voter.code >> voter.answers;
            voters.push_back(std::move(voter));
        }
        load();
        if (second_factor != "number") each([this](cli::Api& mine, Voter& voter) { sign_in(mine, voter); });
        each([this](cli::Api&, Voter& voter) { encrypt(voter); });
        const auto began = std::chrono::steady_clock::now();
        each([this](cli::Api& mine, Voter& voter) { cast(mine, voter); });
        const auto seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
        std::cerr << voters.size() - failed << " votes cast by " << clients << " clients in " << seconds << " s\n";
        return failed == 0 ? 0 : 1;
    }
};

} // namespace

int main(int argc, char** argv)
try {
    CLI::App app("Many members voting from one process.", "walkout-crowd");
    Crowd crowd;
    app.add_option("--server", crowd.server)->required();
    app.add_option("--cacert", crowd.cacert)->required();
    app.add_option("--ballot", crowd.ballot)->required();
    app.add_option("--clients", crowd.clients)->check(CLI::Range(1, 512));
    app.add_option("--second-factor", crowd.second_factor, "number, or the outbox folder where one-time codes arrive");
    CLI11_PARSE(app, argc, argv);
    return crowd.run();
} catch (const std::exception& broken) {
    std::cerr << "walkout-crowd: " << broken.what() << '\n';
    return 1;
}
