#include "client/cli/archive_file.hpp"

#include "client/cli/parallel.hpp"
#include "shared/crypto/ed25519.hpp"
#include "shared/protocol/head.hpp"
#include "shared/wire/client_files.hpp"
#include "shared/wire/people_messages.hpp"
#include "shared/wire/vote_messages.hpp"

#include <fstream>

namespace walkout::cli {
namespace {

protocol::VerifyOptions options(Session& session, std::function<void(std::string_view)> on_ballot)
{
    protocol::VerifyOptions out;
    out.run = run_on_all_cores;
    out.on_ballot = std::move(on_ballot);
    out.on_progress = [&session](std::uint64_t ballots) { session.terminal().progress("ballots verified", ballots, 0); };
    return out;
}

std::filesystem::path seen_file(Session& session, const std::string& election)
{
    return session.folders().state / "heads" / (hex(bytes_of(election)) + ".json"); // φ is Base64 and so no file name
}

Refusal evidence(const char* code, const std::string& why)
{
    return {Kind::invalid, code, why, "Keep the receipts and archives you have and tell the scrutineer: this is evidence."};
}

/// The head the server signed, checked against the archive it sends with it and against what this machine saw before.
Result<void> check_head(Session& session, const wire::BoardHead& head, const std::string& board_key, const FetchedArchive& fetched,
                        const std::vector<std::string>& events)
{
    const auto key = parse_public_key(board_key);
    const auto signature = parse_signature(head.signature);
    const protocol::Head claim{head.election, static_cast<std::uint64_t>(head.height), head.event, head.register_hash, head.audit_hash, head.batch};
    if (!key || !signature || !verify_signature(*key, protocol::head_text(claim), *signature))
        return evidence("head_signature", "The board's head is not signed with the key on the voting paper.");
    if (!fetched.verification.election || fetched.verification.election->fingerprint != head.election)
        return evidence("head_mismatch", "The signed head is of another election than the archive sent with it.");
    if (claim.height + 1 != events.size() || events.back() != head.event)
        return evidence("head_mismatch", "The archive is not the one whose head the server signed.");
    const auto file = seen_file(session, head.election);
    if (std::filesystem::exists(file)) {
        const auto content = read_file(file);
        const auto seen = content ? wire::from_json<wire::SeenHead>(*content) : Result<wire::SeenHead>(content.error());
        if (seen && (static_cast<std::size_t>(seen->height) >= events.size() || events[static_cast<std::size_t>(seen->height)] != seen->event))
            return evidence("board_changed", "The board no longer holds what it held when you last looked.");
    }
    write_private(file, wire::to_json(wire::SeenHead{head.height, head.event})); // which extends what was seen: it is never lowered
    return {};
}

} // namespace

std::vector<std::string> event_hashes(protocol::ArchiveReader::Source source)
{
    std::vector<std::string> out;
    protocol::ArchiveReader reader(std::move(source));
    if (!reader.read_header()) return out;
    for (;;) {
        const auto record = reader.next();
        if (!record || !*record) return out;
        if ((*record)->is_event) out.push_back((*record)->hash());
    }
}

Result<FetchedArchive> fetch_archive(Session& session, const ConstituencyId& constituency, const std::string& board_key)
{
    const auto api = session.api();
    if (!api) return api.error();
    const auto base = "/api/v1/constituencies/" + segment(constituency.text());
    const auto head = (*api)->get<wire::BoardHead>(base + "/head");
    if (!head) return head.error();
    auto bytes = (*api)->get_text(base + "/archive");
    if (!bytes) return bytes.error();
    FetchedArchive out{*std::move(bytes), {}, {}, head->batch};
    out.verification = protocol::verify_archive(protocol::ArchiveReader::from(out.bytes),
                                                options(session, [&out](std::string_view tracker) { out.trackers.emplace_back(tracker); }));
    if (out.verification.failure) return out;
    if (const auto checked = check_head(session, *head, board_key, out, event_hashes(protocol::ArchiveReader::from(out.bytes))); !checked)
        return checked.error();
    return out;
}

Result<protocol::Verification> verify_file(Session& session, const std::filesystem::path& file,
                                           const std::function<void(std::string_view)>& on_ballot)
{
    std::ifstream in(file, std::ios::binary);
    if (!in) return Refusal{Kind::not_found, "no_such_file", "There is no file " + file.string() + ", or it cannot be read."};
    const auto source = [&in](char* buffer, std::size_t size) {
        in.read(buffer, static_cast<std::streamsize>(size));
        return static_cast<std::size_t>(in.gcount());
    };
    return protocol::verify_archive(source, options(session, on_ballot));
}

Result<std::string> own_number(Api& api)
{
    const auto me = api.get<wire::Me>("/api/v1/me");
    if (!me) return me.error();
    return me->number;
}

} // namespace walkout::cli
