#include "client/cli/archive_file.hpp"

#include "client/cli/parallel.hpp"
#include "shared/protocol/growth.hpp"
#include "shared/wire/audit_files.hpp"
#include "shared/wire/people_messages.hpp"

#include <fstream>

namespace walkout::cli {
namespace {

using protocol::ArchiveReader;

std::filesystem::path seen_file(Session& session, const std::string& election)
{
    return session.folders().state / "heads" / (hex(bytes_of(election)) + ".json"); // φ is Base64 and so no file name
}

Refusal evidence(const char* code, const std::string& why)
{
    return {Kind::invalid, code, why, "Keep the receipts and archives you have and tell the scrutineer: this is evidence."};
}

/// Counts what is read from a source, so that a bar can show how far it is.
ArchiveReader::Source counted(ArchiveReader::Source source, std::uint64_t& read)
{
    return [source = std::move(source), &read](char* buffer, std::size_t size) {
        const auto got = source(buffer, size);
        read += got;
        return got;
    };
}

protocol::Verification verify_with_bar(Session& session, const std::function<ArchiveReader::Source()>& open, std::uint64_t total, VerifyWork work)
{
    std::uint64_t read = 0;
    protocol::VerifyOptions options;
    options.run = run_on_all_cores;
    options.on_ballot = std::move(work.on_ballot);
    options.structure_only = work.structure_only;
    options.proved_before = work.proved_before;
    options.on_progress = [&](std::uint64_t ballots) {
        const auto label = ballots == 0 ? std::string("reading the credentials") : std::to_string(ballots) + " ballots verified";
        session.terminal().progress(label, std::min(read, total - 1), total);
    };
    auto out = protocol::verify_archive([&] { return counted(open(), read); }, options);
    session.terminal().progress("", total, total);
    return out;
}

} // namespace

std::vector<std::string> event_hashes(ArchiveReader::Source source)
{
    std::vector<std::string> out;
    protocol::EventReader reader(std::move(source));
    for (auto step = reader.next(); step && *step; step = reader.next()) out.push_back((*step)->hash);
    return out;
}

Result<wire::BoardHead> download_head(Session& session, const ConstituencyId& constituency)
{
    const auto api = session.api();
    if (!api) return api.error();
    return (*api)->get<wire::BoardHead>("/api/v1/constituencies/" + segment(constituency.text()) + "/head");
}

Result<Download> download_board(Session& session, const ConstituencyId& constituency)
{
    auto head = download_head(session, constituency);
    if (!head) return head.error();
    constexpr int tries = 4; // a batch may be published between the two answers
    for (int i = 0;; ++i) {
        auto archive = (*session.api())->get_text("/api/v1/constituencies/" + segment(constituency.text()) + "/archive");
        if (!archive) return archive.error();
        auto still = download_head(session, constituency);
        if (!still) return still.error();
        if (still->event == head->event || i == tries) return Download{std::move(*head), *std::move(archive)};
        head = std::move(still);
    }
}

Result<protocol::Head> genuine_head(const wire::BoardHead& head, const std::string& board_key)
{
    const auto key = parse_public_key(board_key);
    const auto signature = parse_signature(head.signature);
    const protocol::Head claim{head.election, static_cast<std::uint64_t>(head.height), head.event, head.register_hash, head.audit_hash, head.batch};
    if (head.height >= 0 && key && signature && verify_signature(*key, protocol::head_text(claim), *signature)) return claim;
    return evidence("head_signature", "The board's head is not signed with the key on the voting paper.");
}

Result<void> check_head(Session& session, const protocol::Head& head, const std::vector<std::string>& events)
{
    if (head.height + 1 != events.size() || events.back() != head.event)
        return evidence("head_mismatch", "The archive is not the one whose head the server signed.");
    const auto file = seen_file(session, head.election);
    if (std::filesystem::exists(file)) {
        const auto content = read_file(file);
        const auto seen = content ? wire::from_json<wire::SeenHead>(*content) : Result<wire::SeenHead>(content.error());
        if (!seen)
            return evidence("seen_head_unreadable",
                            "What this machine noted of the board when it last looked cannot be read: " + file.string() + ".");
        if (static_cast<std::size_t>(seen->height) >= events.size() || events[static_cast<std::size_t>(seen->height)] != seen->event)
            return evidence("board_changed", "The board no longer holds what it held when you last looked: at height " +
                                                 std::to_string(seen->height) + " stood the event " + seen->event + ".");
    }
    // It extends what was seen, so this never lowers it.
    write_private(file, wire::to_json(wire::SeenHead{static_cast<std::int64_t>(head.height), head.event}));
    return {};
}

Result<FetchedArchive> fetch_archive(Session& session, const ConstituencyId& constituency, const std::string& board_key, const OnBallot& on_ballot)
{
    auto board = download_board(session, constituency);
    if (!board) return board.error();
    FetchedArchive out{std::move(board->archive), {}, std::move(board->head), {}};
    out.published = out.head.batch;
    const auto head = genuine_head(out.head, board_key);
    if (!head) return head.error();
    out.verification = verify_bytes(session, out.bytes, {.on_ballot = on_ballot});
    if (out.verification.failure) return out;
    if (!out.verification.election || out.verification.election->fingerprint != head->election)
        return evidence("head_mismatch", "The signed head is of another election than the archive sent with it.");
    if (const auto checked = check_head(session, *head, event_hashes(ArchiveReader::from(out.bytes))); !checked) return checked.error();
    return out;
}

Result<ArchiveReader::Source> file_source(const std::filesystem::path& file)
{
    const auto in = std::make_shared<std::ifstream>(file, std::ios::binary);
    if (!*in || std::filesystem::is_directory(file))
        return Refusal{Kind::not_found, "no_such_file", "There is no file " + file.string() + ", or it cannot be read."};
    return ArchiveReader::Source([in](char* buffer, std::size_t size) {
        in->read(buffer, static_cast<std::streamsize>(size));
        return static_cast<std::size_t>(in->gcount());
    });
}

protocol::Verification verify_bytes(Session& session, const std::string& bytes, VerifyWork work)
{
    return verify_with_bar(
        session, [&] { return ArchiveReader::from(bytes); }, std::max<std::uint64_t>(1, bytes.size()), std::move(work));
}

Result<protocol::Verification> verify_file(Session& session, const std::filesystem::path& file, VerifyWork work)
{
    if (const auto readable = file_source(file); !readable) return readable.error();
    const auto size = std::filesystem::is_regular_file(file) ? std::filesystem::file_size(file) : 0;
    return verify_with_bar(
        session, [&] { return file_source(file).value(); }, std::max<std::uint64_t>(1, size), std::move(work));
}

Result<std::string> own_number(Api& api)
{
    const auto me = api.get<wire::Me>("/api/v1/me");
    if (!me) return me.error();
    return me->number;
}

} // namespace walkout::cli
