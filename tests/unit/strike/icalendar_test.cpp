#include "shared/strike/icalendar.hpp"
#include "tests/unit/strike/fixtures.hpp"

#include <sstream>

using namespace walkout;
using namespace walkout::strike;

TEST_SUITE_BEGIN("strike");

namespace {

CalendarSource source(bool rehearsal = false) { return {.domain = "walkout.example", .stamp = utc("2013-10-20T09:00:00Z"), .rehearsal = rehearsal}; }

/// Undoes folding, as a reader does.
std::string unfolded(std::string text)
{
    for (auto at = text.find("\r\n "); at != std::string::npos; at = text.find("\r\n ", at)) text.erase(at, 3);
    return text;
}

bool has_line(const std::string& calendar, const std::string& line) { return unfolded(calendar).find("\r\n" + line + "\r\n") != std::string::npos; }

} // namespace

TEST_CASE("a walkout is one event on the wall clock of its zone")
{
    const auto calendar = walkout_calendar(source(), walkout_2013(), plan_2013().sites);
    CHECK(calendar.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
    CHECK(calendar.ends_with("END:VCALENDAR\r\n"));
    CHECK(has_line(calendar, "UID:walkout-nov-2013@walkout.example"));
    CHECK(has_line(calendar, "DTSTAMP:20131020T090000Z"));
    CHECK(has_line(calendar, "DTSTART;TZID=Europe/London:20131105T120000"));
    CHECK(has_line(calendar, "DTEND;TZID=Europe/London:20131106T120000"));
    CHECK(has_line(calendar, "SUMMARY:Strike: Privatisation of probation"));
    CHECK(has_line(calendar, "SEQUENCE:0"));
    CHECK(has_line(calendar, "STATUS:CONFIRMED"));
    CHECK(unfolded(calendar).find("Picket: Headquarters\\, Andover Road\\, Winchester") != std::string::npos);
}

TEST_CASE("the zone carries every change of the clocks round the event, from the system's own table")
{
    const auto calendar = walkout_calendar(source(), walkout_2013(), {});
    CHECK(has_line(calendar, "BEGIN:DAYLIGHT\r\nDTSTART:20130331T010000\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0100\r\nTZNAME:BST\r\nEND:DAYLIGHT"));
    CHECK(has_line(calendar, "BEGIN:STANDARD\r\nDTSTART:20131027T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0000\r\nTZNAME:GMT\r\nEND:STANDARD"));
    CHECK(has_line(calendar, "BEGIN:DAYLIGHT\r\nDTSTART:20140330T010000\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0100\r\nTZNAME:BST\r\nEND:DAYLIGHT"));
}

TEST_CASE("a zone that has never changed its clocks still has one observance")
{
    auto walkout = walkout_2013();
    walkout.window = window("2013-11-05T12:00", "2013-11-06T12:00", Semantics::clock, "UTC");
    CHECK(has_line(walkout_calendar(source(), walkout, {}),
                   "BEGIN:STANDARD\r\nDTSTART:19000101T000000\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0000\r\nTZNAME:UTC\r\nEND:STANDARD"));
}

TEST_CASE("lines fold at 75 octets without splitting a character")
{
    auto walkout = walkout_2013();
    walkout.title.clear();
    for (int i = 0; i < 60; ++i) walkout.title += "ŷ"; // two octets each
    const auto calendar = walkout_calendar(source(), walkout, {});
    std::istringstream lines(calendar);
    for (std::string line; std::getline(lines, line);) {
        CAPTURE(line);
        REQUIRE(line.ends_with('\r'));
        line.pop_back();
        CHECK(line.size() <= 75);
        const auto first = line.starts_with(' ') ? line[1] : line[0];
        CHECK((static_cast<unsigned char>(first) & 0xc0) != 0x80);
    }
    CHECK(has_line(calendar, "SUMMARY:Strike: " + walkout.title));
}

TEST_CASE("text from people cannot add lines of its own")
{
    auto walkout = walkout_2013();
    walkout.title = "Pay; jobs, \\ hours\r\nEND:VEVENT\x01";
    CHECK(has_line(walkout_calendar(source(), walkout, {}), "SUMMARY:Strike: Pay\\; jobs\\, \\\\ hours\\nEND:VEVENT"));
}

TEST_CASE("a suspended walkout cancels itself and every post, with a higher sequence and its reason")
{
    auto walkout = walkout_2013();
    walkout.state = State::suspended;
    walkout.sequence = 1;
    walkout.reason = "Talks";
    const auto calendar = walkout_calendar(source(), walkout, {});
    CHECK(has_line(calendar, "STATUS:CANCELLED"));
    CHECK(has_line(calendar, "SEQUENCE:1"));
    CHECK(unfolded(calendar).find("This walkout is suspended: Talks") != std::string::npos);

    const auto plan = plan_2013();
    const auto mine = post("2013-11-05T11:45", "2013-11-05T13:00");
    CHECK(has_line(my_calendar(source(), {{walkout, plan.sites[0], plan.entrances[0], mine, {.post = mine.number, .member = "1001"}}}),
                   "STATUS:CANCELLED"));
}

TEST_CASE("a member's calendar holds their posts, with place and notes")
{
    const auto walkout = walkout_2013();
    const auto plan = plan_2013();
    const auto mine = post("2013-11-05T11:45", "2013-11-05T13:00");
    const auto gone = post("2013-11-06T07:30", "2013-11-06T10:00", 6, PostNumber{2});
    const auto calendar = my_calendar(
        source(), {{walkout, plan.sites[0], plan.entrances[0], mine, {.post = mine.number, .member = "1001", .cancelled = false, .sequence = 2}},
                   {walkout, plan.sites[0], plan.entrances[0], gone, {.post = gone.number, .member = "1001", .cancelled = true, .sequence = 1}}});
    CHECK(has_line(calendar, "UID:post-1-1001@walkout.example"));
    CHECK(has_line(calendar, "SUMMARY:Picket (walkout): Headquarters"));
    CHECK(has_line(calendar, "LOCATION:Headquarters\\, Andover Road\\, Winchester"));
    CHECK(has_line(calendar, "GEO:51.068000;-1.319000"));
    CHECK(unfolded(calendar).find("Toilets in the library") != std::string::npos);
    CHECK(has_line(calendar, "SEQUENCE:2"));
    CHECK(has_line(calendar, "STATUS:CONFIRMED"));
    CHECK(has_line(calendar, "STATUS:CANCELLED"));
}

TEST_CASE("in the hour that autumn repeats both of two equal wall times are given in UTC, for programs differ on which a local time means")
{
    auto walkout = walkout_2013();
    walkout.window = window("2026-10-24T12:00", "2026-10-25T12:00");
    const auto plan = plan_2013();
    const auto events_of = [&](const Post& night) {
        return my_calendar(source(), {{walkout, plan.sites[0], plan.entrances[0], night, {.post = night.number, .member = "1001"}}});
    };
    auto night = post("2026-10-25T01:30", "2026-10-25T01:30");
    night.to.repeated = Zone::Repeated::later;
    auto calendar = events_of(night);
    CHECK(has_line(calendar, "DTSTART:20261025T003000Z"));
    CHECK(has_line(calendar, "DTEND:20261025T013000Z"));
    calendar = events_of(post("2026-10-24T22:00", "2026-10-25T01:00")); // to 1am BST, the first minute of the hour
    CHECK(has_line(calendar, "DTSTART;TZID=Europe/London:20261024T220000"));
    CHECK(has_line(calendar, "DTEND:20261025T000000Z"));
    calendar = events_of(post("2026-10-25T00:59", "2026-10-25T02:00")); // on either side of it a local time has one reading
    CHECK(has_line(calendar, "DTSTART;TZID=Europe/London:20261025T005900"));
    CHECK(has_line(calendar, "DTEND;TZID=Europe/London:20261025T020000"));
}

TEST_CASE("a walkout's calendar says whom it reaches")
{
    CHECK(walkout_calendar(source(), walkout_2013(), {}, {"The Trust, only at: HQ"}).find("Called: The Trust\\, only at: HQ") != std::string::npos);
}

TEST_CASE("a rehearsal's events and calendars say so")
{
    CHECK(has_line(walkout_calendar(source(true), walkout_2013(), {}), "NAME:REHEARSAL: Privatisation of probation"));
    CHECK(has_line(walkout_calendar(source(true), walkout_2013(), {}), "SUMMARY:REHEARSAL: Strike: Privatisation of probation"));
}

TEST_SUITE_END();
