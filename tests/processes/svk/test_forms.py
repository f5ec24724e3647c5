"""The forms of the family: what they ask, and that they ask it alike."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from decimal import Decimal
from importlib.resources import files

import pytest

from engine.forms.form import parse
from workflows.inspections.checklist import self_contained
from workflows.inspections.model import Evaluation, Result

FAMILY = files("bpmn") / "svk"
REFERRAL = "building_fire_safety_referral"  # a report to others, no defect
OLD_RULES = {"smoke_detectors_ok", "parapets_ok", "health_safety_risk"}


def components(name):
    todo = [json.loads((FAMILY / name).read_text("utf-8"))]
    while todo:
        component = todo.pop(0)
        yield component
        todo += component.get("components", [])


def items(name):
    """Return the values of each list of items in a form."""
    found = [each for each in components(name) if each.get("key") == "item"]
    return [[option["value"] for option in item["values"]] for item in found]


def asked(name, year):
    form = parse((FAMILY / name).read_bytes())
    context = {"visit_at": datetime(year, 3, 10, 9, tzinfo=UTC)}
    return set(form.submit_json({"access": True, "findings": []}, context).values)


@pytest.mark.parametrize(
    "name", ["findings.form", "reinspect.form", "draft_report.form"]
)
def test_an_inspector_chooses_from_the_whole_checklist(name):
    listed = {item.id for item in self_contained().items}

    assert items(name)
    for values in items(name):
        assert sorted(values) == sorted(listed - {REFERRAL} | {"other"})


EARLIER = {
    "item": "co_danger",
    "rubric": None,
    "category": "III",
    "room": "Bad",
    "note": "Geen afvoer",
    "photos": ["p1"],
    "outcome": None,
}


def reinspected(**values):
    form = parse((FAMILY / "reinspect.form").read_bytes())
    known = {"earlier_defects": [EARLIER], "earlier_count": Decimal(1), "findings": []}
    context = {**known, "visit_at": datetime(2026, 3, 10, 9, tzinfo=UTC)}
    return form.submit_json({"access": True, **values}, context)


def test_each_earlier_defect_asks_what_became_of_it():
    (error,) = reinspected().errors

    assert error.name == "earlier_defects[0].outcome"


def test_an_earlier_defect_keeps_what_it_is_whatever_is_sent():
    sent = [{"item": "other", "room": "Zolder", "outcome": "partly", "category": "I"}]
    (found,) = reinspected(earlier_defects=sent).variables["earlier_defects"]

    assert (found["item"], found["room"]) == ("co_danger", "Bad")
    assert (found["outcome"], found["category"]) == ("partly", "I")
    assert found["photos"] == ["p1"]


def test_a_first_inspection_asks_for_no_earlier_defects():
    form = parse((FAMILY / "reinspect.form").read_bytes())
    context = {"visit_at": datetime(2026, 3, 10, 9, tzinfo=UTC)}
    submission = form.submit_json({"access": True, "findings": []}, context)

    assert not submission.errors
    assert "earlier_defects" not in submission.values


@pytest.mark.parametrize("name", ["findings.form", "reinspect.form"])
def test_what_only_the_penalty_points_need_is_asked_before_2021_only(name):
    assert asked(name, 2020) >= OLD_RULES
    assert not asked(name, 2026) & OLD_RULES


@pytest.mark.parametrize("result", list(Result))
@pytest.mark.parametrize(
    ("unfit", "uninhabitable"), [(False, False), (True, False), (True, True)]
)
def test_who_signs_a_report_reads_its_result_in_the_words_of_the_law(
    result, unfit, uninhabitable
):
    judged = Evaluation(
        result=result,
        unfit=unfit,
        uninhabitable=uninhabitable,
        derived_category_ii=False,
        points=None,
        over_occupancy=False,
    )
    form = parse((FAMILY / "sign_report.form").read_bytes())
    first = form.fields(None, {"evaluation": asdict(judged)})[0]

    assert first.text.endswith(f"Resultaat: **{judged.in_words.lower()}**.")


@pytest.mark.parametrize("name", ["findings.form", "reinspect.form"])
@pytest.mark.parametrize(("unit_type", "said"), [("ZW", False), ("NZW", True)])
def test_a_room_is_told_that_the_list_is_not_its_own(name, unit_type, said):
    form = parse((FAMILY / name).read_bytes())
    visit = datetime(2026, 3, 10, 9, tzinfo=UTC)
    context = {"visit_at": visit, "offer": {"unit_type": unit_type}, "access": True}

    assert ("geen eigen lijst" in str(form.fields(None, context))) is said
