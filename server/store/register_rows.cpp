#include "server/store/register_rows.hpp"

#include <stdexcept>

namespace walkout::store {
namespace {

using ballot::RegisterKind;
using ballot::RegisterValues;

std::optional<double> degrees(const std::string& text) { return text.empty() ? std::nullopt : std::optional(std::stod(text)); }
std::string degrees_text(const std::optional<double>& degrees) { return degrees ? ballot::coordinate_text(*degrees) : std::string(); }

// In the order of ballot::register_columns.
RegisterValues values_of(const Member& m)
{
    return {m.number,
            m.name,
            m.email,
            m.phone,
            m.branch,
            m.employer,
            m.workplace,
            m.category,
            m.joined ? text(*m.joined) : std::string(),
            m.overseas ? "yes" : "",
            m.address};
}
RegisterValues values_of(const Workplace& w)
{
    return {w.name, w.employer, w.address, w.postcode, degrees_text(w.latitude), degrees_text(w.longitude)};
}
RegisterValues values_of(const Employer& e) { return {e.name, e.email}; }

Member member_of(const RegisterValues& v)
{
    return {.number = v.at(0),
            .name = v.at(1),
            .email = v.at(2),
            .phone = v.at(3),
            .branch = v.at(4),
            .employer = v.at(5),
            .workplace = v.at(6),
            .category = v.at(7),
            .joined = parse_date(v.at(8)),
            .overseas = v.at(9) == "yes",
            .address = v.at(10)};
}
Workplace workplace_of(const RegisterValues& v)
{
    return {
        .employer = v.at(1), .name = v.at(0), .address = v.at(2), .postcode = v.at(3), .latitude = degrees(v.at(4)), .longitude = degrees(v.at(5))};
}

template <class Record> std::optional<RegisterValues> values_if(const std::optional<Record>& record)
{
    return record ? std::optional(values_of(*record)) : std::nullopt;
}

} // namespace

std::optional<RegisterValues> find_register_row(const ReadTx& tx, RegisterKind kind, const RegisterValues& key)
{
    switch (kind) {
    case RegisterKind::members: {
        const auto member = find_member(tx, key.at(0));
        return member && member->active ? std::optional(values_of(*member)) : std::nullopt;
    }
    case RegisterKind::workplaces: return values_if(find_workplace(tx, key.at(1), key.at(0)));
    case RegisterKind::employers: return values_if(find_employer(tx, key.at(0)));
    case RegisterKind::branches: return branch_exists(tx, key.at(0)) ? std::optional(key) : std::nullopt;
    }
    throw std::logic_error("find_register_row");
}

void put_register_row(WriteTx& tx, RegisterKind kind, const RegisterValues& values)
{
    switch (kind) {
    case RegisterKind::members: return put_member(tx, member_of(values));
    case RegisterKind::workplaces: return put_workplace(tx, workplace_of(values));
    case RegisterKind::employers: return put_employer(tx, {.name = values.at(0), .email = values.at(1)});
    case RegisterKind::branches: return put_branch(tx, values.at(0));
    }
}

std::int64_t register_rows(const ReadTx& tx, RegisterKind kind)
{
    switch (kind) {
    case RegisterKind::members: return active_members(tx);
    case RegisterKind::workplaces: return tx.prepare("SELECT count(*) FROM workplace").number();
    case RegisterKind::employers: return tx.prepare("SELECT count(*) FROM employer").number();
    case RegisterKind::branches: return tx.prepare("SELECT count(*) FROM branch").number();
    }
    throw std::logic_error("register_rows");
}

} // namespace walkout::store
