#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace walkout::strike {

/// The lines of an iCalendar file (RFC 5545).
class CalendarLines {
public:
    /// Folds at 75 octets (section 3.1), between characters: half a UTF-8 sequence on a line is what calendars choke on.
    void add(std::string_view line)
    {
        std::size_t room = 75;
        while (line.size() > room) {
            auto cut = room;
            while ((static_cast<unsigned char>(line[cut]) & 0xc0) == 0x80) --cut;
            out_.append(line.substr(0, cut)) += "\r\n ";
            line.remove_prefix(cut);
            room = 74; // the space that marks a continuation counts
        }
        out_.append(line) += "\r\n";
    }
    /// TEXT of section 3.3.11.
    void text(const std::string& name, std::string_view value)
    {
        std::string escaped;
        for (const char c : value) {
            if (c == '\n') escaped += "\\n";
            else if (c == '\\' || c == ';' || c == ',') (escaped += '\\') += c;
            else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) escaped += c;
        }
        add(name + ":" + escaped);
    }
    std::string take() { return std::move(out_); }

private:
    std::string out_;
};

} // namespace walkout::strike
