// archive verify: every check of an archive, offline, a line each.

#include "client/cli/archive_verify.hpp"

#include "client/cli/archive_file.hpp"
#include "client/cli/bound_paper.hpp"
#include "client/cli/register_file.hpp"
#include "shared/protocol/growth.hpp"
#include "shared/wire/audit_files.hpp"

#include <algorithm>

namespace walkout::cli {
namespace {

using protocol::Check;
using protocol::Verification;

struct Options {
    std::string file;
    std::string since;
    std::string tracker;
    std::string paper;
    std::string reg; ///< register.json
    bool open = false;
    bool structure_only = false;
};

// ---- the report ----

/// A check that ran on its own and found something.
void add_failure(wire::ArchiveReport& report, const std::string& check, const std::string& why)
{
    report.checks.push_back({check, "failed", why});
    report.valid = false;
    if (report.failed_check) return;
    report.failed_check = check;
    report.why = why;
}

std::string outcome_of(const Verification& v, Check check, bool structure_only)
{
    if (v.failure && v.failure->check == check) return "failed";
    if (v.passed.contains(check)) return "passed";
    if (check == Check::one_ballot && v.election && !v.one_ballot_rule) return "not_applicable";
    return structure_only && !v.failure ? "skipped" : "not_reached";
}

std::string meaning_of(const Verification& v, Check check, const std::string& outcome)
{
    if (outcome == "failed") return v.failure->why;
    if (outcome == "not_applicable") return "this election lets a later ballot replace an earlier one";
    if (check == Check::decryptions && outcome == "not_reached" && !v.failure && !v.decrypted_by.empty())
        return "right so far, by " + std::to_string(v.decrypted_by.size()) + " trustees; no result yet";
    return std::string(protocol::meaning(check));
}

std::vector<wire::QuestionCount> questions_of(const Verification& v)
{
    std::vector<wire::QuestionCount> out;
    if (!v.counts) return out;
    for (std::size_t i = 0; i < v.counts->size(); ++i) {
        const auto& question = v.election->questions[i];
        const auto& row = (*v.counts)[i];
        auto& counted = out.emplace_back();
        counted.question = question.text;
        for (std::size_t j = 0; j < question.answers.size(); ++j) counted.answers.push_back({question.answers[j], row[j + (question.blank ? 1 : 0)]});
        if (question.blank) counted.blank = row.front();
        else if (const auto blank = v.left_blank(i)) counted.blank = static_cast<std::int64_t>(*blank);
    }
    return out;
}

wire::ArchiveReport report_of(const Options& options, const Verification& v)
{
    wire::ArchiveReport report;
    report.file = options.file;
    report.valid = !v.failure;
    report.finished = v.finished();
    for (const auto& [check, check_name] : enum_names(Check{})) {
        const auto outcome = outcome_of(v, check, options.structure_only);
        report.checks.push_back({std::string(check_name), outcome, meaning_of(v, check, outcome)});
    }
    if (v.failure) {
        report.failed_check = std::string(name(v.failure->check));
        report.failed_record = static_cast<std::int64_t>(v.failure->record);
        report.why = v.failure->why;
        if (!v.failure->tracker.empty()) report.failed_tracker = v.failure->tracker;
    }
    if (v.election) {
        report.election = v.election->name;
        report.uuid = v.election->uuid;
        report.group = v.election->group->name();
        report.fingerprint = v.election->fingerprint;
    }
    report.credentials = static_cast<std::int64_t>(v.credentials);
    report.ballots = static_cast<std::int64_t>(v.ballots);
    report.events = static_cast<std::int64_t>(v.chain.length);
    report.head = v.chain.head;
    if (v.counts) {
        report.result.emplace();
        for (const auto& row : *v.counts) report.result->emplace_back(row.begin(), row.end());
        report.questions = questions_of(v);
    }
    return report;
}

// ---- what options ask beyond that ----

/// The archive begins with every event of the earlier copy: nothing that was on the board has changed or vanished.
Result<void> check_growth(const Options& options, wire::ArchiveReport& report)
{
    auto earlier = file_source(options.since);
    if (!earlier) return earlier.error();
    const auto growth = protocol::compare_growth(*std::move(earlier), file_source(options.file).value());
    report.since = wire::GrowthReport{options.since,
                                      growth.holds(),
                                      static_cast<std::int64_t>(growth.events_before),
                                      static_cast<std::int64_t>(growth.events),
                                      static_cast<std::int64_t>(growth.ballots_added),
                                      growth.vanished};
    if (!growth.holds()) add_failure(report, "append-only", growth.fault);
    else
        report.checks.push_back({"append-only", "passed",
                                 "it begins with all " + std::to_string(growth.events_before) + " events of the earlier copy, and adds " +
                                     std::to_string(growth.ballots_added) + " ballots"});
    return {};
}

/// Follows one tracker through the board.
class TrackerSearch {
public:
    explicit TrackerSearch(std::string tracker) { place_.tracker = std::move(tracker); }

