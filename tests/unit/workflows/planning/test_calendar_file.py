"""Calendar files: what other calendars read in them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.bodies.model import Contact
from workflows.planning.calendar_file import (
    CalendarEntry,
    feed,
    invitation,
    invitation_type,
)

BRUSSELS = ZoneInfo("Europe/Brussels")
AN = Contact(name="An Peeters", email="an@mechelen.example")
EVA = Contact(name="Eva; Lambrecht", email="eva@mechelen.example")


def an_entry(**changes):
    given = {
        "uid": "1234@woonflow",
        "number": "KG-2026-1",
        "title": "Kerngroep",
        "starts_at": datetime(2026, 3, 24, 13, 0, tzinfo=UTC),
        "minutes_long": 90,
        "place": "Zaal 2, Huis van de Mechelaar",
        "sequence": 0,
        "changed_at": datetime(2026, 1, 5, 9, 0, tzinfo=UTC),
        "cancelled": False,
        "url": "https://woonflow.example/overleg/vergaderingen/KG-2026-1",
    }
    return CalendarEntry(**given | changes)


def events(content):
    return icalendar.Calendar.from_ical(content).walk("VEVENT")


def only(content):
    (event,) = events(content)
    return event


class TestFeed:
    def test_a_meeting_stands_at_its_local_hour(self):
        event = only(feed("Kerngroep", [an_entry()]))

        assert event.decoded("DTSTART") == datetime(2026, 3, 24, 14, tzinfo=BRUSSELS)
        assert event["DTSTART"].params["TZID"] == "Europe/Brussels"
        assert event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(
            minutes=90
        )

    def test_the_zone_is_defined_in_the_file(self):
        calendar = icalendar.Calendar.from_ical(feed("Kerngroep", [an_entry()]))

        zones = [str(each["TZID"]) for each in calendar.walk("VTIMEZONE")]
        assert zones == ["Europe/Brussels"]

    def test_an_empty_feed_is_a_calendar_too(self):
        calendar = icalendar.Calendar.from_ical(feed("Niets", []))

        assert calendar["VERSION"] == "2.0"
        assert str(calendar["X-WR-CALNAME"]) == "Niets"
        assert "METHOD" not in calendar

    def test_a_cancelled_meeting_stays_and_says_so(self):
        event = only(feed("Kerngroep", [an_entry(cancelled=True)]))

        assert event["STATUS"] == "CANCELLED"
        assert event["TRANSP"] == "TRANSPARENT"

    def test_the_same_meetings_give_the_same_bytes(self):
        assert feed("K", [an_entry()]) == feed("K", [an_entry()])

    def test_lines_are_short_and_end_as_the_standard_asks(self):
        content = feed("Kerngroep", [an_entry(title="é" * 300)])

        lines = content.split(b"\r\n")
        assert max(map(len, lines)) <= 75
        assert lines[0] == b"BEGIN:VCALENDAR"
        assert not any(b"\n" in line for line in lines)

    @given(st.text(max_size=200), st.text(max_size=200))
    def test_no_text_breaks_out_of_its_line(self, title, place):
        printable = "".join(c for c in title if c.isprintable())
        spoken = "".join(c for c in place if c.isprintable())
        made = feed("Feed", [an_entry(title=printable, place=spoken)])

        event = only(made)
        assert str(event["SUMMARY"]) == printable
        assert str(event.get("LOCATION", "")) == spoken

    def test_line_ends_in_a_place_add_no_property(self):
        event = only(feed("Feed", [an_entry(place="Zaal\r\nATTENDEE:mailto:x@y.z")]))

        assert "ATTENDEE" not in event


class TestInvitation:
    def test_it_asks_each_member_to_come(self):
        content = invitation(an_entry(), organizer=AN, attendees=[EVA])
        calendar = icalendar.Calendar.from_ical(content)
        event = only(content)

        assert calendar["METHOD"] == "REQUEST"
        assert event["ORGANIZER"] == "mailto:an@mechelen.example"
        assert event["ATTENDEE"] == "mailto:eva@mechelen.example"
        assert event["ATTENDEE"].params["CN"] == "Eva; Lambrecht"
        assert invitation_type(an_entry()).startswith("text/calendar; method=REQUEST")

    def test_a_cancelled_meeting_is_taken_back(self):
        entry = an_entry(cancelled=True, sequence=3)
        content = invitation(entry, organizer=AN, attendees=[EVA])

        assert icalendar.Calendar.from_ical(content)["METHOD"] == "CANCEL"
        assert only(content)["SEQUENCE"] == 3
        assert "method=CANCEL" in invitation_type(entry)

    @pytest.mark.parametrize("change", ["uid", "sequence"])
    def test_feed_and_invitation_are_about_the_same_meeting(self, change):
        fed = only(feed("K", [an_entry(sequence=2)]))
        asked = only(invitation(an_entry(sequence=2), organizer=AN, attendees=[]))

        assert fed[change.upper()] == asked[change.upper()]
