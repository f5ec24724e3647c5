"""The forms of the family: what they ask, and that they ask it alike."""

import json
from datetime import UTC, datetime
from importlib.resources import files

import pytest

from engine.forms.form import parse
from workflows.inspections.checklist import self_contained

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
    (item,) = (each for each in components(name) if each.get("key") == "item")
    return [option["value"] for option in item["values"]]


def asked(name, year):
    form = parse((FAMILY / name).read_bytes())
    context = {"visit_at": datetime(year, 3, 10, 9, tzinfo=UTC)}
    return set(form.submit_json({"access": True, "findings": []}, context).values)


@pytest.mark.parametrize("name", ["findings.form", "reinspect.form"])
def test_an_inspector_chooses_from_the_whole_checklist(name):
    listed = {item.id for item in self_contained().items}

    assert sorted(items(name)) == sorted(listed - {REFERRAL} | {"other"})


@pytest.mark.parametrize("name", ["findings.form", "reinspect.form"])
def test_what_only_the_penalty_points_need_is_asked_before_2021_only(name):
    assert asked(name, 2020) >= OLD_RULES
    assert not asked(name, 2026) & OLD_RULES
