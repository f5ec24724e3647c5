"""The school holidays of a city: entered by the secretary, none is built in."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from engine.persistence.identity import new_id
from engine.persistence.unit_of_work import UnitOfWork
from workflows.errors import InvalidDataError, UnknownError
from workflows.people.model import Actor
from workflows.people.rights import Action, require
from workflows.planning.tables import SchoolHolidayRow

_LONGEST_NAME = 80
_LONGEST_DAYS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class NewHoliday:
    """A school holiday, up to and including *ends_on*."""

    name: str
    starts_on: date
    ends_on: date


def add(work: UnitOfWork, new: NewHoliday, *, by: Actor) -> None:
    """Enter a school holiday."""
    require(by, Action.RUN_MEETING)
    problems = {}
    if not new.name.strip() or len(new.name) > _LONGEST_NAME:
        problems["name"] = f"Vul een naam van hoogstens {_LONGEST_NAME} tekens in."
    if new.ends_on < new.starts_on:
        problems["ends_on"] = "De laatste dag ligt vóór de eerste."
    elif (new.ends_on - new.starts_on).days > _LONGEST_DAYS:
        problems["ends_on"] = f"Een vakantie duurt hoogstens {_LONGEST_DAYS} dagen."
    if problems:
        raise InvalidDataError(problems)
    row = SchoolHolidayRow(
        id=new_id(work.now),
        name=new.name.strip(),
        starts_on=new.starts_on,
        ends_on=new.ends_on,
        added_at=work.now,
        added_by=by.name,
    )
    work.session.add(row)
    work.session.flush()


def drop(work: UnitOfWork, holiday_id: UUID, *, by: Actor) -> None:
    """Take a school holiday out of the year."""
    require(by, Action.RUN_MEETING)
    row = work.session.get(SchoolHolidayRow, holiday_id)
    if row is None:
        raise UnknownError(holiday_id, "De schoolvakantie")
    work.session.delete(row)
    work.session.flush()
