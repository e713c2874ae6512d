#pragma once

#include "client/cli/options.hpp"
#include "shared/wire/strike_messages.hpp"

namespace walkout::cli {

// What the files of `walkout picket` have in common.

/// Whose plan a command is about.
struct PlanOptions {
    std::string walkout, branch;
};
void add_plan_options(Command command, PlanOptions& plan);

Result<Versioned<wire::PlanView>> read_plan(Session& session, const PlanOptions& plan);

/// "/api/v1/walkouts/nov-2013/plans/Hampshire" of a plan that was read, and what is under it.
std::string plan_path(const wire::PlanView& plan, const std::string& rest = {});
/// The same without reading the plan's people: the branch is the caller's where none was named.
Result<std::string> plan_path(Session& session, const PlanOptions& plan, const std::string& rest);

/// What stands over a plan whose walkout is suspended or has ended; empty while it is called.
std::string state_line(const Terminal& terminal, strike::State state, const std::optional<std::string>& reason);

std::shared_ptr<std::int64_t> add_post_number(Command command);
std::string post_path(std::int64_t post, const std::string& rest);

/// An edit of a plan, and the version it was made against.
struct Edit {
    PlanOptions plan;
    std::optional<std::int64_t> version;
};
std::shared_ptr<Edit> add_edit(Command command);
/// Under If-Match: what another co-chair changed since is never overwritten.
Result<net::Response> send_edit(Session& session, const Edit& edit, const Versioned<wire::PlanView>& plan, net::Verb verb, const std::string& rest,
                                std::string body);

// Each in the file of its name, such as picket_plan_command.cpp.
void add_picket_plan_commands(Command group, Session& session);   ///< co-chairs: sites, entrances, posts
void add_picket_branch_commands(Command group, Session& session); ///< co-chairs: copy, look-ups, organisers of entrances, contact
void add_picket_rota_commands(Command group, Session& session);   ///< co-chairs: template, gaps, people, papers; settings
void add_picket_day_commands(Command group, Session& session);    ///< organisers: roster, check-in
void add_picket_record_commands(Command group, Session& session); ///< what was recorded: headcount, attendance, incidents

} // namespace walkout::cli
