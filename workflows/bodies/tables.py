"""The rows of bodies."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from engine.persistence.base import Base
from workflows.bodies.model import BodyKind, CaseView
from workflows.cases.tables import CaseRow
from workflows.people.tables import OrganisationRow


class BodyRow(Base):
    """A consultation body."""

    __tablename__ = "body"

    key: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[BodyKind]
    name: Mapped[str]
    prefix: Mapped[str]
    parent_key: Mapped[str | None] = mapped_column(ForeignKey("body.key"))
    rhythm: Mapped[str | None]
    wanted_per_year: Mapped[int | None]
    legal_minimum: Mapped[int | None]
    chair: Mapped[str | None]
    secretary: Mapped[str | None]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    source: Mapped[str]
    verified: Mapped[bool]


class BodyPointRow(Base):
    """A point that the agenda of a body must hold."""

    __tablename__ = "body_point"

    body_key: Mapped[str] = mapped_column(ForeignKey(BodyRow.key), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    position: Mapped[int]
    yearly_minimum: Mapped[int]


class BodyMemberRow(Base):
    """Somebody who sits in a body for some time."""

    __tablename__ = "body_member"
    __table_args__ = (
        Index(None, "body_key"),
        Index(None, "user_name"),
        Index(None, "organisation_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    body_key: Mapped[str] = mapped_column(ForeignKey(BodyRow.key))
    name: Mapped[str]
    email: Mapped[str | None]
    user_name: Mapped[str | None]
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey(OrganisationRow.id))
    capacity: Mapped[str]
    mandated: Mapped[bool]
    must_attend: Mapped[bool]
    mandate_uri: Mapped[str | None]
    deputy_id: Mapped[UUID | None] = mapped_column(ForeignKey("body_member.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]


class PartnerRightRow(Base):
    """What an organisation may see of cases in a body."""

    __tablename__ = "partner_right"
    __table_args__ = (Index(None, "organisation_id", "body_key", unique=True),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(OrganisationRow.id))
    body_key: Mapped[str] = mapped_column(ForeignKey(BodyRow.key))
    view: Mapped[CaseView]
    shared_only: Mapped[bool]
    legal_ground: Mapped[str]
    verified: Mapped[bool]


class CaseShareRow(Base):
    """A case that an organisation may see, until that is ended."""

    __tablename__ = "case_share"
    __table_args__ = (Index(None, "case_number"), Index(None, "organisation_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_number: Mapped[str] = mapped_column(ForeignKey(CaseRow.number))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(OrganisationRow.id))
    legal_ground: Mapped[str]
    shared_at: Mapped[datetime]
    shared_by: Mapped[str]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]
