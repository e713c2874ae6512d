#include "server/service/mail.hpp"

#include "server/store/outbox_store.hpp"

namespace walkout::service {

void queue_mail(store::WriteTx& tx, const Context& context, const Mail& mail)
{
    if (mail.to.find('@') == std::string::npos) return;
    std::array<std::uint8_t, 16> id;
    context.random.fill(id);
    store::add_mail(
        tx,
        {.id = hex(id), .recipient = mail.to, .subject = mail.subject, .body = mail.body, .queued = context.machine_now, .expires = mail.expires});
}

} // namespace walkout::service
