#include "shared/wire/report_messages.hpp"

#include "shared/crypto/hash.hpp"
#include "shared/wire/codec_impl.hpp"

#include <algorithm>

namespace walkout::wire {

std::string report_hash(const ScrutineerReport& report) { return hex(sha256(to_json(report))); }

std::string report_text(const ScrutineerReport& report) { return "walkout-report/1|" + report.ballot + "|" + report_hash(report); }

namespace {

std::optional<std::int64_t> figure(const std::vector<ReportFigure>& figures, std::string_view name)
{
    const auto found = std::ranges::find(figures, name, &ReportFigure::name);
    return found == figures.end() ? std::nullopt : std::optional(found->number);
}

} // namespace

std::vector<std::string> report_faults(const ScrutineerReport& report)
{
    std::vector<std::string> out;
    const auto must = [&](bool holds, const std::string& what) {
        if (!holds) out.push_back(what);
    };
    must(!report.statements.empty(), "It makes no statement.");
    for (const auto& statement : report.statements)
        must(statement.satisfied != statement.reasons.has_value(),
             "The statement \"" + statement.name + "\" is " + (statement.satisfied ? "made, with reasons against it." : "refused without reasons."));
    must(!report.constituencies.empty(), "It gives no figures.");
    std::int64_t all = 0, by_channel = 0;
    for (const auto& channel : report.channels) {
        by_channel += channel.number;
        must(channel.number >= 0, "The returns \"" + channel.name + "\" are fewer than none.");
    }
    if (!report.papers.empty()) {
        const auto counting = figure(report.papers, papers_counting);
        must(counting && counting == figure(report.papers, papers_transcribed), "The papers that count are not those that were transcribed.");
        must(counting && counting == figure(report.channels, by_post), "The papers that count are not the returns by post.");
    }
    for (const auto& one : report.constituencies) {
        const auto cast = std::to_string(one.cast);
        all += one.cast;
        must(one.cast <= one.entitled + one.overseas, one.name + ": more votes were cast than members were entitled.");
        for (const auto& question : one.questions)
            must(question.yes + question.no + question.spoiled == one.cast,
                 one.name + ": Yes, No and spoiled to \"" + question.text + "\" are not the " + cast + " cast.");
    }
    must(by_channel == all, "The returns by channel are " + std::to_string(by_channel) + " together, and not the " + std::to_string(all) + " cast.");
    return out;
}

} // namespace walkout::wire

WALKOUT_WIRE(walkout::wire::ScrutineerReport)
WALKOUT_WIRE(walkout::wire::SignedReport)
WALKOUT_WIRE(walkout::wire::NewSignedReport)
