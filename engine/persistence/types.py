"""Column types that keep what a database would lose."""

import json
from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored in UTC; SQLite would lose its zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self, value: datetime | None, dialect: Dialect
    ) -> datetime | None:
        """Refuse a naive moment; store the others in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = f"a naive moment can't be stored: {value}"
            raise ValueError(message)
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(
        self, value: datetime | None, dialect: Dialect
    ) -> datetime | None:
        """Give the moment back in UTC."""
        if value is None:
            return None
        return (
            value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        )


def canonical(value: object) -> str:
    """Write *value* as JSON in the one form that digests are computed over."""
    return _CANONICAL.encode(value)


# Made once: `json.dumps` with options makes an encoder at each call.
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class JsonText(TypeDecorator[object]):
    """A JSON value in a text column, in canonical form, on every database."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: object, dialect: Dialect) -> str | None:
        """Write canonical JSON."""
        return None if value is None else canonical(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> object:
        """Read the JSON back."""
        return None if value is None else json.loads(value)
