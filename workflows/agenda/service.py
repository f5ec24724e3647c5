"""Use cases of the agenda."""

from uuid import UUID

from engine.persistence.identity import new_id
from engine.persistence.unit_of_work import UnitOfWork
from workflows.agenda import repository
from workflows.agenda.tables import AgendaItemRow
from workflows.calendar import local_day
from workflows.errors import InvalidDataError, NotAllowedNowError
from workflows.people.model import Actor
from workflows.people.rights import Action, require


def add(work: UnitOfWork, case_number: str, *, reason: str) -> None:
    """Put a case on the list; the same reason stands there once."""
    if repository.open_row(work.session, case_number, reason) is not None:
        return
    row = AgendaItemRow(
        id=new_id(work.now),
        case_number=case_number,
        reason=reason,
        added_at=work.now,
    )
    work.session.add(row)
    work.session.flush()


def conclude(work: UnitOfWork, item_id: UUID, *, conclusion: str, by: Actor) -> None:
    """Take an item off the list with what the meeting concluded."""
    require(by, Action.CONCLUDE_AGENDA)
    if not conclusion.strip():
        raise InvalidDataError({"conclusion": "Vul het besluit van het overleg in."})
    if not settle(work, item_id, conclusion=conclusion, by=by.name):
        sentence = "Over dit agendapunt is al besloten."
        raise NotAllowedNowError(str(item_id), "concluded", sentence)


def settle(work: UnitOfWork, item_id: UUID, *, conclusion: str, by: str) -> bool:
    """Conclude an item for a meeting, without asking who may.

    Return whether that was still to be done.
    """
    row = repository.item_row(work.session, item_id)
    if row.concluded_on is not None:
        return False
    row.concluded_on = local_day(work.now)
    row.conclusion = conclusion.strip()
    row.concluded_by = by
    work.session.flush()
    return True
