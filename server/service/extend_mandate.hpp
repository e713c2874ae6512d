#pragma once

#include "server/service/context.hpp"
#include "server/store/ballot_store.hpp"
#include "server/store/law_store.hpp"
#include "shared/base/result.hpp"
#include "shared/law/mandate.hpp"

#include <string>
#include <vector>

namespace walkout::service {

/// A mandate as it stands towards one employer: with what was agreed with that employer, or ordered by a court.
struct EmployerMandate {
    ConstituencyId constituency = *ConstituencyId::parse("unnamed");
    std::string constituency_name;
    ballot::QuestionKind kind = ballot::QuestionKind::strike;
    std::string employer;
    law::Mandate mandate{};
    std::vector<store::MandateExtension> extensions;
    std::optional<Date> result_told{}; ///< the first day on which that employer was told the result
};

/// Every mandate of a ballot towards every employer on its roll; empty before the declaration.
std::vector<EmployerMandate> employer_mandates(const store::ReadTx& tx, const store::Ballot& ballot);

struct MandateToExtend {
    std::string employer;
    std::optional<ballot::QuestionKind> kind; ///< empty: each kind there is a mandate for
    law::Extension extension;
    Date made_on{};
    std::string evidence;
};

/// Records it for every mandate of that employer. Refusals: no_such_ballot, no_mandate, evidence_missing, extension_in_future, forbidden_days (a court's order names them, an
/// agreement none), mandate_over (an
/// agreement made after the mandate ended), and those of law::extended.
Result<void> extend_mandate(store::WriteTx& tx, const Context& context, const BallotId& id, const MandateToExtend& asked);

} // namespace walkout::service
