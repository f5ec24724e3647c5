"""Remark, model, answer: from a pin on a step to the version that answers it."""

from datetime import timedelta

import pytest

from engine import drafts
from engine.errors import NotFoundError
from tests.integration.workflows.remarks.conftest import review
from workflows.errors import (
    ForbiddenError,
    InvalidDataError,
    NotAllowedNowError,
    UnknownError,
)
from workflows.meetings import repository as meetings
from workflows.meetings.model import PointKind
from workflows.people import service as people
from workflows.remarks import measuring, repository
from workflows.remarks.drafts import deploy_draft
from workflows.remarks.model import RemarkStatus


class TestPinning:
    def test_it_goes_to_the_body_that_owns_the_process(self, bench):
        bench.meeting(days=2)
        remark = bench.pin()

        with bench.engine.reading() as work:
            (point,) = meetings.points_of(work.session, "WKO-2026-9")
        assert (remark.number, remark.body_key) == ("OPM-2026-1", "weekly_quality")
        assert (point.kind, point.reference) == (PointKind.REMARK, "OPM-2026-1")
        assert "Duurt te lang." in point.explanation
        assert bench.incidents() == []

    def test_without_a_meeting_it_waits_for_one(self, bench):
        number = bench.pin().number

        with bench.engine.reading() as work:
            waiting = repository.waiting(work.session, "weekly_quality")
        assert [each.number for each in waiting] == [number]

    def test_it_keeps_how_busy_the_step_was(self, bench):
        for hours in (1, 2, 3, 4, 100):
            bench.finish(bench.begin("2026-0001"), after=timedelta(hours=hours))
        bench.begin("2026-0002")
        bench.begin("2026-0003")
        remark = bench.pin()
        bench.begin("2026-0004")

        with bench.engine.reading() as work:
            now = measuring.load_of(work.session, remark.step)
        load = remark.load
        assert (load.live, load.measured) == (2, 5)
        assert (load.median, load.p90) == (3 * 3600, 100 * 3600)
        assert (load.median_in_words, load.p90_in_words) == ("3 uur", "4 dagen")
        assert now.live == 3

    def test_a_step_that_never_ended_has_no_duration(self, bench):
        load = bench.pin().load

        assert (load.live, load.measured, load.median) == (0, 0, None)

    def test_measuring_costs_few_statements(self, bench, count_sql):
        step = bench.pin().step

        with (
            count_sql(bench.engine.database) as counted,
            bench.engine.reading() as work,
        ):
            measuring.load_of(work.session, step)
        assert len(counted.statements) <= 3

    @pytest.mark.parametrize(
        "place", [{"element_id": "nowhere"}, {"process_id": "other"}]
    )
    def test_an_unknown_step_is_refused(self, bench, place):
        with pytest.raises(UnknownError, match="De stap"):
            bench.pin(**place)

    def test_an_unknown_version_is_refused(self, bench):
        with pytest.raises(NotFoundError):
            bench.pin(bundle_hash="0" * 64)

    @pytest.mark.parametrize("text", [" ", "x" * 4001])
    def test_an_empty_or_endless_text_is_refused(self, bench, text):
        with pytest.raises(InvalidDataError):
            bench.pin(text=text)

    def test_who_is_not_of_the_city_pins_nothing(self, bench):
        with pytest.raises(ForbiddenError):
            bench.pin(by="sofie")


