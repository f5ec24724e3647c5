"""The category of a defect is one that the checklist knows for its item."""

from dataclasses import replace

import pytest

from workflows.inspections.allowed import misfits
from workflows.inspections.checklist import self_contained


def told(*pairs, checklist=None):
    rows = [{"item": item, "category": category} for item, category in pairs]
    return dict(misfits(rows, checklist or self_contained()))


@pytest.mark.parametrize("category", ["I", "II"])
def test_a_category_that_the_list_names_is_taken(category):
    assert told(("cellar_damp", category)) == {}


def test_another_category_is_refused_with_those_that_are_allowed():
    found = told(("other", "III"), ("cellar_damp", "III"))

    assert list(found) == [1]
    assert found[1].startswith("Gebrek 2: ‘vochtige kelder")
    assert "alleen van categorie I of II zijn" in found[1]


def test_a_list_that_was_not_verified_says_so():
    verified = self_contained()
    items = tuple(replace(each, verified=True) for each in verified.items)
    official = replace(verified, items=items)

    assert "(niet geverifieerd)" in told(("heating_missing", "I"))[0]
    assert "geverifieerd" not in told(("heating_missing", "I"), checklist=official)[0]


@pytest.mark.parametrize("item", ["building_roof", "other", "", "nieuw"])
def test_an_item_without_categories_may_have_any(item):
    assert told((item, "III")) == {}
