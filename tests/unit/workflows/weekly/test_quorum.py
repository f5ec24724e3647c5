import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.weekly.quorum import Attendant, Quorum, shortfall

HEAD = Attendant(name="Dirk", leads=True)
INSPECTOR = Attendant(name="Els", inspects=True)
DEPUTY = Attendant(name="Tom", leads=True, inspects=True)
CLERK = Attendant(name="An")
WANTED = Quorum(head=True, inspectors=1)


@pytest.mark.parametrize(
    ("present", "said"),
    [
        ([HEAD, INSPECTOR], None),
        ([HEAD, INSPECTOR, CLERK], None),
        ([DEPUTY, INSPECTOR], None),
        ([DEPUTY, HEAD], None),
        ([DEPUTY], "Er ontbreekt een woningcontroleur."),
        ([HEAD, CLERK], "Er ontbreekt een woningcontroleur."),
        ([INSPECTOR], "Er ontbreekt het diensthoofd of zijn vervanger."),
        (
            [],
            "Er ontbreken het diensthoofd of zijn vervanger en een woningcontroleur.",
        ),
    ],
)
def test_a_head_and_an_inspector_must_be_there(present, said):
    assert shortfall(present, WANTED) == said


def test_a_city_may_want_no_head_and_more_inspectors():
    wanted = Quorum(head=False, inspectors=2)

    assert shortfall([DEPUTY, INSPECTOR], wanted) is None
    assert shortfall([HEAD], wanted) == "Er ontbreken 2 woningcontroleurs."


@given(
    st.lists(
        st.builds(
            Attendant, name=st.just("x"), leads=st.booleans(), inspects=st.booleans()
        ),
        max_size=6,
    ),
    st.builds(Quorum, head=st.booleans(), inspectors=st.integers(0, 3)),
)
def test_a_quorum_is_met_when_different_people_can_fill_all_seats(present, wanted):
    leaders = range(len(present)) if wanted.head else [None]
    fits = any(
        (chair is None or present[chair].leads)
        and sum(each.inspects for i, each in enumerate(present) if i != chair)
        >= wanted.inspectors
        for chair in leaders
    )

    assert (shortfall(present, wanted) is None) == fits
