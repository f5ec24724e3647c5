"""A report is complete when each serious defect is seen on a photo."""

import pytest

from workflows.inspections.checklist import self_contained
from workflows.inspections.completeness import without_photo
from workflows.inspections.model import Category, Finding


def a_finding(category, *photos, item="smoke_detector_missing"):
    return Finding(
        rubric="", item=item, category=category, room="gang", note="n", photos=photos
    )


def lacking(*findings, known=("p1", "p2")):
    return without_photo(findings, known=frozenset(known), checklist=self_contained())


@pytest.mark.parametrize("category", [Category.II, Category.III, Category.IV])
def test_a_serious_defect_without_a_photo_is_named(category):
    found = lacking(a_finding(Category.I), a_finding(category))

    (name,) = found
    assert name.startswith("gebrek 2 (rookmelder op elke bouwlaag, gang")
    assert name.endswith(f"categorie {category})")


def test_a_small_defect_needs_no_photo():
    assert lacking(a_finding(Category.I)) == []


def test_a_photo_of_the_case_is_enough():
    assert lacking(a_finding(Category.II, "p2")) == []


def test_a_photo_that_does_not_exist_shows_nothing():
    assert len(lacking(a_finding(Category.II, "weg"))) == 1


def test_a_defect_that_is_not_on_the_list_is_named_in_words():
    (name,) = lacking(a_finding(Category.II, item="other"))

    assert "ander gebrek" in name
