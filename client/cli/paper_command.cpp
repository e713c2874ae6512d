// ballot paper: a member asks for a voting paper by post.

#include "client/cli/paper_command.hpp"

#include "client/cli/options.hpp"
#include "client/cli/postal_parts.hpp"
#include "shared/wire/postal_messages.hpp"

namespace walkout::cli {
namespace {

/// Several lines, as addresses are written, on one.
std::string on_one_line(std::string_view lines)
{
    std::string out;
    while (!lines.empty()) {
        const auto end = lines.find('\n');
        auto line = lines.substr(0, end);
        lines = end == std::string_view::npos ? std::string_view() : lines.substr(end + 1);
        while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == ',')) line.remove_suffix(1);
        if (!line.empty()) out += (out.empty() ? "" : ", ") + std::string(line);
    }
    return out;
}

Result<Exit> ask_for_paper(Session& session, const std::string& ballot, const std::string& address_file)
{
    const auto api = session.api();
    if (!api) return api.error();
    wire::AskForPaper message;
    if (!address_file.empty()) {
        const auto content = read_input(address_file);
        if (!content) return content.error();
        message.address = on_one_line(*content);
    }
    const auto target = "/api/v1/ballots/" + segment(ballot) + "/paper-request";
    auto asked = (*api)->put<wire::PaperAskedFor>(target, message);
    if (!asked && asked.error().code == "no_address" && session.terminal().can_ask()) {
        session.terminal().tell(asked.error().detail);
        auto typed = session.terminal().ask("Where shall the paper go? The address on one line:", "--address-file F");
        if (!typed) return typed.error();
        message.address = on_one_line(*typed);
        asked = (*api)->put<wire::PaperAskedFor>(target, message);
    }
    if (!asked) return asked.error();
    auto out = rehearsal_line(session.terminal(), asked->rehearsal) + "You have asked for a voting paper in the ballot \"" + asked->title + "\".\n" +
               (asked->paper ? "Its number is " + std::to_string(*asked->paper) + ".\n" : "") +
               (asked->address ? "It goes to: " + *asked->address + "\n" : "") + "It must be back before " + asked->return_by +
               (asked->online ? ". You may still vote online instead: what is returned first counts." : ".");
    if (asked->late_for_post)
        out += "\n" + session.terminal().bold(std::string("Fewer than seven days are left: a paper may not reach you and be back in time.") +
                                              (asked->online ? " Vote online if you can." : ""));
    session.show(wire::to_json(*asked), session.terminal().fitted(out));
    return Exit::done;
}

} // namespace

void add_paper_command(Command app, Session& session)
{
    auto command = app.get_subcommand("ballot").add_subcommand("paper", "Ask for a voting paper by post");
    const auto id = value<std::string>();
    const auto address = value<std::string>();
    command.add_option("ballot", *id, "its id; see `walkout ballot list`").required();
    command.add_option("--address-file", *address, "File (or -) with the address it shall go to, instead of the one on the register");
    on_run(command, session, [&session, id, address] { return ask_for_paper(session, *id, *address); });
}

} // namespace walkout::cli
