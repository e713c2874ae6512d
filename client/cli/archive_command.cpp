// archive fetch | verify | watch: the whole count, checked by whoever doubts it.

#include "client/cli/archive_command.hpp"

#include "client/cli/archive_file.hpp"
#include "client/cli/archive_verify.hpp"
#include "client/cli/archive_watch.hpp"
#include "client/cli/register_file.hpp"
#include "shared/wire/client_files.hpp"

namespace walkout::cli {
namespace {

namespace fs = std::filesystem;

struct FetchOptions {
    std::string ballot;
    std::string folder = ".";
};

Result<Exit> fetch(Session& session, const FetchOptions& options)
{
    const auto api = session.api();
    if (!api) return api.error();
    const auto material = (*api)->get<wire::VotingMaterial>("/api/v1/ballots/" + segment(options.ballot) + "/voting");
    if (!material) return material.error();
    const auto folder = fs::path(options.folder);
    const auto paper = folder / (material->ballot.text() + ".paper.json");
    std::vector<std::string> files;
    std::string words;
    bool any_register = false;
    for (const auto& constituency : material->constituencies) {
        const auto fetched = fetch_archive(session, constituency.id, material->board_key);
        if (!fetched) return fetched.error();
        if (const auto& failure = fetched->verification.failure)
            return Refusal{Kind::invalid, "archive_rejected",
                           constituency.name + ": the archive fails the check " + std::string(name(failure->check)) + " at record " +
                               std::to_string(failure->record) + ": " + failure->why + ".",
                           "Nothing of it was written. Tell the scrutineer."};
        const auto file = folder / (constituency.id.text() + ".bel");
        write_private(file, fetched->bytes);
        write_private(folder / (constituency.id.text() + ".head.json"), wire::to_json(fetched->head) + "\n");
        const auto with_register = fetch_register(session, constituency.id, fetched->bytes, folder / (constituency.id.text() + ".register.json"));
        if (!with_register) return with_register.error();
        any_register = any_register || *with_register;
        files.push_back(file.string());
        words +=
            (words.empty() ? "" : "\n") + constituency.name + ": " + std::to_string(fetched->verification.ballots) + " ballots, " + file.string();
    }
    write_private(paper, material->voting_paper);
    session.show(wire::to_json(files),
                 words + "\nCheck each with: walkout archive verify FILE --expect-voting-paper " + paper.string() +
                     (any_register ? "\nand, for the voting codes that were replaced, --register with the .register.json beside it" : ""));
    return Exit::done;
}

} // namespace

void add_archive_commands(Command app, Session& session)
{
    auto archive = app.add_subcommand("archive", "Download the public archive of a ballot, verify its count, watch its board").require_subcommand();
    auto command = archive.add_subcommand("fetch", "Download one file per constituency, checking it and its signed head; also the voting paper");
    auto options = value<FetchOptions>();
    command.add_option("ballot", options->ballot, "The ballot's id").required();
    command.add_option("-o,--output", options->folder, "Folder to put the files in").shows_default();
    on_run(command, session, [&session, options] { return fetch(session, *options); });
    add_archive_verify(archive, session);
    add_archive_watch(archive, session);
}

} // namespace walkout::cli
