"""A worker and two web processes run the same cases and keep dying.

Real commands on a real PostgreSQL, spoken to as a program does: it asks
whichever web process answers, and asks again under the same key when it got
none. Each case must end up as one of a quiet day.
"""

import json
import time
from collections import Counter
from datetime import timedelta
from http import HTTPStatus
from http.client import HTTPException
from itertools import count, cycle
from threading import Event
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest

from engine import faults
from engine.clock import SystemClock
from engine.mail_sink import MailSink, received
from engine.model import Bundle, InstanceStatus
from engine.persistence import migrate
from engine.persistence.database import Database
from engine.persistence.repositories.training_clock import TrainingClockRepository
from engine.persistence.wakeups import announce
from engine.worklist import TaskQuery
from tests.crash.staff import Site
from tests.web.city import AGENCY_USER, NOON, OFFER, found
from workflows.people import tokens

PATIENCE = 90
PAUSE = 0.1
CLERK = "an.peeters"
MANAGER = "greet.smets"
WAIT = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
    targetNamespace="https://woonflow.example/tests">
  <process id="wait" name="Even wachten" isExecutable="true">
    <startEvent id="begin"><outgoing>f1</outgoing></startEvent>
    <sequenceFlow id="f1" sourceRef="begin" targetRef="second"/>
    <intermediateCatchEvent id="second" name="Een seconde">
      <incoming>f1</incoming><outgoing>f2</outgoing>
      <timerEventDefinition id="t"><timeDuration>PT1S</timeDuration>
      </timerEventDefinition>
    </intermediateCatchEvent>
    <sequenceFlow id="f2" sourceRef="second" targetRef="end"/>
    <endEvent id="end"><incoming>f2</incoming></endEvent>
  </process>
