#include "server/app/board_key.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <system_error>

namespace walkout::app {
namespace {

Refusal bad(const std::filesystem::path& file, const char* why)
{
    return {.kind = Kind::invalid, .code = "bad_board_key", .detail = "The board's signing key " + file.string() + " " + why + "."};
}

} // namespace

void make_board_key(const std::filesystem::path& file, Random& random)
{
    const auto key = SigningKey::make(random);
    const Secret text(hex(key.reveal_seed()) + "\n");
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) throw std::system_error(errno, std::generic_category(), file.string());
    const auto written = ::write(descriptor, text.reveal().data(), text.reveal().size());
    const bool safe = written == static_cast<ssize_t>(text.reveal().size()) && ::fsync(descriptor) == 0;
    ::close(descriptor);
    if (!safe) throw std::runtime_error(file.string() + " cannot be written");
}

Result<SigningKey> load_board_key(const std::filesystem::path& file)
{
    struct stat status {};
    if (::stat(file.c_str(), &status) != 0) return bad(file, "cannot be read; `walkoutd init` makes it");
    if ((status.st_mode & 077) != 0) return bad(file, "may be read by others; make it 0600");
    std::ifstream in(file);
    std::string text(64, '\0');
    in.read(text.data(), 64);
    const Secret digits(std::move(text));
    auto seed = from_hex(digits.reveal());
    if (!in || !seed) return bad(file, "does not hold 64 hexadecimal digits");
    auto key = SigningKey::from_seed(*seed);
    wipe(seed->data(), seed->size());
    if (!key) return bad(file, "does not hold 64 hexadecimal digits");
    return Result<SigningKey>(boost::system::in_place_value, *std::move(key));
}

} // namespace walkout::app
