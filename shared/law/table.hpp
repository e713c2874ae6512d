#pragma once

// Private to shared/law: the rows themselves. A lawyer reads table.cpp; everyone else asks a Rulebook.

#include "shared/law/rulebook.hpp"

#include <vector>

namespace walkout::law {

/// Law in force, each row from its first day.
const std::vector<Rule>& shipped_rules();

/// The state of the Act from which the rows of high confidence were read: a later change may be recorded, an earlier one may not.
Date last_read_day(); // 7 April 2026

/// Law passed or laid, but not known to be in force. `from` of its rows is filled in when an official commences it.
struct PendingLaw {
    Provision provision;
    Date not_before; ///< no commencement can be earlier: the last day we know it was not yet law, plus one
    std::string_view why;
    std::vector<Rule> rows;
};

const PendingLaw& pending(Provision provision);

} // namespace walkout::law
