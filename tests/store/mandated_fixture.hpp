#pragma once

#include "server/service/call_walkout.hpp"
#include "server/store/ballot_store.hpp"
#include "server/store/notice_store.hpp"
#include "server/store/result_store.hpp"
#include "server/store/roll_store.hpp"
#include "tests/store/strike_service_fixture.hpp"

namespace walkout::test {

/// A declared ballot of October 2013 over two employers in one constituency; Hampshire has received its notices, London nothing.
struct Mandated : StrikeService {
    Mandated()
    {
        ballot::BallotPlan plan;
        plan.id = autumn;
        plan.title = "Privatisation";
        plan.dispute = {.title = "Privatisation of probation", .matters = ""};
        plan.called_by.office = "the General Secretary of the Probation Union";
        plan.opens = strike::at("2013-10-08T09:00");
        plan.closes = strike::at("2013-10-28T12:00");
        (void)store->write([&](WriteTx& tx) -> Result<void> {
            add_ballot(tx, plan, strike::utc("2013-10-28T12:00:00Z"), strike::utc("2013-09-01T09:00:00Z"), "gs");
            add_constituency(tx, all, autumn, "Probation");
            put_roll(tx, autumn,
                     {.revision = 1,
                      .entries = {{.number = "1001",
                                   .constituency = "Probation",
                                   .branch = hampshire,
                                   .employer = "Hampshire",
                                   .workplace = "Winchester HQ",
                                   .category = ""},
                                  {.number = "2001",
                                   .constituency = "Probation",
                                   .branch = "London",
                                   .employer = "London",
                                   .workplace = "Dean Ryle Street",
                                   .category = ""}}},
                     "frozen", strike::utc("2013-09-20T09:00:00Z"), "gs");
            put_mandate(tx, {.constituency = all,
                             .kind = strike::Action::strike,
                             .date_of_ballot = strike::day("2013-10-28"),
                             .limit = law::Limit::begin_by,
                             .last_day = strike::day("2013-11-24"),
                             .extendable_to = strike::day("2013-12-22")});
            return {};
        });
        receive(ballot::NoticeKind::result, "Hampshire", "2013-10-29");
        receive(ballot::NoticeKind::action, "Hampshire", "2013-10-29");
    }

    void receive(ballot::NoticeKind kind, const char* employer, const char* on)
    {
        NoticeReceipt receipt{.kind = kind, .employer = employer, .received_on = strike::day(on), .how = "post", .evidence = ""};
        if (kind == ballot::NoticeKind::action) receipt.action = strikes_on("2013-11-05", "2013-12-31");
        (void)store->write([&](WriteTx& tx) -> Result<void> {
            add_receipt(tx, autumn, receipt);
            return {};
        });
    }

    static ballot::NotifiedAction strikes_on(const char* first, const char* last)
    {
        ballot::NotifiedAction action{.kind = strike::Action::strike};
        for (auto day = strike::day(first); day <= strike::day(last); day += Days(1)) action.dates.push_back(day);
        return action;
    }

    Result<strike::Call> call_walkout(const char* id, const char* start, const char* end, bool leave_out = true,
                                      strike::Action action = strike::Action::strike)
    {
        return store->write([&](WriteTx& tx) {
            return service::call_walkout(tx, gs_at(now),
                                         {.id = *WalkoutId::parse(id),
                                          .ballot = autumn,
                                          .action = action,
                                          .constituencies = {},
                                          .window = strike::window(start, end),
                                          .leave_out_unready = leave_out});
        });
    }
    std::string call_code(const char* id, const char* start, const char* end, bool leave_out = true, strike::Action action = strike::Action::strike)
    {
        const auto called = call_walkout(id, start, end, leave_out, action);
        return called ? "called" : called.error().code;
    }

    service::Context gs_at(const char* instant)
    {
        auto context = general_secretary();
        context.ballot_now = strike::utc(instant);
        return context;
    }
    /// "changed to SEQUENCE", or the refusal's code.
    std::string change_at(const char* instant, const char* id, service::WalkoutChange change)
    {
        const auto changed =
            store->write([&](WriteTx& tx) { return service::change_walkout(tx, gs_at(instant), *WalkoutId::parse(id), change, "Talks"); });
        return changed ? "changed to " + std::to_string(changed->sequence) : changed.error().code;
    }

    const char* now = "2013-11-01T09:00:00Z"; ///< when walkouts are called
    BallotId autumn = *BallotId::parse("autumn");
    ConstituencyId all = *ConstituencyId::parse("autumn-all");
};

} // namespace walkout::test
