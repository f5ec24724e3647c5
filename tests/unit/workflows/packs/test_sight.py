"""Texts on a case without the people who own it or live in it."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from workflows.cases.model import CaseFile, CaseKind, VlokReferences
from workflows.packs.sight import Sight

CASE = CaseFile(
    number="2026-0412",
    kind=CaseKind.SVK_INTAKE,
    organisation_id=None,
    organisation_name=None,
    unit_id=UUID(int=1),
    address="Hoogstraat 12, 2800 Mechelen",
    owner_name="Jan De Smet",
    owner_email="jan@owner.example",
    occupant_name="Bea Bo",
    inspector=None,
    opened_at=datetime(2026, 3, 2, tzinfo=UTC),
    opened_by="an",
    vlok=VlokReferences(),
)


@pytest.fixture
def nobody():
    """The eyes of somebody who belongs to no organisation: they ask no rows."""
    return Sight(_NoRows(), "core_group", [])


class _NoRows:
    """A session in which there is nothing."""

    def scalars(self, _query):
        return self

    def all(self):
        return []


@pytest.mark.parametrize(
    ("text", "spared"),
    [
        ("Jan De Smet weigert", "[weggelaten] weigert"),
        ("Mevrouw Smet belde", "Mevrouw [weggelaten] belde"),
        ("Bea Bo is thuis", "[weggelaten] is thuis"),
        ("Smetteloos, Bob en Boom", "Smetteloos, Bob en Boom"),
        ("Mail jan@owner.example.", "Mail [weggelaten]."),
        ("Bel 0475 12 34 56", "Bel [weggelaten]"),
        ("Bel 015/29.76.00!", "Bel [weggelaten]!"),
        ("Bel +32 475 12 34 56", "Bel [weggelaten]"),
        ("Dossier 2026-0412 van 02/03/2026", "Dossier 2026-0412 van 02/03/2026"),
        ("Trap van 12.5 op 14.25 m", "Trap van 12.5 op 14.25 m"),
        ("", ""),
    ],
)
def test_people_and_how_to_reach_them_are_left_out(nobody, text, spared):
    assert nobody.spares(CASE, text) == spared


def test_the_city_reads_what_was_written():
    city = Sight(_NoRows(), "core_group", None)

    assert city.spares(CASE, "Jan De Smet, 0475 12 34 56").startswith("Jan De Smet")
    assert city.view_of("2026-0412") is not None
    assert city.reads("Over 2026-0412")


def test_who_belongs_to_no_organisation_sees_no_case(nobody):
    assert nobody.view_of("2026-0412") is None
    assert nobody.sees(None)
    assert not nobody.sees("2026-0412")
