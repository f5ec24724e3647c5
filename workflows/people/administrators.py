"""Somebody must stay who can let people in: the last administrator keeps his place."""

from uuid import UUID

from sqlalchemy import select

from engine.persistence.unit_of_work import UnitOfWork
from workflows.calendar import local_day
from workflows.errors import InvalidDataError
from workflows.people import repository
from workflows.people.model import Membership, Role
from workflows.people.tables import UserRow

_OWN_ACCESS = (
    "U kunt uzelf de toegang niet ontzeggen. Vraag het aan een andere systeembeheerder."
)
_OWN_ROLE = (
    "U kunt uw eigen laatste rol van systeembeheerder niet beëindigen."
    " Vraag het aan een andere systeembeheerder."
)
_LAST = (
    "Dit is de laatste systeembeheerder die zich kan aanmelden. Geef eerst iemand"
    " anders de rol van systeembeheerder en een wachtwoord."
)


def require_access_to_spare(
    work: UnitOfWork, user_name: str, *, by: str | None
) -> None:
    """Refuse that somebody shuts himself out, or the last administrator."""
    if user_name == by:
        raise InvalidDataError({"active": _OWN_ACCESS})
    _require_another(work, user_name, "active")


def require_role_to_spare(
    work: UnitOfWork, membership_id: UUID, user_name: str, *, by: str | None
) -> None:
    """Refuse that a role ends which is the last one of an administrator.

    Of two such roles one may end: who holds it goes on by the other.
    """
    held = _administrations(work, user_name)
    if [each.id for each in held] != [membership_id]:
        return
    if user_name == by:
        raise InvalidDataError({"roles": _OWN_ROLE})
    _require_another(work, user_name, "roles")


def _administrations(work: UnitOfWork, user_name: str) -> list[Membership]:
    today = local_day(work.now)
    return [
        each
        for each in repository.memberships(work.session, user_name)
        if each.role is Role.SYSTEM_ADMIN and each.holds_on(today)
    ]


def _require_another(work: UnitOfWork, user_name: str, field: str) -> None:
    # Two who shut each other out at the same moment queue at the lock, and the
    # second one looks again when the first is done.
    names = _able(work)
    rows = select(UserRow.id).where(UserRow.name.in_(names)).order_by(UserRow.name)
    work.session.execute(rows.with_for_update())
    if _able(work) == {user_name}:
        raise InvalidDataError({field: _LAST})


def _able(work: UnitOfWork) -> set[str]:
    """Return the user names of the administrators who can sign in."""
    today = local_day(work.now)
    held = repository.holders_of(work.session, Role.SYSTEM_ADMIN, on=today)
    names = [each.name for each in held]
    keys = select(UserRow.name).where(
        UserRow.name.in_(names), UserRow.password_hash.is_not(None)
    )
    return set(work.session.scalars(keys))
