"""Queries on settings."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.city.catalogue import SETTINGS
from workflows.city.model import SettingValue
from workflows.city.tables import SettingRow
from workflows.errors import UnknownError


def values_on(session: Session, day: date) -> Mapping[str, SettingValue]:
    """Return the value of each setting on *day*, by name."""
    query = (
        select(SettingRow)
        .where(SettingRow.valid_from <= day)
        .order_by(SettingRow.valid_from)
    )
    found = {row.name: row for row in session.scalars(query)}
    return {name: _to_value(name, found.get(name)) for name in SETTINGS}


def history(session: Session, name: str) -> list[SettingValue]:
    """Return all values that a setting had, has and will have, the newest first."""
    if name not in SETTINGS:
        raise UnknownError(name, "De instelling")
    query = (
        select(SettingRow)
        .where(SettingRow.name == name)
        .order_by(SettingRow.valid_from.desc())
    )
    return [_to_value(name, row) for row in session.scalars(query)]


def _to_value(name: str, row: SettingRow | None) -> SettingValue:
    setting = SETTINGS[name]
    return SettingValue(
        setting=setting,
        value=setting.default if row is None else row.value,
        valid_from=None if row is None else row.valid_from,
        changed_at=None if row is None else row.changed_at,
        changed_by=None if row is None else row.changed_by,
    )
