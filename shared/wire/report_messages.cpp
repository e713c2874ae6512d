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

namespace {

struct Faults {
    std::vector<std::string> found;
    void must(bool holds, const std::string& what)
    {
        if (!holds) found.push_back(what);
    }
};

std::string number(std::int64_t figure) { return std::to_string(figure); }

void check_statements(Faults& faults, const ScrutineerReport& report)
{
    faults.must(!report.statements.empty(), "It makes no statement.");
    for (const auto& statement : report.statements)
        faults.must(statement.satisfied != statement.reasons.has_value(),
                    "The statement \"" + statement.name + "\" is " +
                        (statement.satisfied ? "made, with reasons against it." : "refused without reasons."));
}

void check_constituency(Faults& faults, const ReportConstituency& one)
{
    const auto entitled = one.entitled + one.overseas;
    for (const auto& [what, figure] : {std::pair("entitled", one.entitled), std::pair("overseas", one.overseas), std::pair("cast", one.cast),
                                       std::pair("codes issued", one.issued), std::pair("replaced", one.replaced), std::pair("given late", one.late),
                                       std::pair("withdrawn", one.withdrawn)})
        faults.must(figure >= 0, one.name + ": " + what + " is " + number(figure) + ", fewer than none.");
    faults.must(one.cast <= entitled,
                one.name + ": " + number(one.cast) + " votes were cast, more than the " + number(entitled) + " members who could vote.");
    const auto held = one.issued + one.late - one.withdrawn;
    faults.must(held == entitled, one.name + ": " + number(one.issued) + " voting codes issued, " + number(one.late) + " given late and " +
                                      number(one.withdrawn) + " withdrawn leave " + number(held) + ", and not the " + number(entitled) +
                                      " members who could vote.");
    std::int64_t changed = 0;
    for (const auto& code : one.codes) changed += code.number;
    faults.must(changed == one.replaced + one.late + one.withdrawn,
                one.name + ": by their reasons " + number(changed) + " voting codes were changed, and not the " + number(one.replaced) +
                    " replaced, " + number(one.late) + " given late and " + number(one.withdrawn) + " withdrawn.");
    for (const auto& asked : one.questions) {
        const auto& question = asked.figures;
        const auto answers = question.yes + question.no + question.spoiled;
        faults.must(question.yes >= 0 && question.no >= 0 && question.spoiled >= 0 && answers == one.cast,
                    one.name + ": " + number(question.yes) + " Yes, " + number(question.no) + " No and " + number(question.spoiled) +
                        " spoiled to \"" + question.text + "\" are " + number(answers) + ", and not the " + number(one.cast) + " cast.");
    }
}

void check_papers(Faults& faults, const ScrutineerReport& report)
{
    if (report.papers.empty()) return;
    const auto of = [&](std::string_view name) { return figure(report.papers, name).value_or(-1); };
    const auto counting = of(papers_counting);
    for (const auto& paper : report.papers) faults.must(paper.number >= 0, "\"" + paper.name + "\" is " + number(paper.number) + ".");
    faults.must(counting == of(papers_transcribed), number(counting) + " papers count, and " + number(of(papers_transcribed)) + " were transcribed.");
    const auto posted = figure(report.channels, by_post).value_or(-1);
    faults.must(counting == posted, number(counting) + " papers count, and " + number(posted) + " returns by post are stated.");
    faults.must(counting <= of(papers_sent), number(counting) + " papers count, more than the " + number(of(papers_sent)) + " sent.");
    faults.must(of(papers_sent) <= report.numbered,
                number(of(papers_sent)) + " papers were sent, more than the " + number(report.numbered) + " that have a number.");
    const auto other = of(papers_duplicate) + of(papers_replaced) + of(papers_unissued) + of(papers_late) + of(papers_mistaken);
    faults.must(counting + other == of(papers_recorded), number(of(papers_recorded)) + " papers were recorded as returned, and " + number(counting) +
                                                             " that count with " + number(other) + " duplicate, void, late or taken back are " +
                                                             number(counting + other) + ".");
}

} // namespace

std::vector<std::string> report_faults(const ScrutineerReport& report)
{
    Faults faults;
    check_statements(faults, report);
    faults.must(!report.constituencies.empty(), "It gives no figures.");
    std::int64_t cast = 0, by_channel = 0, issued = 0, spares = 0;
    for (const auto& one : report.constituencies) {
        check_constituency(faults, one);
        cast += one.cast;
        issued += one.issued;
        spares += one.replaced + one.late;
    }
    std::string channels;
    for (const auto& channel : report.channels) {
        by_channel += channel.number;
        channels += (channels.empty() ? "" : ", ") + channel.name + " " + number(channel.number);
        faults.must(channel.number >= 0, "The returns \"" + channel.name + "\" are " + number(channel.number) + ", fewer than none.");
    }
    faults.must(by_channel == cast,
                "The returns by channel (" + channels + ") are " + number(by_channel) + " together, and not the " + number(cast) + " cast.");
    faults.must(issued + spares <= report.numbered, number(issued) + " voting codes were issued and " + number(spares) +
                                                        " spares used, more than the " + number(report.numbered) + " voting papers numbered.");
    check_papers(faults, report);
    return std::move(faults.found);
}

} // namespace walkout::wire

WALKOUT_WIRE(walkout::wire::ScrutineerReport)
WALKOUT_WIRE(walkout::wire::SignedReport)
WALKOUT_WIRE(walkout::wire::NewSignedReport)
