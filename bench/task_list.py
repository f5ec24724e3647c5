"""The work list: a page of 50 at 1,000 and at 100,000 open tasks, 500 users.

The tasks are inserted by SQL, as use cases would leave them.
"""

import random
from datetime import timedelta

from sqlalchemy import insert

from bench.place import NOON, POSTGRESQL, SQLITE, settle
from bench.row import Row, ratio_row, spent_row
from bench.timing import in_turn
from engine.model import TaskState
from engine.persistence.identity import new_id
from engine.persistence.repositories.tasks import END_OF_TIME, keys_of
from engine.persistence.tables.tasks import TaskKeyRow, TaskRow
from engine.persistence.unit_of_work import UnitOfWork
from engine.worklist import TaskQuery, TaskSort
from tests.factories import an_instance_row

TITLE = "Work list: a page of 50, for one of 500 users"
FEW, MANY = 1_000, 100_000
CHUNK = 5_000
GROUPS = ("rental_agency", "admin", "inspector", "head_of_service", "mayor")
WEIGHTS = (30, 40, 20, 8, 2)
STREETS = ("Kerkstraat", "Molenweg", "Veemarkt", "Bruul", "Nekkerspoel", "Adegem")
NAMES = ("Bezoek plannen", "Vaststellingen", "Verslag ondertekenen", "Werken nakijken")
MY_GROUPS = frozenset({"admin", "inspector"})
QUERIES = {
    "mine and my groups": TaskQuery(assignee="user7", groups=MY_GROUPS),
    "my tasks": TaskQuery(assignee="user7"),
    "my groups, unclaimed": TaskQuery(groups=MY_GROUPS, unclaimed=True),
    "all open": TaskQuery(),
    "unclaimed": TaskQuery(unclaimed=True),
    "a common word": TaskQuery(groups=MY_GROUPS, text="kerk"),
    "a rare word": TaskQuery(groups=MY_GROUPS, text="2026-00421"),
    "two words": TaskQuery(groups=MY_GROUPS, text="kerk bezoek"),
    "due soon": TaskQuery(groups=MY_GROUPS, due_before=NOON + timedelta(days=3)),
    "one element": TaskQuery(groups=MY_GROUPS, element_id="element3"),
    "newest first": TaskQuery(groups=MY_GROUPS, sort=TaskSort.CREATED),
    "by name": TaskQuery(groups=MY_GROUPS, sort=TaskSort.NAME),
}
DAILY = "mine and my groups"
"""The list that Mijn taken opens with."""


def measure(place):
    """Measure on both databases; each kind of list at both sizes."""
    few, many = place.size(FEW, 100), place.size(MANY, 400)
    for name in (SQLITE, POSTGRESQL):
        spent = {size: _spent(place, name, size) for size in (few, many)}
        for size, found in spent.items():
            what = f"{name}, {DAILY}, {size:,} open tasks"
            yield spent_row(what, found[DAILY], 10)
        what = f"{name}, {DAILY}, {many:,} against {few:,}"
        yield ratio_row(what, spent[many][DAILY], spent[few][DAILY], 1.5)
        yield spent_row(f"{name}, its count, {many:,} open tasks", spent[many]["count"])
        yield _slowest(name, many, spent[many])


def _slowest(name, size, spent):
    label = max(QUERIES, key=lambda one: spent[one].median)
    found = spent[label]
    what = f"{name}, slowest of {len(QUERIES)} lists ({label}), {size:,} open tasks"
    return Row(
        what=what, value=found.median, p95=found.p95, cpu=found.cpu_median, wanted=10
    )


def _spent(place, name, size):
    with place.engine(name) as engine:
        fill(engine.database, size)

        def page(query):
            def read(_turn):
                with engine.reading() as work:
                    engine.tasks.find(work, query)

            return read

        def count(_turn):
            with engine.reading() as work:
                engine.tasks.count(work, QUERIES[DAILY])

        pages = {label: page(query) for label, query in QUERIES.items()}
        return in_turn(place.size(25, 2), count=count, **pages)


def fill(database, size):
    """Insert *size* open tasks with their keys, and let the database count them."""
    chance = random.Random(20261125)  # noqa: S311
    with database.writing() as session:
        owner = an_instance_row(UnitOfWork(session=session, now=NOON))
        for first in range(0, size, CHUNK):
            numbers = range(first, min(first + CHUNK, size))
            rows = [_a_task(owner, number, chance) for number in numbers]
            session.execute(insert(TaskRow.__table__), rows)
            keys = [key for row in rows for key in keys_of(row)]
            session.execute(insert(TaskKeyRow.__table__), keys)
    settle(database)


def _a_task(owner, number, chance):
    claimed = chance.random() < 0.4
    due = NOON + timedelta(minutes=chance.randrange(-20_000, 80_000))
    due = due if chance.random() < 0.8 else None
    return {
        "id": new_id(NOON + timedelta(seconds=number)),
        "instance_id": owner,
        "token": number,
        "element_id": f"element{number % 20}",
        "process_id": "svk_intake",
        "name": chance.choice(NAMES),
        "state": TaskState.OPEN,
        "assignee": f"user{chance.randrange(500)}" if claimed else None,
        "candidate_groups": chance.choices(GROUPS, WEIGHTS),
        "candidate_users": [],
        "due_at": due,
        "sort_due": due or END_OF_TIME,
        "priority": 50,
        "business_key": f"2026-{number:05}",
        "label": f"{chance.choice(STREETS)} {chance.randrange(300)}, 2800 Mechelen",
        "created_at": NOON + timedelta(seconds=number),
    }
