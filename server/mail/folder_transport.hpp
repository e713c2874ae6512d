#pragma once

#include "server/mail/transport.hpp"

#include <filesystem>

namespace walkout::mail {

/// Writes each mail as a file "<id>-<address>.eml" (0600) into a folder (0700, made if need be). A file is there whole or not at all, and
/// is on disk when send() returns. Sending one again replaces it.
class FolderTransport final : public Transport {
public:
    /// Throws where the folder cannot be made, or others may look into it.
    FolderTransport(std::filesystem::path folder, std::string from);
    void send(const Message& message) override;

private:
    std::filesystem::path folder_;
    std::string from_;
};

} // namespace walkout::mail
