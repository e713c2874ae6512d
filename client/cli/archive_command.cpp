// archive fetch | verify: the whole count, checked by whoever doubts it.

#include "client/cli/archive_command.hpp"

#include "client/cli/archive_file.hpp"
#include "shared/wire/client_files.hpp"
#include "shared/wire/vote_messages.hpp"

#include <algorithm>
#include <fstream>

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
    std::vector<std::string> files;
    std::string words;
    for (const auto& constituency : material->constituencies) {
        const auto fetched = fetch_archive(session, constituency.id, material->board_key);
        if (!fetched) return fetched.error();
        if (const auto& failure = fetched->verification.failure)
            return Refusal{Kind::invalid, "archive_rejected",
                           constituency.name + ": the archive fails the check " + std::string(name(failure->check)) + ": " + failure->why + ".",
                           "Nothing was written. Tell the scrutineer."};
        const auto file = fs::path(options.folder) / (constituency.id.text() + ".bel");
        write_private(file, fetched->bytes);
        files.push_back(file.string());
        words +=
            (words.empty() ? "" : "\n") + constituency.name + ": " + std::to_string(fetched->verification.ballots) + " ballots, " + file.string();
    }
    session.show(wire::to_json(files), words + "\nCheck each with: walkout archive verify FILE");
    return Exit::done;
}

wire::ArchiveReport report_of(const std::string& file, const protocol::Verification& v)
{
    wire::ArchiveReport report;
    report.file = file;
    report.valid = !v.failure;
    report.finished = v.finished();
    for (const auto& [check, check_name] : enum_names(protocol::Check{})) {
        // Verification stops at the first failure, so nothing else is known to pass; an unfinished archive has not come to its last checks.
        const bool pending =
            !v.finished() && (check == protocol::Check::result || (check == protocol::Check::decryptions && v.decrypted_by.empty()) ||
                              (check == protocol::Check::encrypted_tally && !v.tally));
        const char* outcome = v.failure ? (v.failure->check == check ? "failed" : "not_reached") : pending ? "not_reached" : "passed";
        report.checks.push_back({std::string(check_name), outcome, std::string(protocol::meaning(check))});
    }
    if (v.failure) {
        report.failed_check = std::string(name(v.failure->check));
        report.failed_record = static_cast<std::int64_t>(v.failure->record);
        report.why = v.failure->why;
    }
    if (v.election) {
        report.election = v.election->name;
        report.uuid = v.election->uuid;
        report.fingerprint = v.election->fingerprint;
    }
    report.credentials = static_cast<std::int64_t>(v.credentials);
    report.ballots = static_cast<std::int64_t>(v.ballots);
    report.events = static_cast<std::int64_t>(v.chain.length);
    report.head = v.chain.head;
    if (v.counts) {
        report.result.emplace();
        for (const auto& row : *v.counts) report.result->emplace_back(row.begin(), row.end());
    }
    return report;
}

std::string words_of(const Terminal& terminal, const wire::ArchiveReport& report, const protocol::Verification& v)
{
    std::string out;
    for (const auto& line : report.checks) {
        if (line.outcome == "not_reached") continue;
        const bool passed = line.outcome == "passed";
        out +=
            (passed ? terminal.good("pass  ") : terminal.bad("FAIL  ")) + line.check + std::string(18 - line.check.size(), ' ') + line.meaning + "\n";
    }
    if (report.why)
        return out + "\n" + terminal.bad("REJECTED") + " at record " + std::to_string(*report.failed_record) + ": " + *report.why +
               (report.why->ends_with('.') ? "" : ".");
    out += "\n" + terminal.bold(report.election) + "\n" + std::to_string(report.ballots) + " ballots under " + std::to_string(report.credentials) +
           " credentials; election fingerprint " + report.fingerprint + "\n";
    if (!v.counts) return out + terminal.bad("NOT FINISHED") + ": everything so far is in order, but there is no result to check yet.";
    for (std::size_t i = 0; i < v.counts->size(); ++i) {
        const auto& question = v.election->questions[i];
        out += question.text + "\n   ";
        for (std::size_t j = 0; j < (*v.counts)[i].size(); ++j) {
            const auto& label = question.blank ? (j == 0 ? std::string("Blank") : question.answers[j - 1]) : question.answers[j];
            out += " " + label + " " + std::to_string((*v.counts)[i][j]);
        }
        out += "\n";
    }
    return out + terminal.good("VERIFIED") + ": the published result is what these ballots say.";
}

struct VerifyOptions {
    std::string file;
    std::string since;
    bool open = false;
};

Result<std::vector<std::string>> events_of(const std::string& file)
{
    std::ifstream in(file, std::ios::binary);
    if (!in) return Refusal{Kind::not_found, "no_such_file", "There is no file " + file + ", or it cannot be read."};
    return event_hashes([&in](char* buffer, std::size_t size) {
        in.read(buffer, static_cast<std::streamsize>(size));
        return static_cast<std::size_t>(in.gcount());
    });
}

/// The archive begins with every event of the earlier copy: nothing that was on the board has changed or vanished.
Result<void> check_growth(const VerifyOptions& options)
{
    const auto older = events_of(options.since);
    const auto newer = events_of(options.file);
    if (!older) return older.error();
    if (!newer) return newer.error();
    const auto differ = std::ranges::mismatch(*older, *newer).in1;
    if (differ == older->end()) return {};
    return Refusal{Kind::invalid, "not_an_extension",
                   "Event " + std::to_string(differ - older->begin()) + " of " + options.since + " is not in " + options.file + " any more.",
                   "Keep both files: this is evidence."};
}

Result<Exit> verify(Session& session, const VerifyOptions& options)
{
    const auto verification = verify_file(session, options.file);
    if (!verification) return verification.error();
    if (!options.since.empty())
        if (const auto grew = check_growth(options); !grew) return grew.error();
    const auto report = report_of(options.file, *verification);
    session.show(wire::to_json(report), words_of(session.terminal(), report, *verification));
    return report.valid && (report.finished || options.open) ? Exit::done : Exit::verification_failed;
}

} // namespace

void add_archive_commands(CLI::App& app, Session& session)
{
    auto* archive = app.add_subcommand("archive", "Download the public archive of a ballot and verify its count")->require_subcommand(1);
    auto* fetch_command = archive->add_subcommand("fetch", "Download one file per constituency, checking it and its signed head");
    auto fetch_options = value<FetchOptions>();
    fetch_command->add_option("ballot", fetch_options->ballot, "The ballot's id")->required();
    fetch_command->add_option("-o,--output", fetch_options->folder, "Folder to put the files in")->capture_default_str();
    on_run(*fetch_command, session, [&session, fetch_options] { return fetch(session, *fetch_options); });

    auto* verify_command =
        archive->add_subcommand("verify", "Check every signature, proof and decryption of an archive, offline; also one made by belenios-tool");
    auto verify_options = value<VerifyOptions>();
    verify_command->add_option("file", verify_options->file, "The archive, a .bel file")->required();
    verify_command->add_option("--since", verify_options->since, "An earlier copy: the archive must begin with all of it");
    verify_command->add_flag("--open", verify_options->open, "Accept an archive whose result is not there yet");
    on_run(*verify_command, session, [&session, verify_options] { return verify(session, *verify_options); });
}

} // namespace walkout::cli
