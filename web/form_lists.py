"""What the city knows and a form may choose from; it is never stored in a case."""

from collections.abc import Callable, Collection, Mapping

from engine.persistence.unit_of_work import UnitOfWork
from workflows.calendar import local_day
from workflows.people import repository as people
from workflows.people.model import Role
from workflows.work_groups import checks as work_groups


def lists_for(work: UnitOfWork, names: Collection[str]) -> dict[str, object]:
    """Return the lists of the city among *names*, as the options of a choice."""
    return {name: make(work) for name, make in _LISTS.items() if name in names}


def _inspectors(work: UnitOfWork) -> list[dict[str, str]]:
    found = people.holders_of(work.session, Role.INSPECTOR, on=local_day(work.now))
    return [{"label": user.full_name, "value": user.name} for user in found]


def _colleagues(work: UnitOfWork) -> list[dict[str, str]]:
    """Who can answer for a work group: everybody to whom a task can go."""
    return [
        {"label": full_name, "value": name}
        for name, full_name in work_groups.candidates(work)
    ]


_LISTS: Mapping[str, Callable[[UnitOfWork], object]] = {
    "inspectors": _inspectors,
    "colleagues": _colleagues,
}
