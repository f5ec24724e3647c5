"""Process instances and their variables."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from sqlalchemy import Row, bindparam, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from engine.errors import NotFoundError, StaleInstanceError
from engine.model import Instance
from engine.persistence.base import table_of
from engine.persistence.repositories.journal import JournalRepository
from engine.persistence.tables.instances import InstanceRow, VariableRow
from engine.step import Saved

KIND = "Dossierverloop"
VALUE = (
    InstanceRow.id,
    InstanceRow.bundle_hash,
    InstanceRow.process_id,
    InstanceRow.business_key,
    InstanceRow.label,
    InstanceRow.status,
    InstanceRow.version,
    InstanceRow.milestone,
    InstanceRow.outcome,
    InstanceRow.started_at,
    InstanceRow.started_by,
    InstanceRow.ended_at,
)
LIVE = (
    *VALUE,
    InstanceRow.state,
    InstanceRow.bindings,
    InstanceRow.waits,
    InstanceRow.journal_sequence,
    InstanceRow.journal_digest,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveInstance:
    """An instance with what its next step needs.

    *waits* maps a token to the letters of the rows that wait on it (see
    ``engine.persistence.repositories.waiting``).
    """

    instance: Instance
    state: str
    bindings: Mapping[str, str]
    waits: Mapping[str, str]
    sequence: int
    digest: str


def to_live(row: Row[*tuple[object, ...]], start: int = 0) -> LiveInstance:
    """Read the columns of ``LIVE`` from *row*, the first one at *start*."""
    names = (column.key for column in LIVE)
    values = dict(zip(names, row[start : start + len(LIVE)], strict=True))
    return LiveInstance(
        state=cast("str", values.pop("state")),
        bindings=cast("dict[str, str]", values.pop("bindings")),
        waits=cast("dict[str, str]", values.pop("waits")),
        sequence=cast("int", values.pop("journal_sequence")),
        digest=cast("str", values.pop("journal_digest")),
        instance=Instance(**values),  # type: ignore[arg-type]
    )


class InstanceRepository:
    """Reads instances, and writes them under the guard of their version."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, instance_id: UUID) -> Instance:
        """Return the instance; raise ``NotFoundError`` when there is none."""
        found = self._session.execute(_GET, {"key": instance_id})
        row = found.mappings().one_or_none()
        if row is None:
            raise NotFoundError(KIND, instance_id)
        return Instance(**row)

    def of_case(self, business_key: str) -> list[Instance]:
        """Return all instances under *business_key*, oldest first."""
        rows = self._session.execute(_OF_CASE, {"key": business_key}).mappings()
        return [Instance(**row) for row in rows]

    def lock(self, instance_id: UUID) -> LiveInstance:
        """Read the live instance and keep others from advancing it meanwhile."""
        row = (
            self._session.connection()
            .execute(_LOCK, {"key": instance_id})
            .one_or_none()
        )
        if row is None:
            raise NotFoundError(KIND, instance_id)
        return to_live(row)

    def live(self, instance_id: UUID) -> LiveInstance:
        """Read the live instance without a lock."""
        row = (
            self._session.connection()
            .execute(_LIVE, {"key": instance_id})
            .one_or_none()
        )
        if row is None:
            raise NotFoundError(KIND, instance_id)
        return to_live(row)

    def saved(self, live: LiveInstance) -> Saved:
        """Return the state with its variables, for the runner."""
        return Saved(state=live.state, variables=self.variables(live.instance.id))

    def variables(self, instance_id: UUID) -> dict[int, dict[str, str]]:
        """Return the JSON texts of all variables, by scope and name."""
        scopes: dict[int, dict[str, str]] = {}
        rows = self._session.connection().execute(_VARIABLES, {"key": instance_id})
        for scope, name, value in rows:
            scopes.setdefault(scope, {})[name] = value
        return scopes

    def add(self, instance: Instance, bindings: Mapping[str, str]) -> None:
        """Insert an instance that hasn't made a step yet."""
        self._session.execute(
            insert(InstanceRow),
            {
                **{column.key: getattr(instance, column.key) for column in VALUE},
                "state": "",
                "bindings": dict(bindings),
                "waits": {},
                "journal_sequence": 0,
                "journal_digest": "",
            },
        )

    def save(self, before: LiveInstance, after: LiveInstance) -> None:
        """Replace *before* by *after*; ``StaleInstanceError`` for a slower writer."""
        result = self._session.connection().execute(
            _SAVE,
            {
                "key": before.instance.id,
                "read_version": before.instance.version,
                "version": after.instance.version,
                "status": after.instance.status,
                "milestone": after.instance.milestone,
                "outcome": after.instance.outcome,
                "ended_at": after.instance.ended_at,
                "state": after.state,
                "waits": after.waits,
                "journal_sequence": after.sequence,
                "journal_digest": after.digest,
            },
        )
        if result.rowcount != 1:
            read = before.instance
            by, at = JournalRepository(self._session).last(read.id)
            raise StaleInstanceError(read.id, read.version, by, at)

    def write_variables(
        self, instance_id: UUID, changed: Mapping[tuple[int, str], str | None]
    ) -> None:
        """Store the changed variables; None removes one."""
        connection = self._session.connection()
        keys = ((scope, name, text) for (scope, name), text in changed.items())
        rows = [
            {"instance_id": instance_id, "scope": scope, "name": name, "value": text}
            for scope, name, text in keys
        ]
        kept = [row for row in rows if row["value"] is not None]
        gone = [row for row in rows if row["value"] is None]
        if kept:
            connection.execute(_UPSERT[connection.dialect.name], kept)
        if gone:
            connection.execute(_REMOVE, [_named(row) for row in gone])

    def drop_scopes(self, instance_id: UUID, scopes: Iterable[int]) -> None:
        """Remove all variables of *scopes*."""
        self._session.connection().execute(
            _DROP_SCOPES, {"key": instance_id, "scopes": list(scopes)}
        )


