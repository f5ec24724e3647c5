"""The year: opened, planned in series, its duties told once, closed."""

from datetime import date

import pytest

from engine.errors import AnswersRefusedError
from tests.concurrency.rival import Rival
from tests.integration.workflows.planning.conftest import at
from workflows.bodies.duty import DutyState
from workflows.calendar import local_day
from workflows.errors import (
    ForbiddenError,
    InvalidDataError,
    NotAllowedNowError,
    OvertakenError,
)
from workflows.meetings import repository as meetings
from workflows.meetings import service as meeting_service
from workflows.meetings.model import MeetingStatus, PointKind
from workflows.meetings.service import NewMeeting, NewPoint, PointText
from workflows.minutes.tables import MinutesRow
from workflows.people import service as people
from workflows.planning import repository, service
from workflows.planning.facts import duties_of
from workflows.planning.service import Move

FEBRUARY, JUNE, OCTOBER = date(2026, 2, 3), date(2026, 6, 2), date(2026, 10, 6)


def duty(office, key, year=2026):
    with office.engine.reading() as work:
        return {each.key: each for each in duties_of(work, year)}[key]


def start(office, year=2026, by="an"):
    with office.engine.transaction() as work:
        who = people.actor(work, by)
        return service.start_year(work, office.engine, year, by=who)


class TestOpening:
    def test_by_hand_it_asks_the_desk_to_plan(self, office):
        found = start(office)

        assert found.closed_at is None
        assert list(office.tasks(2026)) == ["plan_year"]

    def test_a_year_that_runs_already_gets_two_weeks_for_its_plan(self, office):
        start(office)

        due = local_day(office.tasks(2026)["plan_year"].due_at)
        assert due == date(2026, 1, 19)

    def test_a_year_opens_once(self, office):
        start(office)
        with pytest.raises(NotAllowedNowError, match="al geopend"):
            start(office)

    def test_two_secretaries_open_it_once(self, office):
        def open_it(work):
            who = people.actor(work, "griet")
            return service.start_year(work, office.engine, 2026, by=who)

        with office.engine.transaction() as work:
            service.start_year(work, office.engine, 2026, by=people.actor(work, "an"))
            rival = Rival(office.engine, open_it).go()
        with pytest.raises(NotAllowedNowError, match="al geopend"):
            rival.outcome()

        assert list(office.tasks(2026)) == ["plan_year"]
        with office.engine.reading() as work:
            assert office.engine.incidents.open(work) == []

    def test_the_next_year_opens_by_itself_on_the_first_of_december(self, office):
        office.pass_time(days=331)

        with office.engine.reading() as work:
            found = repository.year(work.session, 2027)
        assert (found.year, found.closed_at) == (2027, None)
        due = local_day(office.tasks(2027)["plan_year"].due_at)
        assert due == date(2027, 1, 1)
        assert list(office.tasks(2027)) == ["plan_year"]

    def test_before_that_nobody_opens_it_by_hand(self, office):
        with pytest.raises(NotAllowedNowError, match="opent vanzelf op 1 december"):
            start(office, 2027)

    @pytest.mark.parametrize("year", [2025, 2024])
    def test_a_year_that_is_over_is_not_opened(self, office, year):
        with pytest.raises(NotAllowedNowError, match="voorbij"):
            start(office, year)

    @pytest.mark.parametrize("year", [1999, 2101])
    def test_a_year_out_of_reach_is_refused(self, office, year):
        with pytest.raises(InvalidDataError):
            start(office, year)

    def test_only_the_desk_opens_a_year(self, office):
        with pytest.raises(ForbiddenError):
            start(office, by="tom")


class TestPlan:
    def test_a_plan_with_less_than_the_law_asks_keeps_its_task(self, office):
        start(office)
        office.plan("core_group", FEBRUARY)
        task = office.tasks(2026)["plan_year"]

        complete = office.engine.tasks.complete
        with (
            pytest.raises(
                AnswersRefusedError, match="De wet vraagt meer vergaderingen"
            ),
            office.engine.transaction() as work,
        ):
            complete(work, task.id, data={}, by="an")

        assert list(office.tasks(2026)) == ["plan_year"]

    def test_two_meetings_of_any_part_are_enough(self, office):
        start(office)
        office.plan("core_group", FEBRUARY)
        office.plan("sounding_board", JUNE)
        task = office.tasks(2026)["plan_year"]
        with office.engine.transaction() as work:
            office.engine.tasks.complete(work, task.id, data={}, by="an")

        assert office.tasks(2026) == {}


