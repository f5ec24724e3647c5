"""The journal: rows that are only ever added."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from engine.model import JournalEntry
from engine.persistence.base import table_of
from engine.persistence.tables.instances import InstanceRow, JournalRow

COLUMNS = (
    JournalRow.instance_id,
    JournalRow.sequence,
    JournalRow.at,
    JournalRow.kind,
    JournalRow.actor,
    JournalRow.element_id,
    JournalRow.element_name,
    JournalRow.facts,
    JournalRow.digest,
)


class JournalRepository:
    """Adds entries, and reads them in their order."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, entries: Iterable[JournalEntry]) -> None:
        """Insert *entries* in one statement."""
        rows = [
            {column.key: getattr(entry, column.key) for column in COLUMNS}
            for entry in entries
        ]
        if rows:
            self._session.connection().execute(_INSERT, rows)

    def of(self, instance_id: UUID) -> list[JournalEntry]:
        """Return all entries of an instance, oldest first."""
        rows = self._session.execute(_OF, {"key": instance_id}).mappings()
        return [JournalEntry(**row) for row in rows]

    def last(
        self, instance_id: UUID, kinds: Collection[str] = ()
    ) -> tuple[str, datetime] | tuple[None, None]:
        """Return who wrote the last line, or the last one of *kinds*, and when."""
        found = _LAST.where(JournalRow.kind.in_(kinds)) if kinds else _LAST
        row = self._session.connection().execute(found, {"key": instance_id}).first()
        return (None, None) if row is None else (row.actor, row.at)

    def of_several(self, instance_ids: Sequence[UUID]) -> list[JournalEntry]:
        """Return the entries of several instances, in the order of time."""
        statement = (
            select(*COLUMNS)
            .where(JournalRow.instance_id.in_(instance_ids))
            .order_by(JournalRow.at, JournalRow.instance_id, JournalRow.sequence)
        )
        rows = self._session.execute(statement).mappings()
        return [JournalEntry(**row) for row in rows]

    def move_head(self, instance_id: UUID, head: tuple[int, str]) -> None:
        """Tell the instance what the last entry of its journal is."""
        sequence, digest = head
        values = {"key": instance_id, "sequence": sequence, "digest": digest}
        self._session.connection().execute(_MOVE_HEAD, values)

    def head(self, instance_id: UUID) -> tuple[int, str]:
        """Return sequence and digest of the last entry, as the instance knows them."""
        row = self._session.execute(_HEAD, {"key": instance_id}).one()
        return row.journal_sequence, row.journal_digest


_INSERT = insert(table_of(JournalRow))
_OF = (
    select(*COLUMNS)
    .where(JournalRow.instance_id == bindparam("key"))
    .order_by(JournalRow.sequence)
)
_LAST = (
    select(JournalRow.actor, JournalRow.at)
    .where(JournalRow.instance_id == bindparam("key"))
    .order_by(JournalRow.sequence.desc())
    .limit(1)
)
_HEAD = select(InstanceRow.journal_sequence, InstanceRow.journal_digest).where(
    InstanceRow.id == bindparam("key")
)
_MOVE_HEAD = (
    update(table_of(InstanceRow))
    .where(InstanceRow.id == bindparam("key"))
    .values(journal_sequence=bindparam("sequence"), journal_digest=bindparam("digest"))
)
