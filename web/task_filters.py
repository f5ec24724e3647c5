"""The filters above the list of tasks, as they stand in its address."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from engine.worklist import TaskQuery, TaskSort
from engine.zone import BRUSSELS
from web.dutch import local
from web.paging import PAGE, address
from workflows.people.model import Actor

SCOPES = (
    ("", "Alles"),
    ("mij", "Van mij"),
    ("groep", "Mijn groep"),
    ("vrij", "Vrij"),
    ("vervanging", "Als vervanger"),
)
TERMS = (("", "Alle"), ("laat", "Te laat"), ("week", "Deze week"))
SORTS = (
    ("", "Dringendste eerst"),
    ("nieuw", "Nieuwste eerst"),
    ("voorrang", "Hoogste voorrang eerst"),
    ("naam", "Op naam van de taak"),
)
_ORDERS: Mapping[str, tuple[TaskSort, str]] = {
    "": (TaskSort.DUE, ", de dringendste eerst"),
    "nieuw": (TaskSort.CREATED, ", de nieuwste eerst"),
    "voorrang": (TaskSort.PRIORITY, ", de hoogste voorrang eerst"),
    "naam": (TaskSort.NAME, ", op naam"),
}
NAMES = ("q", "wie", "tegen", "sorteer", "vanaf")


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFilters:
    """What somebody asked to see; unknown values count as not asked."""

    path: str
    text: str
    scope: str
    term: str
    sort: str
    cursor: str

    @property
    def is_narrowed(self) -> bool:
        """Whether fewer tasks than all can be shown."""
        return bool(self.text or self.scope or self.term)

    @property
    def order_words(self) -> str:
        """The order, as it follows the number of tasks."""
        return _ORDERS[self.sort][1]

    def link(self, **more: object) -> str:
        """Return the address of this list with *more* in it."""
        own = dict(zip(NAMES, self._values, strict=True))
        return address(self.path, own | {key: str(each) for key, each in more.items()})

    @property
    def _values(self) -> tuple[str, ...]:
        return self.text, self.scope, self.term, self.sort, self.cursor


def read(values: Mapping[str, str], *, path: str) -> TaskFilters:
    """Read the filters of a request."""
    return TaskFilters(
        path=path,
        text=values["q"],
        scope=_known(values["wie"], SCOPES),
        term=_known(values["tegen"], TERMS),
        sort=_known(values["sorteer"], SORTS),
        cursor=values["vanaf"],
    )


def to_query(
    filters: TaskFilters,
    actor: Actor,
    *,
    now: datetime,
    own_cases: frozenset[str] | None = None,
) -> TaskQuery:
    """Return what the engine is asked.

    *own_cases* restricts a rental agency to the tasks of its own cases.
    """
    query = TaskQuery(
        text=filters.text,
        due_before=_due_before(filters.term, now),
        business_keys=own_cases,
        sort=_ORDERS[filters.sort][0],
        cursor=filters.cursor or None,
        limit=PAGE,
    )
    groups = frozenset(actor.groups)
    if filters.scope == "mij":
        return replace(query, assignee=actor.name)
    if filters.scope == "vervanging":
        return _of_the_absent(query, actor)
    query = replace(query, groups=groups, candidate_user=actor.name)
    if filters.scope == "groep":
        return query
    if filters.scope == "vrij":
        return replace(query, unclaimed=True)
    absent = actor.stands_in_for
    return replace(query, assignee=actor.name, stands_in_for=absent)


def scopes_of(actor: Actor) -> tuple[tuple[str, str], ...]:
    """Return the choices of whose tasks; nobody's deputy has no deputy's list."""
    return SCOPES if actor.stands_in_for else SCOPES[:-1]


def _of_the_absent(query: TaskQuery, actor: Actor) -> TaskQuery:
    """Ask for the tasks of those whom *actor* replaces; without any, for none."""
    if not actor.stands_in_for:
        return replace(query, business_keys=frozenset())
    return replace(query, stands_in_for=actor.stands_in_for)


def _due_before(term: str, now: datetime) -> datetime | None:
    if term == "laat":
        return now
    if term != "week":
        return None
    today = local(now).date()
    monday = today + timedelta(days=7 - today.weekday())
    return datetime.combine(monday, time.min, tzinfo=BRUSSELS)


def _known(value: str, choices: tuple[tuple[str, str], ...]) -> str:
    return value if value in {each for each, _ in choices} else ""
