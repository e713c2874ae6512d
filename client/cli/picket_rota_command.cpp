#include "client/cli/document_command.hpp"
#include "client/cli/picket_parts.hpp"
#include "shared/wire/picket_messages.hpp"

namespace walkout::cli {
namespace {

std::string gaps_words(const Terminal& terminal, const std::vector<wire::GapView>& gaps)
{
    std::string out;
    for (const auto& gap : gaps) {
        const bool grave = gap.what == strike::Gap::What::night || gap.what == strike::Gap::What::supervisor;
        out += (grave ? terminal.bad(gap.words) : gap.words) + "\n";
    }
    return out;
}

void add_template(Command group, Session& session)
{
    auto command = group.add_subcommand("template", "Lay posts by the entrances' opening hours (co-chairs)");
    const auto which = value<std::string>("noon-to-noon");
    command.add_option("template", *which, "noon-to-noon: the walkout, late and night posts round the clock, arrivals, the return").required();
    const auto edit = add_edit(command);
    on_run(command, session, [&session, edit, which]() -> Result<Exit> {
        const auto plan = read_plan(session, edit->plan);
        if (!plan) return plan.error();
        const auto response = send_edit(session, *edit, *plan, net::Verb::post, "/template", wire::to_json(wire::TemplateAsked{*which}));
        if (!response) return response.error();
        const auto laid = wire::from_json<wire::TemplateLaid>(response->body);
        if (!laid) return laid.error();
        session.show(response->body, laid->posts.empty() ? "Every post of the template is there already."
                                                         : "Laid " + std::to_string(laid->posts.size()) +
                                                               " posts; see them with: walkout picket plan " + edit->plan.walkout);
        return Exit::done;
    });
}

void add_gaps(Command group, Session& session)
{
    auto command = group.add_subcommand("gaps", "What is missing: people, organisers, supervisors (co-chairs)");
    const auto plan = value<PlanOptions>();
    add_plan_options(command, *plan);
    on_run(command, session, [&session, plan]() -> Result<Exit> {
        const auto path = plan_path(session, *plan, "/gaps");
        if (!path) return path.error();
        const auto gaps = (*session.api())->get<wire::GapList>(*path);
        if (!gaps) return gaps.error();
        session.show(wire::to_json(*gaps), rehearsal_line(session.terminal(), gaps->rehearsal) +
                                               state_line(session.terminal(), gaps->state, gaps->reason) +
                                               (gaps->gaps.empty() ? "Nothing is missing.\n" : gaps_words(session.terminal(), gaps->gaps)) +
                                               std::to_string(gaps->reserves) + " in reserve" +
                                               (gaps->reserves > 0 ? "; place them with: walkout picket fill " + plan->walkout : "") + ".");
        return Exit::done;
    });
}

void add_fill(Command group, Session& session)
{
    auto command = group.add_subcommand("fill", "Put those in reserve where posts need people (co-chairs)");
    const auto plan = value<PlanOptions>();
    add_plan_options(command, *plan);
    on_run(command, session, [&session, plan]() -> Result<Exit> {
        const auto path = plan_path(session, *plan, "/fill");
        if (!path) return path.error();
        const auto filled = (*session.api())->post_raw<wire::FilledView>(*path, {}); // again it only fills what is still empty
        if (!filled) return filled.error();
        std::string out;
        for (const auto& placed : filled->placed) out += placed.name + " (" + placed.number + ") on post " + std::to_string(placed.post) + "\n";
        session.show(wire::to_json(*filled), out + std::to_string(filled->placed.size()) + " placed, each told by mail; " +
                                                 std::to_string(filled->still_missing) + " people still missing.");
        return Exit::done;
    });
}

void add_publish(Command group, Session& session)
{
    auto command = group.add_subcommand("publish", "Publish the rota: everyone on it gets a mail (co-chairs)");
    const auto edit = add_edit(command);
    on_run(command, session, [&session, edit]() -> Result<Exit> {
        const auto plan = read_plan(session, edit->plan);
        if (!plan) return plan.error();
        const auto response = send_edit(session, *edit, *plan, net::Verb::post, "/publish", {});
        if (!response) return response.error();
        const auto published = wire::from_json<wire::PublishedView>(response->body);
        if (!published) return published.error();
        session.show(response->body, "Published version " + std::to_string(published->version) + "; " + std::to_string(published->told) +
                                         " people told by mail." +
                                         (published->gaps.empty() ? "" : "\nStill missing:\n" + gaps_words(session.terminal(), published->gaps)));
        return Exit::done;
    });
}

void add_assign(Command group, Session& session)
{
    auto assign = group.add_subcommand("assign", "Put a member on a post (co-chairs)");
    const auto post = add_post_number(assign);
    const auto message = value<wire::NewAssignment>();
    assign.add_option("--member", message->member, "member number").required();
    assign.add_option("--elsewhere-reason", message->elsewhere_reason, "why they picket at a place that is not theirs in the register");
    on_run(assign, session, [&session, post, message]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        if (const auto done = (*api)->post(post_path(*post, "/people"), *message); !done) return done.error();
        session.terminal().say(message->member + " is on post " + std::to_string(*post) + ", and is told by mail.");
        return Exit::done;
    });
    auto off = group.add_subcommand("take-off", "Take somebody off a post, also after the cut-off (co-chairs)");
    const auto from = add_post_number(off);
    const auto member = value<std::string>();
    off.add_option("--member", *member, "member number").required();
    on_run(off, session, [&session, from, member]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        if (const auto done = (*api)->del(post_path(*from, "/people/" + segment(*member))); !done) return done.error();
        session.terminal().say(*member + " is no longer on post " + std::to_string(*from) + ", and is told by mail.");
        return Exit::done;
    });
}

