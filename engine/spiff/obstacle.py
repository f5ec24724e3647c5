"""What stops a token: the reason of an incident."""

from enum import StrEnum

from engine.feel.formatting import string
from engine.feel.values import Value

LONGEST = 60


class Cause(StrEnum):
    """The kinds of incidents."""

    ASSIGNMENT = "assignment"
    BUDGET = "budget"
    CALL_DEPTH = "call_depth"
    CALLED_PROCESS = "called_process"
    CORRELATION = "correlation"
    DECISION = "decision"
    EXPRESSION = "expression"
    MESSAGE = "message"
    MOMENT = "moment"
    MULTI_INSTANCE = "multi_instance"
    NO_WAY_OUT = "no_way_out"
    SERVICE = "service"
    TIMER = "timer"
    UNCAUGHT_CANCEL = "uncaught_cancel"
    UNCAUGHT_ERROR = "uncaught_error"
    VARIABLE = "variable"


class Obstacle(Exception):  # noqa: N818 - it is no fault of the program
    """The token can't go on, by *cause*; *message* is Dutch, for a manager.

    It never leaves this package: the case turns it into an incident.
    """

    def __init__(self, cause: Cause, message: str) -> None:
        super().__init__(cause, message)
        self.cause = cause
        self.message = message

    def __str__(self) -> str:
        return self.message


def shown(value: Value) -> str:
    """Return a value as a message shows it: short, and never what is inside it.

    A list or context may hold what is nobody's business in a list of incidents.
    """
    if isinstance(value, list | dict):
        return "een lijst" if isinstance(value, list) else "een context"
    text = string(value) or "null"
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
