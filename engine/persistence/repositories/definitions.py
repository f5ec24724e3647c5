"""Bundles: contents by hash, versions by key, and what starts by itself."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from sqlalchemy import delete, func, insert, select, text
from sqlalchemy.orm import Session

from engine.errors import NotFoundError
from engine.model import Bundle, Deployment
from engine.persistence.identity import new_id
from engine.persistence.repositories.start_events import StartTimer
from engine.persistence.tables.definitions import (
    BundleFileRow,
    BundleProcessRow,
    BundleRow,
    BundleVersionRow,
    ContentRow,
    StartEventRow,
)
from engine.ports import CompiledBundle, StartEvent

KIND = "Bundel"
VERSION = (
    BundleVersionRow.key,
    BundleVersionRow.version,
    BundleVersionRow.bundle_hash.label("content_hash"),
    BundleVersionRow.deployed_at,
    BundleVersionRow.deployed_by,
)


class DefinitionRepository:
    """Stores bundles and finds them again."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def lock_deployments(self) -> None:
        """Let deployments queue: two at once would both be the next version."""
        if self._session.get_bind().dialect.name == "postgresql":
            self._session.execute(text("SELECT pg_advisory_xact_lock(77290001)"))

    def latest(self, key: str) -> Deployment | None:
        """Return the newest version of a bundle."""
        statement = (
            select(*VERSION)
            .where(BundleVersionRow.key == key)
            .order_by(BundleVersionRow.version.desc())
            .limit(1)
        )
        row = self._session.execute(statement).mappings().one_or_none()
        return None if row is None else Deployment(**row)

    def all_latest(self) -> list[Deployment]:
        """Return the newest version of each bundle, by key."""
        newest = (
            select(BundleVersionRow.key, func.max(BundleVersionRow.version).label("v"))
            .group_by(BundleVersionRow.key)
            .subquery()
        )
        statement = (
            select(*VERSION)
            .join(
                newest,
                (newest.c.key == BundleVersionRow.key)
                & (newest.c.v == BundleVersionRow.version),
            )
            .order_by(BundleVersionRow.key)
        )
        rows = self._session.execute(statement).mappings()
        return [Deployment(**row) for row in rows]

    def versions(self, key: str) -> list[Deployment]:
        """Return all versions of a bundle, newest first."""
        statement = (
            select(*VERSION)
            .where(BundleVersionRow.key == key)
            .order_by(BundleVersionRow.version.desc())
        )
        rows = self._session.execute(statement).mappings()
        return [Deployment(**row) for row in rows]

    def bundle(self, content_hash: str) -> Bundle:
        """Return the files of a content; raise ``NotFoundError`` when unknown."""
        key = self._session.scalar(
            select(BundleRow.key).where(BundleRow.hash == content_hash)
        )
        if key is None:
            raise NotFoundError(KIND, content_hash)
        files = (
            select(BundleFileRow.name, ContentRow.content)
            .join(ContentRow, ContentRow.hash == BundleFileRow.content_hash)
            .where(BundleFileRow.bundle_hash == content_hash)
        )
        found = {name: content for name, content in self._session.execute(files)}  # noqa: C416
        return Bundle(key=key, files=found)

    def with_process(self, process_id: str) -> str | None:
        """Return the hash of the bundle that was last deployed with a process."""
        statement = (
            select(BundleVersionRow.bundle_hash)
            .join(
                BundleProcessRow,
                BundleProcessRow.bundle_hash == BundleVersionRow.bundle_hash,
            )
            .where(BundleProcessRow.process_id == process_id)
            .order_by(BundleVersionRow.deployed_at.desc(), BundleVersionRow.key)
            .limit(1)
        )
        return self._session.scalar(statement)

    def add_content(self, bundle: Bundle, compiled: CompiledBundle) -> None:
        """Store the content of a bundle, unless it is known already."""
        known = select(BundleRow.hash).where(BundleRow.hash == bundle.content_hash)
        if self._session.scalar(known) is not None:
            return
        values = {"hash": bundle.content_hash, "key": bundle.key}
        self._session.execute(insert(BundleRow), values)
        self._add_files(bundle)
        processes = [
            {"bundle_hash": bundle.content_hash, "process_id": key, "name": name}
            for key, name in compiled.processes.items()
        ]
        if processes:
            self._session.execute(insert(BundleProcessRow), processes)

    def _add_files(self, bundle: Bundle) -> None:
        contents = {sha256(c).hexdigest(): c for c in bundle.files.values()}
        known = set(
            self._session.scalars(
                select(ContentRow.hash).where(ContentRow.hash.in_(contents))
            )
        )
        new = [{"hash": h, "content": contents[h]} for h in contents if h not in known]
        if new:
            self._session.execute(insert(ContentRow), new)
        files = [
            {
                "bundle_hash": bundle.content_hash,
                "name": name,
                "content_hash": sha256(content).hexdigest(),
            }
            for name, content in bundle.files.items()
        ]
        self._session.execute(insert(BundleFileRow), files)

    def add_version(self, deployment: Deployment) -> None:
        """Make a content the newest version of its key."""
        values = {
            "key": deployment.key,
            "version": deployment.version,
            "bundle_hash": deployment.content_hash,
            "deployed_at": deployment.deployed_at,
            "deployed_by": deployment.deployed_by,
        }
        self._session.execute(insert(BundleVersionRow), values)

    def replace_start_events(
        self, deployment: Deployment, events: Iterable[StartEvent], now: datetime
    ) -> list[StartTimer]:
        """Let only the newest version start by itself; return its timers."""
        of_bundle = StartEventRow.bundle_key == deployment.key
        self._session.execute(delete(StartEventRow).where(of_bundle))
        keyed = [(new_id(now), event) for event in events]
        rows = [
            {
                "id": key,
                "bundle_key": deployment.key,
                "bundle_hash": deployment.content_hash,
                "process_id": event.process_id,
                "element_id": event.element_id,
                "kind": event.kind,
                "name": event.name,
            }
            for key, event in keyed
        ]
        if rows:
            self._session.execute(insert(StartEventRow), rows)
        return [
            StartTimer(
                id=key,
                bundle_key=deployment.key,
                bundle_hash=deployment.content_hash,
                process_id=event.process_id,
                element_id=event.element_id,
                rule=event.name,
            )
            for key, event in keyed
            if event.kind == "timer"
        ]
