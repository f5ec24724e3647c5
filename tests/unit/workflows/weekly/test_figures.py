from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.workflows.weekly.cases import a_case, a_place, in_days
from workflows.weekly.figures import AGES, figures
from workflows.weekly.model import EntryKind, Progress, progress

TODAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("days", "name"),
    [
        (0, "tot 30 dagen"),
        (30, "tot 30 dagen"),
        (31, "31 tot 90 dagen"),
        (90, "31 tot 90 dagen"),
        (180, "91 tot 180 dagen"),
        (181, "meer dan 180 dagen"),
    ],
)
def test_a_case_is_counted_in_the_class_of_its_age(days, name):
    counted = figures([], [a_case(opened_at=in_days(-days))], on=TODAY)

    assert dict(counted.ages)[name] == 1


@given(st.lists(st.integers(min_value=0, max_value=2000), max_size=40))
def test_the_classes_of_age_add_up_to_the_running_cases(ages):
    cases = [a_case(opened_at=in_days(-days)) for days in ages]
    counted = figures([], cases, on=TODAY)

    assert sum(count for _, count in counted.ages) == len(cases)
    assert [name for name, _ in counted.ages] == [name for _, name in AGES]


@given(st.lists(st.none() | st.sampled_from(EntryKind), max_size=20))
def test_a_case_with_an_entry_counts_as_discussed(kinds):
    counted = progress([a_place(kind=kind) for kind in kinds])

    assert counted == Progress(
        discussed=len(kinds) - kinds.count(None), running=len(kinds)
    )


def test_an_age_counts_local_days():
    opened_at = in_days(0) - timedelta(hours=9, minutes=30)

    assert a_case(opened_at=opened_at).age(TODAY) == 1
