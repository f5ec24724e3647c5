"""Timers: fire what is due, once, never early."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from engine.feel.compile import compile_expression
from engine.feel.formatting import string
from engine.model import Timer
from engine.persistence.identity import new_id
from engine.persistence.repositories.instances import InstanceRepository
from engine.persistence.repositories.start_events import StartEvents, StartTimer
from engine.persistence.repositories.timers import (
    DueTimer,
    TimerRepository,
    UpcomingTimer,
)
from engine.persistence.unit_of_work import UnitOfWork
from engine.persistence.wakeups import announce
from engine.recurrence import Kind, TimerRuleError, due, following, kind_of
from engine.retries import TIMERS
from engine.step import Command, FireTimer, IncidentRaised
from engine.vocabulary import FUNCTIONS

ACTOR = "timer"
"""Who did it, in the journal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fired:
    """A timer that took effect; *started* is set for the start of a process."""

    id: UUID
    instance_id: UUID
    element_id: str
    iteration: int
    due_at: datetime
    fired_at: datetime
    started: bool

    @property
    def lateness(self) -> timedelta:
        """How long after its due moment it fired; never negative."""
        return self.fired_at - self.due_at


class Courses(Protocol):
    """The use cases of instances that a timer needs."""

    def advance(
        self, work: UnitOfWork, instance_id: UUID, command: Command, *, by: str
    ) -> object:
        """Advance an instance by one command."""

    def start_by_timer(
        self, work: UnitOfWork, start: StartTimer, *, business_key: str, by: str
    ) -> UUID:
        """Start a process at its timer start event; return the new instance."""

    def report(
        self, work: UnitOfWork, instance_id: UUID, incident: IncidentRaised
    ) -> None:
        """Open an incident at a token that could not go on."""


