#pragma once

#include "server/service/context.hpp"
#include "server/store/audit_store.hpp"

#include <initializer_list>

namespace walkout::service {

/// A detail of an audit entry: a name and its value in words or digits. Never a secret, a choice, or who has voted.
using AuditDetail = std::pair<std::string_view, std::string>;

/// Appends to the audit log, in the transaction of what it tells about. The actor is the caller, or "job" where nobody is signed in.
///     record_audit(tx, context, Role::general_secretary, "ballot_planned", id.text(), {{"questions", "2"}});
store::AuditHead record_audit(store::WriteTx& tx, const Context& context, std::optional<ballot::Role> role, std::string action, std::string subject,
                              std::initializer_list<AuditDetail> details = {});

} // namespace walkout::service
