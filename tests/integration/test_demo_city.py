"""The demo city: loaded by the use cases, and in every state that it promises."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from engine.bootstrap import build_engine
from engine.clock import FixedClock
from engine.mail_sink import MailSink
from engine.persistence import migrate
from engine.settings import EngineSettings
from engine.smtp import Smtp
from engine.training import FixedTime, Training
from engine.worker import Worker
from workflows.cases.model import CaseQuery
from workflows.cases.repository import find
from workflows.deadlines.repository import deadlines_of
from workflows.demo.service import Stage, beginning, load
from workflows.inspections.model import InspectionKind
from workflows.inspections.repository import inspections_of
from workflows.register import build_registry

NOW = datetime(2026, 11, 25, 10, tzinfo=UTC)


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    """Load the city once; give its engine and the mails that arrived."""
    folder = tmp_path_factory.mktemp("city")
    sink = MailSink(folder / "mail")
    sink.start()
    settings = EngineSettings(database_url=f"sqlite:///{folder}/city.db", data=folder)
    clock = FixedClock(beginning(NOW))
    engine = build_engine(settings, build_registry(), clock)
    migrate.upgrade(engine.database)
    worker = Worker(engine=engine, transport=Smtp.from_url(sink.url), name="demo")
    training = Training(engine, worker, FixedTime(clock))
    load(Stage(engine=engine, clock=clock, training=training), until=NOW)
    yield engine, sink
    sink.stop()
    engine.database.dispose()


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


def test_nothing_went_wrong_on_the_way(city):
    with city[0].reading() as work:
        assert city[0].incidents.open(work) == []


def test_each_journal_is_whole(city, cases):
    with city[0].reading() as work:
        for case in cases:
            assert city[0].journal.verify(work, case.instance_id) is None


def test_the_mails_really_went_out(city):
    assert len(list(city[1].folder.glob("*.eml"))) > 200
