import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.errors import InvalidDataError
from workflows.inspections.model import Category, Finding
from workflows.works.model import MINOR_ALLOWED, parse_works, propose


def finding(category, note="Nat"):
    return Finding(
        rubric="141", item="kelder", category=category, room="Kelder", note=note
    )


def musts(*categories):
    return [line.must for line in propose([finding(each) for each in categories])]


def test_six_small_defects_may_stay():
    assert musts(*[Category.I] * 6) == [False] * 6


def test_of_eight_small_defects_the_first_two_must_go():
    assert musts(*[Category.I] * 8) == [True] * 2 + [False] * 6


def test_serious_defects_must_go():
    assert musts(Category.II, Category.I, Category.III) == [True, False, True]


@given(st.lists(st.sampled_from(Category)))
def test_after_the_works_that_must_be_done_the_dwelling_is_conform(categories):
    left = [
        line.category
        for line in propose([finding(each) for each in categories])
        if not line.must
    ]

    assert set(left) <= {Category.I}
    assert len(left) <= MINOR_ALLOWED


def test_a_line_names_subject_place_and_goal():
    (line,) = propose(
        [finding(Category.II)], label_of={"kelder": "vochtige kelder"}.get
    )

    assert line.rubric == "141 · vochtige kelder"
    assert line.goal == "Hersteld: Nat"


def test_a_finding_without_note_gets_its_label_as_goal():
    (line,) = propose([finding(Category.II, note="")])

    assert line.goal == "Hersteld: kelder"


def test_what_is_proposed_can_be_read_back_from_the_form():
    lines = propose([finding(Category.I), finding(Category.II)])
    values = [
        {
            "rubric": x.rubric,
            "category": x.category.value,
            "room": x.room,
            "goal": x.goal,
            "proof": x.proof,
            "must": x.must,
        }
        for x in lines
    ]

    assert parse_works(values) == lines


@pytest.mark.parametrize(
    "changes", [{"goal": " "}, {"category": "V"}, {"category": None}]
)
def test_a_line_without_goal_or_category_is_refused_by_number(changes):
    good = {"category": "I", "goal": "Droog", "must": True}

    with pytest.raises(InvalidDataError, match="Werk 2"):
        parse_works([good, good | changes])