class TestSeries:
    def series(self, *days, body_key="core_group"):
        return [NewMeeting(body_key=body_key, starts_at=at(day)) for day in days]

    def plan(self, office, series, by="an"):
        with office.engine.transaction() as work:
            who = people.actor(work, by)
            return service.plan_series(work, office.engine, series, by=who)

    def numbers(self, office):
        with office.engine.reading() as work:
            found = meetings.meetings_between(
                work.session, date(2026, 1, 1), date(2026, 12, 31)
            )
        return [each.number for each in found]

    def test_all_meetings_stand_in_the_year(self, office):
        self.plan(office, self.series(FEBRUARY, JUNE, OCTOBER))

        assert self.numbers(office) == ["KG-2026-1", "KG-2026-2", "KG-2026-3"]
        assert duty(office, "wanted:core_group").state is DutyState.PLANNED

    def test_one_bad_day_plans_none_and_is_told_at_its_row(self, office):
        with pytest.raises(InvalidDataError) as refused:
            self.plan(office, self.series(FEBRUARY, date(2025, 6, 3), OCTOBER))

        assert list(refused.value.problems) == ["starts_at-1"]
        assert self.numbers(office) == []

    def test_the_same_moment_twice_is_a_mistake(self, office):
        with pytest.raises(InvalidDataError) as refused:
            self.plan(office, self.series(FEBRUARY, FEBRUARY))

        assert list(refused.value.problems) == ["starts_at-1"]

    def test_an_empty_series_is_refused(self, office):
        with pytest.raises(InvalidDataError):
            self.plan(office, [])

    def test_only_the_desk_plans(self, office):
        with pytest.raises(ForbiddenError):
            self.plan(office, self.series(FEBRUARY), by="dirk")

    def move(self, office, *moves):
        with office.engine.transaction() as work:
            who = people.actor(work, "an")
            return service.move_series(work, office.engine, moves, by=who)

    def a_move(self, office, number, day, **changes):
        with office.engine.reading() as work:
            version = meetings.meeting(work.session, number).version
        given = {"number": number, "starts_at": at(day), "version": version}
        return Move(**given | changes)

    def test_a_series_moves_in_one_go_and_the_rest_stays(self, office):
        one, two, three = office.plan("core_group", FEBRUARY, JUNE, OCTOBER)
        later = self.a_move(office, two, date(2026, 6, 9))
        same = self.a_move(office, three, OCTOBER)

        moved = self.move(office, later, same)
        assert [each.number for each in moved] == [two]
        with office.engine.reading() as work:
            assert meetings.meeting(work.session, one).starts_at == at(FEBRUARY)
            assert meetings.meeting(work.session, two).starts_at == later.starts_at

    def test_one_move_that_is_refused_moves_none(self, office):
        one, two = office.plan("core_group", FEBRUARY, JUNE)
        good = self.a_move(office, one, date(2026, 2, 10))
        bad = self.a_move(office, two, date(2025, 6, 9))

        with pytest.raises(InvalidDataError) as refused:
            self.move(office, good, bad)
        assert list(refused.value.problems) == ["starts_at-1"]
        with office.engine.reading() as work:
            assert meetings.meeting(work.session, one).starts_at == at(FEBRUARY)

    def test_who_saw_an_older_meeting_loses(self, office):
        (one,) = office.plan("core_group", FEBRUARY)
        stale = self.a_move(office, one, JUNE, version=0)

        with pytest.raises(OvertakenError):
            self.move(office, stale)


class TestDuties:
    def test_a_meeting_that_was_held_turns_its_duty_green(self, office):
        (number,) = office.plan("sounding_board", JUNE)
        before = duty(office, "wanted:sounding_board")
        office.held(number)

        assert before.state is DutyState.PLANNED
        assert duty(office, "wanted:sounding_board").state is DutyState.MET

    def test_a_cancelled_meeting_counts_for_nothing(self, office):
        (number,) = office.plan("sounding_board", JUNE)
        with office.engine.transaction() as work:
            who = people.actor(work, "an")
            meeting_service.cancel(work, office.engine, number, reason="Griep", by=who)

        assert duty(office, "wanted:sounding_board").state is DutyState.OPEN

    def test_k8_counts_when_the_minutes_say_something(self, office):
        (number,) = office.plan("core_group", FEBRUARY)
        with office.engine.transaction() as work:
            new = NewPoint(kind=PointKind.REQUIRED, title="Toewijzing", code="K8")
            point = meeting_service.add_point(work, number, new, by="an")
            text = PointText(discussion="Besproken.")
            meeting_service.write_point(
                work, point.id, text, version=point.version, by="an"
            )
        office.held(number)

        assert duty(office, "point:core_group:K8").state is DutyState.MET

    def test_minutes_are_owed_after_the_meeting(self, office):
        (number,) = office.plan("core_group", FEBRUARY)
        office.held(number)
        office.pass_time(days=30)

        owed = duty(office, f"minutes:{number}")
        assert owed.due_on == date(2026, 2, 27)
        assert duty(office, f"noted:{number}").due_on == date(2026, 3, 5)

    def test_minutes_that_were_sent_and_noted_are_done(self, office):
        (number,) = office.plan("core_group", FEBRUARY)
        office.held(number)
        with office.engine.transaction() as work:
            row = MinutesRow(
                meeting_number=number,
                sent_at=at(date(2026, 2, 20)),
                noted_on=date(2026, 3, 9),
            )
            work.session.add(row)

        assert not duty(office, f"minutes:{number}").belated
        assert duty(office, f"noted:{number}").belated

    def test_the_next_core_group_is_counted_from_the_last(self, office):
        office.plan("core_group", FEBRUARY)
        office.pass_time(days=60)

        found = duty(office, "next_date:core_group:2026-07-03")
        assert found.state is DutyState.OPEN
        office.plan("core_group", JUNE)
        found = duty(office, "next_date:core_group:2026-07-03")
        assert found.state is DutyState.PLANNED

    def test_a_periodic_body_has_its_rhythm_and_a_month(self, office):
        office.plan("quality_quarterly", FEBRUARY)
        office.pass_time(days=180)

        found = duty(office, "rhythm:quality_quarterly:2026-06-03")
        assert found.state is DutyState.LATE


