#include "server/jobs/outbox_job.hpp"

#include "server/service/sign_in.hpp"
#include "server/store/idempotency_store.hpp"
#include "server/store/outbox_store.hpp"
#include "server/store/sign_in_store.hpp"

#include <algorithm>

namespace walkout::jobs {
namespace {

constexpr std::int64_t batch = 100;
constexpr std::chrono::hours keep_sent{30 * 24}; // that a mail was sent, to whom and when: for questions, then no longer
constexpr std::chrono::minutes clean_up_every{1};

/// 30 s, 1 min, 2 min, ... at most an hour.
std::chrono::seconds pause_after(std::int64_t attempts)
{
    return std::min<std::chrono::seconds>(std::chrono::seconds(30) * (std::int64_t{1} << std::min<std::int64_t>(attempts, 10)),
                                          std::chrono::hours(1));
}

} // namespace

OutboxJob::OutboxJob(store::Readers& readers, store::Writer& writer, mail::Transport& transport, const service::Clocks& clocks, Random& random,
                     Settings settings)
    : readers_(readers), writer_(writer), transport_(transport), clocks_(clocks), random_(random), settings_(std::move(settings))
{}

void OutboxJob::start()
{
    thread_ = std::thread([this] { loop(); });
}

void OutboxJob::stop()
{
    stopping_ = true;
    if (thread_.joinable()) thread_.join();
}

void OutboxJob::loop()
{
    while (!stopping_) {
        std::int64_t sent = 0;
        try {
            sent = pass();
        } catch (const std::exception& failure) {
            settings_.complain(std::string("outbox: ") + failure.what());
        }
        if (sent == 0) std::this_thread::sleep_for(settings_.poll);
    }
}

std::int64_t OutboxJob::pass()
{
    const service::Context context{.ballot_now = clocks_.ballot_now(), .machine_now = clocks_.machine_now(), .random = random_};
    make_codes(context);
    clean_up(context.machine_now);
    const auto due = readers_.read([&](const store::ReadTx& tx) { return store::mails_due(tx, context.machine_now, batch); });
    if (due.empty()) return 0;
    std::vector<bool> left;
    for (const auto& mail : due)
        left.push_back(deliver({.id = mail.id,
                                .to = mail.recipient,
                                .subject = mail.subject,
                                .body = mail.body,
                                .date = mail.queued,
                                .rehearsal = settings_.rehearsal}));
    (void)writer_.write([&](store::WriteTx& tx) -> Result<void> {
        for (std::size_t i = 0; i < due.size(); ++i) {
            if (left[i]) store::mark_mail_sent(tx, due[i].id, context.machine_now);
            else store::postpone_mail(tx, due[i].id, context.machine_now + pause_after(due[i].attempts));
        }
        return {};
    });
    return std::ranges::count(left, true);
}

void OutboxJob::make_codes(const service::Context& context)
{
    const auto asked = readers_.read([](const store::ReadTx& tx) { return !store::challenges_without_code(tx, 1).empty(); });
    if (!asked) return;
    (void)writer_.write([&](store::WriteTx& tx) -> Result<std::int64_t> { return service::make_sign_in_codes(tx, context); });
}

bool OutboxJob::deliver(const mail::Message& message)
try {
    transport_.send(message);
    return true;
} catch (const std::exception& failure) {
    settings_.complain("mail " + message.id + ": " + failure.what());
    return false;
}

void OutboxJob::clean_up(Instant now)
{
    if (now < next_clean_up_) return;
    next_clean_up_ = now + clean_up_every;
    (void)writer_.write([&](store::WriteTx& tx) -> Result<void> {
        service::delete_expired_sign_ins(tx, now);
        store::forget_answered_posts(tx, now);
        store::delete_old_mails(tx, now, now - keep_sent);
        return {};
    });
}

} // namespace walkout::jobs
