from datetime import date
from uuid import UUID

import pytest

from workflows.errors import InvalidDataError
from workflows.people.model import (
    KIND_NAMES,
    ROLE_NAMES,
    Actor,
    Membership,
    Organisation,
    OrganisationKind,
    OrganisationName,
    Role,
    enterprise_number,
    format_enterprise_number,
)
from workflows.people.throttle import block

AGENCY = Organisation(
    id=UUID(int=1),
    kind=OrganisationKind.RENTAL_AGENCY,
    names=(
        OrganisationName(
            name="SVK Bodukam", starts_on=date(2012, 1, 1), ends_on=date(2019, 10, 31)
        ),
        OrganisationName(name="SVK Mechelen", starts_on=date(2019, 11, 1)),
    ),
    enterprise_number=None,
    email=None,
)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2011, 1, 1), "SVK Bodukam"),
        (date(2012, 1, 1), "SVK Bodukam"),
        (date(2019, 10, 31), "SVK Bodukam"),
        (date(2019, 11, 1), "SVK Mechelen"),
        (date(2026, 1, 1), "SVK Mechelen"),
    ],
)
def test_an_organisation_bears_the_name_of_its_day(day, name):
    assert AGENCY.name_on(day) == name


def test_the_name_of_an_organisation_is_its_last_one():
    assert AGENCY.name == "SVK Mechelen"


def test_a_name_that_ended_without_successor_is_still_told():
    ended = AGENCY.names[:1]
    organisation = Organisation(
        id=AGENCY.id, kind=AGENCY.kind, names=ended, enterprise_number=None, email=None
    )

    assert organisation.name_on(date(2026, 1, 1)) == "SVK Bodukam"


@pytest.mark.parametrize(
    "text", ["0403019261", "0428759497", "0403.019.261", "BE 0403.019.261"]
)
def test_a_good_enterprise_number_becomes_ten_digits(text):
    assert len(enterprise_number(text)) == 10


@pytest.mark.parametrize("text", ["0431150351", "12", "kbo"])
def test_a_wrong_enterprise_number_is_refused_with_advice(text):
    with pytest.raises(InvalidDataError, match="tien cijfers") as caught:
        enterprise_number(text)

    assert list(caught.value.problems) == ["enterprise_number"]


def test_an_enterprise_number_is_shown_in_groups():
    assert format_enterprise_number("0403019261") == "0403.019.261"


def test_each_role_and_kind_has_a_dutch_name():
    assert set(ROLE_NAMES) == set(Role)
    assert set(KIND_NAMES) == set(OrganisationKind)


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (date(2026, 6, 30), True),
        (date(2026, 7, 1), False),
    ],
)
def test_a_role_holds_from_its_first_through_its_last_day(day, holds):
    membership = Membership(
        id=UUID(int=1),
        user_name="an",
        role=Role.ADMIN,
        organisation_id=UUID(int=2),
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 6, 30),
    )

    assert membership.holds_on(day) is holds


def test_who_only_acts_for_an_agency_is_not_of_the_city():
    agency = Actor(
        name="s",
        full_name="S",
        roles=frozenset({Role.RENTAL_AGENCY}),
        organisation_ids=frozenset(),
    )

    assert not agency.is_city


def test_the_wait_after_failures_doubles_and_ends_at_a_quarter():
    waits = [block(failures) for failures in (4, 5, 6, 7, 9, 10, 50)]

    assert [None if wait is None else wait.total_seconds() for wait in waits] == [
        None, 30, 60, 120, 480, 900, 900,
    ]  # fmt: skip
