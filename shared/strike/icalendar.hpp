#pragma once

#include "shared/strike/picket.hpp"

#include <string>
#include <vector>

namespace walkout::strike {

/// What every calendar file of one server shares.
struct CalendarSource {
    std::string domain;     ///< right-hand side of each UID; must stay the same for the life of the database
    Instant stamp;          ///< DTSTAMP
    bool rehearsal = false; ///< marks every SUMMARY and the calendar's name
};

struct MyPost {
    const Walkout& walkout;
    const Site& site;
    const Entrance& entrance;
    const Post& post;
    const SignUp& sign_up;
};

/// RFC 5545 text: CRLF, folded at 75 octets, a VTIMEZONE made from the system's tzdb, stable UIDs, and a SEQUENCE that goes up with every
/// change. A walkout that is suspended or has ended, and a post whose sign-up or walkout is off, is STATUS:CANCELLED.
/// Whom it reaches and the public sites become the walkout's description; nobody's name is in it.
std::string walkout_calendar(const CalendarSource& source, const Walkout& walkout, const std::vector<Site>& public_sites,
                             const std::vector<std::string>& called = {});

/// One member's own posts. For them alone.
std::string my_calendar(const CalendarSource& source, const std::vector<MyPost>& posts);

} // namespace walkout::strike
