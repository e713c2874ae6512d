#include "client/cli/terminal.hpp"

#include "client/cli/folders.hpp"
#include "client/cli/layout.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <optional>

namespace walkout::cli {
namespace {

// What a signal handler may touch: memory of its own, write() and _exit().
std::array<char, 1024> last_words{};
volatile std::sig_atomic_t last_words_size = 0;

void say_last_words(int)
{
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, last_words.data(), static_cast<std::size_t>(last_words_size));
    ::_exit(130);
}

/// The terminal itself, whatever stdin is. While it is open, Ctrl-C interrupts the reading instead of killing the process with the
/// echo off.
class Tty {
public:
    explicit Tty(bool echo) : descriptor_(::open("/dev/tty", O_RDWR | O_CLOEXEC))
    {
        if (!open()) return;
        // Blocked but while line() waits, so that a Ctrl-C between the question and the waiting is not lost.
        sigset_t interrupt;
        ::sigemptyset(&interrupt);
        ::sigaddset(&interrupt, SIGINT);
        ::pthread_sigmask(SIG_BLOCK, &interrupt, &former_mask_);
        struct sigaction notice {};
        notice.sa_handler = [](int) {}; // without SA_RESTART: ppoll() returns EINTR
        ::sigaction(SIGINT, &notice, &former_action_);
        if (echo || ::tcgetattr(descriptor_, &former_mode_) != 0) return;
        auto silent = former_mode_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        silenced_ = ::tcsetattr(descriptor_, TCSAFLUSH, &silent) == 0;
    }
    Tty(const Tty&) = delete;
    Tty& operator=(const Tty&) = delete;
    ~Tty()
    {
        if (!open()) return;
        if (silenced_) ::tcsetattr(descriptor_, TCSAFLUSH, &former_mode_);
        ::sigaction(SIGINT, &former_action_, nullptr);
        ::pthread_sigmask(SIG_SETMASK, &former_mask_, nullptr);
        ::close(descriptor_);
    }

    bool open() const { return descriptor_ >= 0; }
    bool silenced() const { return silenced_; }
    void write(std::string_view text) const { [[maybe_unused]] const auto written = ::write(descriptor_, text.data(), text.size()); }

    /// Without its line end; nothing at the end of input.
    std::optional<std::string> line() const
    {
        std::string out;
        out.reserve(4096); // a terminal gives at most this much of a line, so a secret is never copied in growing
        for (;;) {
            pollfd input{.fd = descriptor_, .events = POLLIN, .revents = 0};
            if (::ppoll(&input, 1, nullptr, &former_mask_) < 0 && errno == EINTR) throw Interrupted();
            char c = 0;
            const auto got = ::read(descriptor_, &c, 1);
            if (got == 0) throw Interrupted(); // Ctrl-D
            if (got < 0) return std::nullopt;
            if (c == '\n') return out;
            out += c;
        }
    }

private:
    int descriptor_;
    sigset_t former_mask_{};
    struct sigaction former_action_ {};
    termios former_mode_{};
    bool silenced_ = false;
};

Refusal input_needed(std::string_view question, std::string_view instead)
{
    return {.kind = Kind::invalid,
            .code = "input_needed",
            .detail = "This needs an answer to \"" + std::string(question) + "\", and there is no terminal to ask on.",
            .next = "Use " + std::string(instead) + "."};
}

Secret first_line(std::string text)
{
    const auto end = text.find_first_of("\r\n");
    Secret line(bytes_of(std::string_view(text).substr(0, end)));
    wipe(text.data(), text.size());
    return line;
}

} // namespace

Terminal::Terminal() : colours_(::isatty(STDOUT_FILENO) == 1 && std::getenv("NO_COLOR") == nullptr) {}

void Terminal::print(std::string_view text) const { std::cout << text << '\n' << std::flush; }
void Terminal::say(std::string_view text) const { std::cerr << text << '\n'; }

