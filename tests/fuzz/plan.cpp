// Plans of ballots: refused, or lawful with a timetable in order, a voting paper that reads back, and a roll that adds up.

#include "shared/ballot/roll.hpp"
#include "shared/ballot/voting_paper.hpp"
#include "shared/protocol/voting_paper_json.hpp"
#include "shared/wire/plan_messages.hpp"
#include "tests/fuzz/targets.hpp"

#include <cstdlib>

using namespace walkout;

namespace {

constexpr std::string_view right = R"({"id":"autumn","title":"Autumn","title_cy":"Hydref","dispute":{"title":"Work","matters":"Its transfer."},)"
                                   R"("jurisdiction":"GB","statutory":true,"methods":["post","online"],"as_if_lawful":["online"],)"
                                   R"("questions":[{"kind":"strike","text":"A strike?"},{"kind":"action_short","text":"Action short of one?",)"
                                   R"("types_of_action":["a ban on overtime"],"expected_periods":"from May"}],)"
                                   R"("called_by":{"office":"the General Secretary","role":"general_secretary"},)"
                                   R"("scrutineer":{"name":"Scrutiny","return_address":"6 Street, London N1 0AA"},)"
                                   R"("opens":"2026-03-10T09:00","closes":"2026-03-31T17:00","zone":"Europe/London","roll_cut_off":"2026-02-20",)"
                                   R"("constituencies":"per_employer","important_public_service":false,)"
                                   R"("trustees":{"threshold":2,"numbers":["a","b","c"]},"second_factor":"sign_in"})";

const std::vector<ballot::Candidate>& people()
{
    static const std::vector<ballot::Candidate> all{{"1", "North", "A Trust", "Road", "officer", {}, false},
                                                    {"2", "South", "B Trust", "Street", "clerk", parse_date("2020-01-01").value(), false},
                                                    {"3", "South", "B Trust", "Street", "clerk", {}, true}};
    return all;
}

void check_paper(const law::Rulebook& book, const ballot::BallotPlan& plan)
{
    const auto paper = ballot::voting_paper(book, plan, {.rehearsal = true, .entitled = 51, .sample_served_on = {}, .board_key = std::string(64, 'a')});
    if (!paper) return;
    const auto record = protocol::voting_paper_json(*paper);
    const auto again = protocol::parse_voting_paper(record);
    if (!again || *again != *paper) std::abort();
    const auto election = ballot::election_text(*paper, protocol::voting_paper_hash(*paper));
    if (ballot::paper_hash_in(election.description) != protocol::voting_paper_hash(*paper)) std::abort();
    for (const auto language : {ballot::Language::en, ballot::Language::cy}) (void)ballot::paper_lines(*paper, language);
}

void check_roll(const ballot::BallotPlan& plan)
{
    const auto frozen = ballot::freeze_roll(plan, people());
    if (!frozen) return;
    if (frozen->roll.entries.size() + frozen->exclusions.size() != people().size()) std::abort();
    const auto counts = ballot::count(frozen->roll);
    if (counts.entitled + counts.overseas != static_cast<std::int64_t>(frozen->roll.entries.size())) std::abort();
    (void)ballot::roll_hash(plan.id, frozen->roll);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const law::Rulebook book;
    fuzz::Input input(data, size);
    const auto text = input.byte() % 2 == 0 ? std::string(input.rest()) : fuzz::edited(right, input, 8);
    const auto plan = wire::from_json<ballot::BallotPlan>(text);
    if (!plan) return 0;
    const auto again = wire::from_json<ballot::BallotPlan>(wire::to_json(*plan));
    if (!again || *again != *plan) std::abort();
    for (const auto* now : {"2013-09-02T09:00:00Z", "2026-02-18T09:00:00Z"}) {
        const ballot::PlanningFacts facts{.now = parse_instant(now).value(), .rehearsal = true, .entitled_now = 250, .smallest_constituency = 19};
        const auto planned = ballot::plan_ballot(book, *plan, facts);
        if (!planned) continue;
        if (ballot::opening_instant(planned->plan) >= ballot::closing_instant(planned->plan)) std::abort();
        if (planned->timetable.ballot_date > planned->timetable.report_due) std::abort();
        if (ballot::timetable_lines(*planned).empty()) std::abort();
        check_paper(book, planned->plan);
        check_roll(planned->plan);
    }
    return 0;
}
