"""The cases that are shared with a partner, as he sees them."""

from dataclasses import dataclass
from datetime import date

from engine.persistence.unit_of_work import UnitOfWork
from workflows.bodies import sharing
from workflows.calendar import local_day
from workflows.errors import UnknownError
from workflows.packs.model import CaseSheet
from workflows.packs.sheets import sheet_of
from workflows.packs.sight import Sight
from workflows.packs.sources import CaseShelf
from workflows.people.model import Actor
from workflows.people.rights import Action, require


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedCase:
    """A case in the list of a partner, with when and on which ground it was shared."""

    sheet: CaseSheet
    shared_on: date
    legal_ground: str


def shared_cases(work: UnitOfWork, *, by: Actor) -> list[SharedCase]:
    """Return the cases that are shared with the organisations of *by* and seen."""
    require(by, Action.READ_SHARED_CASE)
    numbers = sharing.shared_with(work.session, by.organisation_ids)
    found = (_shared(work, number, by) for number in numbers)
    return [each for each in found if each is not None]


def shared_case(work: UnitOfWork, number: str, *, by: Actor) -> CaseSheet:
    """Return one case as *by* may see it.

    Raise ``UnknownError`` for one that he may not: he is not told that it exists.
    """
    require(by, Action.READ_SHARED_CASE)
    sheet = _sheet(work, number, by)
    if sheet is None:
        raise UnknownError(number, "Het dossier")
    return sheet


def _shared(work: UnitOfWork, number: str, by: Actor) -> SharedCase | None:
    sheet = _sheet(work, number, by)
    if sheet is None:
        return None
    share = next(
        each
        for each in sharing.shares(work, number)
        if each.organisation_id in by.organisation_ids
    )
    return SharedCase(
        sheet=sheet,
        shared_on=local_day(share.shared_at),
        legal_ground=share.legal_ground,
    )


def _sheet(work: UnitOfWork, number: str, by: Actor) -> CaseSheet | None:
    """Return the sheet, asking first whether he may: nothing of it is read else."""
    sight = Sight(work.session, None, by.organisation_ids)
    if sight.view_of(number) is None:
        return None
    return sheet_of(CaseShelf(work).case(number), sight)
