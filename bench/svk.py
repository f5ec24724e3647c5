"""The real SVK case: completions half way, service tasks and decisions included."""

from bench import city
from bench.place import POSTGRESQL, SQLITE
from bench.row import spent_row
from bench.statements import counted
from bench.timing import in_turn
from workflows.demo.case import DemoCase
from workflows.demo.dwellings import dwellings
from workflows.register import build_registry

TITLE = "The SVK case: a completion half way"
FINDINGS = [
    {
        "item": "wall_rising_damp",
        "category": "II",
        "room": "keuken",
        "note": "Optrekkend vocht tot 60 cm.",
        "rubric": None,
        "photos": [],
    }
]
FOUND = {
    "findings": FINDINGS,
    "occupants": 0,
    "occupancy_norm": 4,
    "smoke_detectors_ok": True,
    "parapets_ok": True,
    "health_safety_risk": False,
}
STEPS = {
    "plan_visit": ("the visit planned (an inspection row, notices)", None),
    "record_findings": ("findings recorded (inspection, decisions, deadline)", FOUND),
    "draft_report": (
        "the report drafted",
        {"report_summary": "Zie boven."},
    ),
}


def measure(place):
    """Bring a case to a step, and time the completion alone, again and again."""
    for name in (SQLITE, POSTGRESQL):
        with place.engine(name, build_registry()) as engine:
            city.found(engine)
            yield from _steps(place, name, engine)


def _steps(place, name, engine):
    offers = dwellings()
    actions = {key: Step(engine, key, offers) for key in STEPS}
    pairs = {key: (one.prepare, one.complete) for key, one in actions.items()}
    spent = in_turn(place.size(20, 1), 1, **pairs)
    for key, one in actions.items():
        task = one.prepare(0)
        with counted(engine.database) as found:
            one.complete(task)
        what = f"{name}, {STEPS[key][0]}: {len(found.statements)} SQL"
        what += f", {found.commits} commit"
        yield spent_row(what, spent[key])


class Step:
    """One task of the case."""

    def __init__(self, engine, element, offers):
        self._engine = engine
        self._element = element
        self._offers = offers

    def prepare(self, _turn):
        """Bring a fresh case to the task."""
        case = DemoCase(engine=self._engine, offer=next(self._offers))
        case.offered()
        if self._element == "plan_visit":
            case.does("an", "check_completeness", complete=True)
        elif self._element == "record_findings":
            city.visited(case)
        else:
            city.inspected(case)
        return city.task_of(case, self._element)

    def complete(self, given):
        """Complete it."""
        task = given
        data = STEPS[self._element][1] or {
            "inspector": city.INSPECTOR,
            "visit_at": self._engine.clock.now(),
        }
        who = city.INSPECTOR if self._element != "plan_visit" else "an"
        with self._engine.transaction() as work:
            self._engine.tasks.complete(work, task.id, data=data, by=who)
