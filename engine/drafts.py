"""Use cases of drafts: a bundle that somebody changes before it is taken into use.

A bundle has one draft at most. It begins as a copy of the version in use; it is
taken into use like any bundle, by ``engine.definitions.deploy(draft.bundle)``.
"""

from collections.abc import Mapping

from engine.errors import NotFoundError
from engine.model import Draft
from engine.persistence.repositories.definitions import KIND, DefinitionRepository
from engine.persistence.repositories.drafts import DraftRepository
from engine.persistence.unit_of_work import UnitOfWork

_DRAFT = "Ontwerp van de bundel"


def open_draft(work: UnitOfWork, key: str, *, by: str) -> Draft:
    """Return the draft of a bundle, begun from the version in use if there was none."""
    known = DraftRepository(work.session).find(key)
    if known is not None:
        return known
    definitions = DefinitionRepository(work.session)
    latest = definitions.latest(key)
    if latest is None:
        raise NotFoundError(KIND, key)
    bundle = definitions.bundle(latest.content_hash)
    DraftRepository(work.session).begin(bundle, by=by, at=work.now)
    return draft_of(work, key)


def find_draft(work: UnitOfWork, key: str) -> Draft | None:
    """Return the draft of a bundle, or nothing."""
    return DraftRepository(work.session).find(key)


def draft_of(work: UnitOfWork, key: str) -> Draft:
    """Return the draft of a bundle; raise ``NotFoundError`` without one."""
    found = DraftRepository(work.session).find(key)
    if found is None:
        raise NotFoundError(_DRAFT, key)
    return found


def put_files(
    work: UnitOfWork, key: str, files: Mapping[str, bytes], *, by: str
) -> Draft:
    """Replace files of a draft, or add them."""
    draft = draft_of(work, key)
    for name, content in files.items():
        DraftRepository(work.session).put(draft, name, content, by, work.now)
    return draft_of(work, key)


def discard_draft(work: UnitOfWork, key: str) -> None:
    """Forget a draft; the version in use stays as it is."""
    DraftRepository(work.session).drop(key)


def is_behind(work: UnitOfWork, draft: Draft) -> bool:
    """Tell whether another version was taken into use since the draft began."""
    latest = DefinitionRepository(work.session).latest(draft.key)
    return latest is not None and latest.content_hash != draft.based_on


def changed_files(work: UnitOfWork, draft: Draft) -> list[str]:
    """Name the files that differ from the version on which the draft is based."""
    if draft.based_on is None:
        return [file.name for file in draft.files]
    base = DefinitionRepository(work.session).bundle(draft.based_on).files
    return [file.name for file in draft.files if base.get(file.name) != file.content]
