"""The site as people have it: first answer, memory, pages, a form sent."""

import re
import statistics

from bench import city
from bench.place import POSTGRESQL, SQLITE
from bench.row import Row, Spent, spent_row
from bench.served import served
from bench.timing import timed
from workflows.demo.people import PASSWORD
from workflows.register import build_registry

TITLE = "The site: `woonflow serve` on loopback"
LIMITS = {SQLITE: 8, POSTGRESQL: 12}
KEY = re.compile(r'name="_key" value="([^"]*)"')


def measure(place):
    """Serve a small city on both databases and send its forms."""
    rounds = place.size(60, 3)
    for name in (SQLITE, POSTGRESQL):
        with place.engine(name, build_registry()) as engine:
            city.found(engine)
            cases = city.offered(engine, rounds + 3)
            tasks = [city.task_of(case, "check_completeness") for case in cases]
            url = engine.database.url.render_as_string(hide_password=False)
            folder = place.folder / name
            if name == SQLITE:
                yield from _starts(place.size(6, 1), url, folder)
            with served(url, folder) as site, site.visitor() as visitor:
                visitor.sign_in("an", PASSWORD)
                yield from _submits(name, site, visitor, tasks)
                if name == SQLITE:
                    yield Row(
                        what="memory after that, all processes",
                        value=site.megabytes(),
                        unit="MB",
                        wanted=120,
                    )


def _starts(rounds, url, folder):
    """Start, time the first answer of /healthz, stop.

    The very first start compiles all sources, so it is a row of its own.
    """
    wall, cpu, memory = [], [], []
    for _ in range(rounds):
        with served(url, folder) as site:
            wall.append(site.first_answer)
            cpu.append(site.processor_ms())
            memory.append(site.megabytes())
    cold, warm = "first answer after the very first start", "after any other start"
    yield spent_row(cold, Spent(wall=wall[:1], cpu=cpu[:1]))
    again = Spent(wall=wall[1:] or wall, cpu=cpu[1:] or cpu)
    yield spent_row(warm, again, 2000)
    value = statistics.median(memory)
    yield Row(what="memory, all processes", value=value, unit="MB", wanted=120)


def _submits(name, site, visitor, tasks):
    """Open each task and send its form; only the sending is timed.

    The processor time is that of the site.
    """
    sent, opened = Spent(wall=[], cpu=[]), Spent(wall=[], cpu=[])
    for turn, task in enumerate(tasks):
        times = _one(site, visitor, f"/taken/{task.id}")
        if turn >= 3:
            for spent, (wall, cpu) in zip((opened, sent), times, strict=True):
                spent.wall.append(wall)
                spent.cpu.append(cpu)
    yield spent_row(f"{name}, a task form sent", _averaged(sent), LIMITS[name])
    yield spent_row(f"{name}, the page of a task opened", _averaged(opened))
    listed = Spent(wall=[], cpu=[])
    for _ in range(len(tasks)):
        wall, cpu = _on_site(site, lambda: visitor.get("/taken"))
        listed.wall.append(wall)
        listed.cpu.append(cpu)
    yield spent_row(f"{name}, Mijn taken opened", _averaged(listed))


def _one(site, visitor, path):
    pages = []
    opened = _on_site(site, lambda: pages.append(visitor.get(path)))
    key = KEY.search(pages[0].text)
    form = {"complete": "true", "_key": key.group(1) if key else ""}
    sent = _on_site(site, lambda: pages.append(visitor.post(path, **form)))
    assert pages[1].status == 302, pages[1].text
    return opened, sent


def _on_site(site, act):
    before = site.processor_ms()
    wall, _ = timed(act)
    return wall, site.processor_ms() - before


def _averaged(spent):
    """Spread the processor time, which the kernel counts in steps of 10 ms."""
    average = statistics.fmean(spent.cpu)
    return Spent(wall=spent.wall, cpu=[average])
