"""The rows of people, organisations and their means of access."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.persistence.base import Base
from engine.persistence.types import JsonText
from workflows.people.model import OrganisationKind, Role


class OrganisationRow(Base):
    """A body; its names are rows of their own."""

    __tablename__ = "organisation"
    __table_args__ = (UniqueConstraint("enterprise_number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[OrganisationKind]
    enterprise_number: Mapped[str | None]
    email: Mapped[str | None]


class OrganisationNameRow(Base):
    """A name with the time that it was borne."""

    __tablename__ = "organisation_name"

    organisation_id: Mapped[UUID] = mapped_column(
        ForeignKey("organisation.id"), primary_key=True
    )
    starts_on: Mapped[date] = mapped_column(primary_key=True)
    ends_on: Mapped[date | None]
    name: Mapped[str]


class UserRow(Base):
    """An account; the password is an argon2 hash, or absent."""

    __tablename__ = "user_account"
    __table_args__ = (UniqueConstraint("name"), Index(None, "email"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    full_name: Mapped[str]
    email: Mapped[str]
    password_hash: Mapped[str | None]
    active: Mapped[bool]
    deputy: Mapped[str | None]
    created_at: Mapped[datetime]


class MembershipRow(Base):
    """A role of a user in an organisation, for a time."""

    __tablename__ = "membership"
    __table_args__ = (
        Index(None, "user_name"),
        Index(None, "role"),
        Index(None, "organisation_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    user_name: Mapped[str] = mapped_column(ForeignKey("user_account.name"))
    role: Mapped[Role]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]


class UserSessionRow(Base):
    """A sign-in; only the hash of its token is known here."""

    __tablename__ = "user_session"
    __table_args__ = (UniqueConstraint("token_hash"), Index(None, "user_name"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    user_name: Mapped[str] = mapped_column(ForeignKey("user_account.name"))
    token_hash: Mapped[str]
    device: Mapped[str]
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class LoginThrottleRow(Base):
    """Failed sign-ins under a key: a user name or a network address."""

    __tablename__ = "login_throttle"

    key: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]
    last_failed_at: Mapped[datetime]
    blocked_until: Mapped[datetime | None]


class ApiTokenRow(Base):
    """A token for programs; only its hash is known here."""

    __tablename__ = "api_token"
    __table_args__ = (UniqueConstraint("token_hash"), Index(None, "user_name"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    user_name: Mapped[str] = mapped_column(ForeignKey("user_account.name"))
    label: Mapped[str]
    token_hash: Mapped[str]
    scopes: Mapped[list[str]] = mapped_column(JsonText)
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
