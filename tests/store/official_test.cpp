#include "server/store/audit_store.hpp"
#include "tests/support/people_fixture.hpp"

#include <doctest/doctest.h>

using namespace walkout;
using ballot::Role;

TEST_SUITE_BEGIN("service");

namespace {

struct Enrolling : test::People {
    service::Enrolment olu{.number = "2001", .name = "Olu", .email = "olu@example.org", .office = {Role::scrutineer, ""}, .signing_key = {7}};
    Result<service::Enrolled> add(const service::Enrolment& enrolment)
    {
        return write([&](store::WriteTx& tx) { return service::enrol_official(tx, context("operator"), enrolment, true); });
    }
};

} // namespace

TEST_CASE_FIXTURE(Enrolling, "an official is enrolled with a pinned key and an authenticator of their own")
{
    const auto enrolled = add(olu);
    REQUIRE(enrolled.has_value());
    CHECK(enrolled->new_person);
    CHECK(enrolled->totp_uri.reveal().starts_with("otpauth://totp/Walkout%20REHEARSAL:2001?secret="));
    const auto found = read([](const store::ReadTx& tx) { return store::find_official(tx, "2001"); }).value();
    CHECK(found.signing_key == olu.signing_key);
    CHECK(found.offices == std::vector<ballot::Office>{{Role::scrutineer, ""}});
    const auto entry = read([](const store::ReadTx& tx) { return store::audit_entries(tx, 0, 9); }).at(0).record;
    CHECK(entry.action == "official_enrolled");
    CHECK(entry.details.find("secret") == std::string::npos);
}

TEST_CASE_FIXTURE(Enrolling, "one person may hold several offices, and keeps one authenticator")
{
    REQUIRE(add(olu).has_value());
    auto second = olu;
    second.office = {Role::trustee, ""};
    const auto enrolled = add(second);
    REQUIRE(enrolled.has_value());
    CHECK_FALSE(enrolled->new_person);
    CHECK(enrolled->totp_uri.empty());
    CHECK(add(second).error().code == "office_held");
    CHECK(read([](const store::ReadTx& tx) { return store::offices_of(tx, "2001"); }).size() == 2);
    CHECK(read([](const store::ReadTx& tx) { return store::officials_with(tx, Role::trustee); }).size() == 1);
    CHECK(read([](const store::ReadTx& tx) { return store::officials_with(tx, Role::co_chair); }).empty());
}

TEST_CASE_FIXTURE(Enrolling, "an office is not added under other particulars, and a key serves one person")
{
    REQUIRE(add(olu).has_value());
    auto other_key = olu;
    other_key.office = {Role::trustee, ""};
    other_key.signing_key = {8};
    CHECK(add(other_key).error().code == "official_differs");
    auto other_person = olu;
    other_person.number = "2002";
    CHECK(add(other_person).error().code == "key_in_use");
}

TEST_CASE_FIXTURE(Enrolling, "a co-chair is of a branch, and nobody else is")
{
    auto enrolment = olu;
    enrolment.office = {Role::co_chair, ""};
    CHECK(add(enrolment).error().code == "wrong_scope");
    enrolment.office.scope = "Hampshire";
    CHECK(add(enrolment).has_value());
    enrolment.office = {Role::trustee, "Hampshire"};
    CHECK(add(enrolment).error().code == "wrong_scope");
}

TEST_CASE_FIXTURE(Enrolling, "what cannot be a number, a name or an address is refused")
{
    for (const auto spoil :
         {+[](service::Enrolment& e) { e.number = "a b"; }, +[](service::Enrolment& e) { e.name.clear(); },
          +[](service::Enrolment& e) { e.email = "olu"; }, +[](service::Enrolment& e) { e.email = "olu@example.org\nBcc: x@example.org"; }}) {
        auto enrolment = olu;
        spoil(enrolment);
        CHECK(add(enrolment).error().code == "wrong_particulars");
    }
}

TEST_SUITE_END();
