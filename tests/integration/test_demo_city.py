"""The demo city: loaded by the use cases, and in every state that it promises."""

from collections import Counter
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest

from engine.bootstrap import build_engine
from engine.clock import FixedClock
from engine.mail_sink import MailSink
from engine.persistence import migrate
from engine.settings import EngineSettings
from engine.smtp import Smtp
from engine.training import FixedTime, Training
from engine.worker import Worker
from workflows.actions.model import ActionQuery, ActionState
from workflows.actions.repository import decisions_of_meeting
from workflows.actions.repository import find as find_actions
from workflows.calendar import local_day
from workflows.cases.model import CaseQuery
from workflows.cases.repository import find
from workflows.deadlines.repository import deadlines_of
from workflows.demo.service import Stage, beginning, load
from workflows.inspections.model import InspectionKind
from workflows.inspections.repository import inspections_of
from workflows.meetings.model import MeetingStatus, PointKind
from workflows.meetings.repository import meetings_between, points_of
from workflows.minutes.repository import minutes_of
from workflows.papers.model import PaperKind
from workflows.papers.repository import papers_of
from workflows.register import build_registry
from workflows.remarks.model import RemarkStatus
from workflows.remarks.repository import remarks
from workflows.weekly.repository import is_listed, places
from workflows.work_groups.model import FeedbackState, QuestionStatus
from workflows.work_groups.repository import feedback_of, questions

NOW = datetime(2026, 11, 25, 10, tzinfo=UTC)


@contextmanager
def loaded(folder, now):
    """Load the city as it stands at *now*; give its engine and where mail arrived."""
    sink = MailSink(folder / "mail")
    sink.start()
    settings = EngineSettings(database_url=f"sqlite:///{folder}/city.db", data=folder)
    clock = FixedClock(beginning(now))
    engine = build_engine(settings, build_registry(), clock)
    migrate.upgrade(engine.database)
    worker = Worker(engine=engine, transport=Smtp.from_url(sink.url), name="demo")
    training = Training(engine, worker, FixedTime(clock))
    load(Stage(engine=engine, clock=clock, training=training), until=now)
    yield engine, sink
    sink.stop()
    engine.database.dispose()


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    """Load the city once."""
    with loaded(tmp_path_factory.mktemp("city"), NOW) as city:
        yield city


@pytest.fixture
def cases(city):
    with city[0].reading() as work:
        yield find(work.session, CaseQuery(limit=100)).cases


def test_there_are_about_forty_cases_in_every_state(cases):
    outcomes = Counter(case.outcome for case in cases)

    assert 40 <= len(cases) <= 48
    assert outcomes[None] >= 10
    assert set(outcomes) >= {
        "taken_in",
        "not_taken_in",
        "intake_certificate_reused",
        "offer_not_completed",
        "no_access",
        "withdrawn",
        "owner_passive",
        "escalated_warning",
        "escalated_unfit",
        "certificate_valid",
        "certificate_refused",
    }


def test_two_guarantees_were_broken(city, cases):
    with city[0].reading() as work:
        broken = [
            deadline
            for case in cases
            for deadline in deadlines_of(work.session, case.number)
            if deadline.kind == "report_guarantee" and deadline.breached_at is not None
        ]

    assert len(broken) == 2


def test_one_case_went_round_the_reinspection_loop_twice(city, cases):
    with city[0].reading() as work:
        rounds = Counter(
            sum(
                one.kind is InspectionKind.REINSPECTION
                for one in inspections_of(work.session, case.number)
            )
            for case in cases
        )

    assert rounds[2] == 1


@pytest.fixture
def session(city):
    with city[0].reading() as work:
        yield work.session


def test_meetings_stand_in_each_state(session):
    stand = {
        (each.body_key, each.status)
        for each in meetings_between(session, date(2026, 1, 1), date(2026, 12, 31))
    }

    assert stand == {
        ("core_group", MeetingStatus.CLOSED),
        ("core_group", MeetingStatus.AGENDA_OPEN),
        ("sounding_board", MeetingStatus.AGENDA_OPEN),
        ("weekly_quality", MeetingStatus.CLOSED),
        ("weekly_quality", MeetingStatus.AGENDA_OPEN),
        ("quality_quarterly", MeetingStatus.INVITED),
        ("social_housing_quarterly", MeetingStatus.PLANNED),
    }


