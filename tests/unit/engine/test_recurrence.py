from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.recurrence import (
    Firing,
    Kind,
    TimerRuleError,
    check,
    due,
    following,
    parse_duration,
)

BRUSSELS = "Europe/Brussels"


def local(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(BRUSSELS))


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def due_locally(rule, kind, anchor, iteration=1):
    moment = due(
        rule, kind=kind, anchor=local(anchor), zone=BRUSSELS, iteration=iteration
    )
    return moment.astimezone(ZoneInfo(BRUSSELS)).isoformat()[:16]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "P",
        "PT",
        "P10",
        "1D",
        "P1DT",
        "P1H",
        "PT1D",
        "p1d",
        "P1D ",
        "P-1D",
        "P1.5D",
        "P1W2D",
        "P1D1M",
        "PT1S1M",
        "P１D",
        "P99999999D",
        "1d",
        "14 days",
    ],
)
def test_a_text_that_is_no_duration_is_refused(text):
    with pytest.raises(TimerRuleError, match="P14D"):
        parse_duration(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("0 0 9 * * MON", Kind.CYCLE),
        ("R3", Kind.CYCLE),
        ("R3/", Kind.CYCLE),
        ("R3/P", Kind.CYCLE),
        ("R0/P1D", Kind.CYCLE),
        ("R/PT0S", Kind.CYCLE),
        ("R/-P1D", Kind.CYCLE),
        ("R3/P1D/2027-01-01", Kind.CYCLE),
        ("R-1/P1D", Kind.CYCLE),
        ("2026-02-29", Kind.DATE),
        ("2026-13-01T00:00", Kind.DATE),
        ("2026-11-25T25:00", Kind.DATE),
        ("2026-11-25T24:00", Kind.DATE),
        ("2026-11-25 09:00", Kind.DATE),
        ("2026-11-25T09:00@Mars/Base", Kind.DATE),
        ("2026-11-25T09:00+99:00", Kind.DATE),
        ("25-11-2026", Kind.DATE),
        ("0001-01-01T00:00", Kind.DATE),
    ],
)
def test_a_rule_that_can_never_be_due_is_refused(text, kind):
    with pytest.raises(TimerRuleError):
        check(text, kind=kind)


@pytest.mark.parametrize(
    ("rule", "anchor", "expected"),
    [
        ("P14D", "2026-11-25T09:00", "2026-12-09T09:00"),
        ("P1M", "2027-01-31T09:00", "2027-02-28T09:00"),
        ("P1M", "2028-01-31T09:00", "2028-02-29T09:00"),
        ("P1Y", "2028-02-29T09:00", "2029-02-28T09:00"),
        ("-P1M", "2027-03-31T09:00", "2027-02-28T09:00"),
        ("P2W", "2026-11-25T09:00", "2026-12-09T09:00"),
        ("P1MT2H", "2027-01-31T09:00", "2027-02-28T11:00"),
        ("P0D", "2026-11-25T09:00", "2026-11-25T09:00"),
        ("PT0.5S", "2026-11-25T09:00:59.600", "2026-11-25T09:01"),
    ],
)
def test_a_duration_counts_from_the_moment_of_arming(rule, anchor, expected):
    assert due_locally(rule, Kind.DURATION, anchor) == expected


def test_a_day_keeps_its_local_hour_over_a_change_of_summer_time():
    assert due_locally("P1D", Kind.DURATION, "2027-03-27T09:00") == "2027-03-28T09:00"
    assert due_locally("P1D", Kind.DURATION, "2027-10-30T09:00") == "2027-10-31T09:00"


def test_hours_are_exact_over_a_change_of_summer_time():
    assert due_locally("PT24H", Kind.DURATION, "2027-03-27T09:00") == "2027-03-28T10:00"
    assert due_locally("PT24H", Kind.DURATION, "2027-10-30T09:00") == "2027-10-31T08:00"


def test_a_skipped_local_time_moves_forward_by_the_gap():
    assert due_locally("P1D", Kind.DURATION, "2027-03-27T02:30") == "2027-03-28T03:30"


def test_a_local_time_that_occurs_twice_means_its_first_occurrence():
    moment = due(
        "P1D", kind=Kind.DURATION, anchor=local("2027-10-30T02:30"), zone=BRUSSELS
    )

    assert moment == utc("2027-10-31T00:30")


def test_an_anchor_in_the_second_occurrence_still_moves_by_whole_days():
    anchor = local("2027-10-31T02:30").replace(fold=1)

    moment = due("P1D", kind=Kind.DURATION, anchor=anchor, zone=BRUSSELS)

    assert moment == utc("2027-11-01T01:30")


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("2027-07-01T09:00", "2027-07-01T07:00"),
        ("2027-01-01T09:00", "2027-01-01T08:00"),
        ("2027-07-01T09:00:00Z", "2027-07-01T09:00"),
        ("2027-07-01T09:00:00-05:00", "2027-07-01T14:00"),
        ("2027-07-01T09:00:00@America/New_York", "2027-07-01T13:00"),
        ("2027-07-01", "2027-06-30T22:00"),
    ],
)
def test_a_date_is_local_unless_it_says_otherwise(rule, expected):
    moment = due(rule, kind=Kind.DATE, anchor=utc("2026-01-01"), zone=BRUSSELS)

    assert moment == utc(expected)


