#include "server/service/postal_papers.hpp"

#include "server/service/audit.hpp"
#include "server/service/ballots.hpp"
#include "server/service/first_sending.hpp"
#include "server/service/postal_returns.hpp"
#include "server/store/extension_store.hpp"
#include "server/store/register_store.hpp"
#include "server/store/replacement_store.hpp"
#include "server/store/roll_store.hpp"
#include "shared/ballot/plain_text.hpp"

#include <algorithm>

namespace walkout::service {
namespace {

using ballot::Phase;

Refusal unknown_paper(const BallotId& ballot, std::int64_t serial)
{
    return {Kind::not_found, "unknown_paper", "No voting paper of this ballot has the number " + std::to_string(serial) + ".",
            "See them all: walkout postal list " + ballot.text()};
}

std::optional<std::string> or_nothing(std::string text) { return text.empty() ? std::nullopt : std::optional(std::move(text)); }

/// That somebody asked is known to the scrutineer only; the log is read by many.
Context unnamed(Context context)
{
    context.caller = {};
    context.caller.number = "member";
    return context;
}

wire::PrintedPart part(std::optional<std::string> wire::PrintedPart::*kind, const std::string& words)
{
    wire::PrintedPart out;
    out.*kind = words;
    return out;
}

/// The very lines that are bound, each as what it is on the page.
std::vector<wire::PrintedPart> parts_of(const ballot::VotingPaper& paper, ballot::Language language)
{
    using wire::PrintedPart;
    const auto heading = ballot::say(language, ballot::Phrase::paper);
    const auto answer = ballot::say(language, ballot::Phrase::paper_answer);
    const auto asks = [&](const std::string& line) {
        for (std::size_t i = 0; i < paper.questions.size(); ++i) {
            const auto& question = paper.questions[i];
            const auto& words = language == ballot::Language::cy ? question.text_cy.value_or(question.text) : question.text;
            if (line == ballot::say(language, ballot::Phrase::paper_question, {{"number", std::to_string(i + 1)}, {"question", words}})) return true;
        }
        return false;
    };
    std::vector<PrintedPart> parts;
    bool before_heading = true;
    bool answered = false; // the line before said how to answer
    for (const auto& line : ballot::paper_lines(paper, language)) {
        if (line.empty()) continue;
        const bool question = asks(line);
        if (answered && !question) parts.emplace_back().rule = true;
        answered = line == answer;
        if (before_heading && line != heading) parts.push_back(part(&PrintedPart::warning, line));
        else if (before_heading) parts.push_back(part(&PrintedPart::heading, line));
        else if (answered) parts.push_back(part(&PrintedPart::answer, line));
        else if (line == paper.statement) parts.push_back(part(&PrintedPart::statement, line));
        else parts.push_back(part(question ? &PrintedPart::question : &PrintedPart::line, line));
        before_heading = before_heading && line != heading;
    }
    return parts;
}

} // namespace

Result<wire::PaperAskedFor> ask_for_paper(store::WriteTx& tx, const Context& context, const BallotId& id, const std::optional<std::string>& address)
{
    const auto ballot = require_ballot(tx, id);
    if (!ballot) return ballot.error();
    const auto over = ballot->phase == Phase::closed || ballot->phase == Phase::counted || ballot->phase == Phase::declared ||
                      ballot->phase == Phase::abandoned || context.ballot_now >= ballot->closes;
    if (over) return Refusal{Kind::not_open, "ballot_closed", "This ballot has closed: no more voting papers are sent."};
    const auto member = store::find_member(tx, context.caller.number);
    const auto line = store::roll_line(tx, id, context.caller.number);
    if (!member || !member->active || (ballot->phase != Phase::planned && !line))
        return Refusal{Kind::not_entitled, "not_on_roll", "You are not on the roll of this ballot.",
                       "If you think you should be, tell your union at once."};
    if (line && line->returned)
        return Refusal{Kind::conflict, "already_voted", "A vote has already been recorded for you. A voting paper, once returned, cannot be changed.",
                       "If it was not you, tell the scrutineer at once."};
    if (address && (address->empty() || address->size() > 400 || !ballot::is_plain_line(*address)))
        return Refusal{Kind::invalid, "bad_address", "That is not an address: up to 400 characters, on one line.", "Part its lines by commas."};
    if (!address && member->address.empty())
        return Refusal{Kind::invalid, "no_address", "The register has no postal address for you.",
                       "Say where the paper shall go: walkout ballot paper " + id.text() + " --address-file FILE"};
    store::put_paper_request(tx, id, {context.caller.number, context.ballot_now, address});
    record_audit(tx, unnamed(context), std::nullopt, "paper_asked_for", id.text());
    const auto zone = Zone::find(ballot->plan.zone).value();
    return wire::PaperAskedFor{.ballot = id,
                               .title = ballot->plan.title,
                               .rehearsal = is_rehearsal(tx),
                               .asked_at = context.ballot_now,
                               .address = address ? address : or_nothing(member->address),
                               .online = ballot::takes_votes_online(ballot->plan),
                               .late_for_post = ballot::late_for_post(context.ballot_now, ballot->closes),
                               .return_by = words(zone.wall(ballot->closes)),
                               .paper = paper_number(tx, id, context.caller.number)};
}

Result<void> issue_papers(store::WriteTx& tx, const Context& context, const BallotId& id)
{
    const auto ballot = require_ballot(tx, id);
    if (!ballot) return ballot.error();
    if (store::papers_issued(tx, id)) return {};
    if (ballot->phase != Phase::coded && ballot->phase != Phase::open && ballot->phase != Phase::suspended)
        return Refusal{Kind::conflict, "wrong_phase", "Voting papers are printed when the voting codes have been made and voting has not ended.",
                       "Make the codes first: walkout codes make " + id.text()};
    if (ballot->opened_at)
        if (auto may = may_send(tx, *ballot, context.ballot_now); !may) return may;
    store::put_papers_issued(tx, id, context.ballot_now, context.caller.number);
    record_audit(tx, context, ballot::Role::scrutineer, "papers_issued", id.text());
    return {};
}

std::optional<std::int64_t> paper_number(const store::ReadTx& tx, const BallotId& ballot, const std::string& member)
{
    const auto line = store::roll_line(tx, ballot, member);
    return line && line->credential ? store::serial_of(tx, line->constituency, *line->credential) : std::nullopt;
}

Result<wire::PaperList> paper_list(const store::ReadTx& tx, const Context& context, const BallotId& id)
{
    const auto ballot = require_ballot(tx, id);
    if (!ballot) return ballot.error();
    wire::PaperList out{.ballot = id,
                        .title = ballot->plan.title,
                        .rehearsal = is_rehearsal(tx),
                        .to_everybody = ballot::papers_to_everybody(ballot->plan),
                        .open = ballot->phase == Phase::open && context.ballot_now < ballot->closes,
                        .late_for_post = ballot::late_for_post(context.ballot_now, ballot->closes),
                        .papers = {}};
    const auto asked = store::paper_requests(tx, id);
    std::map<ConstituencyId, std::string> names;
    for (const auto& constituency : store::constituencies(tx, id)) names.emplace(constituency.id, constituency.name);
    for (const auto& serial : store::serials(tx, id)) {
        wire::PaperLine paper;
        paper.serial = serial.serial;
        paper.constituency = names.at(serial.constituency);
        paper.sent_at = serial.sent_at;
        paper.revoked = store::is_revoked(tx, serial.constituency, serial.credential);
        if (const auto line = store::roll_line_of_credential(tx, serial.constituency, serial.credential)) {
            const auto member = store::find_member(tx, line->number).value();
            const auto request = asked.find(line->number);
            paper.number = member.number;
            paper.name = member.name;
            paper.address = request != asked.end() && request->second.address ? request->second.address : or_nothing(member.address);
            paper.due = out.to_everybody || request != asked.end() || member.email.empty();
            paper.returned = line->returned;
        }
        out.papers.push_back(std::move(paper));
    }
    return out;
}

Result<wire::PapersSentNow> record_papers_sent(store::WriteTx& tx, const Context& context, const BallotId& id, std::span<const std::int64_t> serials,
                                               std::optional<Date> left_on)
{
    const auto ballot = require_ballot(tx, id);
    if (!ballot) return ballot.error();
    // What left may be recorded later, until the boards are sealed: papers that nobody recorded as sent come back all the same.
    if (!takes_papers(tx, *ballot))
        return Refusal{Kind::not_open, "ballot_not_open",
                       "Voting papers leave while the ballot is open, and not before: sending is opening. After it nothing is recorded as sent "
                       "once the boards are sealed.",
                       "See when it opens: walkout ballot show " + id.text()};
    const auto zone = Zone::find(ballot->plan.zone).value();
    const bool over = context.ballot_now >= closing_of(*ballot);
    const auto last = over ? date_of_ballot_of(*ballot) : zone.date(context.ballot_now);
    if ((over && !left_on) || (left_on && (*left_on < zone.date(*ballot->opened_at) || *left_on > last)))
        return Refusal{Kind::invalid, "left_on_which_day",
                       "Voting papers left between " + words(zone.date(*ballot->opened_at)) + ", when the ballot opened, and " + words(last) + ".",
                       "Give that day with --on" + std::string(over ? "." : ", or none for today.")};
    const auto left = left_on ? std::max(*ballot->opened_at, zone.instant(WallTime(*left_on))) : context.ballot_now;
    if (serials.empty()) return Refusal{Kind::invalid, "no_papers", "No voting paper is named that has left."};
    wire::PapersSentNow out;
    for (const auto serial : serials) {
        const auto paper = store::find_serial(tx, id, serial);
        if (!paper) return unknown_paper(id, serial);
        if (!store::roll_line_of_credential(tx, paper->constituency, paper->credential))
            return Refusal{Kind::conflict, "not_to_be_sent",
                           "Paper " + std::to_string(serial) +
                               " is nobody's: it is a spare, or was replaced or withdrawn. None of these papers is recorded as sent.",
                           "Keep that paper back, and record the others."};
        out.recorded += store::put_paper_sent(tx, id, serial, left) ? 1 : 0;
    }
    if (auto opened = first_sent(tx, context, *ballot, left); !opened) return opened.error();
    out.sent = store::papers_sent(tx, id);
    if (out.recorded > 0)
        record_audit(tx, context, ballot::Role::scrutineer, "papers_sent", id.text(),
                     {{"papers", std::to_string(out.recorded)}, {"in_all", std::to_string(out.sent)}});
    return out;
}

Result<std::vector<wire::PrintedPaper>> printed_papers(const store::ReadTx& tx, const store::Ballot& ballot, const SigningPublicKey& board_key,
                                                       std::span<const std::int64_t> serials, ballot::Language language)
{
    if (!ballot.paper)
        return Refusal{Kind::conflict, "wrong_phase", "The voting paper is not fixed yet: it is when the notices have been received.",
                       "See it as it stands: walkout document sample " + ballot.plan.id.text()};
    if (!store::papers_issued(tx, ballot.plan.id)) // the boards must be known to wait for what is printed
        return Refusal{Kind::conflict, "papers_not_issued", "It is not recorded that voting papers are printed in this ballot.",
                       "Print them with: walkout postal issue " + ballot.plan.id.text()};
    const auto bound = paper_of(tx, ballot, board_key);
    if (!bound) return bound.error();
    wire::PrintedPaper paper{.serial = {},
                             .code = {},
                             .number = language == ballot::Language::cy ? "Rhif" : "Number",
                             .yes = ballot::say(language, ballot::Phrase::answer_yes),
                             .no = ballot::say(language, ballot::Phrase::answer_no),
                             .parts = parts_of(bound->paper, language)};
    // The bound words stay; who gets a paper after an extension is told of it on the same sheet.
    if (const auto extensions = store::extensions(tx, ballot.plan.id); !extensions.empty()) {
        paper.parts.emplace_back().rule = true;
        const auto closes = Zone::find(ballot.plan.zone).value().wall(extensions.back().closes);
        paper.parts.push_back(
            part(&wire::PrintedPart::line, ballot::say(language, ballot::Phrase::extended, {{"when", ballot::words_in(language, closes)}})));
    }
    std::vector<wire::PrintedPaper> out;
    for (const auto serial : serials) {
        const auto held = store::find_serial(tx, ballot.plan.id, serial);
        if (!held) return unknown_paper(ballot.plan.id, serial);
        if (held->sent_at)
            return Refusal{Kind::conflict, "paper_sent",
                           "Voting paper " + std::to_string(serial) +
                               " is recorded as sent, and each number stands on one paper only (TULRCA s.229(1A)(c)): it is not printed again.",
                           "If it was lost, or must be in another language, its member gets a spare's number and code: walkout codes replace " +
                               ballot.plan.id.text() + " --member NUMBER --reason lost. Then print that one."};
        paper.serial = std::to_string(serial);
        paper.code = ballot::scanned_text(ballot.plan.id, serial);
        out.push_back(paper);
    }
    return out;
}

} // namespace walkout::service
