#pragma once

#include "server/service/context.hpp"
#include "server/store/official_store.hpp"

namespace walkout::service {

struct Enrolment {
    std::string number;
    std::string name;
    std::string email;
    ballot::Office office;
    SigningPublicKey signing_key{};
};

struct Enrolled {
    bool new_person = true; ///< false: one more office of an official already enrolled, whose authenticator stays as it is
    Secret totp_uri;        ///< for the authenticator app, shown once; empty unless new_person
};

/// Enrols an official, or gives one already enrolled (same name, e-mail and key) one more office.
/// Refuses: a co-chair without a branch or another office with one (wrong_scope), a name or address that cannot be one, an official
/// already enrolled with other particulars (official_differs), the same office again (office_held), a key that is another's (key_in_use).
Result<Enrolled> enrol_official(store::WriteTx& tx, const Context& context, const Enrolment& enrolment, bool rehearsal);

} // namespace walkout::service
