#pragma once

#include "shared/base/time.hpp"

#include <string>

namespace walkout::mail {

/// A mail ready to leave.
struct Message {
    std::string id; ///< [0-9a-f]+, the same at every attempt: receivers drop a second copy by its Message-ID
    std::string to; ///< one address
    std::string subject;
    std::string body; ///< UTF-8, lines ending in "\n"
    Instant date{};
    bool rehearsal = false;
};

/// The way out: a folder now, SMTP later. send() returns once the mail is handed over and throws std::runtime_error if that failed.
class Transport {
public:
    virtual ~Transport() = default;
    virtual void send(const Message& message) = 0;
};

} // namespace walkout::mail
