"""The main menu: who sees which entry."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import request, url_for

from workflows.people.model import Actor, Role
from workflows.people.rights import Action, may, reads_all_cases


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the menu as it is shown."""

    label: str
    path: str
    current: bool
    exact: bool


def _is_rental_agency(actor: Actor) -> bool:
    return Role.RENTAL_AGENCY in actor.roles


def _sits_in_bodies(actor: Actor) -> bool:
    return may(actor, Action.READ_BODY)


def _has_tasks(actor: Actor) -> bool:
    return may(actor, Action.WORK_TASK)


def _reads_processes(actor: Actor) -> bool:
    return may(actor, Action.READ_PROCESSES)


def administers(actor: Actor) -> bool:
    """Tell whether anything in the administration is for *actor*."""
    return any(
        may(actor, action) for action in (Action.READ_SETTINGS, Action.READ_MAILS)
    )


_MENU: tuple[tuple[str, str, Callable[[Actor], bool]], ...] = (
    ("Mijn woningen", "rental_agency.dwellings", _is_rental_agency),
    ("Taken", "tasks.task_list", _has_tasks),
    ("Dossiers", "cases.case_list", reads_all_cases),
    ("Overleg", "consultation.show", _sits_in_bodies),
    ("Processen", "processes.bundle_list", _reads_processes),
    ("Beheer", "admin.overview", administers),
)


def entries(actor: Actor) -> list[Entry]:
    """Return the menu of *actor*, with the page of this request marked."""
    shown = [(label, url_for(name)) for label, name, sees in _MENU if sees(actor)]
    return [
        Entry(
            label=label,
            path=path,
            current=request.path == path or request.path.startswith(f"{path}/"),
            exact=request.path == path,
        )
        for label, path in shown
    ]


def first_page(actor: Actor) -> str:
    """Return where *actor* begins: the first entry of the menu."""
    menu = entries(actor)
    return menu[0].path if menu else url_for("account.session_list")
