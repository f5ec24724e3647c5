from datetime import UTC, datetime
from importlib.resources import files
from uuid import UUID

import pytest
from lxml import etree

from workflows.cases.model import (
    KIND_NAMES,
    OUTCOME_NAMES,
    PROCESSES,
    STATUS_NAMES,
    WITHDRAWALS,
    Case,
    CaseKind,
    CaseStatus,
    VlokReferences,
    case_number,
)
from workflows.people.rights import Subject

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"


def case(**changes):
    facts = {
        "number": "2026-0001",
        "kind": CaseKind.SVK_INTAKE,
        "organisation_id": UUID(int=1),
        "organisation_name": "SVK Mechelen",
        "unit_id": UUID(int=2),
        "address": "Hoogstraat 12, 2800 Mechelen",
        "owner_name": "Jan",
        "owner_email": None,
        "occupant_name": None,
        "inspector": "els",
        "instance_id": UUID(int=3),
        "status": CaseStatus.OPEN,
        "milestone": "Aanbod",
        "outcome": None,
        "opened_at": datetime(2026, 3, 2, tzinfo=UTC),
        "opened_by": "sofie",
        "closed_at": None,
        "next_due_at": None,
        "vlok": VlokReferences(),
    }
    return Case(**facts | changes)


@pytest.mark.parametrize(
    ("year", "sequence", "number"),
    [(2026, 1, "2026-0001"), (2026, 412, "2026-0412"), (2026, 12345, "2026-12345")],
)
def test_a_number_has_its_year_and_at_least_four_digits(year, sequence, number):
    assert case_number(year, sequence) == number


def test_kind_and_outcome_are_read_in_dutch():
    assert case().kind_name == "Inhuurneming SVK"
    assert case().outcome_name is None
    assert case(outcome="taken_in").outcome_name == "Ingehuurd"
    assert case(outcome="iets_nieuws").outcome_name == "iets_nieuws"


def test_rights_are_asked_about_applicant_and_inspector():
    assert case().subject == Subject(organisation_id=UUID(int=1), inspector="els")


@pytest.mark.parametrize("table", [KIND_NAMES, PROCESSES, WITHDRAWALS])
def test_each_kind_has_a_name_a_process_and_a_way_to_withdraw(table):
    assert set(table) == set(CaseKind)


def test_each_status_has_a_dutch_name():
    assert set(STATUS_NAMES) == set(CaseStatus)


@pytest.mark.parametrize("process", sorted(PROCESSES.values()))
def test_each_end_of_a_case_has_a_dutch_name(process):
    tree = etree.fromstring((files("bpmn") / "svk" / f"{process}.bpmn").read_bytes())
    (drawn,) = tree.iter(f"{BPMN}process")
    ends = {
        each.get("id") for each in drawn.findall(f"{BPMN}endEvent") if each.get("name")
    }

    assert ends
    assert ends <= set(OUTCOME_NAMES)
