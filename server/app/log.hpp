#pragma once

#include "shared/wire/server.hpp"

#include <filesystem>
#include <fstream>
#include <mutex>

namespace walkout::app {

/// JSON lines, appended to a file (0600) or written to standard error. Thread-safe. A log that cannot be written stops nobody.
class Log {
public:
    explicit Log(const std::filesystem::path& file); ///< empty: standard error. Throws where the file cannot be opened.
    void write(const wire::LogLine& line);

private:
    std::mutex mutex_;
    std::ofstream file_;
};

} // namespace walkout::app