def test_the_core_group_was_noted_by_the_college_with_its_papers(session):
    kinds = Counter(paper.kind for paper in papers_of(session, "KG-2026-1"))

    assert minutes_of(session, "KG-2026-1").noted_on is not None
    assert set(kinds) == {
        PaperKind.AGENDA_PACK,
        PaperKind.MINUTES,
        PaperKind.MINUTES_EXPORT,
        PaperKind.COLLEGE_NOTE,
    }


def test_last_week_is_closed_and_the_list_of_this_week_is_made(session):
    closed, present = (
        each
        for each in meetings_between(session, date(2026, 1, 1), date(2026, 12, 31))
        if each.body_key == "weekly_quality"
    )

    assert len(decisions_of_meeting(session, closed.number)) == 3
    assert is_listed(session, present.number)
    assert not any(place.is_discussed for place in places(session, present.number))


def test_a_question_became_a_work_group_that_reported_and_another_waits(session):
    told = {each.number: each.status for each in questions(session)}
    notes = {each.state for each in feedback_of(session, "BV-2026-1")}

    assert told == {
        "BV-2026-1": QuestionStatus.FOUNDED,
        "BV-2026-2": QuestionStatus.ASKED,
    }
    assert notes == {FeedbackState.GIVEN, FeedbackState.ASKED}


def test_action_points_are_open_late_and_done(session):
    found = [each.action for each in find_actions(session, ActionQuery()).actions]
    today = local_day(NOW)

    assert {each.state for each in found} == {ActionState.OPEN, ActionState.DONE}
    late = [each for each in found if each.state is ActionState.OPEN]
    assert any(each.due_on < today for each in late)
    assert any(each.due_on > today for each in late)
    assert any(each.case_number for each in found)


def test_one_remark_waits_and_one_is_answered(session):
    told = {each.status: each.answer != "" for each in remarks(session)}

    assert told == {RemarkStatus.PINNED: False, RemarkStatus.KEPT: True}


def test_partners_were_invited_to_talk_about_cases_that_are_shared(session):
    named = {
        point.case_number
        for point in points_of(session, "WK-2026-1")
        if point.kind is PointKind.CASE
    }
    audiences = [paper.audience for paper in papers_of(session, "WK-2026-1")]

    assert len(named) == 3
    assert len(audiences) == 4


def test_nothing_went_wrong_on_the_way(city):
    with city[0].reading() as work:
        assert city[0].incidents.open(work) == []


def test_each_journal_is_whole(city, cases):
    with city[0].reading() as work:
        for case in cases:
            assert city[0].journal.verify(work, case.instance_id) is None


def test_the_mails_really_went_out(city):
    assert len(list(city[1].folder.glob("*.eml"))) > 200


@pytest.mark.full
@pytest.mark.parametrize(
    "now",
    [
        datetime(2027, 1, 5, 6, 30, tzinfo=UTC),
        datetime(2026, 12, 27, 20, tzinfo=UTC),
        datetime(2027, 4, 4, 5, tzinfo=UTC),
    ],
    ids=["after new year", "between the holidays", "a Sunday in spring"],
)
def test_on_any_day_the_list_of_this_week_waits(tmp_path, now):
    with loaded(tmp_path, now) as (engine, _), engine.reading() as work:
        found = meetings_between(work.session, date(2026, 1, 1), date(2027, 12, 31))
        weekly = [each for each in found if each.body_key == "weekly_quality"]
        core = [each.status for each in found if each.body_key == "core_group"]

        assert engine.incidents.open(work) == []
        assert weekly[0].status is MeetingStatus.CLOSED
        assert is_listed(work.session, weekly[1].number)
        assert core == [MeetingStatus.CLOSED] * 2 + [MeetingStatus.AGENDA_OPEN]
