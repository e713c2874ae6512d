#pragma once

#include "shared/ballot/office.hpp"
#include "shared/ballot/register_csv.hpp"
#include "shared/base/time.hpp"
#include "shared/wire/codec.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace walkout::ballot {

template <class V> void describe(V& v, Office& m)
{
    v("role", m.role);
    v("scope", m.scope);
}

template <class V> void describe(V& v, RowNote& m)
{
    v("row", m.row);
    v("column", m.column);
    v("what", m.what);
}

template <class V> void describe(V& v, ImportReport& m)
{
    v("kind", m.kind);
    v("dry_run", m.dry_run);
    v("rows", m.rows);
    v("added", m.added);
    v("changed", m.changed);
    v("unchanged", m.unchanged);
    v("rejected", m.rejected);
    v("not_in_file", m.not_in_file);
    v("left", m.left);
    v("new_branches", m.new_branches);
    v("new_employers", m.new_employers);
    v("new_workplaces", m.new_workplaces);
    v("new_categories", m.new_categories);
    v("problems", m.problems);
    v("warnings", m.warnings);
    v("ignored_columns", m.ignored_columns);
}

} // namespace walkout::ballot

namespace walkout::wire {

/// POST /api/v1/sign-in
struct SignIn {
    std::string number;
};
template <class V> void describe(V& v, SignIn& m) { v("number", m.number); }

/// 202, whoever asks: if the number is known, a code is on its way to the registered channel.
struct SignInChallenge {
    std::string challenge;
    Instant expires{};
};
template <class V> void describe(V& v, SignInChallenge& m)
{
    v("challenge", m.challenge);
    v("expires", m.expires);
}

/// POST /api/v1/sign-in/verify
struct VerifySignIn {
    std::string challenge;
    std::string code;                ///< eight digits, dashes and spaces as you like
    std::optional<std::string> totp; ///< officials only
};
template <class V> void describe(V& v, VerifySignIn& m)
{
    v("challenge", m.challenge);
    v("code", m.code);
    v("totp", m.totp);
}

struct SignedIn {
    std::string token;
    Instant expires{}; ///< at the latest; earlier when unused
    std::string number;
    std::string name;
    std::vector<ballot::Office> offices;
};
template <class V> void describe(V& v, SignedIn& m)
{
    v("token", m.token);
    v("expires", m.expires);
    v("number", m.number);
    v("name", m.name);
    v("offices", m.offices);
}

/// What the register has of the member who asks. Fields are absent where it has nothing.
struct RegisterRecord {
    std::optional<std::string> email;
    std::optional<std::string> phone;
    std::string branch;
    std::optional<std::string> employer;
    std::optional<std::string> workplace;
    std::optional<std::string> workplace_address;
    std::optional<std::string> category;
    std::optional<Date> joined;
};
template <class V> void describe(V& v, RegisterRecord& m)
{
    v("email", m.email);
    v("phone", m.phone);
    v("branch", m.branch);
    v("employer", m.employer);
    v("workplace", m.workplace);
    v("workplace_address", m.workplace_address);
    v("category", m.category);
    v("joined", m.joined);
}

/// GET /api/v1/me
struct Me {
    std::string number;
    std::string name;
    std::optional<RegisterRecord> member; ///< absent: not on the register
    std::vector<ballot::Office> offices;
};
template <class V> void describe(V& v, Me& m)
{
    v("number", m.number);
    v("name", m.name);
    v("member", m.member);
    v("offices", m.offices);
}

/// POST /api/v1/register/{members,workplaces,employers,branches}; answered by a ballot::ImportReport.
struct ImportRegister {
    std::string csv;                            ///< the file's text
    std::map<std::string, std::string> mapping; ///< field -> the file's header, where they differ
    bool dry_run = false;
    bool whole_register = false; ///< members: who is not in the file has left the union
};
template <class V> void describe(V& v, ImportRegister& m)
{
    v("csv", m.csv);
    v("mapping", m.mapping);
    v("dry_run", m.dry_run);
    v("whole_register", m.whole_register);
}

} // namespace walkout::wire
