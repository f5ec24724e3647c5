"""Answers under idempotency keys."""

from datetime import datetime
from typing import cast

from sqlalchemy import Executable, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from engine.errors import IdempotencyConflictError
from engine.persistence.base import table_of
from engine.persistence.tables.installation import IdempotencyRow


class IdempotencyRepository:
    """Remembers the answer to a request, once per scope and key."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def recall(self, scope: str, key: str, request_hash: str) -> object | None:
        """Return the answer given before, or None.

        Raises ``IdempotencyConflictError`` when the key was used for another
        request.
        """
        statement = select(IdempotencyRow.request_hash, IdempotencyRow.answer).where(
            IdempotencyRow.scope == scope, IdempotencyRow.key == key
        )
        row = self._session.execute(statement).one_or_none()
        if row is None:
            return None
        if row.request_hash != request_hash:
            raise IdempotencyConflictError(key)
        return cast("object", row.answer)

    def remember(
        self, scope: str, key: str, request_hash: str, answer: object, *, at: datetime
    ) -> bool:
        """Store the answer; False when somebody else stored one first.

        The slower of two equal requests waits here for the faster one.
        """
        connection = self._session.connection()
        values = {
            "scope": scope,
            "key": key,
            "request_hash": request_hash,
            "answer": answer,
            "answered_at": at,
        }
        inserted = connection.execute(_INSERT[connection.dialect.name], values)
        return inserted.first() is not None

    def amend(self, scope: str, key: str, answer: object) -> None:
        """Replace the answer that is stored under a key."""
        self._session.execute(
            update(IdempotencyRow)
            .where(IdempotencyRow.scope == scope, IdempotencyRow.key == key)
            .values(answer=answer)
        )

    def forget_before(self, moment: datetime) -> int:
        """Drop the answers older than *moment*; return how many."""
        old = delete(IdempotencyRow).where(IdempotencyRow.answered_at < moment)
        return self._session.connection().execute(old).rowcount


def _first_only(insert: sqlite.Insert | postgresql.Insert) -> Executable:
    return insert.on_conflict_do_nothing().returning(_ANSWERS.c.key)


_ANSWERS = table_of(IdempotencyRow)
_INSERT = {
    "sqlite": _first_only(sqlite.insert(_ANSWERS)),
    "postgresql": _first_only(postgresql.insert(_ANSWERS)),
}
