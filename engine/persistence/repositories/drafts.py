"""Drafts: the files of a bundle that somebody is still working on."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from engine.model import Bundle, Draft, DraftFile
from engine.persistence.tables.definitions import BundleDraftRow


class DraftRepository:
    """Keeps one draft per bundle."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, key: str) -> Draft | None:
        """Return the draft of a bundle, if there is one."""
        query = (
            select(BundleDraftRow)
            .where(BundleDraftRow.bundle_key == key)
            .order_by(BundleDraftRow.name)
        )
        rows = self._session.scalars(query).all()
        if not rows:
            return None
        files = tuple(
            DraftFile(
                name=row.name,
                content=row.content,
                edited_at=row.edited_at,
                edited_by=row.edited_by,
            )
            for row in rows
        )
        return Draft(key=key, based_on=rows[0].based_on, files=files)

    def begin(self, bundle: Bundle, *, by: str, at: datetime) -> None:
        """Copy the files of *bundle*, on which the draft is based."""
        self._session.add_all(
            BundleDraftRow(
                bundle_key=bundle.key,
                name=name,
                content=content,
                based_on=bundle.content_hash,
                edited_at=at,
                edited_by=by,
            )
            for name, content in bundle.files.items()
        )
        self._session.flush()

    def put(
        self, draft: Draft, name: str, content: bytes, by: str, at: datetime
    ) -> None:
        """Replace a file of a draft, or add one."""
        row = self._session.get(BundleDraftRow, (draft.key, name))
        if row is None:
            row = BundleDraftRow(
                bundle_key=draft.key, name=name, based_on=draft.based_on
            )
            self._session.add(row)
        row.content = content
        row.edited_at = at
        row.edited_by = by
        self._session.flush()

    def drop(self, key: str) -> None:
        """Forget the draft of a bundle."""
        self._session.execute(
            delete(BundleDraftRow).where(BundleDraftRow.bundle_key == key)
        )
