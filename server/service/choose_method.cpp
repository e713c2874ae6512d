#include "server/service/choose_method.hpp"

#include "server/service/audit.hpp"
#include "server/service/ballots.hpp"
#include "server/store/official_store.hpp"

#include <algorithm>

namespace walkout::service {
namespace {

std::span<const law::TextField> fields_of(const store::Ballot& ballot)
{
    return law::text_fields(law::Document::method_record, ballot.plan.jurisdiction, opening_day_of(ballot));
}

/// "by post and online"
std::string in_words(const std::vector<law::Method>& methods)
{
    const auto spoken = [](law::Method method) -> std::string {
        switch (method) {
        case law::Method::post: return "by post";
        case law::Method::online: return "online";
        case law::Method::hybrid: return "by post or online at choice";
        case law::Method::workplace: return "in person at work";
        }
        throw std::logic_error("an unknown method");
    };
    std::string out;
    for (std::size_t i = 0; i < methods.size(); ++i) out += (i == 0 ? "" : i + 1 == methods.size() ? " and " : ", ") + spoken(methods[i]);
    return out;
}

} // namespace

Result<wire::MethodRecordForm> method_record_form(const store::ReadTx& tx, const Context& context, const store::Ballot& ballot)
{
    if (const auto covered = law::Rulebook::covers(opening_day_of(ballot)); !covered) return covered.error();
    wire::MethodRecordForm out{.ballot = ballot.plan.id,
                               .title = ballot.plan.title,
                               .rehearsal = is_rehearsal(tx),
                               .needed = ballot::needs_method_record(ballot.plan),
                               .methods = ballot.plan.methods,
                               .second_factor = ballot.plan.second_factor_or_default(),
                               .now = context.ballot_now,
                               .fields = {}};
    for (const auto& field : fields_of(ballot))
        out.fields.push_back(
            {std::string(field.name), std::string(field.words), std::string(field.source), field.confidence == law::Confidence::high});
    return out;
}

Result<void> record_method(store::WriteTx& tx, const Context& context, const BallotId& id, const wire::NewMethodRecord& record)
{
    const auto ballot = require_ballot(tx, id);
    if (!ballot) return ballot.error();
    using enum ballot::Phase;
    if (ballot->opened_at || ballot->phase == abandoned)
        return Refusal{Kind::conflict, "record_stands",
                       "The choice of method is recorded before the ballot opens; it is " + std::string(name(ballot->phase)) + ".",
                       "What was recorded before stands: walkout ballot method " + id.text()};
    if (const auto covered = law::Rulebook::covers(opening_day_of(*ballot)); !covered) return covered;
    if (const auto whole = ballot::check_method_record(fields_of(*ballot), record.answers); !whole) return whole;
    if (record.made_at > context.ballot_now || record.made_at < context.ballot_now - std::chrono::hours(24))
        return Refusal{Kind::invalid, "record_time", "The record was not signed in the last day by the server's clock.", "Sign it again."};
    const auto official = store::find_official(tx, context.caller.number);
    if (!official || !context.caller.holds(record.role) ||
        (record.role != ballot::Role::general_secretary && record.role != ballot::Role::scrutineer))
        return Refusal{Kind::not_allowed, "wrong_office", "The choice of method is recorded by the general secretary or the scrutineer.",
                       "Sign in the office you hold."};
    const auto canonical =
        ballot::canonical_method_record(id, ballot->plan.methods, ballot->plan.second_factor_or_default(), record.made_at, record.answers);
    const auto signature = parse_signature(record.signature);
    if (!signature || !verify_signature(official->signing_key, canonical, *signature))
        return Refusal{Kind::not_allowed, "wrong_signature", "The signature was not made with the key pinned when you were enrolled.",
                       "Sign on the machine that holds that key."};
    store::add_method_record(tx, id,
                             {.number = 0,
                              .answers = wire::to_json(record),
                              .canonical = canonical,
                              .made_at = record.made_at,
                              .made_by = context.caller.number,
                              .role = record.role,
                              .key = official->signing_key,
                              .signature = *signature});
    record_audit(tx, context, record.role, "method_recorded", id.text(), {{"record", hex(sha256(canonical))}});
    return {};
}

Result<wire::MethodRecordView> method_record_view(const store::ReadTx& tx, const store::Ballot& ballot)
{
    const auto record = store::method_record(tx, ballot.plan.id);
    if (!record)
        return Refusal{Kind::not_found, "no_method_record", "No choice of method is recorded for this ballot.",
                       ballot::needs_method_record(ballot.plan) ? "It is recorded and signed before the ballot opens." : "It needs none."};
    const auto given = wire::from_json<wire::NewMethodRecord>(record->answers).value();
    const auto official = store::find_official(tx, record->made_by);
    wire::MethodRecordView out{.ballot = ballot.plan.id,
                               .title = ballot.plan.title,
                               .rehearsal = is_rehearsal(tx),
                               .methods = in_words(ballot.plan.methods),
                               .made_at = record->made_at,
                               .made_by = official ? official->name : record->made_by,
                               .role = record->role,
                               .answers = {},
                               .canonical = record->canonical,
                               .hash = hex(sha256(record->canonical)),
                               .key = hex(record->key),
                               .signature = hex(record->signature)};
    for (const auto& field : fields_of(ballot)) {
        const auto answer = std::ranges::find(given.answers, field.name, &ballot::MethodAnswer::field);
        if (answer == given.answers.end()) continue; // the first sending may have moved the opening day to another form
        out.answers.push_back(
            {std::string(field.name), std::string(field.words), answer->text, std::string(field.source), field.confidence == law::Confidence::high});
    }
    return out;
}

Result<void> method_recorded(const store::ReadTx& tx, const store::Ballot& ballot)
{
    if (!ballot::needs_method_record(ballot.plan) || store::method_record(tx, ballot.plan.id)) return {};
    return Refusal{.kind = Kind::conflict,
                   .code = "method_record_missing",
                   .detail = "No choice-of-method record is signed, and without one a ballot opens by post only.",
                   .next = "The general secretary or the scrutineer makes it: walkout ballot method " + ballot.plan.id.text() + " --template",
                   .rule = "choice_of_method",
                   .source = "ERelA04 s.54(10)(b)"};
}

} // namespace walkout::service
