// codes make | vault | send: the scrutineer's voting codes (protocol.md 5.1). They are made here and never reach the server. What becomes of them afterwards is
// in replace_command.

#include "client/cli/codes_command.hpp"

#include "client/cli/key_command.hpp"
#include "client/cli/parallel.hpp"
#include "client/cli/replace_command.hpp"
#include "client/cli/vault.hpp"
#include "shared/ballot/postal.hpp"
#include "shared/ballot/voting_paper.hpp"
#include "shared/crypto/ed25519.hpp"
#include "shared/protocol/credential.hpp"
#include "shared/protocol/election.hpp"
#include "shared/protocol/spoken.hpp"
#include "shared/protocol/trustees.hpp"
#include "shared/protocol/voting_paper_json.hpp"
#include "shared/wire/ballot_messages.hpp"
#include "shared/wire/client_files.hpp"
#include "shared/wire/postal_messages.hpp"
#include "shared/wire/rfc5322.hpp"
#include "shared/wire/vote_messages.hpp"

#include <algorithm>
#include <chrono>

namespace walkout::cli {
namespace {

namespace fs = std::filesystem;
using wire::VaultFile;

struct Options {
    std::string ballot;
    std::string passphrase_file;
    std::string copy;
    std::string outbox;
    std::string from;
    std::string member;
    std::string to;
    bool yes = false;
};

std::string ballot_path(const std::string& ballot, std::string_view rest) { return "/api/v1/ballots/" + segment(ballot) + "/" + std::string(rest); }

/// New codes for everybody entitled, and spares.
VaultFile make_codes(const wire::SetupMaterial& material, Random& random)
{
    VaultFile vault{material.ballot.text(),
                    material.title,
                    material.rehearsal,
                    words(Zone::find(material.zone).value_or(*Zone::find("Europe/London")).wall(material.closes)) + ", " + material.zone,
                    {}};
    for (const auto& constituency : material.constituencies) {
        auto& out = vault.constituencies.emplace_back(wire::VaultConstituency{constituency.id.text(), constituency.name, {}, {}});
        for (const auto& member : constituency.entitled)
            out.live.push_back({member.number, member.name, member.email, std::string(protocol::VotingCode::make(random).reveal())});
        for (std::int64_t i = 0; i < constituency.spares; ++i)
            out.spares.push_back({"", "", "", std::string(protocol::VotingCode::make(random).reveal())});
    }
    return vault;
}

/// The vault made earlier still fits: the same people in the same constituencies.
bool fits(const VaultFile& vault, const wire::SetupMaterial& material)
{
    return std::ranges::equal(vault.constituencies, material.constituencies, [](const auto& have, const auto& want) {
        return have.id == want.id.text() && static_cast<std::int64_t>(have.spares.size()) == want.spares &&
               std::ranges::equal(have.live, want.entitled, {}, &wire::VaultCode::number, &wire::Addressee::number);
    });
}

/// The public half of one constituency: everything in it is computed here from what this machine made or checked.
wire::ConstituencySetup set_up(const wire::SetupMaterial& material, const Group& group, const Element& key, const ConstituencyId& id,
                               const wire::VaultConstituency& codes)
{
    std::vector<const wire::VaultCode*> all;
    for (const auto& code : codes.live) all.push_back(&code);
    for (const auto& code : codes.spares) all.push_back(&code);
    std::vector<Element> credentials(all.size());
    run_on_all_cores(all.size(), [&](std::size_t i) {
        credentials[i] = protocol::derive_credential(group, protocol::VotingCode::parse(all[i]->code).value(), id.text()).public_key;
    });
    std::vector<protocol::Question> questions;
    for (const auto& q : material.questions)
        questions.push_back({q.answers, false, static_cast<unsigned>(q.min), static_cast<unsigned>(q.max), q.question});
    wire::ConstituencySetup out{id,
                                protocol::make_election(material.description, material.name, group, key, std::move(questions), id.text()).bytes,
                                protocol::write_credentials(group, credentials),
                                {},
                                {},
                                {}};
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (i < codes.live.size()) out.live.push_back({all[i]->number, group.text(credentials[i])});
        else out.spares.push_back(group.text(credentials[i]));
    }
    return out;
}

/// What the scrutineer is about to sign for must be what the voting paper says.
Result<void> check_material(const wire::SetupMaterial& material)
{
    const auto bound = ballot::paper_hash_in(material.description);
    if (!bound || *bound != sha256(material.voting_paper))
        return Refusal{Kind::invalid, "paper_not_bound", "The election description does not bind the voting paper that came with it.",
                       "Do not go on. Ask the server's operator."};
    const auto paper = protocol::parse_voting_paper(material.voting_paper);
    if (!paper) return paper.error();
    const auto text = ballot::election_text(*paper, *bound);
    const auto same_question = [](const wire::ElectionQuestion& have, const ballot::ElectionText::Question& want) {
        return have.question == want.question && have.answers == want.answers && have.min == want.min && have.max == want.max;
    };
    if (material.name != text.name || material.description != text.description ||
        !std::ranges::equal(material.questions, text.questions, same_question))
        return Refusal{Kind::invalid, "paper_not_bound", "The election asks something else than its voting paper.",
                       "Do not go on. Ask the server's operator."};
    return {};
}

/// The trustees' certificates, to be compared with the words read aloud at the ceremony: a server that put in trustees of its own could read
/// every vote.
Result<void> confirm_trustees(Session& session, const Options& options, const Group& group, const protocol::Trustees& trustees)
{
    auto& terminal = session.terminal();
    terminal.say("The votes will be encrypted to these trustees. Are these the words they read aloud?\n");
    for (const auto& entry : trustees.entries)
        for (std::size_t i = 0; entry.pedersen && i < entry.pedersen->certificates.size(); ++i)
            terminal.say("  trustee " + std::to_string(i + 1) + ":  " +
                         protocol::spoken_fingerprint(protocol::write_signed(group, entry.pedersen->certificates[i])));
    if (options.yes) return {};
    const auto agreed = terminal.confirm("\nDo all of them match?", "--yes");
    if (!agreed) return agreed.error();
    if (*agreed) return {};
    return Refusal{Kind::invalid, "not_confirmed", "You did not confirm the trustees.", "Find out whose words differ before any code is made."};
}

Result<Exit> make(Session& session, const Options& options)
{
    const auto api = session.api();
    if (!api) return api.error();
    const auto key = load_signing_key(session.folders());
    if (!key) return key.error();
    const auto material = (*api)->get<wire::SetupMaterial>(ballot_path(options.ballot, "setup"));
    if (!material) return material.error();
    if (const auto checked = check_material(*material); !checked) return checked.error();
    const auto* group = Group::find(material->group);
    if (group == nullptr) return Refusal{Kind::invalid, "unknown_group", "This ballot uses a group that this program does not know."};
    const auto trustees = protocol::parse_trustees(*group, material->trustees);
    if (!trustees) return trustees.error();
    if (const auto confirmed = confirm_trustees(session, options, *group, *trustees); !confirmed) return confirmed.error();
    const auto locked = vault_file(session, options.ballot);
    const auto secret = passphrase(session, options.passphrase_file, !locked.exists());
    if (!secret) return secret.error();
    VaultFile vault;
    if (locked.exists()) {
        auto existing = locked.open(*secret);
        if (!existing) return existing.error();
        vault = *std::move(existing);
    }
    if (!fits(vault, *material)) {
        vault = make_codes(*material, session.random());
        locked.write(vault, *secret, session.random()); // before the server hears of them
    }
    wire::Setup setup;
    std::int64_t count = 0, spares = 0;
    for (std::size_t i = 0; i < material->constituencies.size(); ++i) {
        const auto& codes = vault.constituencies[i];
        session.terminal().say("Making credentials for " + codes.name + " …");
        setup.constituencies.push_back(set_up(*material, *group, trustees->election_key, material->constituencies[i].id, codes));
        count += static_cast<std::int64_t>(codes.live.size());
        spares += static_cast<std::int64_t>(codes.spares.size());
    }
    std::vector<std::size_t> papers;
    for (const auto& one : setup.constituencies) papers.push_back(one.live.size() + one.spares.size());
    auto numbers = ballot::draw_paper_numbers(papers, session.random());
    for (std::size_t i = 0; i < numbers.size(); ++i) setup.constituencies[i].papers = std::move(numbers[i]);
    setup.signature = hex(key->sign(wire::setup_text(material->ballot, setup.constituencies)));
    const auto done = (*api)->post<wire::Nothing>(ballot_path(options.ballot, "setup"), setup);
    if (!done) return done.error();
    session.show(wire::to_json(*done), std::to_string(count) + " voting codes and " + std::to_string(spares) + " spares are made. They are in " +
                                           locked.path.string() +
                                           ",\nunder your passphrase, and nowhere else. The server has their public halves only.\n"
                                           "Next, a second copy on another disk: walkout codes vault " +
                                           options.ballot + " --copy FILE");
    return Exit::done;
}

Result<Exit> vault(Session& session, const Options& options)
{
    const auto api = session.api();
    if (!api) return api.error();
    const auto locked = vault_file(session, options.ballot);
    const auto original = read_secret_file(locked.path);
    if (!original) return original.error();
    const auto secret = passphrase(session, options.passphrase_file, false);
    if (!secret) return secret.error();
    const auto mine = locked.open(*secret);
    if (!mine) return mine.error();
    const fs::path copy_path(options.copy);
    if (fs::exists(copy_path) && fs::equivalent(copy_path, locked.path))
        return Refusal{Kind::invalid, "same_file", "That is the vault itself, not a copy of it."};
    if (!fs::exists(copy_path)) write_private(copy_path, original->reveal());
    const auto copy = LockedFile<VaultFile>{copy_path, vault_magic}.open(*secret); // read back: a copy nobody has opened is a hope
    if (!copy) return copy.error();
    if (!wire::to_secret_json(*copy).matches(wire::to_secret_json(*mine)))
        return Refusal{Kind::conflict, "copy_differs", options.copy + " holds other codes than your vault.", "Give another file name for the copy."};
    const auto done = (*api)->post<wire::Nothing, wire::Nothing>(ballot_path(options.ballot, "vault-verified"), wire::Nothing{});
    if (!done) return done.error();
    session.show(wire::to_json(*done), "The copy opens and holds the same codes. Keep it away from this machine.");
    return Exit::done;
}

struct Letter {
    const VaultFile& vault;
    std::string server;
    std::string from;
    bool sign_in = false;
    fs::path outbox;
    std::string closes;                           ///< in words, after any extension
    std::map<std::string, std::int64_t> papers{}; ///< numbers of voting papers, by member

