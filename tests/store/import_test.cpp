#include "server/service/import_register.hpp"
#include "server/store/audit_store.hpp"
#include "tests/support/people_fixture.hpp"

#include <doctest/doctest.h>

using namespace walkout;
using ballot::ImportReport;
using ballot::RegisterKind;
using service::RegisterImport;

TEST_SUITE_BEGIN("service");

namespace {

const std::string header = "number,name,email,phone,branch,employer,workplace,category,joined\n";

struct Register : test::People {
    Result<ImportReport> import(const RegisterImport& what)
    {
        const auto prepared = read([&](const store::ReadTx& tx) { return service::prepare_import(tx, what); });
        if (!prepared) return prepared.error();
        return write([&](store::WriteTx& tx) { return service::apply_import(tx, context("9001"), *prepared); });
    }
    Result<ImportReport> members(const std::string& rows, bool dry_run = false, bool whole = false)
    {
        return import({.kind = RegisterKind::members, .csv = header + rows, .dry_run = dry_run, .whole_register = whole});
    }
    std::optional<store::Member> member(const std::string& number)
    {
        return read([&](const store::ReadTx& tx) { return store::find_member(tx, number); });
    }
    std::int64_t audit_entries()
    {
        return read([](const store::ReadTx& tx) { return store::audit_head(tx).seq; });
    }
};

void adds_up(const ImportReport& report) { CHECK(report.added + report.changed + report.unchanged + report.rejected == report.rows); }

const std::string four_rows = "1001,Ann,ann@example.org,,Hampshire,,,,\n"       // unchanged
                              "1002,Robert,bob@example.org,,Hampshire,,,,\n"    // changed
                              "1003,Cem,,,Isle of Wight,CRC,Newport,Officer,\n" // added
                              "1004,Dee,not-an-address,,Hampshire,,,,\n";       // rejected

} // namespace

TEST_CASE_FIXTURE(Register, "an import is a diff whose counts add up, and the good rows are applied beside the rejected")
{
    const auto report = members(four_rows).value();
    CHECK(report.rows == 4);
    CHECK(report.unchanged == 1);
    CHECK(report.changed == 1);
    CHECK(report.added == 1);
    CHECK(report.rejected == 1);
    adds_up(report);
    REQUIRE(report.problems.size() == 1);
    CHECK(sentence(report.problems.front()) == "row 5: email: is not an e-mail address");
    CHECK(member("1002")->name == "Robert");
    CHECK(member("1003")->workplace == "Newport");
    CHECK_FALSE(member("1004"));
}

TEST_CASE_FIXTURE(Register, "branches, employers, workplaces and categories that members name are made, and reported")
{
    const auto report = members(four_rows).value();
    CHECK(report.new_branches == std::vector<std::string>{"Isle of Wight"});
    CHECK(report.new_employers == std::vector<std::string>{"CRC"});
    CHECK(report.new_workplaces == std::vector<std::string>{"CRC, Newport"});
    CHECK(report.new_categories == std::vector<std::string>{"Officer"});
    CHECK(read([](const store::ReadTx& tx) { return store::find_workplace(tx, "CRC", "Newport"); }).has_value());
}

TEST_CASE_FIXTURE(Register, "a dry run reports the same and changes nothing")
{
    const auto dry = members(four_rows, true).value();
    CHECK(dry.dry_run);
    CHECK(member("1002")->name == "Bob");
    CHECK_FALSE(member("1003"));
    CHECK(audit_entries() == 0);
    const auto real = members(four_rows).value();
    CHECK(dry.added == real.added);
    CHECK(dry.changed == real.changed);
    CHECK(dry.new_branches == real.new_branches);
}

TEST_CASE_FIXTURE(Register, "the same file again changes nothing, and leaves no trace in the audit log")
{
    REQUIRE(members(four_rows).has_value());
    CHECK(audit_entries() == 1);
    const auto again = members(four_rows).value();
    CHECK(again.unchanged == 3);
    CHECK(again.added + again.changed == 0);
    adds_up(again);
    CHECK(audit_entries() == 1);
}

