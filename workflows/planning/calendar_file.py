"""Calendar files (iCalendar, RFC 5545 and 5546): the one place that writes them.

Nothing of a case goes into a calendar: a meeting has its body, its number, its
place, and the address of its page.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from icalendar import Calendar, Event, vCalAddress, vText

from workflows.bodies.model import Contact
from workflows.calendar import ZONE

MEDIA_TYPE = "text/calendar"
_PRODUCT = "-//Woonflow//Overleg//NL"
_REFRESH = timedelta(hours=4)


class Method(StrEnum):
    """What an invitation asks of the calendar that gets it."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """A meeting as a calendar shows it.

    *uid* never changes; *sequence* grows when the meeting changes, so that a
    calendar knows which invitation is the newer one. *changed_at* is its last
    change, *url* its page, or empty where that isn't known.
    """

    uid: str
    number: str
    title: str
    starts_at: datetime
    minutes_long: int
    place: str
    sequence: int
    changed_at: datetime
    cancelled: bool
    url: str

    @property
    def ends_at(self) -> datetime:
        """When the meeting ends."""
        return self.starts_at + timedelta(minutes=self.minutes_long)


def feed(name: str, entries: Iterable[CalendarEntry]) -> bytes:
    """Write a calendar called *name* to subscribe to."""
    calendar = _calendar()
    calendar.add("NAME", name)
    calendar.add("X-WR-CALNAME", name)
    calendar.add("X-WR-TIMEZONE", ZONE.key)
    calendar.add("REFRESH-INTERVAL", _REFRESH, parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry))
    return _finished(calendar)


def invitation(
    entry: CalendarEntry, *, organizer: Contact, attendees: Sequence[Contact]
) -> bytes:
    """Write an invitation; of a cancelled meeting it is the cancellation.

    The media type of the mail part is ``invitation_type(entry)``.
    """
    calendar = _calendar()
    calendar.add("METHOD", _method(entry).value)
    event = _event(entry)
    event.add("ORGANIZER", _address(organizer))
    for attendee in attendees:
        address = _address(attendee)
        address.params["ROLE"] = vText("REQ-PARTICIPANT")
        address.params["PARTSTAT"] = vText("NEEDS-ACTION")
        address.params["RSVP"] = vText("TRUE")
        event.add("ATTENDEE", address)
    calendar.add_component(event)
    return _finished(calendar)


def invitation_type(entry: CalendarEntry) -> str:
    """Return the media type of an invitation, which names its method."""
    return f"{MEDIA_TYPE}; method={_method(entry).value}; charset=utf-8"


def _method(entry: CalendarEntry) -> Method:
    return Method.CANCEL if entry.cancelled else Method.REQUEST


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("PRODID", _PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    return calendar


def _event(entry: CalendarEntry) -> Event:
    event = Event()
    event.add("UID", entry.uid)
    event.add("DTSTAMP", entry.changed_at)
    event.add("LAST-MODIFIED", entry.changed_at)
    event.add("SEQUENCE", entry.sequence)
    event.add("DTSTART", entry.starts_at.astimezone(ZONE))
    event.add("DTEND", entry.ends_at.astimezone(ZONE))
    event.add("SUMMARY", entry.title)
    words = [f"Vergadering {entry.number}", *([entry.url] if entry.url else [])]
    event.add("DESCRIPTION", ": ".join(words))
    if entry.place:
        event.add("LOCATION", entry.place)
    if entry.url:
        event.add("URL", entry.url)
    event.add("STATUS", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("TRANSP", "TRANSPARENT" if entry.cancelled else "OPAQUE")
    return event


def _address(contact: Contact) -> vCalAddress:
    address = vCalAddress(f"mailto:{contact.email}")
    address.params["CN"] = vText(contact.name)
    return address


def _finished(calendar: Calendar) -> bytes:
    """Add the definition of the zone, where any moment names it, and write."""
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())
