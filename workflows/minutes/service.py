"""Use cases of minutes: laid before the members, approved, sent, noted."""

from collections.abc import Iterable
from datetime import date, datetime

from engine.mail import Attachment
from engine.persistence.unit_of_work import UnitOfWork
from engine.registry import ServiceCall
from workflows.actions import service as actions
from workflows.actions.service import NewAction, NewDecision
from workflows.bodies.contacts import people_of
from workflows.bodies.model import Contact
from workflows.bodies.service import subject_of
from workflows.calendar import day_in_words, local_day
from workflows.city import service as city
from workflows.errors import InvalidDataError
from workflows.meetings import checks, dates, mails, repository
from workflows.meetings.model import Meeting
from workflows.meetings.service import add_line
from workflows.minutes import contents
from workflows.minutes.audiences import Copy, copies
from workflows.minutes.export import linked_data
from workflows.minutes.model import DraftAction
from workflows.minutes.reading import Record, record_of
from workflows.minutes.repository import draft_actions_of, minutes_row
from workflows.papers import repository as papers
from workflows.papers import service as paper_service
from workflows.papers.model import CITY, PaperKind
from workflows.papers.service import PaperDraft
from workflows.people import repository as people
from workflows.people import service as people_service
from workflows.people.rights import Action, require
from workflows.work_groups import repository as work_groups

SUBJECT = "minutes"


def open_comments(work: UnitOfWork, number: str, *, by: str) -> datetime:
    """Lay the draft before the members; return until when they may comment.

    Refused while the minutes say nothing of a point.
    """
    checks.require(checks.without_words, work, number, "minutes_ready")
    row = minutes_row(work.session, number)
    until, told = dates.comments_end(work.now, settings=city.values(work))
    row.comments_opened_at = work.now
    row.comments_until = until
    row.comments_told = told
    work.session.flush()
    meeting = repository.meeting(work.session, number)
    mails.write(
        work,
        meeting,
        "draft",
        people_of(work, meeting.body_key, "members"),
        subject=SUBJECT,
        until=day_in_words(local_day(until), weekday=True),
    )
    text = "Ontwerp van verslag voorgelegd aan de leden."
    add_line(work, number, by=by, text=text)
    return until


def approve(call: ServiceCall, number: str) -> None:
    """Lock the minutes as their chair; record decisions and start action points."""
    work, by = call.work, call.actor
    meeting = repository.meeting(work.session, number)
    actor = people_service.actor(work, by)
    require(actor, Action.APPROVE_MINUTES, subject_of(work, meeting.body_key))
    # Waits for who writes in them, and lets nobody write any more.
    repository.locked_row(work.session, number)
    row = minutes_row(work.session, number)
    if row.approved_at is not None:
        return
    _record_decisions(work, meeting, by=by)
    for draft in draft_actions_of(work.session, number):
        actions.add_from(call, _action_of(meeting, draft))
    row.approved_at = work.now
    row.approved_by = by
    work.session.flush()
    add_line(work, number, by=by, text="Verslag goedgekeurd; het ligt nu vast.")


def send(work: UnitOfWork, number: str, *, by: str) -> None:
    """Make the minutes as PDF and as data, and mail them to whom they are for."""
    record = record_of(work, number)
    for copy in copies(work, record):
        _send_copy(work, record.meeting, copy, by=by)
    draft = PaperDraft(
        kind=PaperKind.MINUTES_EXPORT,
        audience=CITY,
        title=f"Verslag {number} als gegevens",
        file_name=f"verslag-{number}.jsonld",
        data=linked_data(record),
    )
    paper_service.make(work, number, draft, by=by)
    minutes_row(work.session, number).sent_at = work.now
    work.session.flush()
    text = "Verslag verzonden aan de leden en aan Wonen in Vlaanderen."
    add_line(work, number, by=by, text=text)


def make_note(work: UnitOfWork, number: str, *, by: str) -> None:
    """Make the note with which the college takes note of a meeting."""
    record = record_of(work, number)
    groups = work_groups.founded_in(work.session, number)
    names = {
        group.responsible: people.full_name(work.session, group.responsible)
        for group in groups
    }
    draft = PaperDraft(
        kind=PaperKind.COLLEGE_NOTE,
        audience=CITY,
        title=f"Nota voor het college over {number}",
        file_name=f"collegenota-{number}.pdf",
        data=contents.note_data(record, groups, names),
    )
    paper_service.make(work, number, draft, by=by)
    add_line(work, number, by=by, text="Nota voor het college gemaakt.")


def note(
    work: UnitOfWork, number: str, *, on: date, reference: str, by: str
) -> list[str]:
    """Note that the college took note; return the work groups that it concerns."""
    problem = noting_problem(work, number, on)
    if problem is not None:
        raise InvalidDataError({"noted_on": problem})
    row = minutes_row(work.session, number)
    row.noted_on = on
    row.decision_reference = reference.strip()
    row.noted_by = by
    work.session.flush()
    text = f"Het college nam kennis op {day_in_words(on)} ({reference.strip()})."
    add_line(work, number, by=by, text=text)
    founded = work_groups.founded_in(work.session, number)
    return [group.question_number for group in founded]


def noting_problem(work: UnitOfWork, number: str, on: date) -> str | None:
    """Tell what is wrong with the day on which the college would have taken note."""
    meeting = repository.meeting(work.session, number)
    if on < local_day(meeting.starts_at):
        return "Het college kan niet vóór de vergadering kennis nemen."
    if on > local_day(work.now):
        return "Deze dag moet nog komen: noteer de kennisname als ze er is."
    return None


def _record_decisions(work: UnitOfWork, meeting: Meeting, *, by: str) -> None:
    for point in repository.points_of(work.session, meeting.number):
        if point.decision:
            decision = NewDecision(
                body_key=meeting.body_key,
                meeting_number=meeting.number,
                title=point.title,
                text=point.decision,
                point_id=point.id,
                case_number=point.case_number,
                decided_on=local_day(meeting.starts_at),
            )
            actions.decide(work, decision, by=by)


def _action_of(meeting: Meeting, draft: DraftAction) -> NewAction:
    return NewAction(
        body_key=meeting.body_key,
        text=draft.text,
        owner=draft.owner,
        owner_name=draft.owner_name,
        due_on=draft.due_on,
        meeting_number=meeting.number,
        point_id=draft.point_id,
        case_number=draft.case_number,
    )


def _send_copy(work: UnitOfWork, meeting: Meeting, copy: Copy, *, by: str) -> None:
    draft = PaperDraft(
        kind=PaperKind.MINUTES,
        audience=copy.audience,
        title=_title(copy.record, copy.audience_name),
        file_name=f"verslag-{meeting.number}.pdf",
        data=contents.minutes_data(copy.record),
    )
    paper = paper_service.make(work, meeting.number, draft, by=by)
    attachment = Attachment(
        name=paper.file_name,
        media_type=paper.media_type,
        content=papers.content(work.session, paper.id),
    )
    _mail(work, meeting, copy.readers, attachment)


def _mail(
    work: UnitOfWork, meeting: Meeting, to: Iterable[Contact], paper: Attachment
) -> None:
    mails.write(work, meeting, "sent", to, subject=SUBJECT, attachments=(paper,))


def _title(record: Record, audience_name: str) -> str:
    title = f"Verslag van {record.meeting.number}"
    return f"{title} voor {audience_name}" if audience_name else title
