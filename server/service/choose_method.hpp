#pragma once

#include "server/service/context.hpp"
#include "server/store/ballot_store.hpp"
#include "server/store/report_store.hpp"
#include "shared/wire/conduct_messages.hpp"

namespace walkout::service {

// The choice-of-method record (shared/ballot/method_record.hpp).

/// What a record of this ballot has to say, by the law of its opening day.
Result<wire::MethodRecordForm> method_record_form(const store::ReadTx& tx, const Context& context, const store::Ballot& ballot);

/// Keeps a signed record; another before the opening takes its place. Refuses method_record_incomplete, record_stands once voting has opened,
/// wrong_office, wrong_signature, and record_time where it was not made in the last day.
Result<void> record_method(store::WriteTx& tx, const Context& context, const BallotId& ballot, const wire::NewMethodRecord& record);

/// The record in force. Refuses no_method_record.
Result<wire::MethodRecordView> method_record_view(const store::ReadTx& tx, const store::Ballot& ballot);

/// Refuses method_record_missing where the ballot needs a record to open and has none.
Result<void> method_recorded(const store::ReadTx& tx, const store::Ballot& ballot);

} // namespace walkout::service
