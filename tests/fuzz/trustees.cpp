// The trustees' messages through a server nobody trusts: one that is changed on its way is refused, whatever was changed.

#include "shared/protocol/ceremony.hpp"
#include "shared/protocol/tally.hpp"
#include "tests/fuzz/targets.hpp"
#include "tests/support/election.hpp"

#include <cstdlib>

using namespace walkout;

namespace {

/// A ceremony of three, every message right, and what comes after it.
struct Ceremony {
    test::SeededRandom random{5};
    protocol::CeremonyContext context{Group::find("BELENIOS-2048"), "fuzz/1", 2, 3};
    std::vector<protocol::TrusteeSecrets> trustees;
    std::vector<std::string> joins, confirms, shares, keys;
    std::string complaint;
    test::WholeElection made{1, 1, 1};
    std::string partial;

    Ceremony()
    {
        for (unsigned i = 1; i <= context.size; ++i) {
            trustees.emplace_back(context, i, protocol::TrusteeSecrets::make_seed(random));
            joins.push_back(trustees.back().join_message(random));
        }
        for (const auto& trustee : trustees) {
            confirms.push_back(trustee.confirm_message(joins, random));
            shares.push_back(trustee.shares_message(joins, random).value());
        }
        for (const auto& trustee : trustees) keys.push_back(trustee.keys_message(trustee.receive_shares(joins, shares).value(), random));
        complaint = trustees[0].complaint_message(2, "an invented reason", random);
        made.put_on_board(made.ballot(0, 0));
        partial = protocol::write_partial_decryption(made.group, protocol::decrypt_share(made.election, made.tally, made.shares[0], random));
    }
};

void must_agree(bool accepted, bool unchanged)
{
    if (accepted != unchanged) std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const Ceremony right;
    const auto& context = right.context;
    fuzz::Input input(data, size);
    const auto which = input.byte() % 8;
    const auto of = [&](const std::string& message) { return fuzz::edited(message, input); };
    switch (which) {
    case 0: {
        const auto join = of(right.joins[0]);
        must_agree(protocol::check_join(context, 1, join).has_value(), join == right.joins[0]);
        break;
    }
    case 1: {
        const auto confirm = of(right.confirms[1]);
        must_agree(protocol::check_confirm(context, 2, right.joins, confirm).has_value(), confirm == right.confirms[1]);
        break;
    }
    case 2: {
        auto shares = right.shares;
        shares[2] = of(shares[2]);
        must_agree(protocol::check_shares(context, 3, right.joins, shares[2]).has_value(), shares == right.shares);
        const auto received = right.trustees[0].receive_shares(right.joins, shares);
        must_agree(received.has_value(), shares == right.shares);
        break;
    }
    case 3: {
        auto keys = right.keys;
        keys[0] = of(keys[0]);
        must_agree(protocol::check_keys(context, 1, right.joins, right.shares, keys[0]).has_value(), keys == right.keys);
        must_agree(protocol::finish_ceremony(context, right.joins, right.shares, keys).has_value(), keys == right.keys);
        break;
    }
    case 4: {
        const auto complaint = of(right.complaint);
        must_agree(protocol::check_complaint(context, 1, right.joins, complaint).has_value(), complaint == right.complaint);
        break;
    }
    case 5: {
        const auto partial = of(right.partial);
        const auto owner = right.made.trustees_record.flattened_keys()[0];
        must_agree(protocol::parse_partial_decryption(right.made.election, right.made.tally, owner, partial).has_value(), partial == right.partial);
        break;
    }
    case 6: (void)protocol::parse_trustees(*context.group, of(right.made.trustees_record.bytes)); break; // "hashed as they are": spaces may pass
    default: {
        const auto text = std::string(input.rest());
        must_agree(protocol::check_join(context, 1, text).has_value(), text == right.joins[0]);
        must_agree(protocol::check_complaint(context, 1, right.joins, text).has_value(), text == right.complaint);
    }
    }
    return 0;
}
