"""Where messages and signals go, until nothing is left to deliver.

A message is matched in SQL on its name and correlation key. It reaches one
token of each process that waits for it, the one that waits longest, and each
message start event of the newest bundles. When nobody is there it is kept for
its time to live. A signal reaches everybody who waits, and is never kept.
"""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from engine.errors import EndlessRoutingError
from engine.feel.codec import loads
from engine.model import Instance, InstanceStatus
from engine.persistence.identity import new_id
from engine.persistence.repositories.instances import InstanceRepository
from engine.persistence.repositories.messages import (
    EarlyMessage,
    MessageRepository,
    Starter,
    Waiting,
)
from engine.persistence.repositories.waiting import SUBSCRIPTION
from engine.persistence.unit_of_work import UnitOfWork
from engine.starts import Beginning, Starts
from engine.step import Deliver, Start, Subscribed, Variables
from engine.steps import Order, Steps, Taken, line

THROWN_LIVES = timedelta(days=30)
"""How long a message from a diagram waits for somebody."""

LIMIT = 1000
"""Deliveries in one use case; more can only be a circle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A message or signal on its way; *variables* are JSON texts.

    *expires_at* is None when it may not wait. *business_key* and *label* go to
    the instances that it starts.
    """

    kind: str
    name: str
    correlation_key: str | None
    variables: Mapping[str, str]
    by: str
    expires_at: datetime | None
    business_key: str
    label: str = ""

    @property
    def values(self) -> Variables:
        """The variables as FEEL values."""
        return {name: loads(text) for name, text in self.variables.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Where a message or signal went."""

    reached: tuple[UUID, ...] = ()
    started: tuple[UUID, ...] = ()
    kept: bool = False

    @property
    def is_dead_end(self) -> bool:
        """Tell whether nobody got it, now or later."""
        return not (self.reached or self.started or self.kept)


class Router:
    """Delivers what steps throw, and what comes from outside."""

    def __init__(self, *, steps: Steps, starts: Starts) -> None:
        self._steps = steps
        self._starts = starts

    def send(self, work: UnitOfWork, sent: Sent) -> Route:
        """Deliver *sent*, and everything that follows from it."""
        round_ = _Round(work, self._steps, self._starts)
        route = round_.deliver(sent)
        round_.settle()
        return route

    def settle(self, work: UnitOfWork, taken: Taken, *, by: str) -> None:
        """Deliver everything that a step threw, and what waited for it."""
        if not taken.has_consequences:
            return
        round_ = _Round(work, self._steps, self._starts)
        round_.follow(taken, by)
        round_.settle()

    def wake(self, work: UnitOfWork, instance: Instance) -> None:
        """Deliver what came while *instance* was suspended."""
        round_ = _Round(work, self._steps, self._starts)
        wanted = MessageRepository(work.session).subscriptions(instance.id)
        round_.collect(_early_for(work, wanted, instance))
        round_.settle()


class _Round:
    """The deliveries of one use case, in the order in which they came up."""

    def __init__(self, work: UnitOfWork, steps: Steps, starts: Starts) -> None:
        self._work = work
        self._steps = steps
        self._starts = starts
        self._rows = MessageRepository(work.session)
        self._ahead: deque[Sent] = deque()
        self._delivered = 0

    def settle(self) -> None:
        """Go on until nothing is left."""
        while self._ahead:
            self.deliver(self._ahead.popleft())

    def collect(self, sent: Iterable[Sent]) -> None:
        """Put messages in the queue."""
        self._ahead.extend(sent)

    def follow(self, taken: Taken, by: str) -> None:
        """Begin what a step asked for; queue what it threw, and what waited for it."""
        instance = taken.live.instance
        for one in taken.begun:
            self._count()
            self.follow(self._starts.begin_newest(self._work, one, by=by), by)
        self.collect(_thrown(self._work, taken, by))
        self.collect(_early_for(self._work, taken.subscribed, instance))

    def deliver(self, sent: Sent) -> Route:
        """Bring *sent* to everybody whom it concerns."""
        route = self._reach(sent)
        if route.is_dead_end and sent.kind == "message":
            # From here on a new waiter and we queue; so look once more.
            self._rows.lock_name(sent.name, sent.correlation_key)
            route = self._reach(sent)
            if route.is_dead_end and sent.expires_at is not None:
                self._keep(sent, sent.expires_at)
                route = replace(route, kept=True)
        return route

    def _reach(self, sent: Sent) -> Route:
        waiting = self._rows.waiting(sent.kind, sent.name, sent.correlation_key)
        reached: dict[UUID, str] = {}
        for one in waiting:
            taken_already = one.process_id in reached.values()
            if sent.kind == "message" and taken_already:
                continue
            if self._meet(sent, one):
                reached[one.instance_id] = one.process_id
        starters = self._rows.starters(sent.kind, sent.name)
        started = [self._begin(sent, starter) for starter in starters]
        return Route(reached=tuple(reached), started=tuple(started))

    def _meet(self, sent: Sent, waiting: Waiting) -> bool:
        """Deliver to one token, unless it stopped waiting in the meantime."""
        self._count()
        live = InstanceRepository(self._work.session).lock(waiting.instance_id)
        if live.instance.status is not InstanceStatus.RUNNING:
            return False
        if SUBSCRIPTION not in live.waits.get(str(waiting.token), ""):
            return False
        order = Order(
            command=Deliver(token=waiting.token, variables=sent.values),
            by=sent.by,
            preface=line(f"{sent.kind}_received", name=sent.name),
        )
        self.follow(self._steps.take(self._work, live, order), sent.by)
        return True

    def _begin(self, sent: Sent, starter: Starter) -> UUID:
        self._count()
        beginning = Beginning(
            bundle_hash=starter.bundle_hash,
            command=Start(
                process_id=starter.process_id,
                variables=sent.values,
                start_event=starter.element_id,
            ),
            business_key=sent.business_key,
            label=sent.label,
            by=sent.by,
        )
        taken = self._starts.begin(self._work, beginning)
        self.follow(taken, sent.by)
        return taken.live.instance.id

    def _keep(self, sent: Sent, expires_at: datetime) -> None:
        message = EarlyMessage(
            id=new_id(self._work.now),
            name=sent.name,
            correlation_key=sent.correlation_key,
            variables=sent.variables,
            actor=sent.by,
            expires_at=expires_at,
        )
        self._rows.keep(message, self._work.now)

    def _count(self) -> None:
        self._delivered += 1
        if self._delivered > LIMIT:
            raise EndlessRoutingError(LIMIT)


def _thrown(work: UnitOfWork, taken: Taken, by: str) -> list[Sent]:
    instance = taken.live.instance
    return [
        Sent(
            kind=one.kind,
            name=one.name,
            correlation_key=one.correlation_key,
            variables=one.variables,
            by=by,
            expires_at=work.now + THROWN_LIVES,
            business_key=instance.business_key,
            label=instance.label,
        )
        for one in taken.thrown
    ]


def _early_for(
    work: UnitOfWork, wanted: Sequence[Subscribed], instance: Instance
) -> list[Sent]:
    """Take the messages out of the buffer that somebody now waits for."""
    messages = [one for one in wanted if one.kind == "message"]
    rows = MessageRepository(work.session)
    for one in messages:
        rows.lock_name(one.name, one.correlation_key)
    found = [early for early in rows.early(messages, work.now) if rows.take(early.id)]
    return [
        Sent(
            kind="message",
            name=early.name,
            correlation_key=early.correlation_key,
            variables=early.variables,
            by=early.actor,
            expires_at=early.expires_at,
            business_key=instance.business_key,
            label=instance.label,
        )
        for early in found
    ]
