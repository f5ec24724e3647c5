"""Tokens for programs that use the REST interface in somebody's name."""

import secrets
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from sqlalchemy import or_, select, update

from engine.persistence.identity import new_id
from engine.persistence.unit_of_work import UnitOfWork
from workflows.errors import InvalidDataError
from workflows.people import repository
from workflows.people.model import Actor, ApiToken
from workflows.people.rights import Action
from workflows.people.service import active_actor
from workflows.people.sessions import digest
from workflows.people.tables import ApiTokenRow

PREFIX = "wf_"
NOTED_EVERY = timedelta(hours=1)
ALL_SCOPES = tuple(action.value for action in Action)


def issue_token(
    work: UnitOfWork,
    user_name: str,
    *,
    label: str,
    scopes: Iterable[str] = ALL_SCOPES,
    lifetime: timedelta | None = None,
) -> str:
    """Make a token; its text is returned once and never again.

    *scopes* are actions of ``rights``; a token never gives more than its
    owner may.
    """
    repository.user_row(work.session, user_name)
    wanted = sorted(set(scopes))
    unknown = [scope for scope in wanted if scope not in ALL_SCOPES]
    if unknown:
        sentence = f"Deze rechten bestaan niet: {', '.join(unknown)}."
        raise InvalidDataError({"scopes": sentence})
    token = PREFIX + secrets.token_urlsafe(32)
    row = ApiTokenRow(
        id=new_id(work.now),
        user_name=user_name,
        label=label,
        token_hash=digest(token),
        scopes=wanted,
        created_at=work.now,
        expires_at=None if lifetime is None else work.now + lifetime,
    )
    work.session.add(row)
    work.session.flush()
    return token


def token_actor(work: UnitOfWork, token: str) -> tuple[Actor, frozenset[str]] | None:
    """Return whose token this is, with its scopes; None when it doesn't hold."""
    query = select(ApiTokenRow).where(
        ApiTokenRow.token_hash == digest(token),
        ApiTokenRow.revoked_at.is_(None),
        or_(ApiTokenRow.expires_at.is_(None), ApiTokenRow.expires_at > work.now),
    )
    row = work.session.scalar(query)
    found = None if row is None else active_actor(work, row.user_name)
    if row is None or found is None:
        return None
    return found, frozenset(row.scopes)


def tokens_of(work: UnitOfWork, user_name: str) -> list[ApiToken]:
    """Return the tokens of a user that are not revoked, the newest first."""
    query = (
        select(ApiTokenRow)
        .where(ApiTokenRow.user_name == user_name, ApiTokenRow.revoked_at.is_(None))
        .order_by(ApiTokenRow.created_at.desc())
    )
    return [_to_token(row) for row in work.session.scalars(query)]


def needs_note(work: UnitOfWork, token: str) -> bool:
    """Tell whether the use of a token was last noted an hour ago or more."""
    query = select(ApiTokenRow.id).where(
        ApiTokenRow.token_hash == digest(token),
        or_(
            ApiTokenRow.last_used_at.is_(None),
            ApiTokenRow.last_used_at <= work.now - NOTED_EVERY,
        ),
    )
    return work.session.scalar(query) is not None


def note_use(work: UnitOfWork, token: str) -> None:
    """Note that a token was used now."""
    statement = update(ApiTokenRow).where(ApiTokenRow.token_hash == digest(token))
    work.session.execute(statement.values(last_used_at=work.now))


def revoke_token(work: UnitOfWork, user_name: str, token_id: UUID) -> None:
    """End one token of a user."""
    statement = (
        update(ApiTokenRow)
        .where(ApiTokenRow.id == token_id, ApiTokenRow.user_name == user_name)
        .values(revoked_at=work.now)
    )
    work.session.execute(statement)


def _to_token(row: ApiTokenRow) -> ApiToken:
    return ApiToken(
        id=row.id,
        user_name=row.user_name,
        label=row.label,
        scopes=tuple(row.scopes),
        created_at=row.created_at,
        last_used_at=row.last_used_at,
        expires_at=row.expires_at,
    )
