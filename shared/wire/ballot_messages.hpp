#pragma once

#include "shared/ballot/phase.hpp"
#include "shared/wire/plan_messages.hpp"

namespace walkout::wire {

struct BallotLine {
    BallotId id = *BallotId::parse("unnamed");
    std::string title;
    ballot::Phase phase = ballot::Phase::planned;
    Instant opens_at{};
    Instant closes_at{}; ///< in force
    std::string voting;  ///< both ends in words, local
    bool statutory = true;
    bool rehearsal = false;
};
template <class V> void describe(V& v, BallotLine& m)
{
    v("id", m.id);
    v("title", m.title);
    v("phase", m.phase);
    v("opens_at", m.opens_at);
    v("closes_at", m.closes_at);
    v("voting", m.voting);
    v("statutory", m.statutory);
    v("rehearsal", m.rehearsal);
}
struct BallotList {
    std::vector<BallotLine> ballots;
};
template <class V> void describe(V& v, BallotList& m) { v("ballots", m.ballots); }

struct ConstituencyView {
    ConstituencyId id = *ConstituencyId::parse("unnamed");
    std::string name;
    std::int64_t entitled = 0; ///< on the roll in force, overseas members included
    std::vector<std::string> employers;
    std::optional<std::string> fingerprint; ///< of the election record, once coded
};
template <class V> void describe(V& v, ConstituencyView& m)
{
    v("id", m.id);
    v("name", m.name);
    v("entitled", m.entitled);
    v("employers", m.employers);
    v("fingerprint", m.fingerprint);
}

/// Public: GET /api/v1/ballots/{ballot}.
struct BallotView {
    BallotId id = *BallotId::parse("unnamed");
    std::string title;
    ballot::Phase phase = ballot::Phase::planned;
    bool rehearsal = false;
    bool statutory = true;
    std::vector<law::Method> methods;
    std::vector<law::Method> not_lawful; ///< of the methods: those a rehearsal pretends are lawful
    WallTime opens{};
    WallTime closes{}; ///< as planned
    std::string zone;
    Instant opens_at{};
    Instant closes_at{}; ///< in force
    Date date_of_ballot{};
    ballot::SecondFactor second_factor = ballot::SecondFactor::sign_in;
    std::vector<ballot::Question> questions;
    std::string called_by;
    std::vector<std::string> paper_en; ///< the voting paper, line by line
    std::vector<std::string> paper_cy;
    bool paper_final = false; ///< false: as it stands; fixed when the notices are in
    std::string paper_hash;   ///< SHA-256 of the record at .../paper, 64 hex digits
    std::vector<std::string> rules;
    std::optional<std::int64_t> roll_revision;
    std::optional<std::string> roll_hash;
    std::vector<ConstituencyView> constituencies;
    std::optional<std::string> reason; ///< why it was abandoned
};
template <class V> void describe(V& v, BallotView& m)
{
    v("id", m.id);
    v("title", m.title);
    v("phase", m.phase);
    v("rehearsal", m.rehearsal);
    v("statutory", m.statutory);
    v("methods", m.methods);
    v("not_lawful", m.not_lawful);
    v("opens", m.opens);
    v("closes", m.closes);
    v("zone", m.zone);
    v("opens_at", m.opens_at);
    v("closes_at", m.closes_at);
    v("date_of_ballot", m.date_of_ballot);
    v("second_factor", m.second_factor);
    v("questions", m.questions);
    v("called_by", m.called_by);
    v("paper_en", m.paper_en);
    v("paper_cy", m.paper_cy);
    v("paper_final", m.paper_final);
    v("paper_hash", m.paper_hash);
    v("rules", m.rules);
    v("roll_revision", m.roll_revision);
    v("roll_hash", m.roll_hash);
    v("constituencies", m.constituencies);
    v("reason", m.reason);
}

/// POST .../abandon
struct Abandon {
    std::string reason;
};
template <class V> void describe(V& v, Abandon& m) { v("reason", m.reason); }

} // namespace walkout::wire
