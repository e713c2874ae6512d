#pragma once

#include "client/cli/command.hpp"
#include "shared/ballot/voting_paper.hpp"
#include "shared/protocol/election.hpp"
#include "shared/wire/vote_messages.hpp"

#include <filesystem>

namespace walkout::cli {

/// A ballot as a member's machine sees it: the server's material, the voting paper, and every constituency's election bound to that paper.
struct VotingBallot {
    wire::VotingMaterial material;
    ballot::VotingPaper paper;
    std::vector<protocol::Election> elections; ///< in the order of material.constituencies

    std::string local(Instant instant) const; ///< in words, in the zone that the paper names
};
/// Refuses with "wrong_election" or "paper_not_bound" what the server should not have sent.
Result<VotingBallot> load_voting_ballot(Api& api, const std::string& ballot);

/// The number of the voting paper of whoever is signed in (TULRCA s.229(1A)(d)); nothing where nobody is, or nobody on the roll. It is shown beside the
/// paper and never beside a tracker: number and published ballot must not be seen together.
std::optional<std::int64_t> own_paper_number(Api& api, const std::string& ballot);
std::string paper_number_line(std::int64_t number, Lang lang); ///< "Number 17"

/// Whether the published list of this election has the credential.
Result<bool> is_listed(Api& api, const protocol::Election& election, const Element& credential);

/// By the server's clock, before anything is asked. Refuses with "ballot_not_open" or "ballot_closed".
Result<void> check_open(Api& api, const VotingBallot& ballot);

/// What the server asks for besides the voting code: signing in, or the member number.
class SecondFactor {
public:
    /// Signs in here, or asks for the number. Refuses with "sign_in_to_vote" where a sign-in is needed and nobody can be asked.
    static Result<SecondFactor> obtain(Session& session, const wire::VotingMaterial& material, const std::string& number_file);
    const std::optional<std::string>& member_number() const { return number_; }
    /// After a refusal that typing again can mend, asks again. False where it is another refusal, or nobody can be asked.
    Result<bool> asked_again(Session& session, const Refusal& refusal);

private:
    bool by_number_ = false;
    bool asks_person_ = false;
    int asked_ = 1;
    std::optional<std::string> number_;
};

/// One election, one credential: where the sealed ballot lies and what it is sent with.
struct Casting {
    const VotingBallot& ballot;
    std::size_t constituency; ///< index in the material
    std::filesystem::path kept;
};
Casting casting_under(Session& session, const VotingBallot& ballot, std::size_t constituency, const Element& credential);
bool any_kept(Session& session); ///< a sealed ballot of some election waits on this machine for its receipt

/// Puts the signed ballot where a retry finds it.
void keep_sealed(Session& session, const Casting& casting, const std::string& bytes);

/// Sends the kept ballot, checks and keeps the receipt, and says so. Whatever stops it leaves the kept ballot where the server may have it, so that
/// a retry sends the same one; it goes once there is a receipt, or a refusal that no retry can change.
Result<Exit> send_kept(Session& session, const Casting& casting, SecondFactor factor);

} // namespace walkout::cli
