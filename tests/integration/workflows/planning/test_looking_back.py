"""What was late in a year is still told of it when the year is over."""

from datetime import date

from tests.integration.workflows.planning.conftest import at
from workflows.bodies.duty import DutyState
from workflows.planning import repository, service


def test_a_body_that_never_met_missed_its_meeting_in_the_year_that_closes(office):
    office.clock.moment = at(date(2026, 12, 31), 23)
    with office.engine.transaction() as work:
        service.close_year(work, 2026)

    with office.engine.reading() as work:
        kept = {each.duty_key: each for each in repository.outcomes(work.session, 2026)}
    missed = kept["rhythm:student_housing:2026-08-01"]
    assert missed.state is DutyState.MISSED
