#include "shared/ballot/replacement.hpp"

#include "tests/unit/ballot/plans.hpp"

#include <set>

using namespace walkout;
using namespace walkout::ballot;

namespace {

const auto id = *BallotId::parse("autumn");

MemberChange change(const char* number, ChangeReason reason)
{
    MemberChange out{number, reason, *ConstituencyId::parse("place"), "Hampshire", {}, {}};
    if (change_for(reason) != CodeChange::activate) out.credential_out = "11";
    if (change_for(reason) != CodeChange::revoke) out.credential_in = "22";
    return out;
}

std::string joined(const ReplacementText& text)
{
    auto out = text.canonical;
    for (const auto& line : text.words) out += line + "\n";
    return out;
}

} // namespace

TEST_SUITE("replacements")
{
    TEST_CASE("each reason belongs to one kind of change")
    {
        using enum ChangeReason;
        for (const auto reason : {lost, misdirected, disclosed, unreadable}) CHECK(change_for(reason) == CodeChange::replace);
        CHECK(change_for(late_entitlement) == CodeChange::activate);
        CHECK(change_for(not_entitled) == CodeChange::revoke);
    }

    TEST_CASE("what two people sign does not tell the second one whose code was replaced, only whose entitlement changed")
    {
        const std::vector changes{change("M0007", ChangeReason::lost), change("M0021", ChangeReason::late_entitlement),
                                  change("M0009", ChangeReason::not_entitled)};
        const auto text = joined(replacement_text(id, "Autumn", 1, "salt", changes));
        CHECK(text.find("M0007") == std::string::npos);
        CHECK(text.find("M0021") != std::string::npos);
        CHECK(text.find("M0009") != std::string::npos);
        CHECK(text.find("1 voting code replaced (lost)") != std::string::npos);
        // Under which credential a late member votes would show on the board whether they have.
        CHECK(text.find(hex(sha256("22"))) == std::string::npos);
    }

    TEST_CASE("the signed text changes with every member, reason, credential, batch and salt")
    {
        const auto one = change("M0007", ChangeReason::lost);
        std::set<std::string> texts;
        const auto add = [&](std::int64_t batch, const char* salt, const MemberChange& changed) {
            texts.insert(replacement_text(id, "Autumn", batch, salt, std::vector{changed}).canonical);
        };
        add(1, "salt", one);
        add(2, "salt", one);
        add(1, "pepper", one);
        add(1, "salt", change("M0008", ChangeReason::lost));
        add(1, "salt", change("M0007", ChangeReason::disclosed));
        for (auto part : {&MemberChange::credential_out, &MemberChange::credential_in}) {
            auto other = one;
            other.*part = "33";
            add(1, "salt", other);
        }
        CHECK(texts.size() == 7);
    }
}
