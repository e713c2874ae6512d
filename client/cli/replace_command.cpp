// codes replace | changes | incident | destroy: what becomes of voting codes after they were made (protocol.md 5.1).

#include "client/cli/replace_command.hpp"

#include "client/cli/key_command.hpp"
#include "client/cli/options.hpp"
#include "client/cli/vault.hpp"
#include "shared/wire/ballot_messages.hpp"
#include "shared/wire/conduct_messages.hpp"
#include "shared/wire/vote_messages.hpp"

#include <algorithm>
#include <chrono>

namespace walkout::cli {
namespace {

namespace fs = std::filesystem;

std::string ballot_path(const std::string& ballot, std::string_view rest) { return "/api/v1/ballots/" + segment(ballot) + "/" + std::string(rest); }

std::shared_ptr<std::string> add_ballot_id(Command command)
{
    auto id = value<std::string>();
    command.add_option("ballot", *id, "The ballot's id").required();
    return id;
}

// ---- replace ----

struct ReplaceOptions {
    std::string passphrase_file;
    std::vector<std::string> members, late, withdrawn;
    std::string reason;
};

Result<wire::ProposedChanges> wanted(const std::string& ballot, const ReplaceOptions& options)
{
    wire::ProposedChanges out;
    const auto reason = from_name<ballot::ChangeReason>(options.reason);
    if (!options.members.empty() && (!reason || ballot::change_for(*reason) != ballot::CodeChange::replace))
        return Refusal{Kind::invalid, "no_reason",
                       options.reason.empty()
                           ? "A voting code is replaced for a reason: --reason lost, misdirected, disclosed or unreadable."
                           : "\"" + options.reason + "\" is no reason to replace a voting code; lost, misdirected, disclosed and unreadable are.",
                       "A code that has not arrived is sent again: walkout codes send " + ballot + " --member " + options.members.front() +
                           " --to ADDRESS --outbox FOLDER --from YOU"};
    for (const auto& number : options.members) out.changes.push_back({number, *reason});
    for (const auto& number : options.late) out.changes.push_back({number, ballot::ChangeReason::late_entitlement});
    for (const auto& number : options.withdrawn) out.changes.push_back({number, ballot::ChangeReason::not_entitled});
    return out;
}

/// Before anybody signs: every spare of the batch is one whose code this vault holds.
Result<void> check_spares(const wire::VaultFile& vault, const Group& group, const wire::ChangeBatch& batch)
{
    for (const auto& constituency : vault.constituencies) {
        std::map<std::string, const wire::VaultCode*> spares;
        for (const auto& change : batch.changes) {
            if (change.constituency.text() != constituency.id || !change.credential_in) continue;
            if (spares.empty()) spares = spares_by_credential(group, constituency);
            if (spares.erase(*change.credential_in) == 0)
                return Refusal{Kind::invalid, "not_in_vault",
                               "The server proposes a spare code for member " + change.number + " that is not in your vault.",
                               "Do not sign this batch. Ask the server's operator."};
        }
    }
    return {};
}

std::string change_words(const wire::CodeChangeLine& change)
{
    const auto who = change.number + "  " + change.name + "  (" + change.constituency_name + "): ";
    switch (ballot::change_for(change.reason)) {
    case ballot::CodeChange::replace: return who + "code replaced, because it is " + std::string(ballot::in_words(change.reason));
    case ballot::CodeChange::activate: return who + "entitled late, gets a spare code";
    case ballot::CodeChange::revoke: return who + "not entitled, code withdrawn";
    }
    return who;
}

std::string batch_words(const Terminal& terminal, const wire::ChangeBatch& batch)
{
    auto out = terminal.bold("Batch " + std::to_string(batch.batch)) + (batch.done ? ": made\n" : ": waits for two signatures\n");
    for (const auto& change : batch.changes) out += "  " + change_words(change) + "\n";
    return out + terminal.dim("  SHA-256 " + batch.object);
}

Result<Exit> replace(Session& session, const std::string& ballot, const ReplaceOptions& options)
{
    const auto message = wanted(ballot, options);
    if (!message) return message.error();
    const auto api = session.api();
    if (!api) return api.error();
    const auto locked = vault_file(session, ballot);
    if (!locked.exists())
        return Refusal{Kind::not_found, "no_vault", "There is no vault of this ballot on this machine.",
                       "Copy the second copy to " + locked.path.string() + ". Where both are lost, a replacement is a voting paper by post."};
    const auto secret = passphrase(session, options.passphrase_file, false);
    if (!secret) return secret.error();
    const auto vault = locked.open(*secret);
    if (!vault) return vault.error();
    const auto state = (*api)->get<wire::CodeChanges>(ballot_path(ballot, "replacements"));
    if (!state) return state.error();
    const auto* group = Group::find(state->group);
    if (group == nullptr) return Refusal{Kind::invalid, "unknown_group", "This ballot uses a group that this program does not know."};
    const auto batch = (*api)->post<wire::ChangeBatch>(ballot_path(ballot, "replacements"), *message);
    if (!batch) return batch.error();
    if (const auto checked = check_spares(*vault, *group, *batch); !checked) return checked.error();
    session.show(wire::to_json(*batch), rehearsal_line(session.terminal(), state->rehearsal) + batch_words(session.terminal(), *batch) +
                                            "\nNothing has changed yet. You and a second person sign: walkout ballot approve " + ballot +
                                            " replace\nThen send the new codes: walkout codes send " + ballot + " --member NUMBER …");
    return Exit::done;
}

void add_replace(Command codes, Session& session)
{
    auto command = codes.add_subcommand("replace", "Propose new codes for members whose code is lost, or spare codes for members entitled late");
    const auto id = add_ballot_id(command);
    const auto given = value<ReplaceOptions>();
    command.add_option("--member", given->members, "a member whose unused code dies and who gets a spare one; may be repeated").one_each();
    command.add_option("--reason", given->reason, "why: lost, misdirected (it went to somebody else), disclosed or unreadable");
    command.add_option("--late", given->late, "a member of the register who is entitled after all; may be repeated").one_each();
    command.add_option("--withdraw", given->withdrawn, "a member who is not entitled, whose unused code dies; may be repeated").one_each();
    command.add_option("--passphrase-file", given->passphrase_file, "File (or -) whose first line is the passphrase of the vault");
    command.footer("A code that has not arrived is not replaced but sent again: walkout codes send ID --member NUMBER --to ADDRESS …");
    on_run(command, session, [&session, id, given] { return replace(session, *id, *given); });
}

// ---- changes, incident ----

std::string state_words(const Terminal& terminal, const wire::CodeChanges& state)
{
    auto out = rehearsal_line(terminal, state.rehearsal) + terminal.bold(state.title) + "  " + terminal.dim(state.ballot.text()) + "\n";
    for (const auto& batch : state.batches) out += batch_words(terminal, batch) + "\n";
    if (state.batches.empty()) out += "No voting code has been changed.\n";
    for (const auto& spares : state.spares)
        out += spares.name + ": " + std::to_string(spares.left) + " of " + std::to_string(spares.made) + " spare codes left\n";
    return out + "Members who say that somebody else voted with their code: " + std::to_string(state.incidents);
}

void add_changes(Command codes, Session& session)
{
    auto command = codes.add_subcommand("changes", "Every change of voting codes so far, the one that waits for signatures, and the spares left");
    const auto id = add_ballot_id(command);
    on_run(command, session, [&session, id]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        const auto state = (*api)->get<wire::CodeChanges>(ballot_path(*id, "replacements"));
        if (!state) return state.error();
        session.show(wire::to_json(*state), state_words(session.terminal(), *state));
        return Exit::done;
    });
}

void add_incident(Command codes, Session& session)
{
    auto command = codes.add_subcommand("incident", "Record that a member did not cast the vote under their code; the vote stays");
    const auto id = add_ballot_id(command);
    const auto member = value<std::string>();
    command.add_option("--member", *member, "the member's number").required();
    on_run(command, session, [&session, id, member]() -> Result<Exit> {
        const auto api = session.api();
        if (!api) return api.error();
        const auto message = wire::to_json(wire::CodeIncident{*member});
        const auto counted = (*api)->post_raw<wire::BallotIncidentList>(ballot_path(*id, "incidents/code"), message); // told twice is told once
        if (!counted) return counted.error();
        session.show(wire::to_json(*counted),
                     "Recorded; it is incident " + std::to_string(counted->codes) +
                         " of this kind in this ballot. The vote stays: tell the member that what was returned first counts,\n"
                         "that nobody can see how it was cast, and that your report will count the incident.");
        return Exit::done;
    });
}

// ---- destroy ----

struct DestroyOptions {
    std::vector<std::string> copies;
    std::string output;
    bool yes = false;
};

Result<std::string> hash_of_file(const fs::path& file)
{
    const auto content = read_secret_file(file);
    if (!content) return content.error();
    return hex(sha256(content->reveal()));
}

/// Every file that is to go, checked to be this very vault.
Result<std::vector<fs::path>> files_to_destroy(const fs::path& vault, const std::string& hash, const std::vector<std::string>& copies)
{
    std::vector<fs::path> out;
    for (const auto& copy : copies) {
        if (!fs::exists(copy)) continue; // destroyed by an earlier attempt
        const auto found = hash_of_file(copy);
        if (!found) return found.error();
        if (*found != hash)
            return Refusal{Kind::invalid, "not_a_copy", copy + " is not a copy of this ballot's vault.",
                           "Nothing was destroyed. Check the file's name."};
        if (!fs::exists(vault) || !fs::equivalent(copy, vault)) out.emplace_back(copy);
    }
    if (fs::exists(vault)) out.push_back(vault); // last: while it is there, the command can be repeated
    return out;
}

/// The statement that was signed when destroying began, or a new one.
Result<wire::VaultDestroyed> statement_about(Session& session, const BallotId& ballot, const fs::path& vault, const fs::path& kept,
                                             const DestroyOptions& options)
{
    if (fs::exists(kept)) {
        const auto content = read_file(kept);
        if (!content) return content.error();
        return wire::from_json<wire::VaultDestroyed>(*content);
    }
    const auto key = load_signing_key(session.folders());
    if (!key) return key.error();
    const auto hash = hash_of_file(vault);
    if (!hash) return hash.error();
    wire::VaultDestroyed statement{ballot,
                                   *hash,
                                   1 + static_cast<std::int64_t>(options.copies.size()),
                                   std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()),
                                   hex(key->public_key()),
                                   {}};
    statement.signature = hex(key->sign(wire::vault_destroyed_text(statement)));
    return statement;
}

