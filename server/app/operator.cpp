#include "server/app/operator.hpp"

#include "server/app/board_key.hpp"
#include "server/app/terminal_qr.hpp"
#include "server/service/check_boards.hpp"
#include "server/store/integrity.hpp"
#include "server/store/law_store.hpp"
#include "server/store/store.hpp"
#include "shared/crypto/system_random.hpp"

#include <ostream>

namespace walkout::app {
namespace {

store::Purpose purpose(const Config& config) { return config.rehearsal ? store::Purpose::rehearsal : store::Purpose::normal; }

Instant machine_now() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

} // namespace

Result<void> init(const Config& config, bool rehearsal, std::optional<Instant> starts_at, std::ostream& out)
{
    if (rehearsal != config.rehearsal)
        return Refusal{.kind = Kind::invalid,
                       .code = "wrong_purpose",
                       .detail = rehearsal ? "--rehearsal was given, but the configuration does not say `rehearsal = true`."
                                           : "The configuration says `rehearsal = true`, but --rehearsal was not given.",
                       .next = "Make both say what this database is for; it cannot be changed later."};
    if (starts_at && !rehearsal)
        return Refusal{
            .kind = Kind::invalid, .code = "not_a_rehearsal", .detail = "Only a rehearsal's clock can be set.", .next = "Leave --clock out."};
    for (const auto& file : {config.database, config.board_key})
        if (std::filesystem::exists(file))
            return Refusal{.kind = Kind::conflict,
                           .code = "already_exists",
                           .detail = file.string() + " exists already.",
                           .next = "Choose another place, or serve what is there."};
    for (const auto& file : {config.database, config.board_key}) std::filesystem::create_directories(file.parent_path());
    store::Database database(config.database, store::Database::Mode::create);
    if (const auto made = store::migrate(database, purpose(config)); !made) return made.error();
    if (starts_at) {
        const auto offset = *starts_at - machine_now();
        const auto begun = database.write([&](store::WriteTx& tx) -> Result<void> {
            store::start_clock(tx, offset);
            return {};
        });
        if (!begun) return begun.error();
    }
    SystemRandom random;
    make_board_key(config.board_key, random);
    out << "Made " << config.database.string() << (rehearsal ? " for a rehearsal" : "") << " and its signing key " << config.board_key.string()
        << ".\n";
    return {};
}

Result<void> check(const Config& config, std::ostream& out)
{
    const auto store = store::Store::open(config.database, purpose(config), 1);
    if (!store) return store.error();
    const auto board_key = load_board_key(config.board_key);
    if (!board_key) return board_key.error();
    const auto faults = (*store)->read([&](const store::ReadTx& tx) {
        auto found = store::faults(tx);
        for (auto& fault : service::board_faults(tx, board_key->public_key())) found.push_back(std::move(fault));
        return found;
    });
    for (const auto& fault : faults) out << fault << '\n';
    if (faults.empty()) {
        out << "The database file, the audit log and every board are whole.\n";
        return {};
    }
    return Refusal{.kind = Kind::invalid,
                   .code = "check_failed",
                   .detail = std::to_string(faults.size()) + (faults.size() == 1 ? " fault was found." : " faults were found."),
                   .next = "Stop the server, keep a copy of the file, and restore from the last good backup."};
}

Result<void> add_official(const Config& config, const service::Enrolment& enrolment, bool terminal, std::ostream& out)
{
    const auto store = store::Store::open(config.database, purpose(config), 1);
    if (!store) return store.error();
    SystemRandom random;
    const auto offset = (*store)->read([](const store::ReadTx& tx) { return store::clock_offset(tx); });
    const service::Context context{.ballot_now = machine_now() + offset,
                                   .machine_now = machine_now(),
                                   .random = random,
                                   .caller = {.number = "operator", .name = "operator", .member = false, .branch = "", .offices = {}}};
    const auto enrolled = (*store)->write([&](store::WriteTx& tx) { return service::enrol_official(tx, context, enrolment, config.rehearsal); });
    if (!enrolled) return enrolled.error();
    out << enrolment.name << " is enrolled as " << name(enrolment.office.role)
        << (enrolment.office.scope.empty() ? "" : " of " + enrolment.office.scope) << ".\n";
    if (!enrolled->new_person) return {};
    out << "For their authenticator app, shown only now:\n" << enrolled->totp_uri.reveal() << '\n';
    if (terminal) out << terminal_qr(enrolled->totp_uri.reveal());
    return {};
}

} // namespace walkout::app
