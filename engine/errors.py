"""What the engine refuses, a class per refusal that a caller can act on.

The facts of an error are its args, so that it survives pickling; its text is
Dutch, because it ends on somebody's screen.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from engine.zone import BRUSSELS


class EngineError(Exception):
    """The engine refuses."""

    code = "engine_error"


class NotFoundError(EngineError):
    """Nothing is known under this key."""

    code = "not_found"

    def __init__(self, kind: str, key: object) -> None:
        super().__init__(kind, key)
        self.kind = kind
        self.key = key

    def __str__(self) -> str:
        return f"{self.kind} {self.key} bestaat niet (meer)."


class LostRaceError(EngineError):
    """Somebody was first: *by* whom and *at* when, None where nobody can tell.

    They are the last two args of each kind.
    """

    by: str | None
    at: datetime | None

    def named(self, name: str) -> "LostRaceError":
        """Return the same refusal with the *name* that a reader knows of who did it."""
        return type(self)(*self.args[:-2], name, self.at)

    def _who(self) -> str:
        """Say who and when, to be put behind a sentence; empty when unknown."""
        if self.by is None or self.at is None:
            return ""
        return f" (door {self.by} op {self.at.astimezone(BRUSSELS):%d-%m-%Y om %H:%M})"


class StaleInstanceError(LostRaceError):
    """Someone else advanced the process instance since it was read."""

    code = "stale_instance"

    def __init__(
        self,
        instance_id: UUID,
        expected_version: int,
        by: str | None = None,
        at: datetime | None = None,
    ) -> None:
        super().__init__(instance_id, expected_version, by, at)
        self.instance_id = instance_id
        self.expected_version = expected_version
        self.by = by
        self.at = at

    def __str__(self) -> str:
        return (
            f"Dit dossier is intussen gewijzigd{self._who()}."
            " Laad de pagina opnieuw en probeer het nog eens."
        )


class TaskNotOpenError(LostRaceError):
    """The task was completed or cancelled before, *by* whom and *at* when."""

    code = "task_not_open"

    def __init__(
        self, task_id: UUID, state: str, by: str | None, at: datetime | None
    ) -> None:
        super().__init__(task_id, state, by, at)
        self.task_id = task_id
        self.state = state
        self.by = by
        self.at = at

    def __str__(self) -> str:
        if self.state == "completed" and self.by and self.at:
            at = self.at.astimezone(BRUSSELS)
            return f"Deze taak is al afgewerkt door {self.by} op {at:%d-%m-%Y %H:%M}."
        return f"Deze taak is intussen vervallen{self._who()}."


class TaskClaimedError(LostRaceError):
    """The task is in the hands of somebody else."""

    code = "task_claimed"

    def __init__(
        self, task_id: UUID, assignee: str | None, at: datetime | None
    ) -> None:
        super().__init__(task_id, assignee, at)
        self.task_id = task_id
        self.assignee = assignee
        self.by = assignee
        self.at = at

    def __str__(self) -> str:
        if self.assignee is None:
            return "Deze taak is al opgenomen door iemand anders."
        return f"Deze taak is al opgenomen{self._who() or f' door {self.assignee}'}."


class AnswersRefusedError(EngineError):
    """The answers of a task don't fit; *problems* is a sentence per control."""

    code = "answers_refused"

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(problems)
        self.problems = problems

    def __str__(self) -> str:
        return " ".join(self.problems.values())


class InstanceNotRunningError(LostRaceError):
    """The instance is suspended, or has ended, or runs while it should not."""

    code = "instance_not_running"

    def __init__(
        self,
        instance_id: UUID,
        status: str,
        by: str | None = None,
        at: datetime | None = None,
    ) -> None:
        super().__init__(instance_id, status, by, at)
        self.instance_id = instance_id
        self.status = status
        self.by = by
        self.at = at

    def __str__(self) -> str:
        who = self._who()
        if self.status == "suspended":
            return f"Dit dossier is opgeschort{who}; hervat het eerst."
        if self.status == "running":
            return f"Dit dossier loopt{who}."
        return f"Dit dossier is al afgesloten{who}."


class DefinitionRefusedError(EngineError):
    """A bundle has findings of severity error; *findings* holds all of them."""

    code = "definition_refused"

    def __init__(self, findings: tuple[object, ...]) -> None:
        super().__init__(findings)
        self.findings = findings

    def __str__(self) -> str:
        lines = "\n".join(str(finding) for finding in self.findings)
        return f"De bundel is geweigerd:\n{lines}"


class IdempotencyConflictError(EngineError):
    """The same idempotency key was used for another request."""

    code = "idempotency_conflict"

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key

    def __str__(self) -> str:
        return f"De sleutel {self.key} is al voor een andere aanvraag gebruikt."


class BpmnError(EngineError):
    """A business error that a service task throws towards an error boundary event."""

    code = "bpmn_error"

    def __init__(self, error_code: str, message: str = "") -> None:
        super().__init__(error_code, message)
        self.error_code = error_code
        self.message = message

    def __str__(self) -> str:
        return f"{self.error_code}: {self.message}".removesuffix(": ")


class MessageNotExpectedError(EngineError):
    """Nobody waits for the message, and it may not wait for somebody."""

    code = "message_not_expected"

    def __init__(self, name: str, correlation_key: str | None) -> None:
        super().__init__(name, correlation_key)
        self.name = name
        self.correlation_key = correlation_key

    def __str__(self) -> str:
        return (
            f"Geen enkel dossier verwacht nu het bericht ‘{self.name}’"
            f" voor {self.correlation_key}."
        )


class EndlessRoutingError(EngineError):
    """Messages and signals keep calling each other up."""

    code = "endless_routing"

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit

    def __str__(self) -> str:
        return (
            f"Berichten of signalen riepen elkaar meer dan {self.limit} keer op."
            " Kijk na of twee processen in een kring naar elkaar sturen."
        )


class NewerDatabaseError(EngineError):
    """The database had a migration that this version of the code doesn't know."""

    code = "newer_database"

    def __init__(self, revision: str) -> None:
        super().__init__(revision)
        self.revision = revision

    def __str__(self) -> str:
        return (
            f"De databank is van een nieuwere versie van Woonflow ({self.revision})."
            " Gebruik die versie, of zet een kopie van ervoor terug."
        )