class TestDeciding:
    @pytest.fixture
    def number(self, bench):
        bench.meeting(hours=1)
        return bench.pin().number

    def test_kept_as_it_is_the_author_hears_why(self, bench, number):
        bench.decide(number, change=False, text="De wet vraagt deze stap.")

        (to, text) = bench.mails()[-1]
        assert bench.remark(number).status is RemarkStatus.KEPT
        assert to == "tom"
        assert "De wet vraagt deze stap." in text
        assert bench.tasks(number) == {}

    def test_a_change_becomes_a_task_with_a_draft_linked(self, bench, number):
        bench.decide(number, change=True)

        task = bench.tasks(number)["change_process"]
        with bench.engine.reading() as work:
            draft = drafts.draft_of(work, "svk")
        assert task.candidate_groups == ("process_manager",)
        assert draft.bundle == review()
        assert bench.remark(number).draft_opened_at is not None

    def test_the_minutes_tell_the_decision(self, bench, number):
        bench.decide(number, change=True)

        with bench.engine.reading() as work:
            (point,) = meetings.points_of(work.session, "WKO-2026-9")
        assert point.decision == "Het proces wordt aangepast. Splits de taak."

    def test_the_second_is_told_who_decided_and_when(self, bench, number):
        bench.decide(number, change=True)

        with pytest.raises(
            NotAllowedNowError, match="Griet Declercq op maandag 2 maart"
        ):
            bench.decide(number, change=False, by="an")

    def test_a_decision_says_something(self, bench, number):
        with pytest.raises(InvalidDataError):
            bench.decide(number, change=False, text=" ")

    def test_an_inspector_does_not_decide(self, bench, number):
        with pytest.raises(ForbiddenError):
            bench.decide(number, change=True, by="tom")


class TestAnswering:
    @pytest.fixture
    def number(self, bench):
        bench.meeting(hours=1)
        number = bench.pin().number
        bench.decide(number, change=True)
        return number

    def test_the_author_is_told_when_a_new_version_is_deployed(self, bench, number):
        bench.deploy(review(name="Kort nakijken"))

        remark = bench.remark(number)
        (to, text) = bench.mails()[-1]
        assert (remark.status, remark.deployed_version) == (RemarkStatus.CHANGED, 2)
        assert to == "tom"
        assert "Versie 2 van het proces is in gebruik." in text
        assert bench.tasks(number) == {}
        assert bench.incidents() == []

    def test_also_when_the_task_was_done_before(self, bench, number):
        task = bench.tasks(number)["change_process"]
        with bench.engine.transaction() as work:
            bench.engine.tasks.complete(work, task.id, data={}, by="pieter")
        bench.deploy(review(name="Kort nakijken"))

        assert bench.remark(number).answered_at is not None

    def test_the_same_content_again_tells_nobody(self, bench, number):
        bench.deploy(review())

        assert bench.remark(number).status is RemarkStatus.TO_CHANGE
        assert bench.mails() == []

    def test_a_draft_is_taken_into_use_and_forgotten(self, bench, number):
        changed = review(name="Kort nakijken")
        with bench.engine.transaction() as work:
            drafts.put_files(work, "svk", changed.files, by="pieter")
            who = people.actor(work, "pieter")
            deploy_draft(work, bench.engine, "svk", by=who)

        assert bench.remark(number).status is RemarkStatus.CHANGED
        with bench.engine.reading() as work, pytest.raises(NotFoundError):
            drafts.draft_of(work, "svk")

    def test_a_draft_without_a_change_is_refused(self, bench, number):
        with (
            bench.engine.transaction() as work,
            pytest.raises(NotAllowedNowError, match="nog niets gewijzigd"),
        ):
            deploy_draft(work, bench.engine, "svk", by=people.actor(work, "pieter"))

    def test_a_draft_that_fell_behind_is_refused(self, bench, number):
        bench.deploy(review(name="Tussendoor"))

        with (
            bench.engine.transaction() as work,
            pytest.raises(NotAllowedNowError, match="andere versie"),
        ):
            deploy_draft(work, bench.engine, "svk", by=people.actor(work, "pieter"))

    def test_a_stopped_remark_does_not_stop_a_deployment(self, bench, number):
        instance_id = bench.remark(number).instance_id
        with bench.engine.transaction() as work:
            bench.engine.instances.cancel(work, instance_id, by="pieter", reason="x")
        found = bench.deploy(review(name="Kort nakijken"))

        assert found.version == 2

    def test_only_a_process_manager_takes_a_draft_into_use(self, bench, number):
        with bench.engine.transaction() as work, pytest.raises(ForbiddenError):
            deploy_draft(work, bench.engine, "svk", by=people.actor(work, "griet"))