def test_a_monthly_cycle_comes_back_to_the_last_day():
    dates = [
        due_locally("R/P1M", Kind.CYCLE, "2027-01-31T09:00", n)[:10] for n in (1, 2, 3)
    ]

    assert dates == ["2027-02-28", "2027-03-31", "2027-04-30"]


def test_a_cycle_with_a_start_fires_first_at_its_start():
    rule = "R/2026-12-01T08:00/P1W"

    first, second = (
        due_locally(rule, Kind.CYCLE, "2026-11-25T09:00", n) for n in (1, 2)
    )

    assert (first, second) == ("2026-12-01T08:00", "2026-12-08T08:00")


def follow(rule, iteration, now, anchor="2026-11-25T09:00"):
    return following(
        rule,
        anchor=local(anchor),
        zone=BRUSSELS,
        iteration=iteration,
        now=local(now),
    )


def test_a_cycle_that_fired_late_keeps_its_rhythm():
    firing = follow("R/P1D", 1, "2026-11-26T17:00")

    assert firing == Firing(iteration=2, due_at=utc("2026-11-27T08:00"), missed=0)


def test_missed_periods_coalesce_into_one_firing():
    firing = follow("R/P1D", 1, "2026-11-30T10:00")

    assert firing == Firing(iteration=6, due_at=utc("2026-12-01T08:00"), missed=4)


def test_missed_periods_count_against_the_end_of_a_cycle():
    assert follow("R3/P1D", 1, "2026-11-26T09:00").iteration == 2
    assert follow("R3/P1D", 1, "2026-12-30T09:00") is None


def test_a_cycle_ends_after_its_count():
    assert follow("R3/P1D", 2, "2026-11-27T09:00").iteration == 3
    assert follow("R3/P1D", 3, "2026-11-28T09:00") is None


def test_a_cycle_of_a_second_that_slept_for_years_is_followed_at_once():
    firing = follow("R/PT1S", 1, "2036-11-25T09:00")

    assert firing.due_at == local("2036-11-25T09:00:01")


def test_an_unknown_zone_is_named():
    with pytest.raises(TimerRuleError, match="Europe/Brussel"):
        due("P1D", kind=Kind.DURATION, anchor=utc("2026-01-01"), zone="Europe/Brussel")


def test_a_moment_beyond_the_calendar_is_refused():
    with pytest.raises(TimerRuleError, match="te ver"):
        due("P9999Y", kind=Kind.DURATION, anchor=utc("2026-01-01"), zone=BRUSSELS)


moments = st.integers(0, 1_250_000_000).map(
    lambda seconds: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)
cycles = st.one_of(
    st.builds("R/P{}M".format, st.integers(1, 14)),
    st.builds("R/P{}D".format, st.integers(1, 40)),
    st.builds("R/PT{}M".format, st.integers(1, 3000)),
    st.builds("R/P{}DT{}H".format, st.integers(0, 3), st.integers(1, 30)),
)


@given(cycles, moments, st.integers(1, 50), st.timedeltas(timedelta(0), timedelta(900)))
def test_the_next_firing_is_the_first_one_after_now(rule, anchor, iteration, late):
    def at(number):
        return due(
            rule, kind=Kind.CYCLE, anchor=anchor, zone=BRUSSELS, iteration=number
        )

    now = at(iteration) + late

    firing = following(rule, anchor=anchor, zone=BRUSSELS, iteration=iteration, now=now)

    assert firing.due_at == at(firing.iteration) > now
    assert firing.iteration == iteration + 1 or at(firing.iteration - 1) <= now
    assert firing.missed == firing.iteration - iteration - 1


@given(moments, st.integers(0, 400))
def test_whole_days_keep_the_wall_clock_or_fall_in_a_gap(anchor, days):
    here = anchor.astimezone(ZoneInfo(BRUSSELS))

    moved = due(
        f"P{days}D", kind=Kind.DURATION, anchor=anchor, zone=BRUSSELS
    ).astimezone(ZoneInfo(BRUSSELS))

    wall = timedelta(hours=moved.hour - here.hour, minutes=moved.minute - here.minute)
    assert moved.date() - here.date() == timedelta(days=days)
    assert wall in {timedelta(0), timedelta(hours=1)}


@given(moments, st.integers(-600, 600))
def test_months_land_on_the_same_day_or_the_last_one(anchor, months):
    here = anchor.astimezone(ZoneInfo(BRUSSELS)).date()
    sign = "-" if months < 0 else ""

    moved = (
        due(
            f"{sign}P{abs(months)}M",
            kind=Kind.DURATION,
            anchor=anchor,
            zone=BRUSSELS,
        )
        .astimezone(ZoneInfo(BRUSSELS))
        .date()
    )

    assert (moved.year - here.year) * 12 + moved.month - here.month == months
    is_last_day = (moved + timedelta(days=1)).month != moved.month
    assert moved.day == here.day or (is_last_day and moved.day < here.day)


@given(st.text(max_size=20), st.sampled_from(Kind))
def test_a_text_is_read_or_refused_and_nothing_else(text, kind):
    with suppress(TimerRuleError):
        check(text, kind=kind)


def test_a_date_alone_is_the_first_moment_of_that_day():
    moment = due("2026-11-25", kind=Kind.DATE, anchor=utc("2026-01-01"), zone=BRUSSELS)

    assert moment.astimezone(ZoneInfo(BRUSSELS)).date() == date(2026, 11, 25)
