#pragma once

#include "server/service/context.hpp"
#include "server/store/ballot_store.hpp"
#include "server/store/notice_store.hpp"
#include "shared/ballot/catalogue.hpp"
#include "shared/wire/notice_messages.hpp"

#include <functional>

namespace walkout::service {

/// How the result reads, given by whoever knows the templates, and where it is published.
struct ResultMail {
    std::function<std::string(const wire::ResultNotice&, ballot::Language)> words; ///< its plain text
    std::string address;
};

/// Tells everybody entitled to vote the result of their own constituency with the statutory figures (TULRCA s.231), by mail, each alike: in English,
/// and in Welsh as well where the ballot has a Welsh title. Once: asked again it tells when that was. Refuses what declared_result refuses.
Result<store::MembersTold> tell_members(store::WriteTx& tx, const Context& context, const BallotId& id, const ResultMail& mail);

} // namespace walkout::service
