"""What the domain refuses, a class per refusal that a caller can act on.

The facts of an error are its args; its text is Dutch, because it ends on
somebody's screen.
"""

from collections.abc import Mapping
from datetime import datetime

from workflows.calendar import moment_in_words


class WorkflowError(Exception):
    """The domain refuses."""

    code = "workflow_error"


class UnknownError(WorkflowError):
    """Nothing is known under this key; *kind* is a Dutch noun with its article."""

    code = "not_found"

    def __init__(self, key: object, kind: str) -> None:
        super().__init__(key, kind)
        self.key = key
        self.kind = kind

    def __str__(self) -> str:
        return f"{self.kind} {self.key} bestaat niet (meer)."


class ForbiddenError(WorkflowError):
    """Somebody may not do this; *reason* says why, in a sentence."""

    code = "forbidden"

    def __init__(self, action: str, reason: str) -> None:
        super().__init__(action, reason)
        self.action = action
        self.reason = reason

    def __str__(self) -> str:
        return self.reason


class InvalidDataError(WorkflowError):
    """Data don't fit; *problems* maps a field to a sentence that tells what to do."""

    code = "invalid_data"

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(dict(problems))
        self.problems = dict(problems)

    def __str__(self) -> str:
        return " ".join(self.problems.values())


class NotAllowedNowError(WorkflowError):
    """The thing is not in a state in which this can be done.

    *by* (a user name) and *at* tell who took the last step, where that is known.
    """

    code = "not_allowed_now"

    def __init__(
        self,
        thing: str,
        state: str,
        sentence: str,
        by: str | None = None,
        at: datetime | None = None,
    ) -> None:
        super().__init__(thing, state, sentence, by, at)
        self.thing = thing
        self.state = state
        self.sentence = sentence
        self.by = by
        self.at = at

    def __str__(self) -> str:
        if self.by is None or self.at is None:
            return self.sentence
        last = f"De laatste stap was van {self.by}, op {moment_in_words(self.at)}."
        return f"{self.sentence} {last}"

    def named(self, name: str) -> "NotAllowedNowError":
        """Return the same refusal with the *name* that a reader knows of who did it."""
        return NotAllowedNowError(self.thing, self.state, self.sentence, name, self.at)


class OvertakenError(WorkflowError):
    """Somebody else saved the thing since it was read: *by* whom (a name), *at* when.

    *thing* is a Dutch noun with its article. What the loser typed is for the page
    to keep.
    """

    code = "overtaken"

    def __init__(self, thing: str, by: str, at: datetime) -> None:
        super().__init__(thing, by, at)
        self.thing = thing
        self.by = by
        self.at = at

    def __str__(self) -> str:
        return (
            f"{self.thing} is intussen gewijzigd door {self.by} op"
            f" {moment_in_words(self.at)}. Leg uw tekst ernaast en bewaar opnieuw."
        )


class ClosedMeanwhileError(OvertakenError):
    """Somebody closed the thing; nothing is added to it any more."""

    code = "closed_meanwhile"

    def __str__(self) -> str:
        return (
            f"{self.thing} is afgesloten door {self.by} op"
            f" {moment_in_words(self.at)}. Er komt niets meer bij."
        )
