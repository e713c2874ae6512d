#include "server/service/boards.hpp"

#include "server/service/credential_register.hpp"
#include "server/service/mail.hpp"
#include "server/store/audit_store.hpp"
#include "server/store/board_store.hpp"
#include "server/store/postal_store.hpp"
#include "server/store/register_store.hpp"
#include "server/store/result_store.hpp"
#include "server/store/roll_store.hpp"
#include "shared/ballot/publication.hpp"

#include <algorithm>
#include <limits>
#include <set>

namespace walkout::service {
namespace {

constexpr auto any_height = std::numeric_limits<std::int32_t>::max();

/// Puts the waiting ballots on the board and tells their members that a vote was recorded. The mails are queued in order of member number: in the
/// order of the board they would join members to ballots.
void publish_waiting(store::WriteTx& tx, const Context& context, const store::Ballot& ballot, const ConstituencyId& constituency)
{
    std::set<std::string> members;
    for (const auto& credential : store::waiting_credentials(tx, constituency))
        if (const auto line = store::roll_line_of_credential(tx, constituency, credential)) members.insert(line->number);
    store::publish_waiting(tx, constituency);
    for (const auto& number : members) {
        const auto member = store::find_member(tx, number);
        if (!member || member->email.empty()) continue;
        queue_mail(tx, context,
                   {member->email,
                    "A vote was recorded for you: " + ballot.plan.title,
                    "Your voting paper in the ballot \"" + ballot.plan.title +
                        "\" has been received.\n\nNobody can see how you voted. "
                        "If you did not vote, tell the independent scrutineer at once:\n" +
                        ballot.plan.scrutineer.name + "\n",
                    {}});
    }
}

/// Papers count for the turnout once they are recorded, in batches like the board's; their ballots may reach the board much later. Returns whether any
/// do now that did not.
bool tell_papers(store::WriteTx& tx, const store::Ballot& ballot, Instant due)
{
    if (due <= ballot.opened_at.value()) return false; // the first hour
    bool told = false;
    for (const auto& constituency : store::constituencies(tx, ballot.plan.id)) {
        const auto figures = store::figures(tx, constituency.id);
        if (!ballot::may_publish_batch(figures.entitled + figures.overseas, store::unpublished_papers(tx, constituency.id))) continue;
        const auto published = store::published_turnout(tx, ballot.plan.id);
        if (!published.empty() && published.back().at >= due) continue; // once an hour
        store::publish_papers(tx, constituency.id);
        told = true;
    }
    return told;
}

std::vector<ballot::TurnoutTables> earlier_tables(const std::vector<store::PublishedTurnout>& published)
{
    std::vector<ballot::TurnoutTables> out;
    for (const auto& one : published) out.push_back(one.tables);
    return out;
}

} // namespace

void publish_head(store::WriteTx& tx, const Context& context, const store::Constituency& constituency, const SigningKey& board_key)
{
    const auto chain = store::board_chain(tx, constituency.id);
    const auto latest = store::latest_head(tx, constituency.id, any_height);
    if (chain.length == 0 || (latest && latest->head.height == chain.length - 1)) return;
    const protocol::Head head{constituency.fingerprint.value(), chain.length - 1,  chain.head, register_hash(tx, constituency.id, latest),
                              hex(store::audit_head(tx).hash),  context.ballot_now};
    store::add_head(tx, constituency.id, {head, board_key.sign(protocol::head_text(head))});
}

void open_boards(store::WriteTx& tx, const Context& context, const store::Ballot& ballot, const SigningKey& board_key)
{
    for (const auto& constituency : store::constituencies(tx, ballot.plan.id)) {
        const auto board = store::find_board(tx, constituency.id).value();
        store::append_to_board(
            tx, constituency.id, protocol::EventType::setup,
            {board.election, board.trustees, board.credentials, protocol::write_setup_data(board.election, board.trustees, board.credentials)});
        publish_head(tx, context, constituency, board_key);
    }
}

bool publish_batches(store::WriteTx& tx, const Context& context, const store::Ballot& ballot, const SigningKey& board_key)
{
    const auto due = ballot::publication_before(ballot.opened_at.value(), context.ballot_now);
    bool grew = false;
    for (const auto& constituency : store::constituencies(tx, ballot.plan.id)) {
        const auto latest = store::latest_head(tx, constituency.id, any_height);
        if (latest && latest->head.batch >= due) continue;
        const auto figures = store::figures(tx, constituency.id);
        // Receipts given before an extension promise the board soon after the closing of that time, so those votes go there then.
        const auto promised = store::earliest_promise(tx, constituency.id);
        const bool due_by_promise = promised && *promised <= context.ballot_now + ballot::sealing_time;
        if (!due_by_promise && !ballot::may_publish_batch(figures.entitled + figures.overseas, store::waiting_count(tx, constituency.id))) continue;
        publish_waiting(tx, context, ballot, constituency.id);
        publish_head(tx, context, constituency, board_key);
        grew = true;
    }
    return tell_papers(tx, ballot, due) || grew;
}

void close_boards(store::WriteTx& tx, const Context& context, const store::Ballot& ballot, const SigningKey& board_key)
{
    for (const auto& constituency : store::constituencies(tx, ballot.plan.id)) store::publish_papers(tx, constituency.id);
    if (!store::papers_issued(tx, ballot.plan.id)) return seal_boards(tx, context, ballot, board_key);
    for (const auto& constituency : store::constituencies(tx, ballot.plan.id)) {
        publish_waiting(tx, context, ballot, constituency.id);
        publish_head(tx, context, constituency, board_key);
    }
}

void seal_boards(store::WriteTx& tx, const Context& context, const store::Ballot& ballot, const SigningKey& board_key)
{
    for (const auto& constituency : store::constituencies(tx, ballot.plan.id)) {
        publish_waiting(tx, context, ballot, constituency.id);
        store::publish_papers(tx, constituency.id);
        store::append_to_board(tx, constituency.id, protocol::EventType::end_ballots, {});
        publish_head(tx, context, constituency, board_key);
        const auto chain = store::board_chain(tx, constituency.id);
        store::put_sealed_board(tx, constituency.id, static_cast<std::int64_t>(chain.length - 1), chain.head);
    }
}

void publish_turnout(store::WriteTx& tx, const Context& context, const store::Ballot& ballot)
{
    std::set<std::pair<ConstituencyId, std::string>> told; // on the board, or a paper recorded: that it was returned, never how
    for (const auto& constituency : store::constituencies(tx, ballot.plan.id)) {
        for (auto& credential : store::published_credentials(tx, constituency.id)) told.emplace(constituency.id, std::move(credential));
        for (const auto& credential : store::published_papers(tx, constituency.id)) told.emplace(constituency.id, credential);
    }
    auto atoms = store::turnout_atoms(tx, ballot.plan.id, [&](const store::RollLine& line) {
        return line.credential && told.contains({line.constituency, *line.credential});
    });
    const auto published = store::published_turnout(tx, ballot.plan.id);
    const auto zone = Zone::find(ballot.plan.zone).value();
    const bool daily_done = std::ranges::any_of(published, [&](const store::PublishedTurnout& one) {
        return !one.tables.branches.empty() && zone.date(one.at) == zone.date(context.ballot_now);
    });
    // A branch or workplace that is all of its constituency is left out of the tables: the day's second publication has constituencies only.
    if (daily_done)
        for (auto& atom : atoms) atom.branch = atom.workplace = atom.constituency;
    // What is published stands, also where the closing and the last paper publish in one second.
    auto at = context.ballot_now;
    if (!published.empty()) at = std::max(at, published.back().at + std::chrono::seconds(1));
    store::put_turnout(tx, ballot.plan.id, {at, ballot::turnout_tables(atoms, earlier_tables(published))});
}

Result<PublishedHead> published_head(const store::ReadTx& tx, const ConstituencyId& id)
{
    const auto constituency = store::find_constituency(tx, id);
    if (!constituency) return Refusal{Kind::not_found, "unknown_constituency", "There is no such constituency."};
    const auto latest = store::latest_head(tx, id, any_height);
    if (!latest) return Refusal{Kind::not_found, "not_published", "Nothing is published yet: the board opens with the ballot."};
    const auto& head = latest->head;
    return PublishedHead{
        constituency->fingerprint.value(), head.height, head.event, head.register_hash, head.audit_hash, head.batch, latest->signature};
}

PublishedBoards::Board& PublishedBoards::board(const ConstituencyId& constituency)
{
    const std::lock_guard lock(mutex_);
    auto& board = boards_[constituency];
    if (!board) board = std::make_unique<Board>();
    return *board;
}

void PublishedBoards::extend(Board& board, const store::ReadTx& tx, const ConstituencyId& id, const PublishedHead& head)
{
    const auto timestamp = store::find_board(tx, id).value().timestamp;
    if (!board.file) board.file = std::make_unique<store::GrowingFile>(store::folder_of(tx));
    auto& file = *board.file;
    const auto before = file.size();
    try {
        if (before == 0) file.append(protocol::archive_header(timestamp));
        store::for_each_record(tx, id, board.next_height, head.height + 1,
                               [&](const protocol::Record& record) { file.append(protocol::tar_record(record, timestamp)); });
        board.archive = Published{head.event, file.view()};
        board.next_height = head.height + 1;
    } catch (...) {
        file.cut(before); // the next who asks tries again
        throw;
    }
}

Result<PublishedBoards::Published> PublishedBoards::archive(const store::ReadTx& tx, const ConstituencyId& id)
{
    const auto head = published_head(tx, id);
    if (!head) return head.error();
    auto& known = board(id);
    const std::lock_guard lock(known.mutex);
    if (head->height >= known.next_height) extend(known, tx, id, *head);
    return *known.archive;
}

Result<PublishedBoards::Published> PublishedBoards::credentials(const store::ReadTx& tx, const ConstituencyId& id)
{
    if (!store::find_constituency(tx, id)) return Refusal{Kind::not_found, "unknown_constituency", "There is no such constituency."};
    auto& known = board(id);
    const std::lock_guard lock(known.mutex);
    if (!known.credentials) {
        const auto setup = store::find_board(tx, id);
        if (!setup) return Refusal{Kind::not_found, "not_published", "The voting codes of this constituency have not been made yet."};
        store::GrowingFile file(store::folder_of(tx));
        file.append(setup->credentials);
        known.credentials = Published{hex(sha256(setup->credentials)), file.view()};
    }
    return *known.credentials;
}

} // namespace walkout::service
