"""Use cases of the settings of the city."""

from datetime import date
from decimal import Decimal

from engine.calendar import WorkingCalendar
from engine.persistence.unit_of_work import UnitOfWork
from workflows.calendar import local_day
from workflows.city import model, repository
from workflows.city.catalogue import NOT_TERMS, SETTINGS
from workflows.city.model import City, SettingKind, SettingValue
from workflows.city.tables import SettingRow
from workflows.errors import InvalidDataError, UnknownError


def settings(work: UnitOfWork, *, on: date | None = None) -> list[SettingValue]:
    """Return all settings with their values on a day (default: today)."""
    return list(repository.values_on(work.session, on or local_day(work.now)).values())


def change_setting(
    work: UnitOfWork, name: str, value: object, *, valid_from: date, by: str
) -> None:
    """Set a value from a day on; running cases keep what they started with.

    Raise ``InvalidDataError`` for a value that doesn't fit or a day in the
    past.
    """
    if name not in SETTINGS:
        raise UnknownError(name, "De instelling")
    if valid_from < local_day(work.now):
        sentence = "Een instelling kan niet met terugwerkende kracht wijzigen."
        raise InvalidDataError({"valid_from": sentence})
    sound = model.checked(SETTINGS[name], value)
    row = work.session.get(SettingRow, (name, valid_from))
    if row is None:
        row = SettingRow(name=name, valid_from=valid_from)
        work.session.add(row)
    row.value = sound
    row.changed_at = work.now
    row.changed_by = by
    work.session.flush()


def city(work: UnitOfWork) -> City:
    """Return how the city is named today."""
    values = repository.values_on(work.session, local_day(work.now))
    name, sender, contact = (
        str(values[key].value) for key in ("name", "sender", "contact")
    )
    return City(name=name, sender=sender, contact=contact)


def terms(work: UnitOfWork) -> dict[str, object]:
    """Return the variable ``terms``: all terms of today, as FEEL values."""
    values = repository.values_on(work.session, local_day(work.now))
    return {
        name: _feel_value(value)
        for name, value in values.items()
        if name not in NOT_TERMS
    }


def values(work: UnitOfWork) -> dict[str, object]:
    """Return what each setting holds today, by name."""
    found = repository.values_on(work.session, local_day(work.now))
    return {name: each.value for name, each in found.items()}


def value(work: UnitOfWork, name: str) -> object:
    """Return what one setting holds today."""
    return values(work)[name]


def working_calendar(work: UnitOfWork) -> WorkingCalendar:
    """Return the working days of the city."""
    values = repository.values_on(work.session, local_day(work.now))
    days = values["closing_days"].value
    listed = days if isinstance(days, list | tuple) else ()
    return WorkingCalendar(
        closing_days=frozenset(date.fromisoformat(str(day)) for day in listed)
    )


def _feel_value(value: SettingValue) -> object:
    """Numbers are Decimal in FEEL; periods stay text."""
    if value.setting.kind is SettingKind.NUMBER:
        return Decimal(str(value.value))
    return value.value
