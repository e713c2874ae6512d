#include "shared/protocol/head.hpp"

namespace walkout::protocol {

std::string head_text(const Head& head)
{
    return "walkout-head|" + head.election + "|" + std::to_string(head.height) + "|" + head.event + "|" + head.register_hash + "|" + head.audit_hash +
           "|" + text(head.batch);
}

std::string receipt_text(const Receipt& receipt)
{
    return "walkout-receipt|" + receipt.election + "|" + receipt.tracker + "|" + text(receipt.on_board_by);
}

} // namespace walkout::protocol
