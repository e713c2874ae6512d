#pragma once

#include "shared/wire/rfc5322.hpp"

namespace walkout::mail {

/// The way out: a folder now, SMTP later. send() returns once the mail is handed over and throws std::runtime_error if that failed.
class Transport {
public:
    virtual ~Transport() = default;
    virtual void send(const Message& message) = 0;
};

} // namespace walkout::mail
