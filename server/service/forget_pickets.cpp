#include "server/service/forget_pickets.hpp"

#include "server/service/audit.hpp"
#include "server/service/change_walkout.hpp"
#include "server/store/law_store.hpp"
#include "server/store/result_store.hpp"
#include "server/store/strike_day_store.hpp"
#include "server/store/walkout_store.hpp"

#include <algorithm>

namespace walkout::service {

Instant picket_people_kept_until(const store::ReadTx& tx, const WalkoutId& id)
{
    const auto walkout = require_walkout(tx, id).value();
    const auto& zone = walkout.window.zone();
    auto over = walkout.window.last_date();
    for (const auto& other : store::walkouts_of(tx, walkout.ballot)) over = std::max(over, other.window.last_date());
    for (const auto& mandate : store::mandates(tx, walkout.ballot)) over = std::max(over, mandate.last_day);
    for (const auto& longer : store::mandate_extensions(tx, walkout.ballot)) over = std::max(over, longer.extension.until);
    return zone.instant(WallTime(last_day_of_months_beginning(over + Days(1), 6) + Days(1)));
}

std::int64_t forget_pickets(store::WriteTx& tx, const Context& context)
{
    std::int64_t forgotten = 0;
    for (const auto& walkout : store::walkouts_remembered(tx)) {
        if (context.ballot_now < picket_people_kept_until(tx, walkout)) continue;
        const auto rows = store::forget_people(tx, walkout);
        store::put_forgotten(tx, walkout, context.ballot_now, rows);
        record_audit(tx, context, std::nullopt, "picket_people_forgotten", walkout.text(), {{"rows", std::to_string(rows)}});
        ++forgotten;
    }
    return forgotten;
}

} // namespace walkout::service
