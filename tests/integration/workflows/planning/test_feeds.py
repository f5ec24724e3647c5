"""Calendars to subscribe to: who made them sees what he may see today."""

from datetime import date, timedelta

import icalendar
import pytest

from workflows.bodies import repository as bodies
from workflows.bodies import service as body_service
from workflows.errors import ForbiddenError, InvalidDataError, UnknownError
from workflows.meetings import service as meetings
from workflows.meetings.repository import meeting
from workflows.people import service as people
from workflows.planning import feeds, repository, school_holidays
from workflows.planning.school_holidays import NewHoliday

SITE = "https://woonflow.example"
FEBRUARY, JUNE = date(2026, 2, 3), date(2026, 6, 2)


def make(office, name, body_key=None):
    with office.engine.transaction() as work:
        return feeds.make(work, body_key, by=people.actor(work, name))


def read(office, secret):
    with office.engine.reading() as work:
        return feeds.read(work, secret, site=SITE)


def events(office, secret):
    return icalendar.Calendar.from_ical(read(office, secret)).walk("VEVENT")


def titles(office, secret):
    return {str(each["SUMMARY"]) for each in events(office, secret)}


@pytest.fixture
def planned(office):
    office.plan("core_group", FEBRUARY)
    office.plan("quality_quarterly", JUNE)
    return office


def test_a_person_sees_the_meetings_of_his_bodies(planned):
    assert titles(planned, make(planned, "dirk")) == {
        "Woonkwaliteit – periodiek overleg"
    }
    assert titles(planned, make(planned, "hilde")) == {
        "Kerngroep",
        "Woonkwaliteit – periodiek overleg",
    }


def test_a_body_has_a_calendar_of_its_own(planned):
    assert titles(planned, make(planned, "hilde", "core_group")) == {"Kerngroep"}


def test_nobody_makes_a_calendar_of_a_body_that_he_does_not_sit_in(planned):
    with pytest.raises(ForbiddenError):
        make(planned, "dirk", "core_group")


def test_who_left_a_body_reads_its_calendar_no_more(planned):
    secret = make(planned, "dirk", "quality_quarterly")
    with planned.engine.transaction() as work:
        head = people.actor(work, "griet")
        (seat,) = (
            each
            for each in bodies.members_on(work.session, "quality_quarterly", FEBRUARY)
            if each.user_name == "dirk"
        )
        body_service.end_member(work, seat.id, last_day=date(2026, 1, 4), by=head)

    with pytest.raises(UnknownError):
        read(planned, secret)


def test_who_was_shut_out_reads_nothing(planned):
    secret = make(planned, "dirk")
    with planned.engine.transaction() as work:
        people.set_active(work, "dirk", active=False)

    with pytest.raises(UnknownError):
        read(planned, secret)


def test_a_calendar_that_was_taken_back_leads_nowhere(planned):
    secret = make(planned, "dirk")
    with planned.engine.transaction() as work:
        (mine,) = repository.feeds_of(work.session, "dirk")
        feeds.revoke(work, mine.id, by=people.actor(work, "dirk"))

    with pytest.raises(UnknownError):
        read(planned, secret)
    with planned.engine.reading() as work:
        assert repository.feeds_of(work.session, "dirk") == []


def test_nobody_takes_back_the_calendar_of_another(planned):
    make(planned, "dirk")
    with planned.engine.transaction() as work:
        (his,) = repository.feeds_of(work.session, "dirk")
        with pytest.raises(UnknownError):
            feeds.revoke(work, his.id, by=people.actor(work, "hilde"))


def test_a_guessed_secret_leads_nowhere(planned):
    make(planned, "dirk")
    with pytest.raises(UnknownError):
        read(planned, "guessed")


def test_the_secret_is_not_kept(planned):
    secret = make(planned, "dirk")

    with planned.engine.reading() as work:
        (mine,) = repository.feeds_of(work.session, "dirk")
        assert repository.feed_row(work.session, secret) is None
    assert secret not in str(mine)


def test_so_many_calendars_and_no_more(planned):
    for _ in range(feeds.MOST):
        make(planned, "an")
    with pytest.raises(InvalidDataError):
        make(planned, "an")


def test_a_meeting_that_moves_keeps_its_name_and_grows_its_number(planned):
    secret = make(planned, "an", "core_group")
    (before,) = events(planned, secret)
    with planned.engine.transaction() as work:
        seen = meeting(work.session, "KG-2026-1")
        meetings.move(
            work,
            planned.engine,
            seen.number,
            seen.starts_at + timedelta(days=7),
            by=people.actor(work, "an"),
            version=seen.version,
        )
    (after,) = events(planned, secret)

    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    moved = after.decoded("DTSTART") - before.decoded("DTSTART")
    assert moved == timedelta(days=7)


def test_a_meeting_that_was_cancelled_says_so(planned):
    secret = make(planned, "an", "core_group")
    with planned.engine.transaction() as work:
        who = people.actor(work, "an")
        meetings.cancel(work, planned.engine, "KG-2026-1", reason="Ziek", by=who)

    (event,) = events(planned, secret)
    assert event["STATUS"] == "CANCELLED"
    assert "Ziek" not in read(planned, secret).decode()


def test_an_old_meeting_leaves_the_calendar(planned):
    secret = make(planned, "an", "core_group")
    planned.pass_time(days=200)

    assert events(planned, secret) == []


def test_the_day_of_reading_is_noted_once(planned):
    secret = make(planned, "an")
    with planned.engine.transaction() as work:
        first = feeds.needs_note(work, secret)
        feeds.note_reading(work, secret)
        again = feeds.needs_note(work, secret)

    assert (first, again) == (True, False)


class TestSchoolHolidays:
    def add(self, office, **changes):
        given = {
            "name": "krokusvakantie",
            "starts_on": date(2026, 2, 16),
            "ends_on": date(2026, 2, 22),
        }
        new = NewHoliday(**given | changes)
        with office.engine.transaction() as work:
            school_holidays.add(work, new, by=people.actor(work, "an"))

    def known(self, office):
        with office.engine.reading() as work:
            return repository.school_holidays(
                work.session, date(2026, 1, 1), date(2026, 12, 31)
            )

    def test_what_was_entered_is_known_until_it_is_dropped(self, office):
        self.add(office)
        (entered,) = self.known(office)
        with office.engine.transaction() as work:
            who = people.actor(work, "an")
            school_holidays.drop(work, entered.id, by=who)
            with pytest.raises(UnknownError):
                school_holidays.drop(work, entered.id, by=who)

        assert self.known(office) == []

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"name": " "}, "name"),
            ({"ends_on": date(2026, 2, 1)}, "ends_on"),
            ({"ends_on": date(2026, 12, 1)}, "ends_on"),
        ],
    )
    def test_what_makes_no_sense_is_refused(self, office, changes, field):
        with pytest.raises(InvalidDataError) as refused:
            self.add(office, **changes)

        assert list(refused.value.problems) == [field]
