from datetime import date

import pytest

from workflows.cases.model import CaseKind
from workflows.cases.phases import Milestones, PhaseState, phases

DAYS = {
    "inspected_on": date(2026, 3, 5),
    "reported_on": date(2026, 3, 10),
    "decided_on": date(2026, 3, 20),
    "closed_on": date(2026, 4, 1),
}


def course(*reached, kind=CaseKind.SVK_INTAKE, **changes):
    facts = {"kind": kind, "opened_on": date(2026, 3, 2), "is_open": True}
    facts |= {name: DAYS[name] for name in reached} | changes
    return phases(Milestones(**facts))


def states(found):
    return [phase.state.value for phase in found]


@pytest.mark.parametrize(
    ("reached", "expected"),
    [
        ((), ["done", "now", "next", "next", "next"]),
        (("inspected_on",), ["done", "done", "now", "next", "next"]),
        (("inspected_on", "reported_on"), ["done", "done", "done", "now", "next"]),
        (
            ("inspected_on", "reported_on", "decided_on"),
            ["done", "done", "done", "done", "now"],
        ),
        (tuple(DAYS), ["done"] * 5),
    ],
)
def test_the_first_phase_that_is_not_done_is_on(reached, expected):
    assert states(course(*reached)) == expected


def test_works_are_a_phase_where_a_report_asked_for_them():
    found = course("inspected_on", "reported_on", works_needed=True)

    assert [phase.name for phase in found][2:5] == [
        "Technisch verslag",
        "Werken",
        "Conformiteitsattest",
    ]
    assert states(found)[2:5] == ["done", "now", "next"]


def test_repaired_works_are_done_on_their_day():
    found = course(
        "inspected_on", "reported_on", works_needed=True, repaired_on=date(2026, 5, 1)
    )

    assert (found[3].state, found[3].on) == (PhaseState.DONE, date(2026, 5, 1))


def test_a_case_that_closed_early_missed_the_rest():
    found = course("inspected_on", "closed_on", is_open=False)

    assert states(found) == ["done", "done", "missed", "missed", "missed"]
    assert found[-1].on is None


def test_a_request_has_no_intake():
    found = course(kind=CaseKind.CERTIFICATE)

    assert [phase.name for phase in found] == [
        "Aanvraag",
        "Onderzoek",
        "Technisch verslag",
        "Conformiteitsattest",
    ]


def test_an_offer_that_is_still_looked_at_is_on():
    found = course(is_checking_offer=True)

    assert states(found) == ["now", "next", "next", "next", "next"]
    assert found[0].on is None