    void see(const protocol::BoardBallot& ballot)
    {
        ++place_.ballots;
        if (ballot.tracker == place_.tracker) {
            place_.found = true;
            place_.number = static_cast<std::int64_t>(ballot.number);
            place_.height = static_cast<std::int64_t>(ballot.height);
            place_.record = static_cast<std::int64_t>(ballot.record);
            credential_ = ballot.credential;
        } else if (place_.found && ballot.credential == credential_) {
            place_.replaced = true;
        }
    }

    void add_to(wire::ArchiveReport& report) const
    {
        report.tracker = place_;
        if (!place_.found)
            return add_failure(report, "tracker",
                               report.failed_check ? "not found among the ballots before the failure" : "no ballot in this archive has this tracker");
        report.checks.push_back({"tracker", "passed",
                                 "it is ballot " + std::to_string(place_.number) + " of " + std::to_string(place_.ballots) + ", record " +
                                     std::to_string(place_.record) + " of the file" +
                                     (place_.replaced ? "; a later ballot under the same credential counts in its place" : "")});
    }

private:
    wire::TrackerPlace place_;
    std::string credential_;
};

/// The paper in the file is the one whose hash ends the description, which every proof in the archive binds.
Result<void> check_paper(const Options& options, const Verification& v, wire::ArchiveReport& report)
{
    auto record = read_file(options.paper);
    if (!record) return record.error();
    if (record->ends_with('\n')) record->pop_back();
    if (!v.election) return {}; // it failed before there was a description to look at
    const auto paper = bound_paper(*record, *v.election);
    if (!paper) add_failure(report, "voting-paper", paper.error().detail);
    else
        report.checks.push_back({"voting-paper", "passed",
                                 "the paper in " + options.paper + " is the one every vote is bound to; it names the board key " + paper->board_key});
    return {};
}

// ---- in words ----

std::string mark(const Terminal& terminal, const std::string& outcome)
{
    if (outcome == "passed") return terminal.good("pass");
    if (outcome == "failed") return terminal.bad("FAIL");
    return terminal.dim(outcome == "skipped" ? "skip" : outcome == "not_applicable" ? "n/a " : "  – ");
}

std::string lines_of(const Terminal& terminal, const wire::ArchiveReport& report)
{
    constexpr std::size_t column = 18;
    std::string out;
    for (const auto& line : report.checks) {
        const bool ran = line.outcome == "passed" || line.outcome == "failed";
        const auto padded = line.check + std::string(column - line.check.size(), ' ');
        const auto text =
            terminal.fitted(std::string(8 + column, '.') + line.meaning, 8 + column).substr(8 + column); // leaves room for the first columns
        out += "  " + mark(terminal, line.outcome) + "  " + padded + (ran ? text : terminal.dim(text)) + "\n";
    }
    return out;
}

std::string counts_of(const Terminal& terminal, const wire::ArchiveReport& report)
{
    std::string out;
    const bool ours = std::ranges::any_of(report.checks, [](const wire::CheckLine& line) { // whose blank papers the law calls spoiled
        return line.check == name(Check::one_ballot) && line.outcome == "passed";
    });
    for (const auto& question : report.questions) {
        out += terminal.fitted(question.question) + "\n  ";
        for (const auto& [answer, count] : question.answers) out += "  " + answer + " " + terminal.bold(std::to_string(count));
        if (question.blank) out += (ours ? "  left blank (spoiled) " : "  blank ") + terminal.bold(std::to_string(*question.blank));
        out += "\n";
    }
    return out.empty() ? out : out + "\n";
}

std::string evidence_of(const Terminal& terminal, const wire::ArchiveReport& report)
{
    if (!report.since || report.since->vanished.empty()) return "";
    constexpr std::size_t shown = 20;
    const auto& vanished = report.since->vanished;
    auto out = "\n" + terminal.bad(std::to_string(vanished.size()) + (vanished.size() == 1 ? " ballot has" : " ballots have") + " vanished") + ":\n";
    for (std::size_t i = 0; i < std::min(shown, vanished.size()); ++i) out += "    " + vanished[i] + "\n";
    if (vanished.size() > shown) out += "    and " + std::to_string(vanished.size() - shown) + " more (all of them with --json)\n";
    return out + "Keep both files: this is evidence.\n";
}

std::string verdict_of(const Terminal& terminal, const Options& options, const wire::ArchiveReport& report)
{
    if (!report.valid) {
        const auto record = report.failed_record ? " at record " + std::to_string(*report.failed_record) : std::string();
        const auto ballot = report.failed_tracker ? " (the ballot " + *report.failed_tracker + ")" : std::string();
        return terminal.bad("REJECTED") + terminal.fitted(": the check " + *report.failed_check + " fails" + record + ballot + ": " + *report.why +
                                                          (report.why->ends_with('.') ? "" : "."));
    }
    if (options.structure_only)
        return terminal.bold("STRUCTURE IN ORDER") + terminal.fitted(": no signature, proof or decryption was checked. Only the whole verification, "
                                                                     "without --structure-only, says that the result is right.");
    if (!report.finished)
        return (options.open ? terminal.bold("IN ORDER SO FAR") : terminal.bad("NOT FINISHED")) +
               terminal.fitted(": everything so far is in order, but there is no result to check yet.");
    return terminal.good("VERIFIED") + ": the published result is what these ballots say.";
}

std::string words_of(const Terminal& terminal, const Options& options, const wire::ArchiveReport& report)
{
    auto out = report.election.empty() ? std::string() : terminal.bold(report.election) + "\n\n";
    out += lines_of(terminal, report) + "\n";
    if (!report.election.empty())
        out += std::to_string(report.ballots) + " ballots under " + std::to_string(report.credentials) + " credentials, " +
               std::to_string(report.events) + " events, group " + report.group + "\nelection fingerprint  " + report.fingerprint +
               "\nlast event            " + report.head + "\n\n";
    return out + counts_of(terminal, report) + verdict_of(terminal, options, report) + evidence_of(terminal, report);
}

Result<Exit> verify(Session& session, const Options& options)
{
    std::optional<TrackerSearch> search;
    if (!options.tracker.empty()) search.emplace(options.tracker);
    VerifyWork work{.structure_only = options.structure_only};
    if (search) work.on_ballot = [&](const protocol::BoardBallot& ballot) { search->see(ballot); };
    const auto verification = verify_file(session, options.file, std::move(work));
    if (!verification) return verification.error();
    auto report = report_of(options, *verification);
    if (!options.since.empty())
        if (const auto compared = check_growth(options, report); !compared) return compared.error();
    if (search) search->add_to(report);
    if (!options.paper.empty())
        if (const auto read = check_paper(options, *verification, report); !read) return read.error();
    if (!options.reg.empty())
        if (const auto read = add_register_checks(report, options.file, options.reg); !read) return read.error();
    auto words = words_of(session.terminal(), options, report);
    while (words.ends_with('\n')) words.pop_back();
    session.show(wire::to_json(report), words);
    return report.valid && (report.finished || options.open || options.structure_only) ? Exit::done : Exit::verification_failed;
}

} // namespace

void add_archive_verify(Command archive, Session& session)
{
    auto command =
        archive.add_subcommand("verify", "Check every signature, proof and decryption of an archive, offline; also one made by belenios-tool");
    auto options = value<Options>();
    command.add_option("file", options->file, "The archive, a .bel file").required();
    command.add_option("--since", options->since, "An earlier copy: the archive must begin with all of it");
    command.add_option("--tracker", options->tracker, "Say whether and where the ballot with this tracker is in it");
    command.add_option("--expect-voting-paper", options->paper,
                       "The voting paper's record (archive fetch writes it): it must be the one that the election binds");
    command.add_option("--register", options->reg,
                       "The register of replaced voting codes (archive fetch writes it): no ballot may stand under a code that was not live");
    command.add_flag("--open", options->open, "Accept an archive whose result is not there yet");
    command.add_flag("--structure-only", options->structure_only,
                     "Skip every signature, proof and decryption: form, hash chain, order, known credentials and repetitions only");
    command.footer(
        "Exit code 0: verified. 3: a check failed, or there is no result yet.\n"
        "The file is read once, in pieces. Memory grows with 32 bytes a credential and about 40 bytes for each ballot and each encrypted choice\n"
        "(200 a ballot of two Yes/No questions), over some 20 MB; records up to 16 MiB may add a few times that.");
    on_run(command, session, [&session, options] { return verify(session, *options); });
}

} // namespace walkout::cli
