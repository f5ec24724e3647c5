"""Nobody gets access to a dwelling before the day of the visit."""

from datetime import timedelta

import pytest

from engine.errors import AnswersRefusedError
from workflows.errors import InvalidDataError
from workflows.inspections import service
from workflows.inspections.model import InspectionKind


@pytest.fixture
def planned(town):
    """A case whose visit is planned in three days."""
    case = town.open_case()
    town.do(case, "check_completeness", by="an", complete=True)
    at = town.clock.now() + timedelta(days=3)
    town.do(case, "plan_visit", by="an", inspector="els", visit_at=at)
    return case


def test_a_visit_that_is_still_to_come_is_not_done(town, planned):
    with pytest.raises(AnswersRefusedError, match="pas dan worden ingevuld") as caught:
        town.do(planned, "site_visit", by="els", access=True)

    assert list(caught.value.problems) == ["access"]
    assert "site_visit" in town.tasks(planned)


def test_a_visit_is_done_on_its_day_and_not_the_day_before(town, planned):
    town.pass_time(days=2)
    with pytest.raises(AnswersRefusedError):
        town.do(planned, "site_visit", by="els", access=True)
    town.pass_time(days=1)
    town.do(planned, "site_visit", by="els", access=True, acute_danger=False)

    assert "record_findings" in town.tasks(planned)


def test_a_visit_that_can_not_go_through_is_planned_again_before_its_day(town, planned):
    town.do(planned, "site_visit", by="els", access=False, no_access_note="Ziek gemeld")

    assert "plan_visit" in town.tasks(planned)


def test_a_program_can_not_record_a_visit_that_is_still_to_come(town, planned):
    visit = service.Visit(
        case_number=planned.number,
        unit_id=planned.unit_id,
        inspector="els",
        at=town.clock.now() + timedelta(days=1),
        kind=InspectionKind.FIRST,
    )
    seen = service.Seen(findings=(), occupants=None, occupancy_norm=None)

    with (
        pytest.raises(InvalidDataError, match="in de toekomst"),
        town.transaction() as w,
    ):
        service.record(w, visit, seen)
