#include "server/app/log.hpp"

#include <iostream>
#include <stdexcept>

namespace walkout::app {

Log::Log(const std::filesystem::path& file)
{
    if (file.empty()) return;
    file_.open(file, std::ios::app);
    if (!file_) throw std::runtime_error("the log " + file.string() + " cannot be opened");
}

void Log::write(const wire::LogLine& line)
{
    const auto text = wire::to_json(line) + "\n";
    const std::lock_guard lock(mutex_);
    (file_.is_open() ? static_cast<std::ostream&>(file_) : std::clog) << text << std::flush;
    file_.clear(); // a disk that was full may have room again
}

} // namespace walkout::app
