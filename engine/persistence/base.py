"""The declarative base of all tables, of the engine and of the domain alike."""

from datetime import datetime
from enum import Enum as PythonEnum
from enum import StrEnum
from typing import cast
from uuid import UUID

from sqlalchemy import Enum, MetaData, Table, Text, Uuid
from sqlalchemy.orm import DeclarativeBase

from engine.persistence.types import UtcDateTime

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def _values(members: type[PythonEnum]) -> list[str]:
    """Store closed sets by value, not by name."""
    return [str(member.value) for member in members]


class Base(DeclarativeBase):
    """All rows; constraints get names, times are UTC, closed sets are text."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's own interface
        str: Text(),
        datetime: UtcDateTime(),
        UUID: Uuid(),
        StrEnum: Enum(StrEnum, native_enum=False, length=40, values_callable=_values),
    }


def table_of(row: type[Base]) -> Table:
    """Return the table of a row class, for statements that need no objects."""
    return cast("Table", row.__table__)
