"""Inherited methods that no longer tell the truth are made to raise.

Finished tokens are forgotten and nothing is predicted, so what upstream derives
from its tree of tasks would be wrong: ``get_tasks`` finds nothing, ``cancel``
cancels nothing and marks the case completed.
"""

from collections.abc import Callable
from typing import NoReturn, TypeVar

ClassT = TypeVar("ClassT", bound=type)

LIARS = (
    "cancel",
    "catch",
    "correlate",
    "delete_subprocess",
    "do_engine_steps",
    "get_active_subprocesses",
    "get_events",
    "get_next_task",
    "get_subprocess",
    "get_tasks",
    "get_tasks_iterator",
    "is_completed",
    "manual_input_required",
    "refresh_timers",
    "refresh_waiting_tasks",
    "reset_from_task_id",
    "run_all",
    "run_next",
    "run_task_from_id",
    "send_event",
    "set_data",
    "get_data",
    "update_waiting_tasks",
    "waiting_events",
    "_predict",
    "_remove_task",
    "_mark_complete",
)


class UntruthfulError(NotImplementedError):
    """A method of upstream was called that would lie here."""


def truthful(cls: ClassT) -> ClassT:
    """Make the liars that *cls* inherits raise."""
    for name in LIARS:
        if hasattr(cls, name) and name not in vars(cls):
            setattr(cls, name, _refusing(name))
    return cls


def _refusing(name: str) -> Callable[..., NoReturn]:
    def refuse(self: object, *args: object, **kwargs: object) -> NoReturn:
        message = f"{name} is not kept up by this engine; see engine.spiff.case"
        raise UntruthfulError(message)

    return refuse
