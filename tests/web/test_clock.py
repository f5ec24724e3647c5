"""The training clock is moved from its page, for each process, in words."""

import re
from datetime import timedelta

import pytest

from engine.bootstrap import build_engine
from engine.clock import ShiftedClock
from engine.settings import EngineSettings
from engine.training import SharedTime, Training
from engine.worker import Worker
from tests.web.city import City, RememberingRunner
from web.app import create_app
from web.services import Services
from web.settings import WebSettings
from workflows.register import build_registry

CLOCK = "/beheer/klok"
HEAD = "chris.maes"


class Silent:
    """A transport that sends nothing anywhere."""

    def send(self, message):
        pass


def serve(city):
    """Serve the city of a test in a process of its own, as it were."""
    clock = ShiftedClock(behind=city.clock)
    settings = EngineSettings(database_url=city.engine.settings.database_url)
    engine = build_engine(settings, build_registry(), clock, runner=RememberingRunner())
    worker = Worker(engine=engine, transport=Silent(), name="training")
    services = Services(
        engine=engine,
        settings=WebSettings(secret_key="x" * 32, training=True),
        wall_clock=city.clock,
        training=Training(engine, worker, SharedTime(engine, clock, city.clock)),
    )
    return City(engine=engine, app=create_app(services), clock=clock)


@pytest.fixture
def processes(city):
    served = [serve(city) for _ in range(2)]
    yield served
    for one in served:
        one.engine.database.dispose()


def test_a_move_tells_which_terms_ran_out_in_which_case(city, processes):
    number = city.offer().number
    city.complete(number, "check_completeness", "an.peeters", complete=True)
    client = processes[0].client("hugo.leys")
    answer = client.post(CLOCK, data={"days": "30"}, follow_redirects=True)

    assert "De klok staat nu op 25 dec 2026 om 12:00" in answer.text
    assert "Wat er intussen gebeurde" in answer.text
    told = answer.text.split("Wat er intussen gebeurde")[1]
    assert number in told
    assert not re.search(r"<td>[a-z]+_[a-z_]+</td>", told)


def test_a_move_on_which_nothing_was_due_says_so(processes):
    client = processes[0].client("hugo.leys")
    answer = client.post(CLOCK, data={"days": "1"}, follow_redirects=True)

    assert "Er liep geen enkele termijn af" in answer.text


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-11-24T12:00", "De klok kan alleen vooruit."),
        ("2036-11-24T12:00", "hoogstens 400 dagen"),
        ("morgen", "Kies een stap, of vul een dag en een uur in."),
    ],
)
def test_a_moment_that_can_not_be_is_refused_in_place(processes, moment, words):
    answer = processes[0].client("hugo.leys").post(CLOCK, data={"moment": moment})

    assert answer.status_code == 422
    assert words in answer.text
    assert "<title>Fout: " in answer.text


def test_while_somebody_moves_the_clock_another_is_told_to_wait(city, processes):
    engine = processes[1].engine
    busy = SharedTime(engine, engine.clock, city.clock)
    busy.begin()
    answer = processes[0].client("hugo.leys").post(CLOCK, data={"days": "1"})

    assert answer.status_code == 409
    assert "De klok wordt al door iemand verzet" in answer.text
    busy.end()


def test_the_pages_of_another_process_follow_at_once(processes):
    here, there = processes
    reader = there.client(HEAD)
    before = reader.get("/dossiers").text
    here.client("hugo.leys").post(CLOCK, data={"days": "7"})
    after = reader.get("/dossiers").text

    assert "De klok staat op 25 nov 2026" in before
    assert "De klok staat op 2 dec 2026" in after
    assert there.clock.ahead == timedelta(days=7)


def test_only_the_system_administrator_moves_the_clock(processes):
    answer = processes[0].client(HEAD).post(CLOCK, data={"days": "7"})

    assert answer.status_code == 403
    assert processes[0].clock.ahead == timedelta()
