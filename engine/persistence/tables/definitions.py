"""Bundles, their files, their drafts and the events that start them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from engine.persistence.base import Base


class ContentRow(Base):
    """A file, once per content."""

    __tablename__ = "content"

    hash: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class BundleRow(Base):
    """The content of a bundle; never changed."""

    __tablename__ = "bundle"

    hash: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str]


class BundleVersionRow(Base):
    """A deployment: version *version* of bundle *key* is this content."""

    __tablename__ = "bundle_version"
    __table_args__ = (Index(None, "bundle_hash"),)

    key: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    bundle_hash: Mapped[str] = mapped_column(ForeignKey(BundleRow.hash))
    deployed_at: Mapped[datetime]
    deployed_by: Mapped[str]


class BundleFileRow(Base):
    """A file of a bundle."""

    __tablename__ = "bundle_file"

    bundle_hash: Mapped[str] = mapped_column(
        ForeignKey(BundleRow.hash), primary_key=True
    )
    name: Mapped[str] = mapped_column(primary_key=True)
    content_hash: Mapped[str] = mapped_column(ForeignKey(ContentRow.hash))


class BundleProcessRow(Base):
    """A process that a bundle can run; finds the bundle of a called process."""

    __tablename__ = "bundle_process"
    __table_args__ = (Index(None, "process_id"),)

    bundle_hash: Mapped[str] = mapped_column(
        ForeignKey(BundleRow.hash), primary_key=True
    )
    process_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]


class BundleDraftRow(Base):
    """A file of a bundle that somebody is still working on."""

    __tablename__ = "bundle_draft"

    bundle_key: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    based_on: Mapped[str | None]
    edited_at: Mapped[datetime]
    edited_by: Mapped[str]


class StartEventRow(Base):
    """An event that begins a process of the newest version of a bundle.

    *kind* is ``message``, ``signal`` or ``timer``; the moments of a timer
    start are rows of ``timer``.
    """

    __tablename__ = "start_event"
    __table_args__ = (Index(None, "kind", "name"), Index(None, "bundle_key"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    bundle_key: Mapped[str]
    bundle_hash: Mapped[str] = mapped_column(ForeignKey(BundleRow.hash))
    process_id: Mapped[str]
    element_id: Mapped[str]
    kind: Mapped[str]
    name: Mapped[str]
