from datetime import UTC, date, datetime, time

from workflows.calendar import day_in_words, local_day, local_moment, moment_in_words


def test_the_day_of_the_city_begins_before_that_of_utc():
    assert local_day(datetime(2026, 3, 1, 23, 30, tzinfo=UTC)) == date(2026, 3, 2)


def test_a_local_moment_follows_summer_time():
    assert local_moment(date(2026, 3, 28), time(8)) == datetime(
        2026, 3, 28, 7, tzinfo=UTC
    )
    assert local_moment(date(2026, 3, 30), time(8)) == datetime(
        2026, 3, 30, 6, tzinfo=UTC
    )


def test_days_and_moments_are_written_in_dutch():
    assert day_in_words(date(2026, 3, 2)) == "2 maart 2026"
    assert day_in_words(date(2026, 11, 29), weekday=True) == "zondag 29 november 2026"
    assert (
        moment_in_words(datetime(2026, 3, 2, 13, 30, tzinfo=UTC))
        == "maandag 2 maart 2026 om 14.30 uur"
    )
