"""The course of a case in a few phases: what is done, what is on, what follows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workflows.cases.model import CaseKind


class PhaseState(StrEnum):
    """Where a phase stands; ``missed`` when the case closed before it."""

    DONE = "done"
    NOW = "now"
    NEXT = "next"
    MISSED = "missed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A phase of a case; *on* is the day on which it was done."""

    name: str
    state: PhaseState
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestones:
    """The days on which something was reached, as the rows of a case tell them.

    *is_checking_offer* holds while the offer itself is still looked at;
    *repaired_on* is the day on which a dwelling that needed works was found
    conform; *decided_on* that of the notified certificate or the refusal.
    """

    kind: CaseKind
    opened_on: date
    is_open: bool
    is_checking_offer: bool = False
    inspected_on: date | None = None
    reported_on: date | None = None
    works_needed: bool = False
    repaired_on: date | None = None
    decided_on: date | None = None
    closed_on: date | None = None


def phases(reached: Milestones) -> tuple[Phase, ...]:
    """Return the phases of a case in order.

    The first phase that isn't done is the one that is on. Works are a phase of
    their own only where a report asked for them.
    """
    steps = _intake(reached) if _is_intake(reached) else _request(reached)
    current = next((i for i, (_, on) in enumerate(steps) if on is None), len(steps))
    return tuple(
        Phase(name=name, state=_state(reached, position, current), on=on)
        for position, (name, on) in enumerate(steps)
    )


def _is_intake(reached: Milestones) -> bool:
    return reached.kind is CaseKind.SVK_INTAKE


def _state(reached: Milestones, position: int, current: int) -> PhaseState:
    if position < current:
        return PhaseState.DONE
    if not reached.is_open:
        return PhaseState.MISSED
    return PhaseState.NOW if position == current else PhaseState.NEXT


_Steps = list[tuple[str, date | None]]


def _intake(reached: Milestones) -> _Steps:
    taken_in = reached.closed_on if reached.decided_on else None
    offered_on = None if reached.is_checking_offer else reached.opened_on
    return [
        ("Aanbod", offered_on),
        ("Plaatsbezoek", reached.inspected_on),
        *_middle(reached),
        ("Inhuurneming", taken_in),
    ]


def _request(reached: Milestones) -> _Steps:
    return [
        ("Aanvraag", reached.opened_on),
        ("Onderzoek", reached.inspected_on),
        *_middle(reached),
    ]


def _middle(reached: Milestones) -> Iterable[tuple[str, date | None]]:
    yield "Technisch verslag", reached.reported_on
    if reached.works_needed:
        yield "Werken", reached.repaired_on
    yield "Conformiteitsattest", reached.decided_on
