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
    "delete_subprocess",
    "deserialize",
    "do_engine_steps",
    "dump",
    "error",
    "find_ancestor",
    "get_active_subprocesses",
    "get_data",
    "get_dump",
    "get_events",
    "get_next_task",
    "get_subprocess",
    "get_task_mapping",
    "get_tasks",
    "get_tasks_iterator",
    "is_completed",
    "is_descendant_of",
    "manual_input_required",
    "refresh_timers",
    "refresh_waiting_tasks",
    "reset_branch",
    "reset_from_task_id",
    "run_all",
    "run_next",
    "run_task_from_id",
    "send_event",
    "serialize",
    "set_data",
    "trigger",
    "update_waiting_tasks",
    "waiting_events",
    "_assign_new_thread_id",
    "_drop_children",
    "_predict",
    "_remove_task",
    "_mark_complete",
    "_sync_children",
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
        message = f"{name} of SpiffWorkflow does not hold here; see engine.spiff.guard"
        raise UntruthfulError(message)

    return refuse
