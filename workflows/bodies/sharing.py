"""Cases that are shared with a partner: by whom, why, and how much he sees."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.persistence.identity import new_id
from engine.persistence.unit_of_work import UnitOfWork
from workflows.bodies import repository
from workflows.bodies.model import CaseShare, CaseView, PartnerRight
from workflows.bodies.tables import CaseShareRow
from workflows.cases.repository import case_file
from workflows.cases.service import add_line
from workflows.errors import InvalidDataError, NotAllowedNowError, UnknownError
from workflows.people import repository as people
from workflows.people.model import Actor
from workflows.people.rights import Action, require

_ORDER = tuple(CaseView)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareChoice:
    """A partner with whom a case can be shared, and how much he would see of it."""

    organisation_id: UUID
    name: str
    view: CaseView
    legal_ground: str
    verified: bool


def share(
    work: UnitOfWork,
    case_number: str,
    *,
    organisation_id: UUID,
    legal_ground: str,
    by: Actor,
) -> CaseShare:
    """Mark a case as shared with a partner, on a legal ground; noted on the case."""
    case = case_file(work.session, case_number)
    require(by, Action.SHARE_CASE, case.subject)
    partner = people.organisation(work.session, organisation_id)
    if not legal_ground.strip():
        sentence = f"Vul in op welke rechtsgrond {partner.name} dit dossier mag zien."
        raise InvalidDataError({"legal_ground": sentence})
    if any(each.organisation_id == partner.id for each in shares(work, case_number)):
        sentence = f"Dit dossier is al gedeeld met {partner.name}."
        raise NotAllowedNowError(case_number, "shared", sentence)
    row = CaseShareRow(
        id=new_id(work.now),
        case_number=case_number,
        organisation_id=partner.id,
        legal_ground=legal_ground.strip(),
        shared_at=work.now,
        shared_by=by.name,
    )
    work.session.add(row)
    work.session.flush()
    text = f"Gedeeld met {partner.name}. Rechtsgrond: {row.legal_ground}"
    add_line(work, case_number, by=by.name, text=text)
    return _to_share(row, partner.name)


def end(work: UnitOfWork, share_id: UUID, *, by: Actor) -> None:
    """End the sharing of a case; who shared it when stays on record."""
    row = work.session.get(CaseShareRow, share_id)
    if row is None:
        raise UnknownError(share_id, "Het gedeelde dossier")
    require(by, Action.SHARE_CASE, case_file(work.session, row.case_number).subject)
    if row.ended_at is not None:
        sentence = "Dit dossier wordt al niet meer gedeeld."
        raise NotAllowedNowError(row.case_number, "ended", sentence)
    row.ended_at, row.ended_by = work.now, by.name
    work.session.flush()
    name = people.organisation(work.session, row.organisation_id).name
    text = f"Niet meer gedeeld met {name}."
    add_line(work, row.case_number, by=by.name, text=text)


def shares(work: UnitOfWork, case_number: str) -> list[CaseShare]:
    """Return with whom a case is shared now, in the order of sharing."""
    query = (
        select(CaseShareRow)
        .where(CaseShareRow.case_number == case_number, CaseShareRow.ended_at.is_(None))
        .order_by(CaseShareRow.shared_at, CaseShareRow.id)
    )
    return [
        _to_share(row, people.organisation(work.session, row.organisation_id).name)
        for row in work.session.scalars(query)
    ]


def choices(work: UnitOfWork, case_number: str) -> list[ShareChoice]:
    """Return the partners with a right on shared cases who don't see this one yet.

    Each is there once, with the widest of his rights.
    """
    taken = {each.organisation_id for each in shares(work, case_number)}
    widest: dict[UUID, PartnerRight] = {}
    for right in repository.rights_holders(work.session):
        known = widest.get(right.organisation_id)
        if known is None or _ORDER.index(right.view) > _ORDER.index(known.view):
            widest[right.organisation_id] = right
    return [
        ShareChoice(
            organisation_id=right.organisation_id,
            name=right.organisation_name,
            view=right.view,
            legal_ground=right.legal_ground,
            verified=right.verified,
        )
        for right in widest.values()
        if right.shared_only and right.organisation_id not in taken
    ]


def shared_with(session: Session, organisation_ids: Collection[UUID]) -> list[str]:
    """Return the numbers of the cases that are shared with one of these now."""
    query = (
        select(CaseShareRow.case_number)
        .where(
            CaseShareRow.organisation_id.in_(organisation_ids),
            CaseShareRow.ended_at.is_(None),
        )
        .distinct()
        .order_by(CaseShareRow.case_number)
    )
    return list(session.scalars(query))


def view_of(
    session: Session,
    organisation_ids: Collection[UUID],
    *,
    case_number: str,
    body_key: str,
) -> CaseView | None:
    """Return how much these organisations see of a case in a body, None for nothing.

    A right that holds for shared cases only needs the case to be shared with that
    same organisation.
    """
    return views_in(session, organisation_ids, body_key=body_key)(case_number)


def views_in(
    session: Session, organisation_ids: Collection[UUID], *, body_key: str
) -> Callable[[str], CaseView | None]:
    """Return ``view_of`` for many cases of one body: it reads the rows once."""
    rights = repository.partner_rights(session, body_key)
    return _viewer(
        session, [r for r in rights if r.organisation_id in organisation_ids]
    )


def views_anywhere(
    session: Session, organisation_ids: Collection[UUID]
) -> Callable[[str], CaseView | None]:
    """Return ``view_of`` for many cases, by what holds in whichever body."""
    return _viewer(session, repository.rights_of(session, organisation_ids))


def _viewer(
    session: Session, rights: Collection[PartnerRight]
) -> Callable[[str], CaseView | None]:
    shared = {
        holder: frozenset(shared_with(session, [holder]))
        for holder in {right.organisation_id for right in rights}
    }

    def view(case_number: str) -> CaseView | None:
        held = (
            right.view
            for right in rights
            if not right.shared_only or case_number in shared[right.organisation_id]
        )
        return max(held, key=_ORDER.index, default=None)

    return view


def _to_share(row: CaseShareRow, organisation_name: str) -> CaseShare:
    return CaseShare(
        id=row.id,
        case_number=row.case_number,
        organisation_id=row.organisation_id,
        organisation_name=organisation_name,
        legal_ground=row.legal_ground,
        shared_at=row.shared_at,
        shared_by=row.shared_by,
        ended_at=row.ended_at,
        ended_by=row.ended_by,
    )
