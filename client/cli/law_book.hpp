#pragma once

#include "client/cli/command.hpp"
#include "shared/law/rulebook.hpp"

#include <memory>
#include <string>
#include <vector>

namespace walkout::cli {

/// What every question to the law needs besides its date.
struct AskedLaw {
    std::string jurisdiction = "GB";
    std::vector<std::string> commenced;
    bool recorded = false;

    law::Jurisdiction where() const;
};

/// --jurisdiction, --commenced, --recorded
std::shared_ptr<AskedLaw> add_asked_law(Command command);

/// The table as shipped, with what --commenced supposes, and under --recorded with what the server's officials have recorded: only that asks a server.
Result<law::Rulebook> book_of(Session& session, const AskedLaw& asked);

/// The day at which a question stands where nobody says: this machine's, in Great Britain.
Date machine_today();

} // namespace walkout::cli