</definitions>
"""

pytestmark = [pytest.mark.crash, pytest.mark.timeout(900)]


class Programs:
    """Programs of people, which ask until they are answered."""

    def __init__(self, site, tokens_of):
        self._site = site
        self._tokens = tokens_of
        self._keys = count()
        self._ports = cycle(site.ports)

    def post(self, user, path, body):
        """Ask for a change, under one key, of whoever answers."""
        key = f"asked-{next(self._keys)}"
        return self._until_answered(user, path, json.dumps(body).encode(), key)

    def get(self, user, path):
        return self._until_answered(user, path, None, "")

    def _until_answered(self, user, path, body, key):
        headers = {
            "Authorization": f"Bearer {self._tokens[user]}",
            "Content-Type": "application/json",
        }
        if key:
            headers["Idempotency-Key"] = key
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            port = next(self._ports)
            address = f"http://127.0.0.1:{port}/api/v1{path}"
            try:
                with urlopen(Request(address, body, headers), timeout=15) as answer:
                    return json.load(answer)
            except HTTPError as error:
                # The database was locked or away: nothing happened.
                if error.code != HTTPStatus.SERVICE_UNAVAILABLE:
                    raise AssertionError(error.read().decode()) from error
            except URLError:
                self._site.mend()  # Nobody listens: it is dead, or still starting.
            except (ConnectionError, TimeoutError, HTTPException, ValueError):
                self._site.hung_up(port)  # It died amid the request, or at its start.
            _pause()
        message = f"nobody answered {path}"
        raise AssertionError(message)


class Scene:
    """The city, its processes, and the post."""

    def __init__(self, url, folder):
        self.sink = MailSink(folder / "mail")
        self.sink.start()
        self.city = found(url)
        self.engine = self.city.engine
        bundle = Bundle(key="wait", files={"wait.bpmn": WAIT.encode()})
        with self.engine.transaction() as work:
            self.engine.definitions.deploy(work, bundle, by=MANAGER)
            _stand_at(work, NOON)
            issued = {
                user: tokens.issue_token(work, user, label="test")
                for user in (AGENCY_USER, CLERK, MANAGER)
            }
        self.site = Site(
            {
                "WOONFLOW_DATABASE_URL": url,
                "WOONFLOW_DATA": str(folder),
                "WOONFLOW_SMTP_URL": self.sink.url,
                "WOONFLOW_MAIL_FROM": "wonen@stad.example",
                "WOONFLOW_SECRET_KEY": "x" * 32,
                "WOONFLOW_TRAINING": "true",
            }
        )
        self.programs = Programs(self.site, issued)
        self.waiting = []
        self.cases = []

    def close(self):
        self.site.close()
        self.sink.stop()
        self.engine.database.dispose()

    def work_on_a_case(self, number):
        """A dwelling is offered and found incomplete, which is mailed; a timer runs beside it."""
        started = self.programs.post(
            MANAGER,
            "/definitions/wait/instances",
            {"process_id": "wait", "business_key": f"W-{number}", "data": {}},
        )
        self.waiting.append(started["id"])
        days = {name: str(OFFER[name]) for name in ("consent_date", "wished_date")}
        offer = OFFER | days | {"house_number": str(number)}
        opened = self.programs.post(
            AGENCY_USER, "/cases", {"kind": "svk_intake", "data": {"offer": offer}}
        )
        self.cases.append(opened)
        found_tasks = self.programs.get(CLERK, f"/tasks?case={opened['number']}")
        (task,) = found_tasks["items"]
        data = {"complete": False, "missing": "Het huurcontract."}
        self.programs.post(CLERK, f"/tasks/{task['id']}/completion", {"data": data})

    def is_quiet(self):
        """Tell whether all timers fired and all mail left."""
        with self.engine.reading() as work:
            ended = all(
                self.engine.instances.get(work, one).status is InstanceStatus.COMPLETED
                for one in self.waiting
            )
            return ended and all(
                mail.state == "sent" for mail in self.engine.outbox.newest(work)
            )

    def wait_until_quiet(self):
        end = time.monotonic() + PATIENCE
        while not self.is_quiet():
            assert time.monotonic() < end, "something was lost"
            self.site.mend()
            _pause()

    def let_leases_end(self):
        """Let nobody die any more, and let pass what the dead still held."""
        self.site.disarm()
        with self.engine.transaction() as work:
            _stand_at(work, NOON + timedelta(hours=1))

    def course(self, instance_id):
        """Return what happened, in order, with its elements."""
        with self.engine.reading() as work:
            self.engine.journal.verify(work, instance_id)
            lines = self.engine.journal.of(work, instance_id)
        return [(line.kind, line.element_id) for line in lines]

    def open_tasks(self, number):
        query = TaskQuery(business_keys=frozenset({number}))
        with self.engine.reading() as work:
            return [
                each.element_id for each in self.engine.tasks.find(work, query).items
            ]

    def assert_each_case_is_as_one_of_a_quiet_day(self):
        first, *others = self.cases
        quiet, waited = self.course(first["instance_id"]), self.course(self.waiting[0])
        for case in others:
            assert self.course(case["instance_id"]) == quiet
            assert self.open_tasks(case["number"]) == ["complete_offer"]
        assert [self.course(one) for one in self.waiting[1:]] == [waited] * len(others)
        self._assert_each_mail_left_once(len(self.cases))

    def _assert_each_mail_left_once(self, cases):
        with self.engine.reading() as work:
            mails = self.engine.outbox.newest(work)
            assert self.engine.incidents.open(work) == []
        per_case = Counter(mail.mail.case for mail in mails)
        assert len(per_case) == cases
        assert len(set(per_case.values())) == 1
        # A mail may be sent twice, under the same Message-ID.
        arrived = Counter(mail.message_id for mail in received(self.sink.folder))
        assert len(arrived) == len(mails)


def _pause():
    """Let others work, on a machine that has few hands."""
    Event().wait(PAUSE)


def _migrate(url):
    database = Database(url)
    migrate.upgrade(database)
    database.dispose()


def _stand_at(work, moment):
    """Put the clock of all processes at *moment*."""
    now = SystemClock().now()
    TrainingClockRepository(work.session).move(moment - now, at=now, by=MANAGER)
    announce(work.session)


@pytest.fixture
def scene(postgres_server, tmp_path):
    with postgres_server.database() as url:
        _migrate(url)
        scene = Scene(url, tmp_path)
        yield scene
        scene.close()


def test_cases_survive_processes_that_die_in_turn(scene):
    points = cycle(["before_commit:4", "after_commit:3", "after_journal:2"])
    scene.site.open()
    scene.work_on_a_case(1)
    scene.wait_until_quiet()
    for number in range(2, 5):
        scene.site.lose_one(next(points))
        scene.work_on_a_case(number)
    scene.let_leases_end()
    scene.wait_until_quiet()

    assert sum(process.started for process in scene.site.staff) >= 6
    scene.assert_each_case_is_as_one_of_a_quiet_day()


@pytest.mark.full
@pytest.mark.parametrize("point", faults.POINTS)
def test_cases_survive_a_death_of_any_process_at_any_point(scene, point):
    scene.site.open()
    scene.work_on_a_case(1)
    scene.wait_until_quiet()
    for number, nth in enumerate((1, 2, 3, 5, 8, 13), start=2):
        scene.site.lose_one(f"{point}:{nth}")
        scene.work_on_a_case(number)
    scene.let_leases_end()
    scene.wait_until_quiet()

    scene.assert_each_case_is_as_one_of_a_quiet_day()
