"""Use cases around messages and signals that come from outside."""

from datetime import timedelta
from uuid import UUID

from engine.errors import MessageNotExpectedError
from engine.feel.codec import dumps
from engine.feel.values import from_python
from engine.persistence.repositories.idempotency import IdempotencyRepository
from engine.persistence.repositories.messages import MessageRepository
from engine.persistence.unit_of_work import UnitOfWork
from engine.requests import request_hash
from engine.routing import Route, Router, Sent
from engine.step import Variables

SCOPE = "message"


class Messages:
    """Brings messages and signals to whom they concern."""

    def __init__(self, *, router: Router) -> None:
        self._router = router

    def correlate(  # noqa: PLR0913 - all by keyword, all of one message
        self,
        work: UnitOfWork,
        *,
        name: str,
        correlation_key: str | None,
        variables: Variables,
        by: str,
        time_to_live: timedelta | None = None,
        message_id: str | None = None,
    ) -> Route:
        """Bring a message to who waits for it under this key.

        Without somebody it is kept for *time_to_live*; without that,
        ``MessageNotExpectedError`` is raised and nothing happened. The same
        *message_id* takes effect once.
        """
        sent = Sent(
            kind="message",
            name=name,
            correlation_key=correlation_key,
            variables=_texts(variables),
            by=by,
            expires_at=None if time_to_live is None else work.now + time_to_live,
            business_key=correlation_key or "",
        )
        if message_id is None:
            return self._send(work, sent)
        return self._send_once(work, sent, message_id)

    def expected(self, work: UnitOfWork, instance_id: UUID) -> frozenset[str]:
        """Return the names of the messages that an instance waits for now."""
        found = MessageRepository(work.session).subscriptions(instance_id)
        return frozenset(each.name for each in found if each.kind == "message")

    def broadcast(
        self, work: UnitOfWork, *, signal: str, variables: Variables, by: str
    ) -> Route:
        """Bring a signal to everybody who waits for it; it is never kept."""
        sent = Sent(
            kind="signal",
            name=signal,
            correlation_key=None,
            variables=_texts(variables),
            by=by,
            expires_at=None,
            business_key="",
        )
        return self._router.send(work, sent)

    def forget_expired(self, work: UnitOfWork) -> int:
        """Drop the kept messages whose time is up; return how many."""
        return MessageRepository(work.session).forget_expired(work.now)

    def _send(self, work: UnitOfWork, sent: Sent) -> Route:
        route = self._router.send(work, sent)
        if route.is_dead_end:
            raise MessageNotExpectedError(sent.name, sent.correlation_key)
        return route

    def _send_once(self, work: UnitOfWork, sent: Sent, message_id: str) -> Route:
        rows = IdempotencyRepository(work.session)
        asked = request_hash(sent.name, sent.correlation_key, sent.variables)
        # First the key, then the work: two equal messages queue here.
        first = rows.remember(SCOPE, message_id, asked, {}, at=work.now)
        if first:
            route = self._send(work, sent)
            rows.amend(SCOPE, message_id, _answer(route))
            return route
        return _route(rows.recall(SCOPE, message_id, asked))


def _texts(variables: Variables) -> dict[str, str]:
    return {name: dumps(from_python(value)) for name, value in variables.items()}


def _answer(route: Route) -> dict[str, object]:
    return {
        "reached": [str(key) for key in route.reached],
        "started": [str(key) for key in route.started],
        "kept": route.kept,
    }


def _route(answer: object) -> Route:
    match answer:
        case {"reached": list(reached), "started": list(started), "kept": bool(kept)}:
            return Route(
                reached=tuple(UUID(key) for key in reached),
                started=tuple(UUID(key) for key in started),
                kept=kept,
            )
        case _:
            return Route()