class TestEscalation:
    def check(self, office, year=2026):
        with office.engine.transaction() as work:
            return service.check_duties(work, year)

    def told(self, office):
        with office.engine.reading() as work:
            found = repository.escalations(work.session, 2026)
        return {each.duty_key: each.told for each in found}

    def test_a_sounding_board_without_date_goes_to_the_alderman_in_october(
        self, office
    ):
        office.plan("core_group", FEBRUARY, JUNE, OCTOBER)
        office.pass_time(days=268)
        self.check(office)

        assert "wanted:sounding_board" not in self.told(office)
        office.pass_time(days=2)
        self.check(office)
        assert self.told(office)["wanted:sounding_board"] == "Eva Lambrecht"

    def test_each_duty_is_told_once(self, office):
        office.pass_time(days=280)
        before = len(office.mails())
        first, second = self.check(office), self.check(office)

        assert first > 0
        assert second == 0
        assert len(office.mails()) == before + first

    def test_what_was_missed_after_it_was_told_late_is_not_told_again(self, office):
        office.pass_time(days=280)
        self.check(office)
        before = set(self.told(office))
        office.pass_time(days=100)
        self.check(office)

        assert before <= set(self.told(office))

    def test_the_process_of_the_year_tells_by_itself(self, office):
        start(office)
        office.plan("core_group", FEBRUARY)
        office.plan("core_group", JUNE)
        task = office.tasks(2026)["plan_year"]
        with office.engine.transaction() as work:
            office.engine.tasks.complete(work, task.id, data={}, by="an")
        office.pass_time(days=275)

        assert self.told(office)["wanted:sounding_board"] == "Eva Lambrecht"
        with office.engine.reading() as work:
            assert repository.year(work.session, 2026).checked_at is not None


class TestClosing:
    def test_the_year_keeps_how_its_duties_stood(self, office):
        start(office)
        numbers = office.plan("core_group", FEBRUARY, JUNE)
        for number in numbers:
            office.held(number, MeetingStatus.CLOSED)
        office.pass_time(days=362)

        with office.engine.reading() as work:
            closed = repository.year(work.session, 2026)
            outcomes = {
                each.duty_key: each.state
                for each in repository.outcomes(work.session, 2026)
            }
        assert closed.closed_at is not None
        assert outcomes["legal_minimum:coordination_group"] is DutyState.MET
        assert outcomes["wanted:core_group"] is DutyState.MISSED
        assert outcomes["wanted:sounding_board"] is DutyState.MISSED

    def test_in_the_last_second_of_the_year_it_is_over(self, office):
        office.clock.moment = at(date(2026, 12, 31), 23)
        with office.engine.transaction() as work:
            service.close_year(work, 2026)

        with office.engine.reading() as work:
            outcomes = repository.outcomes(work.session, 2026)
        assert {each.state for each in outcomes} == {DutyState.MISSED}

    def test_what_was_planned_and_never_held_is_told_at_the_end(self, office):
        office.plan("sounding_board", date(2026, 12, 22))
        office.clock.moment = at(date(2026, 12, 31), 23)
        with office.engine.transaction() as work:
            service.check_duties(work, 2026)
            before = repository.escalated(work.session, 2026)
            service.close_year(work, 2026)
            after = repository.escalated(work.session, 2026)

        assert "wanted:sounding_board" not in before
        assert "wanted:sounding_board" in after

    def test_closing_twice_keeps_the_first(self, office):
        start(office)
        office.pass_time(days=362)
        with office.engine.transaction() as work:
            service.close_year(work, 2026)

        with office.engine.reading() as work:
            keys = [each.duty_key for each in repository.outcomes(work.session, 2026)]
        assert len(keys) == len(set(keys))