Result<void> confirm_destroying(Session& session, const std::string& ballot, const std::vector<fs::path>& files, bool yes)
{
    if (yes || files.empty()) return {};
    auto& terminal = session.terminal();
    for (const auto& file : files) terminal.say("  " + file.string());
    const auto agreed = terminal.confirm("Destroy these files, the voting codes of " + ballot + ", for good? Type yes: ", "--yes");
    if (!agreed) return agreed.error();
    if (*agreed) return {};
    return Refusal{Kind::invalid, "not_destroyed", "Nothing was destroyed.", "Run the command again when you agree."};
}

Result<Exit> destroy(Session& session, const std::string& id, const DestroyOptions& options)
{
    const auto api = session.api();
    if (!api) return api.error();
    const auto view = (*api)->get<wire::BallotView>("/api/v1/ballots/" + segment(id));
    if (!view) return view.error();
    if (view->phase != ballot::Phase::declared && view->phase != ballot::Phase::abandoned)
        return Refusal{Kind::conflict, "result_not_declared", "The voting codes are kept until the result is declared.",
                       "The ballot is " + std::string(name(view->phase)) + ": wait for the declaration."};
    const auto vault = vault_file(session, id).path;
    const auto kept = session.folders().state / "statements" / (id + ".vault-destroyed.json");
    const auto statement = statement_about(session, view->id, vault, kept, options);
    if (!statement) return statement.error();
    const auto files = files_to_destroy(vault, statement->vault, options.copies);
    if (!files) return files.error();
    if (const auto agreed = confirm_destroying(session, id, *files, options.yes); !agreed) return agreed.error();
    const auto json = wire::to_json(*statement);
    write_private(kept, json);
    for (const auto& file : *files) destroy_file(file, session.random());
    if (!options.output.empty()) write_private(options.output, json + "\n");
    const auto told = (*api)->post<wire::Nothing>(ballot_path(id, "vault-destroyed"), *statement);
    if (!told) return told.error();
    session.show(json, "The voting codes of " + id + " are destroyed: " + std::to_string(statement->copies) +
                           (statement->copies == 1 ? " file" : " files") +
                           ", overwritten and removed.\nYour signed statement is published: " + wire::vault_destroyed_text(*statement) +
                           "\nA backup or a disk of the kind that moves what it overwrites may still hold the files, under your passphrase.");
    return Exit::done;
}

void add_destroy(Command codes, Session& session)
{
    auto command = codes.add_subcommand("destroy", "After the declaration: destroy the vault and its copies, with a signed statement");
    const auto id = add_ballot_id(command);
    const auto given = value<DestroyOptions>();
    command.add_option("--copy", given->copies, "the second copy, to be destroyed with it; may be repeated").one_each();
    command.add_option("-o,--output", given->output, "a file for the signed statement, which is published in any case");
    command.add_flag("--yes", given->yes, "do not ask");
    on_run(command, session, [&session, id, given] { return destroy(session, *id, *given); });
}

} // namespace

void add_replacement_commands(Command codes, Session& session)
{
    add_replace(codes, session);
    add_changes(codes, session);
    add_incident(codes, session);
    add_destroy(codes, session);
}

} // namespace walkout::cli
