"""Use cases of documents."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from engine.persistence.identity import new_id
from engine.persistence.unit_of_work import UnitOfWork
from workflows.calendar import day_in_words, local_day
from workflows.cases.repository import case_file, case_row
from workflows.city.service import city
from workflows.documents import repository
from workflows.documents.model import Document, DocumentKind
from workflows.documents.tables import DocumentRow
from workflows.documents.typesetting import typeset
from workflows.people.model import Actor
from workflows.people.rights import Action, require


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a document is made of; *pictures* maps names in *data* to bytes."""

    case_number: str
    kind: DocumentKind
    title: str
    file_name: str
    data: Mapping[str, object]
    pictures: Mapping[str, bytes] = field(default_factory=dict)


def make(work: UnitOfWork, draft: Draft, *, by: str) -> Document:
    """Make a PDF and keep it with its hash and with what it was made of."""
    data = {**_letterhead(work, draft.case_number), **draft.data}
    made = typeset(draft.kind, data, at=work.now, pictures=draft.pictures)
    row = DocumentRow(
        id=new_id(work.now),
        case_number=draft.case_number,
        kind=draft.kind,
        title=draft.title,
        file_name=draft.file_name,
        content=made.content,
        size=len(made.content),
        sha256=made.sha256,
        data=data,
        template_hash=made.template_hash,
        created_at=work.now,
        created_by=by,
    )
    work.session.add(row)
    work.session.flush()
    return repository.document(work.session, row.id)


def read(work: UnitOfWork, document_id: UUID, *, by: Actor) -> tuple[Document, bytes]:
    """Return a document with its bytes; raise ``ForbiddenError`` when *by* may not."""
    document = repository.document(work.session, document_id)
    subject = case_file(work.session, document.case_number).subject
    require(by, Action.READ_DOCUMENT, subject)
    return document, repository.content(work.session, document_id)


def _letterhead(work: UnitOfWork, case_number: str) -> dict[str, object]:
    """Return what each document bears: city, case, address, date."""
    here = city(work)
    today = local_day(work.now)
    return {
        "city": {"name": here.name, "sender": here.sender, "contact": here.contact},
        "case_number": case_number,
        "address": case_row(work.session, case_number).address,
        "made": {
            "year": today.year,
            "month": today.month,
            "day": today.day,
            "text": day_in_words(today),
        },
    }