enum class Sheet { rota, authority, incident, poster };
constexpr auto enum_names(Sheet)
{
    return std::to_array<std::pair<Sheet, std::string_view>>(
        {{Sheet::rota, "rota"}, {Sheet::authority, "authority"}, {Sheet::incident, "incident"}, {Sheet::poster, "poster"}});
}

void add_print(Command group, Session& session)
{
    auto rota = group.add_subcommand("rota", "The rota to print; other sheets with --sheet (co-chairs)");
    const auto plan = value<PlanOptions>();
    add_plan_options(rota, *plan);
    const auto sheet = value<std::string>("rota");
    const auto format = value<std::string>();
    rota.add_option("--sheet", *sheet,
                    "which: the rota; authority cards of organisers and letters of supervisors; an incident sheet; a poster with a QR code")
        .check(names_of<Sheet>())
        .shows_default();
    add_format(rota, *format);
    const auto output = add_output(rota);
    on_run(rota, session, [&session, plan, sheet, format, output]() -> Result<Exit> {
        const auto path = plan_path(session, *plan, "/documents/" + *sheet + "?format=" + *format + (session.lang() == Lang::cy ? "&lang=cy" : ""));
        if (!path) return path.error();
        return save(session, (*session.api())->get_text(*path), *output);
    });
}

std::string settings_words(const wire::PicketSettingsMessage& settings)
{
    return "  At one entrance at once    " + std::to_string(settings.cap) + "\n  Night                      " + settings.night_from + " to " +
           settings.night_to + ", at least " + std::to_string(settings.least_at_night) + " people\n  Longest stint              " +
           strike::length_words(std::chrono::minutes(settings.longest_stint)) + "; a break under " +
           strike::length_words(std::chrono::minutes(settings.stint_break)) + " is none\n  Rest with a night between  " +
           strike::length_words(std::chrono::minutes(settings.rest)) + "\n  Cancel until               " +
           strike::length_words(std::chrono::minutes(settings.cancel_cut_off)) + " before\n  Own place of work only     " +
           (settings.own_workplace ? "yes, officials excepted" : "no");
}

struct SettingsOptions {
    std::optional<std::int64_t> cap, least_at_night, longest_stint, stint_break, rest, cancel_cut_off;
    std::optional<std::string> night_from, night_to;
    std::optional<bool> own_workplace;
};

void add_settings(Command group, Session& session)
{
    auto command = group.add_subcommand("settings", "What holds for every branch's pickets; the general secretary changes it");
    const auto given = value<SettingsOptions>();
    command.add_option("--cap", given->cap, "people at one entrance at once, without a recorded reason");
    command.add_option("--night-from", given->night_from, "when the night begins").check(is_clock());
    command.add_option("--night-to", given->night_to, "when it ends").check(is_clock());
    command.add_option("--least-at-night", given->least_at_night, "people on a post at night");
    command.add_option("--longest-stint", given->longest_stint, "minutes in one go");
    command.add_option("--stint-break", given->stint_break, "minutes; posts closer together are one stint");
    command.add_option("--rest", given->rest, "minutes between posts with a night in or between them");
    command.add_option("--cancel-cut-off", given->cancel_cut_off, "minutes before a post starts");
    command.add_option("--own-workplace", given->own_workplace, "pickets stand at their own place of work: true or false");
    on_run(command, session, [&session, given]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        auto current = (*api)->get_versioned<wire::PicketSettingsMessage>("/api/v1/picket-settings");
        if (!current) return current.error();
        auto wanted = current->value;
        const auto set = [](auto& field, const auto& option) {
            if (option) field = *option;
            return option.has_value();
        };
        bool changes = false;
        changes |= set(wanted.cap, given->cap);
        changes |= set(wanted.night_from, given->night_from);
        changes |= set(wanted.night_to, given->night_to);
        changes |= set(wanted.least_at_night, given->least_at_night);
        changes |= set(wanted.longest_stint, given->longest_stint);
        changes |= set(wanted.stint_break, given->stint_break);
        changes |= set(wanted.rest, given->rest);
        changes |= set(wanted.cancel_cut_off, given->cancel_cut_off);
        changes |= set(wanted.own_workplace, given->own_workplace);
        if (changes) {
            const auto stored = (*api)->put<wire::PicketSettingsMessage>("/api/v1/picket-settings", wanted, current->etag);
            if (!stored) return stored.error();
            wanted = *stored;
        }
        session.show(wire::to_json(wanted), settings_words(wanted));
        return Exit::done;
    });
}

} // namespace

void add_picket_rota_commands(Command group, Session& session)
{
    add_template(group, session);
    add_gaps(group, session);
    add_fill(group, session);
    add_publish(group, session);
    add_assign(group, session);
    add_print(group, session);
    add_settings(group, session);
}

} // namespace walkout::cli