class Timers:
    """Use cases around timers; each fires in the transaction that it is given."""

    def __init__(self, *, courses: Courses, zone: str) -> None:
        self._courses = courses
        self._zone = zone

    def fire_due(
        self, work: UnitOfWork, *, passed_over: Collection[UUID] = ()
    ) -> Fired | None:
        """Fire the timer that is due longest, None when there is none to have.

        One per transaction, so a case that can't go on holds no other up.
        """
        timer = self.claim(work, passed_over=passed_over)
        return None if timer is None else self.fire(work, timer)

    def claim(
        self, work: UnitOfWork, *, passed_over: Collection[UUID] = ()
    ) -> DueTimer | None:
        """Lock the timer that is due longest, except those *passed_over*."""
        timers = TimerRepository(work.session)
        while timer := timers.claim_due(now=work.now, passed_over=passed_over):
            # Another process may have fired it while we waited for the lock.
            if timers.note_fired(timer.id, now=work.now):
                return timer
        return None

    def fire(self, work: UnitOfWork, timer: DueTimer) -> Fired:
        """Let a claimed timer take effect."""
        if timer.instance_id is None:
            instance_id = self._start(work, timer)
        else:
            instance_id = timer.instance_id
            command = FireTimer(token=timer.token, iteration=timer.iteration)
            self._courses.advance(work, instance_id, command, by=ACTOR)
        return Fired(
            id=timer.id,
            instance_id=instance_id,
            element_id=timer.element_id,
            iteration=timer.iteration,
            due_at=timer.due_at,
            fired_at=work.now,
            started=timer.instance_id is None,
        )

    def _start(self, work: UnitOfWork, timer: DueTimer) -> UUID:
        """Start the process of a timer start event and arm its next moment."""
        start = StartEvents(work.session).get(timer.start_event_id)
        # One key per moment: the day that the city planned it for.
        business_key = f"{start.process_id}-{timer.due_at:%Y%m%dT%H%M}"
        instance_id = self._courses.start_by_timer(
            work, start, business_key=business_key, by=ACTOR
        )
        self._arm_following(work, timer)
        return instance_id

    def note_failure(self, work: UnitOfWork, timer: DueTimer, reason: str) -> bool:
        """Plan another try of a timer that failed to fire; tell whether we give up.

        After the last try an incident is opened, and a manager retries.
        """
        timers = TimerRepository(work.session)
        attempts = timer.attempts + 1
        wait = TIMERS.wait(attempts)
        if wait is not None:
            timers.hold_back(timer.id, attempts=attempts, until=work.now + wait)
            return False
        if timer.instance_id is not None:
            # First the case, then the timer: the order in which everybody locks.
            InstanceRepository(work.session).lock(timer.instance_id)
        timers.note_failed(timer.id, attempts=attempts)
        if timer.instance_id is not None:
            incident = IncidentRaised(
                token=timer.token,
                element_id=timer.element_id,
                kind="timer",
                message=reason,
            )
            self._courses.report(work, timer.instance_id, incident)
        return True

    def retry(self, work: UnitOfWork, instance_id: UUID, token: int) -> bool:
        """Let the failed timer of *token* fire again; tell whether there was one."""
        if not TimerRepository(work.session).rearm(instance_id, token):
            return False
        announce(work.session)
        return True

    def arm_start(
        self, work: UnitOfWork, start_event_id: UUID, element_id: str, rule: str
    ) -> None:
        """Arm the first moment of a timer start event that is being deployed.

        Only moments after the deployment count: deploying a process again
        must not start it for a past moment. A *rule* that begins with ``=`` is
        FEEL without variables. Raises ``TimerRuleError`` for a bad one.
        """
        timer = DueTimer(
            id=new_id(work.now),
            instance_id=None,
            start_event_id=start_event_id,
            token=0,
            element_id=element_id,
            iteration=0,
            rule=_as_iso(rule, work.now, self._zone),
            zone=self._zone,
            due_at=work.now,
            anchor_at=work.now,
            armed_at=work.now,
            attempts=0,
        )
        self._arm_following(work, timer)

    def _arm_following(self, work: UnitOfWork, timer: DueTimer) -> None:
        coming = _following(timer, work.now)
        if coming is None:
            return
        iteration, due_at = coming
        TimerRepository(work.session).arm_start(
            replace(
                timer,
                id=new_id(work.now),
                iteration=iteration,
                due_at=due_at,
                armed_at=work.now,
                attempts=0,
            )
        )

    def next_due(self, work: UnitOfWork) -> datetime | None:
        """Return the moment at which a timer is to be looked at next."""
        return TimerRepository(work.session).next_due()

    def upcoming(
        self,
        work: UnitOfWork,
        *,
        limit: int = 100,
        business_keys: Collection[str] | None = None,
        instance_ids: Collection[UUID] | None = None,
        after: tuple[datetime, UUID] | None = None,
    ) -> list[UpcomingTimer]:
        """Return the next timers, soonest first: of all instances, or of some.

        *after* is the due moment and the key of the last timer of a page.
        """
        return TimerRepository(work.session).upcoming(
            limit=limit,
            business_keys=business_keys,
            instance_ids=instance_ids,
            after=after,
        )

    def fired_since(
        self, work: UnitOfWork, moment: datetime, *, limit: int = 100
    ) -> list[UpcomingTimer]:
        """Return what fired after *moment*, the first one first, with its case."""
        return TimerRepository(work.session).fired_since(moment, limit=limit)

    def of_instance(self, work: UnitOfWork, instance_id: UUID) -> list[Timer]:
        """Return the ledger of an instance: armed, due, fired, by due moment."""
        return TimerRepository(work.session).of_instance(instance_id)


def _following(timer: DueTimer, now: datetime) -> tuple[int, datetime] | None:
    """Return iteration and moment of the next firing of a start event."""
    kind = kind_of(timer.rule)
    if kind is Kind.CYCLE:
        firing = following(
            timer.rule,
            anchor=timer.anchor_at,
            zone=timer.zone,
            iteration=timer.iteration,
            now=now,
        )
        return None if firing is None else (firing.iteration, firing.due_at)
    moment = due(timer.rule, kind=kind, anchor=timer.anchor_at, zone=timer.zone)
    return (1, moment) if timer.iteration == 0 and moment > now else None


def _as_iso(rule: str, now: datetime, zone: str) -> str:
    """Return the ISO 8601 text of a rule that may be FEEL."""
    if not rule.startswith("="):
        return rule
    expression = compile_expression(rule[1:], functions=FUNCTIONS)
    value = string(expression.evaluate({}, clock=lambda: now, zone=zone))
    if value is None:
        raise TimerRuleError(rule, _NOTHING)
    return value


_NOTHING = "de uitdrukking geeft niets. Een begin van een proces kent geen variabelen."
