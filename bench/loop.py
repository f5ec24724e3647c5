"""A process of one user task in a loop, with a boundary timer, and its rounds."""

from engine.step import Complete
from engine.worklist import TaskQuery
from tests.factories import a_bundle, assigned, begin
from tests.unit.engine.spiff.drawing import (
    boundary,
    chain,
    end,
    flow,
    node,
    process,
    start,
    timer,
    user,
)

DATA = {
    "dossier": "2026-00042",
    "adres": {"straat": "Meibloemstraat", "nummer": "84", "postcode": "2800"},
    "vaststellingen": [
        {"rubriek": f"{100 + turn}", "categorie": "II", "ruimte": "keuken"}
        for turn in range(12)
    ],
    "bedragen": {"huur": 640, "waarborg": 1280},
}
"""About 1 kB of case, as a case of the city has half way."""


def drawing():
    """Draw the process."""
    return process(
        start(),
        node("exclusiveGateway", "again"),
        user("work", assigned("admin"), name="Nakijken"),
        boundary("late", "work", timer(text="P14D")),
        node("exclusiveGateway", "done", default="done_again"),
        end(),
        end("late_end"),
        chain("s", "again", "work", "done"),
        flow("done", "again"),
        flow("done", "e", '=result = "stop"'),
        flow("late", "late_end"),
    )


class Case:
    """A running instance of the loop."""

    def __init__(self, engine, number):
        self.engine = engine
        self.key = f"2026-{number:05}"
        self.instance = begin(engine, case=self.key, **DATA)
        self._rounds = 0

    def task(self):
        """Return the one open task."""
        with self.engine.reading() as work:
            return self._task(work)

    def go_round(self, rounds):
        """Do *rounds* rounds, all in one transaction: this is not measured."""
        with self.engine.transaction() as work:
            for _ in range(rounds):
                self._complete(work, self._task(work))

    def complete(self, task):
        """Complete the task durably: the use case, in its transaction."""
        with self.engine.transaction() as work:
            self._complete(work, task)

    def _task(self, work):
        query = TaskQuery(business_keys=frozenset({self.key}))
        return self.engine.tasks.find(work, query).items[0]

    def _complete(self, work, task):
        self._rounds += 1
        data = {"result": "again", "round": self._rounds}
        self.engine.tasks.complete(work, task.id, data=data, by="jan")


def deploy(engine):
    """Deploy the loop."""
    with engine.transaction() as work:
        engine.definitions.deploy(work, a_bundle(drawing()), by="eva")


def command(task):
    """Return the command of a completion, for a step without any row."""
    return Complete(token=task.token, variables={"result": "again"})
