import json
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib.resources import files
from uuid import UUID

import pytest

from workflows.errors import InvalidDataError
from workflows.inspections.checklist import self_contained
from workflows.inspections.model import (
    KIND_NAMES,
    Category,
    Evaluation,
    Finding,
    Inspection,
    InspectionKind,
    InspectionStatus,
    Result,
    counts,
    form_version,
    is_recent,
    parse_evaluation,
    parse_findings,
)

DAMP = {
    "item": "cellar_damp",
    "rubric": "141",
    "category": "I",
    "room": "Kelder",
    "note": "Nat",
    "photos": ["a"],
}


def test_findings_of_the_form_are_read():
    assert parse_findings([DAMP]) == (
        Finding(
            rubric="141",
            item="cellar_damp",
            category=Category.I,
            room="Kelder",
            note="Nat",
            photos=("a",),
        ),
    )


def test_empty_lines_of_the_form_are_left_out():
    assert parse_findings([{"item": None, "category": "", "photos": []}]) == ()


@pytest.mark.parametrize(
    ("given", "read"), [(None, ()), ("a", ("a",)), (["a", "b"], ("a", "b"))]
)
def test_photos_are_none_one_or_many(given, read):
    assert parse_findings([DAMP | {"photos": given}])[0].photos == read


@pytest.mark.parametrize("category", [None, "", "V", "i"])
def test_a_finding_without_a_known_category_is_refused_by_number(category):
    with pytest.raises(InvalidDataError, match="Gebrek 2: kies een categorie"):
        parse_findings([DAMP, DAMP | {"category": category}])


def test_findings_are_counted_per_category():
    findings = parse_findings(
        [DAMP | {"category": each} for each in ("I", "I", "II", "IV")]
    )

    assert counts(findings) == {"i": 2, "ii": 1, "iii": 0, "iv": 1}


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2025, 1, 1), "202501"),
        (date(2026, 3, 2), "202501"),
        (date(2024, 12, 31), "202310"),
        (date(2022, 1, 1), None),
    ],
)
def test_the_report_model_follows_from_the_day_of_the_inspection(day, code):
    assert form_version(day) == code


@pytest.mark.parametrize(
    ("inspected", "day", "recent"),
    [
        (date(2026, 3, 2), date(2026, 3, 2), True),
        (date(2026, 3, 2), date(2027, 3, 1), True),
        (date(2026, 3, 2), date(2027, 3, 2), False),
        (date(2024, 2, 29), date(2025, 2, 27), True),
        (date(2024, 2, 29), date(2025, 2, 28), False),
        (date(2026, 3, 2), date(2026, 3, 1), False),
    ],
)
def test_an_inspection_may_be_reused_until_it_is_a_year_old(inspected, day, recent):
    assert is_recent(inspected, on=day) is recent


def judged(**facts):
    return parse_evaluation({"result": "CONFORM"} | facts)


def test_the_outcome_of_the_decision_tables_is_read():
    read = judged(
        result="NOT_CONFORM", unfit=True, derived_category_ii=True, points=Decimal(15)
    )

    assert read == Evaluation(
        result=Result.NOT_CONFORM,
        unfit=True,
        uninhabitable=False,
        derived_category_ii=True,
        points=15,
        over_occupancy=False,
    )
    assert not read.is_conform
    assert judged().is_conform


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, "Conform"),
        ({"result": "NOT_CONFORM", "unfit": True}, "Ongeschikt"),
        (
            {"result": "NOT_CONFORM", "unfit": True, "uninhabitable": True},
            "Ongeschikt en onbewoonbaar",
        ),
        ({"result": "NO_CERTIFICATE"}, "Geen conformiteitsattest mogelijk"),
        ({"result": "NOT_CONFORM"}, "Niet conform"),
    ],
)
def test_the_result_is_told_in_the_words_of_the_law(facts, words):
    assert judged(**facts).in_words == words


def test_each_kind_has_a_dutch_name():
    inspection = Inspection(
        id=UUID(int=1),
        case_number="2026-0001",
        unit_id=UUID(int=2),
        kind=InspectionKind.REINSPECTION,
        status=InspectionStatus.PLANNED,
        inspector="els",
        planned_at=datetime(2026, 3, 2, tzinfo=UTC),
        inspected_on=None,
        form_version=None,
        occupants=None,
        occupancy_norm=None,
        note=None,
        regime=None,
        evaluation=None,
        rule_set=None,
        findings=(),
    )

    assert inspection.kind_name == "Hercontrole"
    assert set(KIND_NAMES) == set(InspectionKind)


def test_nothing_of_the_checklist_claims_to_be_verified():
    checklist = self_contained()

    assert not checklist.verified
    assert not any(item.verified for item in checklist.items)


def test_only_the_rubrics_that_a_source_named_have_a_number():
    numbers = {item.rubric for item in self_contained().items if item.rubric}

    assert numbers == {"51", "61", "71", "141", "171", "232", "253"}


def test_each_item_of_the_findings_form_is_on_the_checklist():
    form = json.loads((files("bpmn") / "svk" / "findings.form").read_text("utf-8"))
    options = {
        option["value"]
        for group in form["components"]
        for field in group.get("components", [])
        if field.get("key") == "item"
        for option in field["values"]
    }
    known = {item.id for item in self_contained().items}

    assert options
    assert options - known <= {"other"}


def test_a_finding_belongs_to_the_part_of_its_item_or_rubric():
    checklist = self_contained()

    assert checklist.part_of("building_roof", "") == "B"
    assert checklist.part_of("", "51") == "B"
    assert checklist.part_of("smoke_detector_missing", "") == "C"
    assert checklist.part_of("iets anders", "") == "C"


def test_an_item_is_told_by_its_label():
    checklist = self_contained()

    assert checklist.label_of("smoke_detector_missing") == "rookmelder op elke bouwlaag"
    assert checklist.label_of("losse tegel") == "losse tegel"
