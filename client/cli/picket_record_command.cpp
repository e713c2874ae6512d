#include "client/cli/kept_incident.hpp"
#include "client/cli/picket_parts.hpp"
#include "shared/base/encoding.hpp"
#include "shared/wire/strike_day_messages.hpp"

namespace walkout::cli {
namespace {

/// "2026-10-25T01:30 (GMT)" in the hour that autumn repeats.
std::string labelled(WallTime wall, const std::optional<std::string>& label) { return text(wall) + (label ? " (" + *label + ")" : ""); }

void add_headcount(Command group, Session& session)
{
    auto command = group.add_subcommand("headcount", "How many people are at each site, hour by hour: numbers only");
    const auto walkout = value<std::string>();
    command.add_option("walkout", *walkout, "its id; see `walkout strike list`").required();
    on_run(command, session, [&session, walkout]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        const auto counts = (*api)->get<wire::HeadcountView>("/api/v1/walkouts/" + segment(*walkout) + "/headcount");
        if (!counts) return counts.error();
        auto out = rehearsal_line(session.terminal(), counts->rehearsal);
        for (const auto& site : counts->sites) {
            out += session.terminal().bold(site.name) + "  " + session.terminal().dim(site.branch) + "\n";
            for (const auto& hour : site.hours) out += "  " + labelled(hour.from, hour.label) + "  " + std::to_string(hour.people) + "\n";
            if (site.hours.empty()) out += "  nobody checked in yet\n";
        }
        session.show(wire::to_json(*counts), out.empty() ? "No picket site yet." : out);
        return Exit::done;
    });
}

void add_attendance(Command group, Session& session)
{
    auto command = group.add_subcommand("attendance", "Who came, who walked up, who did not (co-chairs, organisers)");
    const auto plan = value<PlanOptions>();
    add_plan_options(command, *plan);
    on_run(command, session, [&session, plan]() -> Result<Exit> {
        const auto path = plan_path(session, *plan, "/attendance");
        if (!path) return path.error();
        const auto list = (*session.api())->get<wire::AttendedList>(*path);
        if (!list) return list.error();
        auto out = rehearsal_line(session.terminal(), list->rehearsal);
        for (const auto& person : list->people)
            out += "post " + std::to_string(person.post) + "  " + person.name + "  " + session.terminal().dim(person.number) + "  " + person.state +
                   (person.minutes > 0 ? ", " + strike::length_words(std::chrono::minutes(person.minutes)) : "") + "\n";
        session.show(wire::to_json(*list), list->people.empty() ? out + "Nobody is on the rota." : out);
        return Exit::done;
    });
    auto csv = group.add_subcommand("export", "The attendance as CSV, for a purpose that is recorded (co-chairs)");
    const auto of = value<PlanOptions>();
    add_plan_options(csv, *of);
    const auto message = value<wire::ExportAsked>();
    csv.add_option("--purpose", message->purpose, "what it is for, such as: strike pay").required();
    const auto output = add_output(csv);
    on_run(csv, session, [&session, of, message, output]() -> Result<Exit> {
        const auto path = plan_path(session, *of, "/attendance-export");
        if (!path) return path.error();
        const auto response =
            (*session.api())->exchange({.verb = net::Verb::post, .target = *path, .body = wire::to_json(*message)}, Api::Repeat::no);
        if (!response) return response.error();
        return save(session, response->body, *output);
    });
}

Result<wire::Numbered> note_now(Session& session, const PlanOptions& plan, const wire::NewIncident& incident)
{
    const auto path = plan_path(session, plan, "/incidents");
    if (!path) return path.error();
    return (*session.api())->post_raw<wire::Numbered>(*path, wire::to_json(incident)); // its id makes twice once
}

void add_incidents(Command group, Session& session)
{
    auto incident = group.add_subcommand("incident", "What happened on the line (organisers note, co-chairs read)");
    incident.require_subcommand();
    auto fresh = incident.add_subcommand("add", "Note one");
    const auto plan = value<PlanOptions>();
    add_plan_options(fresh, *plan);
    const auto message = value<wire::NewIncident>();
    const auto at = value<std::string>();
    fresh.add_option("--site", message->site, "number of the site").required();
    fresh.add_option("--at", *at, "local time it happened").required().check(is_wall());
    fresh.add_option("--words", message->words, "what happened").required();
    fresh.add_option("--police", message->police, "officers, numbers, reference");
    const auto second = value<bool>(false);
    fresh.add_flag("--at-second", *second, "in the hour that autumn repeats: the second time the clock shows --at");
    const auto offline = value<bool>(false);
    fresh.add_flag("--offline", *offline, "do not try to reach the server; send later with: picket merge");
    on_run(fresh, session, [&session, plan, message, at, second, offline]() -> Result<Exit> {
        message->at = *parse_wall(*at);
        if (*second) message->at_second = true;
        std::array<std::uint8_t, 16> id{};
        session.random().fill(id);
        message->id = hex(id);
        const auto keep = [&](const std::string& why) -> Result<Exit> {
            if (const auto kept = keep_incident(session, plan->walkout, plan->branch, *message); !kept) return kept.error();
            session.show(wire::to_json(*message), why + " It waits on this device; send with: walkout picket merge");
            return Exit::done;
        };
        if (*offline) return keep("Noted.");
        const auto noted = note_now(session, *plan, *message);
        if (!noted && is_no_answer(noted.error())) return keep("Noted; not sent yet: " + noted.error().detail);
        if (!noted) return noted.error();
        session.show(wire::to_json(*noted), "Noted as incident " + std::to_string(noted->number) + ".");
        return Exit::done;
    });
    auto list = incident.add_subcommand("list", "Those of a branch");
    const auto of = value<PlanOptions>();
    add_plan_options(list, *of);
    on_run(list, session, [&session, of]() -> Result<Exit> {
        const auto path = plan_path(session, *of, "/incidents");
        if (!path) return path.error();
        const auto incidents = (*session.api())->get<wire::IncidentList>(*path);
        if (!incidents) return incidents.error();
        std::string out;
        for (const auto& one : incidents->incidents)
            out += session.terminal().bold(labelled(one.at, one.label)) + "  site " + std::to_string(one.site) + "  " + one.words +
                   (one.police.empty() ? "" : "\n  police: " + one.police) + session.terminal().dim("\n  noted by " + one.recorded_by) + "\n";
        session.show(wire::to_json(*incidents), out.empty() ? "No incident was noted." : out);
        return Exit::done;
    });
}

} // namespace

void add_picket_record_commands(Command group, Session& session)
{
    add_headcount(group, session);
    add_attendance(group, session);
    add_incidents(group, session);
}

} // namespace walkout::cli
