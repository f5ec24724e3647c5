"""Use cases of papers: made, kept, read by whom they are for."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from engine.persistence.identity import new_id
from engine.persistence.unit_of_work import UnitOfWork
from workflows.bodies.service import subject_of
from workflows.calendar import day_in_words, local_day
from workflows.city.service import city
from workflows.documents.typesetting import Typeset, typeset
from workflows.errors import ForbiddenError
from workflows.meetings import repository as meetings
from workflows.papers import repository
from workflows.papers.model import CITY, MEMBERS, Paper, PaperKind
from workflows.papers.tables import PaperRow
from workflows.people.model import Actor
from workflows.people.rights import Action, reads_all_cases, require

_AS_DATA = frozenset({PaperKind.MINUTES_EXPORT})
_PDF, _JSON_LD = "application/pdf", "application/ld+json"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperDraft:
    """What a paper is made of; *audience* tells who may read it."""

    kind: PaperKind
    audience: str
    title: str
    file_name: str
    data: Mapping[str, object]


def make(work: UnitOfWork, meeting_number: str, draft: PaperDraft, *, by: str) -> Paper:
    """Make a paper and keep it with its hash and with what it was made of."""
    data = {**_letterhead(work, meeting_number), **draft.data}
    made = (
        _as_json(draft.data) if draft.kind in _AS_DATA else _as_pdf(work, draft, data)
    )
    row = PaperRow(
        id=new_id(work.now),
        meeting_number=meeting_number,
        kind=draft.kind,
        audience=draft.audience,
        title=draft.title,
        file_name=draft.file_name,
        media_type=_JSON_LD if draft.kind in _AS_DATA else _PDF,
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
    return repository.paper(work.session, row.id)


def read(work: UnitOfWork, paper_id: UUID, *, by: Actor) -> tuple[Paper, bytes]:
    """Return a paper with its bytes; raise ``ForbiddenError`` when *by* may not."""
    paper = repository.paper(work.session, paper_id)
    meeting = meetings.meeting(work.session, paper.meeting_number)
    require(by, Action.READ_MEETING, subject_of(work, meeting.body_key))
    if not is_for(paper, by):
        sentence = "Dit stuk is voor een ander lid van het overleg gemaakt."
        raise ForbiddenError(Action.READ_MEETING, sentence)
    return paper, repository.content(work.session, paper_id)


def readable(work: UnitOfWork, meeting_number: str, *, by: Actor) -> list[Paper]:
    """Return the papers of a meeting that *by* may read, the newest first."""
    return [
        each
        for each in repository.papers_of(work.session, meeting_number)
        if is_for(each, by)
    ]


def is_for(paper: Paper, actor: Actor) -> bool:
    """Tell whether *actor* belongs to the audience.

    Who reads the cases of the city reads everything.
    """
    if paper.audience == MEMBERS or reads_all_cases(actor):
        return True
    own = {str(each) for each in actor.organisation_ids}
    return paper.audience != CITY and paper.audience in own


def _as_pdf(work: UnitOfWork, draft: PaperDraft, data: Mapping[str, object]) -> Typeset:
    return typeset(draft.kind, data, at=work.now)


def _as_json(data: Mapping[str, object]) -> Typeset:
    content = json.dumps(data, ensure_ascii=False, indent=2).encode()
    return Typeset(
        content=content, sha256=sha256(content).hexdigest(), template_hash=""
    )


def _letterhead(work: UnitOfWork, meeting_number: str) -> dict[str, object]:
    """Return what each paper bears: city, meeting, date."""
    here = city(work)
    today = local_day(work.now)
    return {
        "city": {"name": here.name, "sender": here.sender, "contact": here.contact},
        "reference": {"label": "Vergadering", "number": meeting_number},
        "made": {
            "year": today.year,
            "month": today.month,
            "day": today.day,
            "text": day_in_words(today),
        },
    }