TEST_CASE_FIXTURE(Register, "an import is in the audit log with who did it, its counts and the file's hash")
{
    REQUIRE(members(four_rows).has_value());
    const auto entry = read([](const store::ReadTx& tx) { return store::audit_entries(tx, 0, 1); }).at(0).record;
    CHECK(entry.actor == "9001");
    CHECK(entry.action == "register_import");
    CHECK(entry.subject == "members");
    CHECK(entry.details.starts_with(R"({"version":"1","rows":"4","added":"1","changed":"1","unchanged":"1","rejected":"1","left":"0","sha256":")"));
}

TEST_CASE_FIXTURE(Register, "members not in a file stay, and are counted; a file that is the whole register marks them as left")
{
    const auto part = members("1001,Ann,ann@example.org,,Hampshire,,,,\n").value();
    CHECK(part.not_in_file == 1);
    CHECK(part.left == 0);
    CHECK(member("1002")->active);

    const auto whole = members("1001,Ann,ann@example.org,,Hampshire,,,,\n", false, true).value();
    CHECK(whole.left == 1);
    CHECK_FALSE(member("1002")->active);
    CHECK(read([](const store::ReadTx& tx) { return store::register_candidates(tx); }).size() == 1);

    const auto back = members("1002,Bob,bob@example.org,,Hampshire,,,,\n").value();
    CHECK(back.added == 1);
    CHECK(member("1002")->active);
}

TEST_CASE_FIXTURE(Register, "a whole register with a rejected row is refused: the row may be anybody's")
{
    CHECK(members(four_rows, false, true).error().code == "whole_register_has_problems");
    CHECK(member("1002")->name == "Bob");
    CHECK(import({.kind = RegisterKind::branches, .csv = "name\nNorth\n", .whole_register = true}).error().code == "not_members");
}

TEST_CASE_FIXTURE(Register, "an import compared with a register that has changed since is refused")
{
    const RegisterImport what{.kind = RegisterKind::members, .csv = header + four_rows};
    const auto early = read([&](const store::ReadTx& tx) { return service::prepare_import(tx, what); }).value();
    REQUIRE(members("1005,Eve,,,Hampshire,,,,\n").has_value());
    const auto late = write([&](store::WriteTx& tx) { return service::apply_import(tx, context(), early); });
    CHECK(late.error().code == "register_changed");
    CHECK_FALSE(member("1003"));
}

TEST_CASE_FIXTURE(Register, "workplaces, employers and branches have their own files, and members keep their place in them")
{
    REQUIRE(members(four_rows).has_value());
    const auto employers = import({.kind = RegisterKind::employers, .csv = "name,email\nCRC,hr@crc.example\nNPS,\n"}).value();
    CHECK(employers.changed == 1);
    CHECK(employers.added == 1);
    const auto workplaces =
        import({.kind = RegisterKind::workplaces,
                .csv = "name,employer,address,postcode,latitude,longitude\nNewport,CRC,\"1 Quay St, Newport\",PO30 5BA,50.7,-1.29\n"})
            .value();
    CHECK(workplaces.changed == 1);
    const auto place = read([](const store::ReadTx& tx) { return store::find_workplace(tx, "CRC", "Newport"); }).value();
    CHECK(place.address == "1 Quay St, Newport");
    CHECK(place.latitude == 50.7);
    CHECK(import({.kind = RegisterKind::branches, .csv = "name\nHampshire\nKent\n"})->added == 1);
    CHECK(member("1003")->employer == "CRC");
    CHECK(read([](const store::ReadTx& tx) { return tx.prepare("SELECT count(*) FROM pragma_foreign_key_check").number(); }) == 0);
}

TEST_SUITE_END();
