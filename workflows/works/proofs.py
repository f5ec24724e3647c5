"""Proofs that works were done: invoices and photos, kept with the case."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from engine.persistence.identity import new_id
from engine.persistence.unit_of_work import UnitOfWork
from workflows.cases.repository import case_file
from workflows.errors import InvalidDataError
from workflows.people.model import Actor
from workflows.people.rights import Action, require
from workflows.uploads.model import LARGEST_FILE, clean
from workflows.works import repository
from workflows.works.tables import ProofRow

MOST_FILES = 10
PDF = "application/pdf"
PHOTO = "image/jpeg"
_PDF_SIGN = b"%PDF-"
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProof:
    """A file that was read: a cleaned photo, or a PDF as it came in."""

    file_name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A file that was kept; its bytes are read apart."""

    id: UUID
    case_number: str
    works_list_id: UUID | None
    file_name: str
    media_type: str
    size: int
    created_at: datetime
    created_by: str


def taken_in(file_name: str, content: bytes) -> NewProof:
    """Read a file; raise ``InvalidDataError`` for what is neither PDF nor photo.

    The kind is told by the content. A large photo takes a second: do it before
    a transaction is opened.
    """
    if not content.startswith(_PDF_SIGN):
        return NewProof(
            file_name=_name(file_name, "jpg"),
            media_type=PHOTO,
            content=_photo(file_name, content),
        )
    if len(content) > LARGEST_FILE:
        limit = LARGEST_FILE // (1024 * 1024)
        sentence = f"{file_name}: de PDF is te groot, hoogstens {limit} MB."
        raise InvalidDataError({"proofs": sentence})
    name = _name(file_name, "pdf")
    return NewProof(file_name=name, media_type=PDF, content=content)


def all_taken_in(
    files: Iterable[tuple[str, Callable[[], bytes]]],
) -> tuple[NewProof, ...]:
    """Read files, given by name and how to read them, but not too many."""
    listed = list(files)
    if len(listed) > MOST_FILES:
        sentence = f"Voeg hoogstens {MOST_FILES} bestanden toe."
        raise InvalidDataError({"proofs": sentence})
    return tuple(taken_in(name, content()) for name, content in listed)


def add(
    work: UnitOfWork, case_number: str, proofs: Sequence[NewProof], *, by: Actor
) -> None:
    """Keep proofs with the newest list of works of a case.

    Raise ``ForbiddenError`` when *by* may not tell that works are done.
    """
    subject = case_file(work.session, case_number).subject
    require(by, Action.REPORT_WORKS_DONE, subject)
    works = repository.newest_row(work.session, case_number)
    for proof in proofs:
        work.session.add(
            ProofRow(
                id=new_id(work.now),
                case_number=case_number,
                works_list_id=works.id if works else None,
                file_name=proof.file_name,
                media_type=proof.media_type,
                size=len(proof.content),
                sha256=sha256(proof.content).hexdigest(),
                content=proof.content,
                created_at=work.now,
                created_by=by.name,
            )
        )
    work.session.flush()


def of_case(work: UnitOfWork, case_number: str) -> list[Proof]:
    """Return the proofs of a case in the order in which they came."""
    rows = repository.proof_rows(work.session, case_number)
    return [_to_proof(row) for row in rows]


def read(work: UnitOfWork, proof_id: UUID, *, by: Actor) -> tuple[Proof, bytes]:
    """Return a proof with its bytes; raise ``ForbiddenError`` when *by* may not."""
    row = repository.proof_row(work.session, proof_id)
    subject = case_file(work.session, row.case_number).subject
    require(by, Action.READ_UPLOAD, subject)
    return _to_proof(row), row.content


def _photo(file_name: str, content: bytes) -> bytes:
    try:
        return clean(content).content
    except InvalidDataError as error:
        sentence = f"{file_name}: {error} Een PDF kan ook."
        raise InvalidDataError({"proofs": sentence}) from error


def _name(name: str, ending: str) -> str:
    """Keep the last part of a name, without control signs, with its true ending."""
    last = name.replace("\\", "/").rsplit("/", maxsplit=1)[-1]
    stem = "".join(sign for sign in last if sign.isprintable()).rsplit(".", 1)[0]
    return f"{stem.strip()[:_LONGEST_NAME] or 'bewijs'}.{ending}"


def _to_proof(row: ProofRow) -> Proof:
    return Proof(
        id=row.id,
        case_number=row.case_number,
        works_list_id=row.works_list_id,
        file_name=row.file_name,
        media_type=row.media_type,
        size=row.size,
        created_at=row.created_at,
        created_by=row.created_by,
    )