    std::string body(const CurrentCode& member) const
    {
        const auto program = "    walkout --server " + server + " ";
        return "Dear " + member.name + ",\n\nYour voting code in the ballot \"" + vault.title + "\":\n\n    " + member.code->code + "\n\n" +
               (member.batch > 0 ? "An earlier code, if you had one, does not work any more: use this one only.\n" : "") +
               "It is yours alone: do not show it to anybody, and do not forward this message.\n" + paper_number(member.number) +
               "Voting closes at " + closes + ".\n\nTo vote, on a machine with the walkout program:\n\n" + (sign_in ? program + "login\n" : "") +
               program + "ballot vote " + vault.ballot +
               "\n\nYour vote is encrypted on your own machine. Nobody, not even the scrutineer,\ncan see how you voted.\n"
               "To vote by post instead, ask for a paper: walkout ballot paper " +
               vault.ballot + "\nFor anything else answer this message.\n";
    }

    /// TULRCA s.229(1A)(d): it is the paper's number on whichever channel it is returned.
    std::string paper_number(const std::string& member) const
    {
        const auto found = papers.find(member);
        return found == papers.end() ? "" : "The number of your voting paper is " + std::to_string(found->second) + ".\n";
    }

    /// The file's name follows from member, code and any other address, so that sending again replaces instead of doubling.
    void write(const CurrentCode& member, const std::string& to) const
    {
        const auto id = hex(sha256(vault.ballot + "|" + member.number + (member.batch > 0 ? "|" + std::to_string(member.batch) : "") +
                                   (to == member.email ? "" : "|" + to)))
                            .substr(0, 24);
        const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
        const mail::Message message{id, to, "Your voting code: " + vault.title, body(member), now, vault.rehearsal};
        write_private(outbox / (id + ".eml"), mail::rfc5322(message, from));
    }
};

/// The same code again to one member, at their address or a corrected one; after a change, the new one.
Result<Exit> send_one(Session& session, const Options& options, const Letter& letter, const std::vector<CurrentCode>& codes)
{
    const auto member = std::ranges::find(codes, options.member, &CurrentCode::number);
    if (member == codes.end())
        return Refusal{Kind::not_found, "not_on_roll", "There is no voting code for member " + options.member + ".",
                       "Check the number. If they are entitled late: walkout codes replace " + options.ballot + " --late " + options.member};
    const auto& to = options.to.empty() ? member->email : options.to;
    if (to.find('@') == std::string::npos)
        return Refusal{Kind::invalid, "no_address", "Member " + options.member + " has no e-mail address.", "Give one with --to, or write a letter."};
    letter.write(*member, to);
    const auto told = session.api().value()->post<wire::Nothing>(ballot_path(options.ballot, "resendings"), wire::CodeOf{options.member});
    if (!told) return told.error();
    session.show(wire::to_json(*told),
                 "The voting code of member " + options.member + " is in " + options.outbox + " as a mail to " + to +
                     (member->batch > 0 ? ".\nIt is the one of batch " + std::to_string(member->batch) + ": the old one is dead."
                                        : ".\nIt is the same code as before: nothing was replaced."));
    return Exit::done;
}

Result<Exit> send_all(Session& session, const Options& options, const Letter& letter, const std::vector<CurrentCode>& codes)
{
    wire::Sending sending;
    std::int64_t without = 0, done = 0;
    const auto total = static_cast<std::int64_t>(codes.size());
    for (const auto& member : codes) {
        session.terminal().progress("codes sent", static_cast<std::uint64_t>(++done), static_cast<std::uint64_t>(total));
        if (member.email.empty()) {
            ++without;
            continue;
        }
        letter.write(member, member.email);
        ++sending.sent;
    }
    const auto mails = sending.sent;
    for (const auto& constituency : letter.vault.constituencies) // a code that was withdrawn is not owed to anybody any more
        for (const auto& code : constituency.live)
            if (!code.email.empty() && std::ranges::find(codes, code.number, &CurrentCode::number) == codes.end()) ++sending.sent;
    const auto told = session.api().value()->post<wire::Nothing>(ballot_path(options.ballot, "sendings"), sending);
    if (!told) return told.error();
    session.show(wire::to_json(sending),
                 std::to_string(mails) + " of " + std::to_string(total) + " codes are in " + options.outbox + " as mails." +
                     (without > 0 ? "\n" + std::to_string(without) + " members have no e-mail address: they need a letter." : ""));
    return Exit::done;
}

Result<Exit> send(Session& session, const Options& options)
{
    const auto api = session.api();
    if (!api) return api.error();
    const auto view = (*api)->get<wire::BallotView>("/api/v1/ballots/" + segment(options.ballot));
    if (!view) return view.error();
    if (view->phase != ballot::Phase::open)
        return Refusal{Kind::not_open, "ballot_not_open", "No voting code may leave before the ballot is open: sending is opening.",
                       "Wait for the opening instant and both signatures: walkout ballot show " + options.ballot};
    if (std::ranges::none_of(view->methods, [](law::Method method) { return method == law::Method::online || method == law::Method::hybrid; }))
        return Refusal{Kind::conflict, "by_post_only", "This ballot is held by post: no voting code leaves, papers do.",
                       "Print them: walkout postal issue " + options.ballot};
    if (const auto may = (*api)->post<wire::Nothing>(ballot_path(options.ballot, "sendings"), wire::Sending{}); !may) return may.error();
    const auto changes = (*api)->get<wire::CodeChanges>(ballot_path(options.ballot, "replacements"));
    if (!changes) return changes.error();
    const auto secret = passphrase(session, options.passphrase_file, false);
    if (!secret) return secret.error();
    const auto vault = vault_file(session, options.ballot).open(*secret);
    if (!vault) return vault.error();
    const auto codes = current_codes(session, *vault, *changes);
    if (!codes) return codes.error();
    const auto server = session.server_url();
    if (!server) return server.error();
    const auto zone = Zone::find(view->zone);
    const auto closes = zone ? words(zone->wall(view->closes_at)) + ", " + view->zone : text(view->closes_at);
    Letter letter{*vault, *server, options.from, view->second_factor == ballot::SecondFactor::sign_in, options.outbox, closes};
    const auto numbered = (*api)->get<wire::PaperList>(ballot_path(options.ballot, "postal/papers"));
    if (!numbered) return numbered.error();
    for (const auto& paper : numbered->papers)
        if (paper.number) letter.papers.emplace(*paper.number, paper.serial);
    return options.member.empty() ? send_all(session, options, letter, *codes) : send_one(session, options, letter, *codes);
}

} // namespace

