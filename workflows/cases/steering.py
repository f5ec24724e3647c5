"""Suspending, resuming and stopping a case, by who leads the service."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from engine.persistence.unit_of_work import UnitOfWork
from workflows.cases import repository
from workflows.cases.model import Case, CaseStatus
from workflows.cases.service import add_line
from workflows.cases.standing import not_now
from workflows.certificates.service import stop as stop_certificates
from workflows.errors import InvalidDataError
from workflows.people.model import Actor
from workflows.people.rights import Action, require

LONGEST_REASON = 1000


class Instances(Protocol):
    """Holds and stops process instances; ``engine.instances`` is one."""

    def suspend(
        self, work: UnitOfWork, instance_id: UUID, *, by: str, reason: str
    ) -> object:
        """Hold an instance."""

    def resume(
        self, work: UnitOfWork, instance_id: UUID, *, by: str, reason: str
    ) -> object:
        """Let it go on."""

    def cancel(
        self, work: UnitOfWork, instance_id: UUID, *, by: str, reason: str
    ) -> object:
        """Stop it for good."""


class SteeringEngine(Protocol):
    """What steering a case needs of the engine."""

    @property
    def instances(self) -> Instances:
        """Where instances are held and stopped."""


class Step(StrEnum):
    """What can be done to the course of a case."""

    SUSPEND = "suspend"
    RESUME = "resume"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Move:
    """From which states a step can be made, and how it is told."""

    starts: frozenset[CaseStatus]
    refusal: str
    told: str


_MOVES: Mapping[Step, _Move] = {
    Step.SUSPEND: _Move(
        starts=frozenset({CaseStatus.OPEN}),
        refusal="Alleen een lopend dossier kan worden opgeschort.",
        told="Opgeschort",
    ),
    Step.RESUME: _Move(
        starts=frozenset({CaseStatus.SUSPENDED}),
        refusal="Alleen een opgeschort dossier kan worden hervat.",
        told="Hervat",
    ),
    Step.CANCEL: _Move(
        starts=frozenset({CaseStatus.OPEN, CaseStatus.SUSPENDED}),
        refusal="Dit dossier is al afgesloten.",
        told="Stopgezet",
    ),
}


def steerable(work: UnitOfWork, number: str, step: Step, *, by: Actor) -> Case:
    """Return the case when *by* may make *step* now.

    Raise ``ForbiddenError`` or ``NotAllowedNowError`` otherwise.
    """
    case = repository.case(work.session, number)
    require(by, Action.MANAGE_CASE, case.subject)
    move = _MOVES[step]
    if case.status not in move.starts:
        raise not_now(work, case, move.refusal)
    return case


def steer(  # noqa: PLR0913 - all by keyword, all of one step
    work: UnitOfWork,
    engine: SteeringEngine,
    number: str,
    step: Step,
    *,
    by: Actor,
    reason: str,
) -> None:
    """Suspend, resume or stop a case, with the reason in its notes and journal.

    What still waits for a signature goes when the case stops; a certificate
    that is valid stays so.
    """
    case = steerable(work, number, step, by=by)
    why = reason.strip()
    if not why or len(why) > LONGEST_REASON:
        sentence = f"Geef een reden van hoogstens {LONGEST_REASON} tekens."
        raise InvalidDataError({"reason": sentence})
    _use_case(engine, step)(work, case.instance_id, by=by.name, reason=why)
    if step is Step.CANCEL:
        stop_certificates(work, number)
    add_line(work, number, by=by.name, text=f"{_MOVES[step].told}: {why}")


def _use_case(engine: SteeringEngine, step: Step) -> Callable[..., object]:
    return {
        Step.SUSPEND: engine.instances.suspend,
        Step.RESUME: engine.instances.resume,
        Step.CANCEL: engine.instances.cancel,
    }[step]
