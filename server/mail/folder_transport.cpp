#include "server/mail/folder_transport.hpp"

#include "shared/wire/rfc5322.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>
#include <system_error>

namespace walkout::mail {
namespace {

[[noreturn]] void fail(const std::string& what) { throw std::system_error(errno, std::system_category(), what); }

class Descriptor {
public:
    Descriptor(const std::filesystem::path& file, int flags, mode_t mode = 0) : value_(::open(file.c_str(), flags | O_CLOEXEC, mode))
    {
        if (value_ < 0) fail("cannot open " + file.string());
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() { ::close(value_); }

    void write(std::string_view content) const
    {
        while (!content.empty()) {
            const auto written = ::write(value_, content.data(), content.size());
            if (written < 0 && errno != EINTR) fail("cannot write a mail");
            if (written > 0) content.remove_prefix(static_cast<std::size_t>(written));
        }
    }
    void sync() const
    {
        if (::fsync(value_) != 0) fail("cannot sync a mail");
    }

private:
    int value_;
};

std::string file_name(const Message& message)
{
    auto name = message.id + "-" + message.to;
    const auto safe = [](char c) { return c > ' ' && c < 0x7F && c != '/'; };
    std::ranges::replace_if(
        name, [&](char c) { return !safe(c); }, '_');
    return name.substr(0, 200) + ".eml";
}

} // namespace

FolderTransport::FolderTransport(std::filesystem::path folder, std::string from) : folder_(std::move(folder)), from_(std::move(from))
{
    if (::mkdir(folder_.c_str(), S_IRWXU) != 0 && errno != EEXIST) fail("cannot make the folder " + folder_.string());
    struct stat status {};
    if (::stat(folder_.c_str(), &status) != 0) fail("cannot look at " + folder_.string());
    if (!S_ISDIR(status.st_mode) || (status.st_mode & 0077) != 0)
        throw std::runtime_error("the outbox " + folder_.string() +
                                 " must be a folder that only its owner may enter (chmod 700): sign-in codes pass through it");
}

void FolderTransport::send(const Message& message)
{
    const auto content = rfc5322(message, from_);
    const auto name = file_name(message);
    const auto temporary = folder_ / ("." + message.id + ".tmp"); // not *.eml: who watches the folder must see whole mails only
    {
        const Descriptor file(temporary, O_WRONLY | O_CREAT | O_TRUNC, S_IRUSR | S_IWUSR);
        file.write(content);
        file.sync();
    }
    std::filesystem::rename(temporary, folder_ / name);
    Descriptor(folder_, O_RDONLY | O_DIRECTORY).sync();
}

} // namespace walkout::mail
