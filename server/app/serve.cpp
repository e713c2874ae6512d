#include "server/app/serve.hpp"

#include "server/api/dispatcher.hpp"
#include "server/app/board_key.hpp"
#include "server/app/log.hpp"
#include "server/app/routes.hpp"
#include "server/app/ticker.hpp"
#include "server/http/server.hpp"
#include "server/jobs/ballot_jobs.hpp"
#include "server/jobs/outbox_job.hpp"
#include "server/mail/folder_transport.hpp"
#include "server/service/sign_in.hpp"
#include "server/store/board_store.hpp"
#include "server/store/law_store.hpp"
#include "server/store/report_store.hpp"
#include "server/store/store.hpp"
#include "shared/crypto/system_random.hpp"

#include <fstream>
#include <ostream>

namespace walkout::app {
namespace {

Instant machine_clock() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

http::ServerConfig server_config(const Config& config)
{
    return {.address = config.address,
            .port = static_cast<std::uint16_t>(config.port),
            .certificate_chain = config.certificate,
            .private_key = config.key,
            .allow_tls12 = config.allow_tls12,
            .threads = static_cast<unsigned>(config.io_threads),
            .obey_signals = true};
}

std::optional<http::RateLimiter::Rate> rate(const Config& config)
{
    if (config.requests_per_second == 0) return std::nullopt;
    const auto per_second = static_cast<double>(config.requests_per_second);
    return http::RateLimiter::Rate{.per_second = per_second, .burst = 10 * per_second};
}

/// SHA-256 of the program that runs: whoever has the release can compare it with what the scrutineer's report names.
std::string program_hash()
{
    std::ifstream file("/proc/self/exe", std::ios::binary);
    Sha256 hash;
    std::string piece(1U << 20U, '\0');
    while (file.read(piece.data(), static_cast<std::streamsize>(piece.size())) || file.gcount() > 0)
        hash.update(std::string_view(piece).substr(0, static_cast<std::size_t>(file.gcount())));
    if (!file.eof()) throw std::runtime_error("/proc/self/exe cannot be read");
    return hex(hash.finish());
}

/// Keeps which program this server is from now on, where it is another than before.
Result<void> note_program(store::WriteTx& tx, Instant ballot_now)
{
    const store::ServerRun run{ballot_now, WALKOUT_VERSION, program_hash()};
    const auto runs = store::server_runs(tx);
    if (runs.empty() || runs.back().version != run.version || runs.back().program != run.program) store::add_server_run(tx, run);
    return {};
}

Result<api::Papers> load_papers(const Config& config)
{
    auto url = config.public_url;
    while (url.ends_with('/')) url.pop_back();
    try {
        return api::Papers{documents::Templates(config.templates.empty() ? std::nullopt : std::optional(config.templates)), std::move(url)};
    } catch (const std::runtime_error& error) {
        return Refusal{Kind::invalid, "bad_template", "A document template cannot be used: " + std::string(error.what()) + ".",
                       "Mend the file, or take it out of " + config.templates.string() + "."};
    }
}

} // namespace

Result<void> serve(const Config& config, std::ostream& out)
{
    // Where log lines go, and the clocks and randomness that are passed to everything else.
    Log log(config.log);
    const auto event = [&log](std::string name, std::optional<std::string> detail = {}) {
        wire::LogLine line{.at = machine_clock(), .event = std::move(name)};
        line.detail = std::move(detail);
        log.write(line);
    };
    SystemRandom random;
    service::Clocks clocks(machine_clock);

    // What is recorded, and the key that signs what the board promises.
    const auto purpose = config.rehearsal ? store::Purpose::rehearsal : store::Purpose::normal;
    const auto store = store::Store::open(config.database, purpose, static_cast<std::size_t>(config.threads) + 2);
    if (!store) return store.error();
    auto& [kept_purpose, writer, readers] = **store;
    clocks.set_offset(readers.read([](const store::ReadTx& tx) { return store::clock_offset(tx); }));
    const auto board_key = load_board_key(config.board_key);
    if (!board_key) return board_key.error();

    const auto papers = load_papers(config);
    if (!papers) return papers.error();
    if (const auto noted = writer.write([&](store::WriteTx& tx) { return note_program(tx, clocks.ballot_now()); }); !noted) return noted;

    // The API, and the threads it works on.
    api::Services services{
        .readers = readers, .writer = writer, .clocks = clocks, .random = random, .rehearsal = config.rehearsal, .board_key = *board_key};
    api::Pool pool(static_cast<unsigned>(config.threads));
    const auto authenticate = [&](const store::ReadTx& tx, std::string_view bearer, Instant now) { return service::session_caller(tx, bearer, now); };
    const auto session_used = [&](const store::ReadTx& tx, std::string_view bearer, Instant now) {
        service::note_session_use(tx, bearer, now, writer);
    };
    api::Dispatcher dispatcher(
        all_routes(services, *papers), services, pool,
        {.authenticate = authenticate, .session_used = session_used, .log = [&](const auto& line) { log.write(line); }, .per_address = rate(config)});

    // What happens without being asked: mails leave, ballots open, publish and close.
    mail::FolderTransport transport(config.outbox, config.mail_from);
    const auto complain = [&](const std::string& what) { event("failure", what); };
    jobs::OutboxJob outbox(readers, writer, transport, clocks, random, {.rehearsal = config.rehearsal, .complain = complain});
    const auto run_due = [&](store::WriteTx& tx) -> Result<std::int64_t> {
        const auto now = clocks.machine_now();
        return jobs::run_due(tx, {.ballot_now = now + clocks.offset(), .machine_now = now, .random = random}, *board_key);
    };
    // Until it is cut, the write-ahead log shows in which order the ballots of a published batch came.
    std::int64_t log_cut_at = -1;
    const auto cut_log = [&] {
        const auto published = readers.read([](const store::ReadTx& tx) { return store::heads_signed(tx); });
        if (published != log_cut_at && writer.truncate_log()) log_cut_at = published;
    };
    Ticker ballots(
        std::chrono::seconds(1),
        [&] {
            (void)writer.write(run_due);
            cut_log();
        },
        complain);

    http::Server server(server_config(config), dispatcher);
    outbox.start();
    ballots.start();
    out << "walkoutd " WALKOUT_VERSION " listening on https://" << config.address << ":" << server.port() << (config.rehearsal ? " (REHEARSAL)" : "")
        << std::endl;
    event("started", "walkoutd " WALKOUT_VERSION);
    server.run();

    // Nothing new arrives any more; what was accepted is finished in the order it flows.
    pool.stop();
    ballots.stop();
    outbox.stop();
    writer.stop();
    event("stopped");
    return {};
}

} // namespace walkout::app
