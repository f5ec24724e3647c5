"""Time the work list: a page of 50 at 1,000 and at 100,000 open tasks, 500 users.

``python -m bench.task_list`` prints a table: milliseconds per page and count,
the best and the median of a round, for SQLite and PostgreSQL.
"""

import random
import statistics
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from time import perf_counter

from sqlalchemy import insert, text

from engine.model import TaskState
from engine.persistence.base import Base
from engine.persistence.database import Database
from engine.persistence.identity import new_id
from engine.persistence.repositories.tasks import END_OF_TIME, keys_of
from engine.persistence.tables.tasks import TaskKeyRow, TaskRow
from engine.persistence.unit_of_work import UnitOfWork
from engine.tasks import TaskQuery, Tasks
from engine.worklist import TaskSort
from tests.conftest import NOON
from tests.factories import an_instance_row
from tests.postgres import private_server

SIZES = (1_000, 100_000)
ROUNDS = 25
CHUNK = 5_000
GROUPS = ("rental_agency", "admin", "inspector", "head_of_service", "mayor")
WEIGHTS = (30, 40, 20, 8, 2)
STREETS = ("Kerkstraat", "Molenweg", "Veemarkt", "Bruul", "Nekkerspoel", "Adegem")
NAMES = ("Bezoek plannen", "Vaststellingen", "Verslag ondertekenen", "Werken nakijken")
MY_GROUPS = frozenset({"admin", "inspector"})
QUERIES = {
    "my tasks": TaskQuery(assignee="user7"),
    "my groups, unclaimed": TaskQuery(groups=MY_GROUPS, unclaimed=True),
    "mine and my groups": TaskQuery(assignee="user7", groups=MY_GROUPS),
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


def main() -> None:
    """Measure both databases and print the table."""
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            url = f"sqlite:///{Path(folder) / f'{size}.db'}"
            report("SQLite", size, url)
    with private_server() as server:
        for size in SIZES:
            with server.database() as url:
                report("PostgreSQL", size, url)


def report(name: str, size: int, url: str) -> None:
    database = Database(url)
    Base.metadata.create_all(database.engine)
    fill(database, size)
    print(f"{name}, {size:,} open tasks: best / median ms of a page, of its count")
    for label, query in QUERIES.items():
        page = timed(database, lambda work, tasks, q=query: tasks.find(work, q))
        count = timed(database, lambda work, tasks, q=query: tasks.count(work, q))
        print(f"  {label:22} {page}   {count}")
    database.dispose()


def timed(database, action) -> str:
    tasks = Tasks(definitions=None, steps=None, instances=None, journal=None)
    spent = []
    for _ in range(ROUNDS):
        begun = perf_counter()
        with database.reading() as session:
            action(UnitOfWork(session=session, now=NOON), tasks)
        spent.append((perf_counter() - begun) * 1000)
    return f"{min(spent):7.2f} {statistics.median(spent):7.2f}"


def fill(database, size) -> None:
    chance = random.Random(20261125)  # noqa: S311
    with database.writing() as session:
        owner = an_instance_row(UnitOfWork(session=session, now=NOON))
        for first in range(0, size, CHUNK):
            numbers = range(first, min(first + CHUNK, size))
            rows = [a_task(owner, number, chance) for number in numbers]
            session.execute(insert(TaskRow.__table__), rows)
            keys = [key for row in rows for key in keys_of(row)]
            session.execute(insert(TaskKeyRow.__table__), keys)
    with database.engine.connect() as connection:
        connection.execute(text("ANALYZE"))
        connection.commit()


def a_task(owner, number, chance):
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


if __name__ == "__main__":
    sys.exit(main())
