"""Use cases of packs: made for each audience, mailed, read on a page."""

from uuid import UUID

from engine.mail import Attachment
from engine.persistence.unit_of_work import UnitOfWork
from workflows.bodies.contacts import people_of
from workflows.bodies.model import Contact
from workflows.bodies.service import subject_of
from workflows.city.service import city
from workflows.errors import ForbiddenError
from workflows.meetings import mails, repository
from workflows.meetings.model import Meeting
from workflows.packs.audiences import Audience, audiences, partner
from workflows.packs.contents import pack_of
from workflows.packs.model import Pack
from workflows.packs.sources import Sources
from workflows.papers import repository as papers
from workflows.papers import service as paper_service
from workflows.papers.model import CITY, Paper, PaperKind
from workflows.papers.service import PaperDraft
from workflows.people.model import Actor
from workflows.people.rights import Action, reads_all_cases, require
from workflows.planning import calendar_file
from workflows.planning.repository import entry_of

SUBJECT = "packs"


def make_all(work: UnitOfWork, meeting_number: str, *, by: str) -> list[Paper]:
    """Make the pack of a meeting for each audience, and mail it with the invitation.

    Who was invited before, for another date, reads that it moved.
    """
    sources = Sources(work, meeting_number)
    meeting = sources.meeting
    made = []
    for audience in audiences(work, meeting.body_key):
        paper = _make(sources, audience, by=by)
        _invite(work, meeting, audience, paper)
        made.append(paper)
    return made


def read_pack(
    work: UnitOfWork,
    meeting_number: str,
    *,
    by: Actor,
    organisation_id: UUID | None = None,
) -> Pack:
    """Return the pack as *by* may see it now.

    The city may look through the eyes of the partner *organisation_id*.
    """
    meeting = repository.meeting(work.session, meeting_number)
    require(by, Action.READ_MEETING, subject_of(work, meeting.body_key))
    return pack_of(Sources(work, meeting_number), _eyes(work, by, organisation_id))


def onlookers(work: UnitOfWork, meeting_number: str) -> list[Audience]:
    """Return for whom packs of a meeting are made, the city first."""
    meeting = repository.meeting(work.session, meeting_number)
    return audiences(work, meeting.body_key)


def withdrawal(work: UnitOfWork, meeting: Meeting) -> tuple[Attachment, ...]:
    """Return the file that takes a cancelled meeting out of the calendars."""
    return _calendar(work, meeting, ())


def _eyes(work: UnitOfWork, by: Actor, organisation_id: UUID | None) -> Audience:
    if reads_all_cases(by):
        if organisation_id is not None:
            return partner(work, organisation_id)
        return Audience(key=CITY, name="", organisation_ids=None)
    if organisation_id is not None and organisation_id not in by.organisation_ids:
        sentence = "Deze bundel is voor een andere partner gemaakt."
        raise ForbiddenError(Action.READ_MEETING, sentence)
    own = tuple(sorted(by.organisation_ids))
    return Audience(key="", name="", organisation_ids=own)


def _make(sources: Sources, audience: Audience, *, by: str) -> Paper:
    pack = pack_of(sources, audience)
    number = sources.number
    title = f"Agendabundel {number}"
    draft = PaperDraft(
        kind=PaperKind.AGENDA_PACK,
        audience=audience.key,
        title=f"{title} voor {audience.name}" if audience.name else title,
        file_name=f"agendabundel-{number.casefold()}.pdf",
        data=pack.as_data(),
    )
    return paper_service.make(sources.work, number, draft, by=by)


def _invite(
    work: UnitOfWork, meeting: Meeting, audience: Audience, paper: Paper
) -> None:
    row = repository.meeting_row(work.session, meeting.number)
    content = papers.content(work.session, paper.id)
    bundle = Attachment(
        name=paper.file_name, media_type=paper.media_type, content=content
    )
    for reader in audience.readers:
        mails.write(
            work,
            meeting,
            "invitation" if row.invited_for is None else "moved",
            [reader],
            subject=SUBJECT,
            attachments=(bundle, *_calendar(work, meeting, (reader,))),
            contact=city(work).contact,
        )


def _calendar(
    work: UnitOfWork, meeting: Meeting, attendees: tuple[Contact, ...]
) -> tuple[Attachment, ...]:
    """Make the calendar file: it holds the body, the number and the place only.

    An invitation needs somebody who sends it: without him there is no file.
    """
    entry = entry_of(work.session, meeting.number, site="")
    return tuple(
        Attachment(
            name="uitnodiging.ics",
            media_type=calendar_file.invitation_type(entry),
            content=calendar_file.invitation(
                entry, organizer=organizer, attendees=attendees
            ),
        )
        for organizer in people_of(work, meeting.body_key, "secretary")[:1]
    )
