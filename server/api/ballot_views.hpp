#pragma once

#include "server/service/approve.hpp"
#include "server/service/ballots.hpp"
#include "shared/wire/approval_messages.hpp"
#include "shared/wire/ballot_messages.hpp"
#include "shared/wire/receipt_messages.hpp"
#include "shared/wire/result_messages.hpp"
#include "shared/wire/roll_messages.hpp"
#include "shared/wire/turnout_messages.hpp"

namespace walkout::api {

// What the API shows of ballots, built from what is stored.

wire::BallotTimetable timetable_view(const ballot::Planned& planned, bool rehearsal);
wire::BallotLine ballot_line(const store::Ballot& ballot, bool rehearsal);
Result<wire::BallotView> ballot_view(const store::ReadTx& tx, const store::Ballot& ballot, const SigningPublicKey& board_key);
wire::FrozenRoll frozen_roll_view(const store::ReadTx& tx, const BallotId& id);
wire::RollPage roll_page(const store::ReadTx& tx, const BallotId& id, const std::string& after_number, std::size_t limit);
wire::MyEntitlement my_entitlement(const store::ReadTx& tx, const store::Ballot& ballot, const std::string& number);
wire::NoticeList notice_list(const store::ReadTx& tx, const service::Context& context, const store::Ballot& ballot);
Result<wire::ApprovalObject> approval_view(const store::ReadTx& tx, const store::Ballot& ballot, ballot::ApprovalStep step, Instant now);
wire::TurnoutView turnout_view(const store::ReadTx& tx, const store::Ballot& ballot);
Result<wire::ResultView> result_view(const store::ReadTx& tx, const store::Ballot& ballot);
wire::MandateList mandate_list(const store::ReadTx& tx, const store::Ballot& ballot);

} // namespace walkout::api