def _named(row: Mapping[str, object]) -> dict[str, object]:
    # A bound value in a WHERE may not carry the name of a column.
    return {f"old_{name}": row[name] for name in ("instance_id", "scope", "name")}


_INSTANCE = table_of(InstanceRow)
_VARIABLE = table_of(VariableRow)
# Selected from the tables, not the classes: the hot path needs no mapper.
_LIVE = select(*(_INSTANCE.c[column.key] for column in LIVE)).where(
    _INSTANCE.c.id == bindparam("key")
)
_GET = select(*VALUE).where(InstanceRow.id == bindparam("key"))
_LOCK = _LIVE.with_for_update()
_OF_CASE = (
    select(*VALUE)
    .where(InstanceRow.business_key == bindparam("key"))
    .order_by(InstanceRow.started_at, InstanceRow.id)
)
_VARIABLES = select(_VARIABLE.c.scope, _VARIABLE.c.name, _VARIABLE.c.value).where(
    _VARIABLE.c.instance_id == bindparam("key")
)
_SAVED = (
    "version",
    "status",
    "milestone",
    "outcome",
    "ended_at",
    "state",
    "waits",
    "journal_sequence",
    "journal_digest",
)
_SAVE = (
    update(_INSTANCE)
    .where(InstanceRow.id == bindparam("key"))
    .where(InstanceRow.version == bindparam("read_version"))
    .values({name: bindparam(name) for name in _SAVED})
)
_REMOVE = delete(_VARIABLE).where(
    VariableRow.instance_id == bindparam("old_instance_id"),
    VariableRow.scope == bindparam("old_scope"),
    VariableRow.name == bindparam("old_name"),
)
_DROP_SCOPES = delete(_VARIABLE).where(
    VariableRow.instance_id == bindparam("key"),
    VariableRow.scope.in_(bindparam("scopes", expanding=True)),
)
_VARIABLE_KEY = ("instance_id", "scope", "name")
_ON_SQLITE = sqlite.insert(_VARIABLE)
_ON_POSTGRESQL = postgresql.insert(_VARIABLE)
_UPSERT = {
    "sqlite": _ON_SQLITE.on_conflict_do_update(
        index_elements=_VARIABLE_KEY, set_={"value": _ON_SQLITE.excluded.value}
    ),
    "postgresql": _ON_POSTGRESQL.on_conflict_do_update(
        index_elements=_VARIABLE_KEY, set_={"value": _ON_POSTGRESQL.excluded.value}
    ),
}
