#include "shared/protocol/register.hpp"

#include "shared/protocol/credential_stream.hpp"
#include "shared/protocol/election.hpp"
#include "shared/protocol/json.hpp"
#include "shared/protocol/voting_paper_json.hpp"

#include <algorithm>

namespace walkout::protocol {
namespace {

using ballot::CodeChange;

constexpr std::string_view version = "walkout-register/1";

Json record_json(const RegisterRecord& record)
{
    Json json{{"seq", record.seq}, {"prev", record.prev}, {"kind", name(ballot::change_for(record.reason))}};
    if (record.credential_out) json["credential_out"] = *record.credential_out;
    if (record.credential_in) json["credential_in"] = *record.credential_in;
    json["reason_code"] = name(record.reason);
    return json;
}

Json head_json(const SignedHead& one)
{
    const auto& head = one.head;
    return {{"height", head.height},         {"event", head.event},       {"register_hash", head.register_hash},
            {"audit_hash", head.audit_hash}, {"batch", text(head.batch)}, {"signature", hex(one.signature)}};
}

std::uint64_t number_field(const Json& object, const char* key)
{
    const auto& value = field(object, key);
    if (!value.is_number_unsigned()) throw BadRecord(std::string("the field \"") + key + "\" must be a number");
    return value.get<std::uint64_t>();
}

std::optional<std::string> optional_text(const Json& object, const char* key)
{
    if (optional_field(object, key) == nullptr) return std::nullopt;
    return text_field(object, key);
}

RegisterRecord read_change(const Json& json)
{
    const auto reason = from_name<ballot::ChangeReason>(text_field(json, "reason_code"));
    if (!reason) throw BadRecord("a reason_code is not on the list of reasons");
    return {number_field(json, "seq"), text_field(json, "prev"), *reason, optional_text(json, "credential_out"),
            optional_text(json, "credential_in")};
}

SignedHead read_head(const Json& json, const std::string& election)
{
    const auto batch = parse_instant(text_field(json, "batch"));
    const auto signature = parse_signature(text_field(json, "signature"));
    if (!batch || !signature) throw BadRecord("a head is not in its canonical form");
    return {{election, number_field(json, "height"), text_field(json, "event"), text_field(json, "register_hash"), text_field(json, "audit_hash"),
             *batch},
            *signature};
}

/// A text of a record that has been verified; empty where there is none.
std::string field_of(std::string_view record, const char* key)
{
    const auto json = parse_strict(record);
    if (!json || !json->is_object()) return {};
    const auto* value = optional_field(*json, key);
    return value != nullptr && value->is_string() ? value->get<std::string>() : std::string();
}

std::string at_height(std::uint64_t height) { return "the signed head at height " + std::to_string(height); }
std::string number_of(std::uint64_t seq) { return "record " + std::to_string(seq); }

} // namespace

std::string write_register_record(const RegisterRecord& record) { return record_json(record).dump(); }

std::string register_genesis(std::string_view election, std::span<const std::string> spares)
{
    Sha256 hash;
    hash.update(version).update("|").update(election).update("\n");
    for (const auto& spare : spares) hash.update(spare).update("\n");
    return hex(hash.finish());
}

std::string register_commitment(std::string_view blind, std::string_view before, std::string_view last)
{
    return hex(Sha256().update("walkout-register-head/2|").update(blind).update("|").update(before).update("|").update(last).finish());
}

std::string write_register(const CredentialRegister& reg)
{
    Json records = Json::array(), heads = Json::array();
    for (const auto& record : reg.records) records.push_back(record_json(record));
    for (const auto& head : reg.heads) heads.push_back(head_json(head));
    return Json{{"version", version},       {"election", reg.election}, {"voting_paper", reg.voting_paper}, {"blind", reg.blind},
                {"entitled", reg.entitled}, {"spares", reg.spares},     {"records", std::move(records)},    {"heads", std::move(heads)}}
        .dump();
}

Result<CredentialRegister> parse_register(std::string_view bytes)
{
    auto reg = read_record(bytes, "register", "The register", [](const Json& json) {
        if (text_field(json, "version") != version) throw BadRecord("it is of another version than " + std::string(version));
        CredentialRegister out;
        out.election = text_field(json, "election");
        out.voting_paper = text_field(json, "voting_paper");
        out.blind = text_field(json, "blind");
        if (const auto blind = from_hex(out.blind); !blind || blind->size() != 32) throw BadRecord("its blind is not 64 hexadecimal digits");
        out.entitled = number_field(json, "entitled");
        for (const auto& spare : list(field(json, "spares"))) {
            if (!spare.is_string()) throw BadRecord("a spare is not a credential's text");
            out.spares.push_back(spare.get<std::string>());
        }
        for (const auto& record : list(field(json, "records"))) out.records.push_back(read_change(record));
        for (const auto& head : list(field(json, "heads"))) out.heads.push_back(read_head(head, out.election));
        return out;
    });
    if (reg && write_register(*reg) != bytes)
        return Refusal{Kind::invalid, "register", "The register is not acceptable: it is not in its canonical form."};
    return reg;
}

std::string_view meaning(RegisterCheck check)
{
    switch (check) {
    case RegisterCheck::form: return "the register is in its canonical form";
    case RegisterCheck::binding: return "it is of this election, whose voting paper names the board's key";
    case RegisterCheck::credentials: return "every credential it names is on the archive's list";
    case RegisterCheck::chain: return "its records follow one another, and each change was possible";
    case RegisterCheck::heads: return "the board signed this very register, batch by batch";
    case RegisterCheck::inactive: return "no ballot stands under a spare that was not activated";
    case RegisterCheck::revoked: return "no ballot stands under a credential that was revoked";
    case RegisterCheck::entitled: return "as many credentials are live as people are entitled";
    }
    throw std::logic_error("an unknown check");
}

void RegisterVerifier::fail(RegisterCheck check, std::string why)
{
    if (!failure_) failure_ = {check, std::move(why)};
}

void RegisterVerifier::election(std::string_view fingerprint, std::string_view description)
{
    using enum RegisterCheck;
    if (register_.election != fingerprint) return fail(binding, "the register is of another election than this archive");
    const auto bound = ballot::paper_hash_in(description);
    if (!bound || *bound != sha256(register_.voting_paper)) return fail(binding, "its voting paper is not the one that this election binds");
    const auto paper = parse_voting_paper(register_.voting_paper);
    if (!paper) return fail(binding, paper.error().detail);
    board_key_ = parse_public_key(paper->board_key);
    if (!board_key_) fail(binding, "its voting paper names no key of the board");
}

void RegisterVerifier::credential(std::string_view credential)
{
    if (!failed()) credentials_.try_emplace(sha256(credential));
}

RegisterVerifier::Life* RegisterVerifier::listed(const std::string& credential)
{
    const auto found = credentials_.find(sha256(credential));
    return found == credentials_.end() ? nullptr : &found->second;
}

void RegisterVerifier::apply(const RegisterRecord& record)
{
    using enum RegisterCheck;
    const auto at = number_of(record.seq);
    const auto kind = ballot::change_for(record.reason);
    if (record.credential_out.has_value() != (kind != CodeChange::activate) || record.credential_in.has_value() != (kind != CodeChange::revoke))
        return fail(chain, at + " does not name the credentials that a change of its kind needs");
    if (record.credential_out) {
        auto* out = listed(*record.credential_out);
        if (out == nullptr) return fail(credentials, at + " revokes a credential that is not on the archive's list");
        if (out->revoked != 0 || (out->spare && out->activated == 0)) return fail(chain, at + " revokes a credential that is not live");
        out->revoked = record.seq;
        --live_;
    }
    if (record.credential_in) {
        auto* in = listed(*record.credential_in);
        if (in == nullptr) return fail(credentials, at + " activates a credential that is not on the archive's list");
        if (!in->spare || in->activated != 0) return fail(chain, at + " activates a credential that is no unused spare");
        in->activated = record.seq;
        ++live_;
    }
    ++changes_[kind];
}

void RegisterVerifier::replay()
{
    using enum RegisterCheck;
    live_ = credentials_.size();
    for (const auto& spare : register_.spares) {
        auto* life = listed(spare);
        if (life == nullptr) return fail(credentials, "it names a spare that is not on the archive's list of credentials");
        if (life->spare) return fail(credentials, "it names a spare twice");
        life->spare = true;
        --live_;
    }
    chain_.push_back(register_genesis(register_.election, register_.spares));
    for (const auto& record : register_.records) {
        if (record.seq != chain_.size()) return fail(chain, number_of(record.seq) + " is not the next in order");
        if (record.prev != chain_.back()) return fail(chain, number_of(record.seq) + " does not follow from what stands before it");
        apply(record);
        if (failed()) return;
        chain_.push_back(hex(sha256(write_register_record(record))));
    }
}

void RegisterVerifier::check_heads()
{
    using enum RegisterCheck;
    std::string before;
    for (const auto& [head, signature] : register_.heads) {
        if (!verify_signature(*board_key_, head_text(head), signature))
            return fail(heads, at_height(head.height) + " is not signed with the board's key");
        // What is in force never shrinks, so that one walk along the chain serves all heads.
        auto known = in_force_.empty() ? 0 : in_force_.back();
        while (known < chain_.size() && register_commitment(register_.blind, before, chain_[known]) != head.register_hash) ++known;
        if (known == chain_.size())
            return fail(heads,
                        at_height(head.height) + " does not follow: a head before it is left out, or records are altered, missing or taken back");
        before = head.register_hash;
        if (!in_force_.empty() && head.height <= register_.heads[in_force_.size() - 1].head.height)
            return fail(heads, "the signed heads are not in order");
        in_force_.push_back(known);
    }
    if (in_force_.empty()) fail(heads, "the register comes without a signed head");
}

void RegisterVerifier::ballot(std::uint64_t height, std::string_view credential)
{
    using enum RegisterCheck;
    if (failed()) return;
    if (next_head_ == in_force_.size()) return fail(heads, "no signed head covers the ballot of event " + std::to_string(height));
    const auto found = credentials_.find(sha256(credential));
    if (found == credentials_.end()) return fail(credentials, "the ballot of event " + std::to_string(height) + " stands under a foreign credential");
    const auto& life = found->second;
    const auto known = in_force_[next_head_]; // records in force when the ballot's batch was signed
    const auto of = "the ballot of event " + std::to_string(height) + " stands under a ";
    if (life.spare && life.activated == 0) return fail(inactive, of + "spare credential that was never activated");
    if (life.spare && life.activated > known) return fail(inactive, of + "spare credential that was activated only after its batch");
    if (life.revoked == 0) return;
    fail(revoked, of +
                      (life.revoked <= known ? "credential that was revoked before its batch was published by "
                                             : "credential that was revoked although it had been used, by ") +
                      number_of(life.revoked));
}

void RegisterVerifier::event(std::uint64_t height, const std::string& hash, EventType type)
{
    using enum RegisterCheck;
    if (failed()) return;
    if (height == 0) {
        replay();
        if (!failed()) check_heads();
        if (failed()) return;
    }
    if (type == EventType::end_ballots) ended_ = height;
    if (next_head_ == register_.heads.size() || register_.heads[next_head_].head.height != height) return;
    if (register_.heads[next_head_].head.event != hash) return fail(heads, at_height(height) + " is of another board than this archive");
    if (ended_ && in_force_[next_head_] != register_.records.size())
        return fail(heads, at_height(height) + " was signed after the ballots had ended, yet it does not know all changes");
    ++next_head_;
}

RegisterVerification RegisterVerifier::finish()
{
    using enum RegisterCheck;
    if (!failed() && chain_.empty()) fail(binding, "the archive holds no election");
    if (!failed() && !ended_) fail(heads, "the ballots of this archive have not ended: a register is published with the closed board");
    if (!failed() && next_head_ != register_.heads.size())
        fail(heads, at_height(register_.heads[next_head_].head.height) + " is of an event that this archive does not hold");
    if (!failed() && register_.heads.back().head.height < *ended_) fail(heads, "no signed head covers the end of the ballots");
    if (!failed() && live_ != register_.entitled)
        fail(entitled, std::to_string(live_) + " credentials are live, but " + std::to_string(register_.entitled) + " people are entitled");
    return {failure_, register_.entitled, register_.spares.size(), changes_};
}

RegisterVerification verify_register(ArchiveReader::Source source, CredentialRegister reg)
{
    RegisterVerifier verifier(std::move(reg));
    ArchiveReader reader(std::move(source));
    std::vector<std::string> data; // records of the event to come
    bool set_up = false;
    CredentialStream credentials([&](const std::string& credential) { verifier.credential(credential); }); // ours carry no weights
    if (!reader.read_header()) return verifier.finish();
    for (;;) {
        const bool list = !set_up && data.size() == 2; // far larger than any other record
        if (list) verifier.election(fingerprint_of(data[0]), field_of(data[0], "description"));
        auto record = list ? reader.next([&](std::string_view piece) { credentials.feed(piece); }) : reader.next();
        if (!record || !*record) return verifier.finish();
        if (!(*record)->is_event) {
            data.push_back(std::move((*record)->body));
            continue;
        }
        const auto event = parse_event((*record)->body);
        if (!event) return verifier.finish();
        if (event->type == EventType::ballot && !data.empty()) verifier.ballot(event->height, field_of(data[0], "credential"));
        verifier.event(event->height, reader.hash(), event->type);
        set_up = true;
        data.clear();
    }
}

} // namespace walkout::protocol