void add_codes_commands(Command app, Session& session)
{
    auto codes = app.add_subcommand("codes", "Make, keep and send the voting codes (scrutineer)").require_subcommand();
    const auto add = [&](const char* name, const char* help, Result<Exit> (*run)(Session&, const Options&)) {
        auto command = codes.add_subcommand(name, help);
        auto options = value<Options>();
        command.add_option("ballot", options->ballot, "The ballot's id").required();
        command.add_option("--passphrase-file", options->passphrase_file, "File (or -) whose first line is the passphrase of the vault");
        on_run(command, session, [&session, options, run] { return run(session, *options); });
        return std::pair(command, options);
    };
    const auto [make_command, make_options] = add("make", "Make every voting code on this machine and publish the public halves", make);
    make_command.add_flag("--yes", make_options->yes, "The trustees' words have been compared");
    const auto [vault_command, vault_options] = add("vault", "Make or check the second copy of the vault, which opening requires", vault);
    vault_command.add_option("--copy", vault_options->copy, "Where the second copy is or shall be").required();
    const auto [send_command, send_options] = add("send", "Send each member their code, or one member theirs again", send);
    send_command.add_option("--outbox", send_options->outbox, "Folder to write the mails to, one .eml file each").required();
    send_command.add_option("--from", send_options->from, "Your address, which members may answer to").required();
    auto member = send_command.add_option("--member", send_options->member, "Only this member: the code they hold now");
    send_command.add_option("--to", send_options->to, "With --member: the address to send it to instead of theirs").needs(member);
    add_replacement_commands(codes, session);
}

} // namespace walkout::cli
