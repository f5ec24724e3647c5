"""The weekly meeting: its list, and a walk over all its cases, one key each."""

from bench import city
from bench.place import POSTGRESQL, SQLITE
from bench.row import Row, Spent, spent_row
from bench.served import served
from bench.statements import counted
from bench.timing import timed
from workflows.demo.people import PASSWORD
from workflows.people.service import actor
from workflows.register import build_registry
from workflows.weekly import repository, service
from workflows.weekly.running import running_cases

TITLE = "The weekly meeting: a walk over all running cases"
LIMIT = 30
"""Milliseconds of the server for a case: shown, recorded, on to the next."""

MEETING = "/overleg/wekelijks"
PRESSED = {"doe": "geen-wijziging", "version": "0"}


def measure(place):
    """Walk over the running cases of a city on both databases."""
    count = place.size(150, 3)
    for name in (SQLITE, POSTGRESQL):
        with place.engine(name, build_registry()) as engine:
            city.found(engine)
            city.offered(engine, count)
            number = _planned(engine)
            if name == SQLITE:
                yield from _list(engine, number, count)
            url = engine.database.url.render_as_string(hide_password=False)
            folder = place.folder / f"weekly-{name}"
            with served(url, folder) as site, site.visitor() as visitor:
                visitor.sign_in("an", PASSWORD)
                yield from _walk(name, site, visitor, number, count)


def _planned(engine):
    with engine.transaction() as work:
        meeting = service.plan_next(work, engine, by=actor(work, "an"))
        service.build_list(work, meeting.number)
    return meeting.number


def _list(engine, number, count):
    """Count the statements that read the whole list."""
    with engine.reading() as work, counted(engine.database) as found:
        meeting = service.current(work)
        found.statements.clear()
        running_cases(work.session, meeting)
        repository.places(work.session, number)
    what = f"statements that read the list of {count} cases"
    yield Row(what=what, value=len(found.statements), unit="", wanted=8)


def _walk(name, site, visitor, number, count):
    """Press ‘geen wijziging’ at each case, from the first to the last.

    A case is one turn: its screen is shown, and what was said is recorded.
    """
    page = visitor.get(f"{MEETING}/{number}")
    assert page.status == 200, page.text
    path = _first(page.text, number)
    turns, keys = Spent(wall=[], cpu=[]), 0
    before = site.processor_ms()
    while path != f"{MEETING}/{number}":
        wall, path = _turn(visitor, path)
        turns.wall.append(wall)
        keys += 1
    # The kernel counts processor time in steps of 10 ms, so it is spread.
    turns.cpu.append((site.processor_ms() - before) / keys)
    yield spent_row(f"{name}, a case shown and recorded", turns, LIMIT)
    wall, _ = timed(lambda: visitor.get(f"{MEETING}/{number}"))
    listed = Spent(wall=[wall], cpu=[0])
    yield spent_row(f"{name}, the list of {count} cases opened", listed)
    what = f"{name}, keys pressed to walk over {count} cases"
    yield Row(what=what, value=keys, unit="", wanted=count)


def _turn(visitor, path):
    """Show a case and record it; return the milliseconds and where it leads."""
    answers = []

    def act():
        answers.append(visitor.get(path))
        answers.append(visitor.post(path, **PRESSED))

    wall, _ = timed(act)
    assert [each.status for each in answers] == [200, 302], answers[-1].text
    return wall, answers[-1].headers["Location"]


def _first(page, number):
    """Return the address of the first case without an entry."""
    start = page.index(f'class="button primary" href="{MEETING}/{number}/')
    return page[start:].split('href="')[1].split('"')[0]
