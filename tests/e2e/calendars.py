"""Calendars read by two programs that are not ours and share no code: python3-icalendar, and libical (C) through ctypes."""

import ctypes
import ctypes.util

import icalendar

VEVENT = 4  # icalcomponent_kind of libical 3


class _Time(ctypes.Structure):
    _fields_ = [(name, ctypes.c_int) for name in ("year", "month", "day", "hour", "minute", "second", "is_date", "is_daylight")] + [("zone", ctypes.c_void_p)]


def _library():
    library = ctypes.CDLL(ctypes.util.find_library("ical") or "libical.so.3")
    for name, result, arguments in (
            ("icalparser_parse_string", ctypes.c_void_p, [ctypes.c_char_p]),
            ("icalcomponent_get_first_component", ctypes.c_void_p, [ctypes.c_void_p, ctypes.c_int]),
            ("icalcomponent_get_next_component", ctypes.c_void_p, [ctypes.c_void_p, ctypes.c_int]),
            ("icalcomponent_get_dtstart", _Time, [ctypes.c_void_p]),
            ("icalcomponent_get_dtend", _Time, [ctypes.c_void_p]),
            ("icalcomponent_get_uid", ctypes.c_char_p, [ctypes.c_void_p]),
            ("icalcomponent_get_sequence", ctypes.c_int, [ctypes.c_void_p]),
            ("icalcomponent_as_ical_string", ctypes.c_char_p, [ctypes.c_void_p]),
            ("icalcomponent_count_errors", ctypes.c_int, [ctypes.c_void_p]),
            ("icaltime_as_timet_with_zone", ctypes.c_int64, [_Time, ctypes.c_void_p]),
            ("icalcomponent_free", None, [ctypes.c_void_p])):
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library


def by_libical(text):
    """{uid: (start, end, sequence, cancelled)}, instants in seconds since 1970."""
    library = _library()
    calendar = library.icalparser_parse_string(text.encode())
    if not calendar:
        raise AssertionError("libical reads no calendar in this")
    try:
        if library.icalcomponent_count_errors(calendar):
            raise AssertionError("libical finds errors in this calendar")
        events = {}
        event = library.icalcomponent_get_first_component(calendar, VEVENT)
        while event:
            start, end = library.icalcomponent_get_dtstart(event), library.icalcomponent_get_dtend(event)
            events[library.icalcomponent_get_uid(event).decode()] = (
                library.icaltime_as_timet_with_zone(start, start.zone), library.icaltime_as_timet_with_zone(end, end.zone),
                library.icalcomponent_get_sequence(event), b"STATUS:CANCELLED" in library.icalcomponent_as_ical_string(event))
            event = library.icalcomponent_get_next_component(calendar, VEVENT)
        return events
    finally:
        library.icalcomponent_free(calendar)


def by_icalendar(text):
    """The same by python3-icalendar, which makes its time zones from the file's VTIMEZONE."""
    calendar = icalendar.Calendar.from_ical(text)
    return {str(event["UID"]): (int(event.decoded("DTSTART").timestamp()), int(event.decoded("DTEND").timestamp()), int(event["SEQUENCE"]),
                                str(event["STATUS"]) == "CANCELLED")
            for event in calendar.walk("VEVENT")}


def read(text):
    """What both make of a calendar; they must agree."""
    ours, theirs = by_icalendar(text), by_libical(text)
    if ours != theirs:
        raise AssertionError(f"python3-icalendar and libical read different events:\n{ours}\n{theirs}")
    return ours