void Terminal::progress(std::string_view label, std::uint64_t done, std::uint64_t total) const
{
    if (::isatty(STDERR_FILENO) != 1 || total == 0) return;
    constexpr std::uint64_t width = 30;
    const auto reached = std::min(done, total);
    std::string bar;
    for (std::uint64_t i = 0; i < width; ++i) bar += i < reached * width / total ? "█" : "░";
    const auto percent = std::to_string(reached * 100 / total);
    std::cerr << '\r' << "\x1b[K";
    if (done < total) std::cerr << bar << ' ' << std::string(3 - percent.size(), ' ') << percent << "%  " << label;
    std::cerr << std::flush;
}

std::string Terminal::styled(std::string_view text, const char* code) const
{
    return colours_ ? std::string("\x1b[") + code + "m" + std::string(text) + "\x1b[0m" : std::string(text);
}

std::string Terminal::bold(std::string_view text) const { return styled(text, "1"); }
std::string Terminal::dim(std::string_view text) const { return styled(text, "2"); }
std::string Terminal::good(std::string_view text) const { return styled(text, "32"); }
std::string Terminal::bad(std::string_view text) const { return styled(text, "31"); }

int Terminal::columns() const
{
    for (const int descriptor : {STDOUT_FILENO, STDERR_FILENO}) {
        winsize size{};
        if (::ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
    }
    return 80;
}

std::string Terminal::fitted(std::string_view text, std::size_t hang) const
{
    if (::isatty(STDOUT_FILENO) != 1 && ::isatty(STDERR_FILENO) != 1) return std::string(text);
    return wrapped(text, static_cast<std::size_t>(std::clamp(columns(), 20, 90)), hang);
}

bool Terminal::can_ask() const { return may_ask_ && ::isatty(STDERR_FILENO) == 1 && Tty(/*echo=*/true).open(); }

void Terminal::if_interrupted(std::string_view sentence)
{
    sigset_t interrupt, before;
    ::sigemptyset(&interrupt);
    ::sigaddset(&interrupt, SIGINT);
    ::pthread_sigmask(SIG_BLOCK, &interrupt, &before);
    const auto text = "\n" + fitted(sentence) + "\n";
    const auto size = std::min(text.size(), last_words.size());
    std::copy_n(text.begin(), size, last_words.begin());
    last_words_size = static_cast<std::sig_atomic_t>(size);
    struct sigaction say_them {};
    say_them.sa_handler = say_last_words;
    ::sigaction(SIGINT, &say_them, nullptr);
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

std::string Terminal::interrupted_words()
{
    const std::string_view said(last_words.data(), static_cast<std::size_t>(last_words_size));
    return std::string(said.substr(0, said.empty() ? 0 : said.size() - 1)); // say() ends the line
}

Result<std::string> Terminal::ask(std::string_view question, std::string_view instead) const
{
    if (!may_ask_) return input_needed(question, instead);
    const Tty tty(/*echo=*/true);
    if (!tty.open()) return input_needed(question, instead);
    tty.write(std::string(question) + " ");
    auto answer = tty.line();
    if (!answer) return input_needed(question, instead);
    return *std::move(answer);
}

Result<Secret> Terminal::ask_secret(std::string_view question, std::string_view instead) const
{
    if (!may_ask_) return input_needed(question, instead);
    const Tty tty(/*echo=*/false);
    if (!tty.silenced()) return input_needed(question, instead);
    tty.write(std::string(question) + " ");
    auto answer = tty.line();
    tty.write("\n");
    if (!answer) return input_needed(question, instead);
    return Secret(*std::move(answer));
}

Result<bool> Terminal::confirm(std::string_view question, std::string_view instead) const
{
    const auto answer = ask(std::string(question) + " [yes/no]", instead);
    if (!answer) return answer.error();
    return *answer == "yes" || *answer == "y";
}

Result<Secret> Terminal::secret_from(const std::string& file_or_dash, std::string_view question, std::string_view option) const
{
    if (file_or_dash.empty()) return ask_secret(question, std::string(option) + " F or " + std::string(option) + " -");
    if (file_or_dash != "-") {
        const auto content = read_secret_file(file_or_dash);
        if (!content) return content.error();
        return first_line(std::string(content->reveal()));
    }
    std::string line;
    line.reserve(4096);
    if (!std::getline(std::cin, line)) return input_needed(question, option);
    return first_line(std::move(line));
}

} // namespace walkout::cli
