"""What the domain refuses, a class per refusal that a caller can act on.

The facts of an error are its args; its text is Dutch, because it ends on
somebody's screen.
"""

from collections.abc import Mapping


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
    """The thing is not in a state in which this can be done."""

    code = "not_allowed_now"

    def __init__(self, thing: str, state: str, sentence: str) -> None:
        super().__init__(thing, state, sentence)
        self.thing = thing
        self.state = state
        self.sentence = sentence

    def __str__(self) -> str:
        return self.sentence
