#include "client/cli/document_command.hpp"

#include "client/cli/options.hpp"

namespace walkout::cli {
namespace {

/// `welsh`: there is one in Welsh too, for --lang cy.
void add_document(Command group, Session& session, const std::string& name, const std::string& what, bool welsh)
{
    auto command = group.add_subcommand(name, what);
    const auto ballot = value<std::string>();
    const auto format = value<std::string>();
    command.add_option("ballot", *ballot, "its id; see `walkout ballot list`").required();
    add_format(command, *format);
    const auto output = add_output(command);
    on_run(command, session, [&session, name, welsh, ballot, format, output]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        const auto language = welsh && session.lang() == Lang::cy ? "&lang=cy" : "";
        return save(session, (*api)->get_text("/api/v1/ballots/" + segment(*ballot) + "/documents/" + name + "?format=" + *format + language),
                    *output);
    });
}

} // namespace

void add_format(Command command, std::string& format)
{
    format = "html";
    command.add_option("--format", format, "html, pdf or json").check(one_of({"html", "pdf", "json"})).shows_default();
}

void add_document_commands(Command app, Session& session)
{
    auto group = app.add_subcommand("document", "A ballot's documents, to print or to publish");
    group.require_subcommand();
    add_document(group, session, "timetable", "Every date with its rule, on a page", false);
    add_document(group, session, "sample", "The sample voting paper, as employers are given it; --lang cy in Welsh", true);
    add_document(group, session, "result", "The declared result with its statutory figures; --lang cy in Welsh", true);
}

} // namespace walkout::cli
