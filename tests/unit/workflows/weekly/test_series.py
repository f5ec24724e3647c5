from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from engine.calendar import WorkingCalendar
from workflows.calendar import ZONE, local_day
from workflows.city.model import WEEKDAYS
from workflows.weekly.series import next_meeting

CALENDAR = WorkingCalendar()
NINE = time(9)
MOMENTS = st.datetimes(
    min_value=datetime(2024, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    max_value=datetime(2032, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    timezones=st.just(UTC),
)


def after(day, weekday="dinsdag", calendar=CALENDAR):
    moment = datetime.combine(day, time(10), tzinfo=ZONE)
    return next_meeting(moment, weekday=weekday, hour=NINE, calendar=calendar)


def test_the_next_meeting_is_a_week_later_at_the_hour_of_the_city():
    assert after(date(2026, 3, 3)).astimezone(ZONE) == datetime(
        2026, 3, 10, 9, tzinfo=ZONE
    )


def test_the_hour_stays_that_of_the_clock_when_summer_time_begins():
    assert after(date(2026, 3, 24)) == datetime(2026, 3, 31, 7, tzinfo=UTC)


def test_a_holiday_moves_the_meeting_to_the_next_working_day():
    easter_monday = after(date(2026, 3, 30), weekday="maandag")

    assert local_day(easter_monday) == date(2026, 4, 7)


def test_a_closing_day_moves_it_on_as_well():
    closed = WorkingCalendar(closing_days=frozenset({date(2026, 3, 10)}))

    assert local_day(after(date(2026, 3, 3), calendar=closed)) == date(2026, 3, 11)


def test_after_a_moved_meeting_the_series_is_back_on_its_own_weekday():
    moved_to = date(2026, 4, 7)

    assert local_day(after(moved_to, weekday="maandag")) == date(2026, 4, 13)


@given(MOMENTS, st.sampled_from(WEEKDAYS))
def test_it_is_always_later_on_a_working_day_and_soon(moment, weekday):
    found = next_meeting(moment, weekday=weekday, hour=NINE, calendar=CALENDAR)
    ahead = local_day(found) - local_day(moment)

    assert timedelta(0) < ahead <= timedelta(days=7 + 6)
    assert CALENDAR.is_working_day(local_day(found))
    assert found.astimezone(ZONE).time() == NINE
