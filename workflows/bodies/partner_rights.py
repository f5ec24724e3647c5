"""Which cases a partner may see in a body, and on which legal ground."""

from dataclasses import dataclass
from uuid import UUID

from engine.persistence.identity import new_id
from engine.persistence.unit_of_work import UnitOfWork
from workflows.bodies import repository
from workflows.bodies.model import CaseView, PartnerRight
from workflows.bodies.tables import PartnerRightRow
from workflows.errors import InvalidDataError
from workflows.people import repository as people
from workflows.people.model import Actor, OrganisationKind
from workflows.people.rights import Action, require


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRight:
    """What an organisation may see of the cases in a body, on which ground."""

    organisation_id: UUID
    view: CaseView
    legal_ground: str
    shared_only: bool = True
    verified: bool = False


def give_right(
    work: UnitOfWork, body_key: str, new: NewRight, *, by: Actor
) -> PartnerRight:
    """Let an organisation see cases in a body; a right that it had is replaced."""
    require(by, Action.MANAGE_BODIES)
    body = repository.body(work.session, body_key)
    organisation = people.organisation(work.session, new.organisation_id)
    if organisation.kind is OrganisationKind.CITY:
        sentence = "De stad ziet haar eigen dossiers; kies een partner."
        raise InvalidDataError({"organisation_id": sentence})
    if not new.legal_ground.strip():
        sentence = "Vul in op welke rechtsgrond deze partner dossiers mag zien."
        raise InvalidDataError({"legal_ground": sentence})
    old = repository.partner_right(work.session, body.key, organisation.id)
    row = work.session.get(PartnerRightRow, old.id) if old else None
    if row is None:
        row = PartnerRightRow(id=new_id(work.now), body_key=body.key)
        row.organisation_id = organisation.id
        work.session.add(row)
    row.view = new.view
    row.shared_only = new.shared_only
    row.legal_ground = new.legal_ground.strip()
    row.verified = new.verified
    work.session.flush()
    found = repository.partner_right(work.session, body.key, organisation.id)
    assert found is not None  # noqa: S101 - it was just written
    return found
