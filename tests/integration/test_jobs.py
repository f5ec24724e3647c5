import pytest

from engine.errors import BpmnError
from engine.jobs import LEASE
from engine.registry import Mode, Registry, ServiceTask
from engine.retries import JOBS
from engine.smtp import MailTransportError
from engine.worker import Worker
from tests.integration.scripted import Town


class NoMail:
    def send(self, message):
        reason = "geen mail in deze proef"
        raise MailTransportError(reason, permanent=True)


class Office:
    """The outside world of the jobs: what it was asked, and how it answers."""

    def __init__(self):
        self.calls = []
        self.answers = []

    def run(self, call):
        self.calls.append(call)
        answer = self.answers.pop(0) if self.answers else {"number": "V-1"}
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def town(database_url, office):
    registry = Registry()
    registry.add(
        ServiceTask(
            type="register",
            label="Registreren",
            description="",
            run=office.run,
            mode=Mode.JOB,
        )
    )
    town = Town(database_url, registry=registry, create=False)
    town.deploy()
    yield town
    town.database.dispose()


@pytest.fixture
def worker(town):
    return Worker(engine=town, transport=NoMail(), name="worker")


def story(town, instance_id):
    with town.reading() as work:
        entries = town.journal.of(work, instance_id)
    return [(entry.kind, dict(entry.facts)) for entry in entries]


def test_a_job_runs_after_the_commit_and_its_outputs_go_into_the_case(
    town, office, worker
):
    instance_id = town.start(jobs=[["register", "register"]])
    before = len(office.calls)

    worker.do_effects()

    assert before == 0
    assert ("job_completed", {"number": "V-1"}) in story(town, instance_id)
    assert office.calls[0].business_key == "2026-1"


def test_a_finished_job_does_not_run_again(town, office, worker):
    town.start(jobs=[["register", "register"]])

    for _ in range(3):
        worker.do_effects()
        town.after(hours=1)

    assert len(office.calls) == 1


def test_a_business_error_goes_to_the_case(town, office, worker):
    office.answers = [BpmnError("ONBEKEND", "geen pand")]
    instance_id = town.start(jobs=[["register", "register"]])

    worker.do_effects()

    assert ("error_caught", {"code": "ONBEKEND"}) in story(town, instance_id)


def test_a_job_that_failed_waits_and_is_tried_again(town, office, worker):
    office.answers = [ConnectionError("weg")]
    town.start(jobs=[["register", "register"]])
    worker.do_effects()

    too_soon = worker.do_effects()
    town.after(seconds=JOBS.first.total_seconds())
    later = worker.do_effects()

    assert (too_soon.total, later.ran) == (0, 1)


def test_a_job_that_keeps_failing_becomes_an_incident_that_can_be_retried(
    town, office, worker
):
    office.answers = [ConnectionError("weg")] * 3
    instance_id = town.start(jobs=[["register", "register"]])
    for _ in range(5):
        worker.do_effects()
        town.after(hours=1)

    with town.transaction() as work:
        (incident,) = town.incidents.open(work)
        town.incidents.retry(work, incident.id, by="beheerder")
    worker.do_effects()

    assert (incident.kind, "weg" in incident.message) == ("job", True)
    assert len(office.calls) == 4
    assert ("job_completed", {"number": "V-1"}) in story(town, instance_id)


def test_a_leased_job_is_left_alone_until_its_lease_ends(town, office, worker):
    town.start(jobs=[["register", "register"]])
    with town.transaction() as work:
        town.jobs.lease_next(work, worker="died")

    town.after(seconds=LEASE.total_seconds() - 1)
    during = worker.do_effects()
    town.after(seconds=1)
    after = worker.do_effects()

    assert (during.ran, after.ran) == (0, 1)


def test_the_result_of_a_worker_that_lost_its_lease_is_not_stored(town, worker):
    instance_id = town.start(jobs=[["register", "register"]])
    with town.transaction() as work:
        slow = town.jobs.lease_next(work, worker="slow")
    town.after(seconds=LEASE.total_seconds())
    worker.do_effects()

    with town.transaction() as work:
        stored = town.jobs.complete(work, slow, {"number": "V-2"})

    assert not stored
    assert [kind for kind, _ in story(town, instance_id)].count("job_completed") == 1


def test_a_job_of_a_suspended_case_waits(town, office, worker):
    instance_id = town.start(jobs=[["register", "register"]])
    with town.transaction() as work:
        town.instances.suspend(work, instance_id, by="hoofd", reason="vraag")

    suspended = worker.do_effects()
    with town.transaction() as work:
        town.instances.resume(work, instance_id, by="hoofd")
    resumed = worker.do_effects()

    assert (suspended.ran, resumed.ran) == (0, 1)
    assert worker.next_effect() is None


def test_a_job_of_a_cancelled_case_is_not_run(town, office, worker):
    instance_id = town.start(jobs=[["register", "register"]])
    with town.transaction() as work:
        town.instances.cancel(work, instance_id, by="hoofd", reason="ingetrokken")

    worker.do_effects()

    assert office.calls == []


def test_each_attempt_has_the_same_idempotency_key(town, office, worker):
    office.answers = [ConnectionError("weg")]
    town.start(jobs=[["register", "register"], ["again", "register"]])
    worker.do_effects()
    town.after(hours=1)

    worker.do_effects()

    keys = [call.idempotency_key for call in office.calls]
    assert (len(keys), len(set(keys))) == (3, 2)
