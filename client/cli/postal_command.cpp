// postal issue | sent | list: printing and sending voting papers. Their way back is in postal_return_command and transcribe_command.

#include "client/cli/postal_command.hpp"

#include "client/cli/options.hpp"
#include "client/cli/postal_parts.hpp"
#include "shared/wire/vote_messages.hpp"

#include <algorithm>
#include <iostream>
#include <iterator>

namespace walkout::cli {
namespace {

namespace fs = std::filesystem;

struct IssueOptions {
    std::string folder;
    std::vector<std::string> members;
    bool all = false;
    bool spares = false;
    bool sent = false;
};

Result<wire::PaperList> paper_list(Session& session, const std::string& ballot)
{
    const auto api = session.api();
    if (!api) return api.error();
    return (*api)->get<wire::PaperList>(postal_path(ballot, "/papers"));
}

bool goes_out(const wire::PaperLine& paper) { return paper.number && !paper.sent_at && !paper.returned; }

/// What this call prints. A paper printed again before it was sent is the same paper, with the same number; the server prints none that was.
std::vector<wire::PaperLine> chosen(const wire::PaperList& list, const IssueOptions& options)
{
    std::vector<wire::PaperLine> out;
    const auto wanted = [&](const wire::PaperLine& paper) {
        if (!options.members.empty()) return paper.number && std::ranges::find(options.members, *paper.number) != options.members.end();
        if (options.spares) return !paper.number && !paper.revoked;
        return goes_out(paper) && (paper.due || options.all);
    };
    std::ranges::copy_if(list.papers, std::back_inserter(out), wanted);
    return out;
}

/// RFC 4180, every field in quotes. Names and addresses are others' words: what a spreadsheet would take for a formula begins with an apostrophe.
std::string csv_row(const std::vector<std::string>& fields)
{
    std::string out;
    for (const auto& field : fields) {
        out += out.empty() ? "\"" : ",\"";
        if (field.find_first_of("=+-@\t\r") == 0) out += '\'';
        for (const char c : field) out += c == '"' ? std::string("\"\"") : std::string(1, c);
        out += "\"";
    }
    return out + "\r\n";
}

std::string csv_of(const BallotId& ballot, const std::vector<wire::PaperLine>& lines)
{
    std::string out = "serial,code,name,address,constituency\r\n";
    for (const auto& paper : lines)
        out += csv_row({std::to_string(paper.serial), ballot::scanned_text(ballot, paper.serial), paper.name.value_or(""), paper.address.value_or(""),
                        paper.constituency});
    return out;
}

/// The papers as PDF, a hundred a file. Returns the files written.
Result<std::vector<fs::path>> print(Session& session, const std::string& ballot, const std::vector<wire::PaperLine>& lines, const fs::path& folder,
                                    const std::string& stem)
{
    constexpr std::size_t most = 100;
    std::vector<fs::path> files;
    for (std::size_t from = 0; from < lines.size(); from += most) {
        std::string serials;
        const auto to = std::min(lines.size(), from + most);
        for (auto i = from; i < to; ++i) serials += (serials.empty() ? "" : ",") + std::to_string(lines[i].serial);
        session.terminal().progress("papers printed", from, lines.size());
        const auto pdf =
            session.api().value()->get_text(postal_path(ballot, "/printed?serials=" + serials + "&lang=" + std::string(name(session.lang()))));
        if (!pdf) return pdf.error();
        const auto part = lines.size() <= most ? std::string() : "-" + std::to_string(from / most + 1);
        files.push_back(folder / (stem + part + ".pdf"));
        write_private(files.back(), *pdf);
    }
    session.terminal().progress("papers printed", lines.size(), lines.size());
    return files;
}

Result<wire::PapersSentNow> record_sent(Session& session, const std::string& ballot, const std::vector<wire::PaperLine>& lines,
                                        std::optional<Date> left_on = {})
{
    wire::PapersSent message;
    for (const auto& paper : lines) message.serials.push_back(paper.serial);
    message.left_on = left_on;
    return session.api().value()->post<wire::PapersSentNow>(postal_path(ballot, "/sendings"), message);
}

std::string nothing_to_print(const wire::PaperList& list, const IssueOptions& options)
{
    if (!options.members.empty()) return "No such member is on the roll of this ballot.";
    if (options.spares) return "There is no spare paper left.";
    if (list.to_everybody || options.all) return "Every paper has been sent, or its member has voted.";
    return "Nobody who still has to vote waits for a paper: it goes to members who asked for one (walkout ballot paper) or have no e-mail address. "
           "For "
           "everybody: --all";
}

std::string issued_words(const Terminal& terminal, const wire::PaperList& list, const std::vector<wire::PaperLine>& lines,
                         const std::vector<fs::path>& files, const fs::path& csv, const IssueOptions& options)
{
    auto out = rehearsal_line(terminal, list.rehearsal) + papers(static_cast<std::int64_t>(lines.size())) + ", a page each, in:";
    for (const auto& file : files) out += "\n  " + file.string();
    out +=
        "\nNumbers, names and addresses, for the envelopes or a print house:\n  " + csv.string() + "\nA paper carries its number and never a name.";
    const auto without = std::ranges::count_if(lines, [](const wire::PaperLine& paper) { return paper.number && !paper.address; });
    if (without > 0)
        out +=
            "\n" + terminal.bold(papers(without) + " without an address: the register has none, and the member gave none. Find out where they go.");
    if (list.late_for_post && !options.spares)
        out += "\n" + terminal.bold("Fewer than seven days are left to the closing: first-class post may not be there and back in time.");
    const auto id = list.ballot.text();
    if (options.spares) return out + "\nKeep the spares under lock: they are nobody's papers until a voting code is replaced.";
    if (options.sent) return out;
    if (!list.open) out += "\n" + terminal.bold("Keep them back until the ballot is open: sending is opening.");
    return out + "\nWhen they have left: walkout postal sent " + id + " --list " + csv.string();
}

Result<Exit> issue(Session& session, const std::string& ballot, const IssueOptions& options)
{
    const auto list = paper_list(session, ballot);
    if (!list) return list.error();
    if (list->papers.empty())
        return Refusal{Kind::not_found, "papers_not_numbered",
                       "The voting papers of this ballot have no numbers yet: they get them with the voting codes.",
                       "Make the codes first: walkout codes make " + ballot};
    const auto lines = chosen(*list, options);
    if (lines.empty()) return Refusal{Kind::conflict, "nothing_to_print", nothing_to_print(*list, options)};
    const fs::path folder(options.folder);
    fs::create_directories(folder);
    const auto stem = ballot + (options.spares ? "-spare-papers" : "-papers");
    const auto csv = folder / (stem + ".csv");
    if (fs::exists(csv))
        return Refusal{Kind::invalid, "file_exists", "There is a " + csv.string() + " already, of papers issued before.", "Give another folder."};
    const auto issued = session.api().value()->post<wire::Nothing, wire::Nothing>(postal_path(ballot, "/issue"), wire::Nothing{});
    if (!issued) return issued.error();
    const auto files = print(session, ballot, lines, folder, stem);
    if (!files) return files.error();
    write_private(csv, csv_of(list->ballot, lines));
    auto words = issued_words(session.terminal(), *list, lines, *files, csv, options);
    wire::PaperList shown = *list;
    shown.papers = lines;
    if (options.sent) {
        const auto told = record_sent(session, ballot, lines);
        if (!told) return told.error();
        words += "\nRecorded as sent: " + papers(told->recorded) + "; " + std::to_string(told->sent) + " in all.";
    }
    session.show(wire::to_json(shown), words);
    return Exit::done;
}

void add_issue(Command postal, Session& session)
{
    auto command = postal.add_subcommand("issue", "Print the voting papers that go by post");
    const auto id = value<std::string>();
    const auto given = value<IssueOptions>();
    command.add_option("ballot", *id, "The ballot's id").required();
    command.add_option("-o,--output", given->folder, "Folder for the PDF and the list of addresses").required();
    auto all = command.add_flag("--all", given->all, "papers for everybody who has not voted, whether or not they asked");
    auto spares = command.add_flag("--spares", given->spares, "the spares' papers instead, to be kept under lock").excludes(all);
    command.add_option("--member", given->members, "only this member's paper, again as long as it is not recorded as sent; may be repeated")
        .one_each()
        .excludes(all)
        .excludes(spares);
    command.add_flag("--sent", given->sent, "they leave now: record the sending as well").excludes(spares);
    command.footer("With --lang cy the papers are in Welsh; the statutory words stay as enacted.");
    on_run(command, session, [&session, id, given] { return issue(session, *id, *given); });
}

// ---- sent, list ----

/// The numbers in the list that `postal issue` wrote, or in a file with one a line: the first field of each line, without its quotes.
Result<std::vector<std::int64_t>> listed(const BallotId& ballot, const std::string& file)
{
    const auto content = read_input(file);
    if (!content) return content.error();
    std::string numbers;
    for (std::size_t from = 0; from < content->size();) {
        const auto end = std::min(content->find('\n', from), content->size());
        auto field = content->substr(from, end - from);
        from = end + 1;
        field = field.substr(0, field.find(','));
        std::erase_if(field, [](char c) { return c == '"' || c == '\r'; });
        numbers += (field == "serial" ? std::string() : field) + "\n"; // the heading; a line that is wrong keeps its number
    }
    return ballot::parse_serials(ballot, numbers);
}

/// What is printed and what is asked for can differ by the time papers leave, so those that left are named: never "all that are due".
Result<Exit> sent(Session& session, const std::string& ballot, const std::vector<std::string>& serials, const std::string& file,
                  const std::string& left_on)
{
    if (serials.empty() && file.empty())
        return Refusal{Kind::invalid, "no_papers", "Say which voting papers have left.",
                       "Give the list that `postal issue` wrote: walkout postal sent " + ballot + " --list FOLDER/" + ballot +
                           "-papers.csv. Or their numbers."};
    const auto list = paper_list(session, ballot);
    if (!list) return list.error();
    std::vector<wire::PaperLine> lines;
    for (const auto& text : serials) {
        const auto serial = ballot::parse_serial(list->ballot, text);
        if (!serial) return serial.error();
        wire::PaperLine paper;
        paper.serial = *serial;
        lines.push_back(std::move(paper));
    }
    std::string nobodys;
    if (!file.empty()) {
        const auto numbers = listed(list->ballot, file);
        if (!numbers) return numbers.error();
        for (const auto serial : *numbers) {
            const auto paper = std::ranges::find(list->papers, serial, &wire::PaperLine::serial);
            if (paper != list->papers.end() && !paper->number) { // replaced or withdrawn since it was printed
                nobodys += " " + std::to_string(serial);
                continue;
            }
            auto& line = lines.emplace_back();
            line.serial = serial;
        }
    }
    if (lines.empty())
        return Refusal{Kind::conflict, "no_papers", "No paper of this list is to be sent: each was replaced or withdrawn, or is a spare.",
                       "Print the others: walkout postal issue " + ballot};
    const auto told = record_sent(session, ballot, lines, parse_date(left_on));
    if (!told) return told.error();
    auto words = "Recorded as sent: " + papers(told->recorded) + "; " + std::to_string(told->sent) + " in all.";
    if (!nobodys.empty())
        words += "\n" + session.terminal().bold("Nobody's any more, and not recorded; keep them back if you still have them:") + nobodys;
    session.show(wire::to_json(*told), words);
    return Exit::done;
}

void add_sent(Command postal, Session& session)
{
    auto command = postal.add_subcommand("sent", "Record that voting papers have left: those of a list, or those named");
    const auto id = value<std::string>();
    const auto serials = value<std::vector<std::string>>();
    const auto file = value<std::string>();
    command.add_option("ballot", *id, "The ballot's id").required();
    auto named = command.add_option("serials", *serials, "numbers of papers, as typed or scanned");
    const auto left_on = value<std::string>();
    command.add_option("--on", *left_on, "the day they left, where it was before today").check(is_date());
    command.add_option("--list", *file, "the list that postal issue wrote beside the papers, or a file (or -) with a number a line").excludes(named);
    on_run(command, session, [&session, id, serials, file, left_on] { return sent(session, *id, *serials, *file, *left_on); });
}

std::string line_words(const wire::PaperLine& paper)
{
    auto out = std::to_string(paper.serial) + "  ";
    if (paper.revoked) out += "void: replaced or withdrawn";
    else if (!paper.number) out += "spare";
    else out += *paper.number + "  " + paper.name.value_or("");
    if (paper.sent_at) out += "  (sent " + text(*paper.sent_at) + ")";
    else if (paper.due && !paper.returned) out += "  (to be sent)";
    return out;
}

void add_list(Command postal, Session& session)
{
    auto command = postal.add_subcommand("list", "Every numbered paper: whose it is, and whether it was sent");
    const auto id = value<std::string>();
    command.add_option("ballot", *id, "The ballot's id").required();
    on_run(command, session, [&session, id]() -> Result<Exit> {
        const auto list = paper_list(session, *id);
        if (!list) return list.error();
        auto out = rehearsal_line(session.terminal(), list->rehearsal) + session.terminal().bold(list->title);
        for (const auto& paper : list->papers) out += "\n  " + line_words(paper);
        if (list->papers.empty()) out += "\n  No paper is numbered yet: walkout codes make " + *id;
        session.show(wire::to_json(*list), out);
        return Exit::done;
    });
}

} // namespace

std::string postal_path(const std::string& ballot, std::string_view rest)
{
    return "/api/v1/ballots/" + segment(ballot) + "/postal" + std::string(rest);
}

Result<wire::PostalState> postal_state(Session& session, const std::string& ballot)
{
    const auto api = session.api();
    if (!api) return api.error();
    return (*api)->get<wire::PostalState>(postal_path(ballot));
}

Result<std::string> read_input(const std::string& file_or_dash)
{
    if (file_or_dash != "-") return read_file(file_or_dash);
    return std::string(std::istreambuf_iterator<char>(std::cin), {});
}

std::string papers(std::int64_t count) { return count == 1 ? "1 paper" : std::to_string(count) + " papers"; }

void add_postal_commands(Command app, Session& session)
{
    auto postal = app.add_subcommand("postal", "Voting papers by post: issue, record, transcribe (scrutineer)");
    postal.require_subcommand();
    add_issue(postal, session);
    add_sent(postal, session);
    add_list(postal, session);
    add_postal_return_commands(postal, session);
    add_postal_transcribe_command(postal, session);
}

} // namespace walkout::cli
