#pragma once

#include "client/cli/options.hpp"
#include "shared/wire/strike_messages.hpp"

namespace walkout::cli {

// What the files of `walkout picket` have in common.

/// Whose plan a command is about.
struct PlanOptions {
    std::string walkout, branch;
};
void add_plan_options(CLI::App& command, PlanOptions& plan);

Result<Versioned<wire::PlanView>> read_plan(Session& session, const PlanOptions& plan);

/// "/api/v1/walkouts/nov-2013/plans/Hampshire" of a plan that was read, and what is under it.
std::string plan_path(const wire::PlanView& plan, const std::string& rest = {});
/// The same without reading the plan's people: the branch is the caller's where none was named.
Result<std::string> plan_path(Session& session, const PlanOptions& plan, const std::string& rest);

std::shared_ptr<std::int64_t> add_post_number(CLI::App& command);
std::string post_path(std::int64_t post, const std::string& rest);

void add_picket_plan_commands(CLI::App& group, Session& session); ///< picket_plan_command.cpp: for co-chairs
void add_picket_day_commands(CLI::App& group, Session& session);  ///< picket_day_command.cpp: for organisers

} // namespace walkout::cli
