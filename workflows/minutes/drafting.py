"""What the secretary writes in minutes: texts, actions, comments of members."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from engine.persistence.identity import new_id
from engine.persistence.unit_of_work import UnitOfWork
from workflows.actions.service import NewAction, check_new
from workflows.bodies.service import subject_of
from workflows.calendar import local_day, moment_in_words
from workflows.errors import InvalidDataError, NotAllowedNowError
from workflows.meetings import repository as meetings
from workflows.meetings.guards import require_open
from workflows.meetings.service import add_line
from workflows.minutes import repository
from workflows.minutes.model import DraftAction
from workflows.minutes.tables import DraftActionRow, MinutesCommentRow
from workflows.people import repository as people
from workflows.people.model import Actor, Role, User
from workflows.people.rights import Action, require

LONGEST_COMMENT = 4000
OWNERS = (Role.ADMIN, Role.INSPECTOR, Role.HEAD_OF_SERVICE, Role.ALDERMAN)
"""The roles whose people get an action point in their list of tasks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDraftAction:
    """An action point for draft minutes.

    *owner* is a user name; without one, *owner_name* names somebody without an
    account.
    """

    text: str
    due_on: date | None
    owner: str | None = None
    owner_name: str = ""


def add_action(
    work: UnitOfWork, point_id: UUID, new: NewDraftAction, *, by: Actor
) -> DraftAction:
    """Write an action point with a point; it starts when the minutes are approved."""
    require(by, Action.RUN_MEETING)
    point = meetings.point_row(work.session, point_id)
    meeting = meetings.locked_row(work.session, point.meeting_number)
    require_open(work, meeting)
    if new.due_on is None:
        raise InvalidDataError({"due_on": "Kies tegen wanneer het gedaan moet zijn."})
    owner_name = new.owner_name
    if new.owner is not None:
        owner_name = _staff_name(work, new.owner)
    checked = NewAction(
        body_key=meeting.body_key,
        text=new.text,
        owner=new.owner,
        owner_name=owner_name,
        due_on=new.due_on,
    )
    check_new(work, checked)
    row = DraftActionRow(
        id=new_id(work.now),
        meeting_number=point.meeting_number,
        point_id=point_id,
        text=new.text.strip(),
        owner=new.owner,
        owner_name=owner_name.strip(),
        due_on=new.due_on,
        case_number=point.case_number,
    )
    work.session.add(row)
    work.session.flush()
    return repository.to_draft(row)


def owners(work: UnitOfWork) -> list[User]:
    """Return who gets an action point in his list of tasks, by full name."""
    return people.holders_of_any(work.session, OWNERS, on=local_day(work.now))


def drop_action(work: UnitOfWork, action_id: UUID, *, by: Actor) -> None:
    """Take an action point out of draft minutes."""
    require(by, Action.RUN_MEETING)
    row = repository.draft_action_row(work.session, action_id)
    require_open(work, meetings.locked_row(work.session, row.meeting_number))
    work.session.delete(row)
    work.session.flush()


def comment(
    work: UnitOfWork, number: str, text: str, *, point_id: UUID | None, by: Actor
) -> None:
    """Comment on draft minutes within the term; *point_id* None is about all of it."""
    meeting = meetings.meeting_row(work.session, number)
    require(by, Action.COMMENT_MINUTES, subject_of(work, meeting.body_key))
    minutes = repository.minutes_of(work.session, number)
    if not minutes.takes_comments(work.now):
        raise NotAllowedNowError(
            number, minutes.state(work.now), _closed(minutes.comments_until)
        )
    if not text.strip() or len(text) > LONGEST_COMMENT:
        sentence = f"Schrijf een opmerking van hoogstens {LONGEST_COMMENT} tekens."
        raise InvalidDataError({"text": sentence})
    if point_id is not None:
        point = meetings.point_row(work.session, point_id)
        if point.meeting_number != number:
            raise InvalidDataError(
                {"point_id": "Dit punt hoort bij een ander verslag."}
            )
    row = MinutesCommentRow(
        id=new_id(work.now),
        meeting_number=number,
        point_id=point_id,
        text=text.strip(),
        by=by.name,
        at=work.now,
        answer="",
    )
    work.session.add(row)
    work.session.flush()


def handle_comment(
    work: UnitOfWork, comment_id: UUID, answer: str, *, by: Actor
) -> None:
    """Say what was done with a comment."""
    require(by, Action.RUN_MEETING)
    row = repository.comment_row(work.session, comment_id)
    require_open(work, meetings.locked_row(work.session, row.meeting_number))
    if not answer.strip():
        raise InvalidDataError({"answer": "Schrijf wat er met de opmerking gebeurde."})
    row.answer = answer.strip()
    row.handled_at = work.now
    row.handled_by = by.name
    work.session.flush()
    add_line(
        work,
        row.meeting_number,
        by=by.name,
        text="Een opmerking bij het verslag verwerkt.",
    )


def _staff_name(work: UnitOfWork, user_name: str) -> str:
    found = (each.full_name for each in owners(work) if each.name == user_name)
    name = next(found, None)
    if name is None:
        sentence = (
            "Deze persoon krijgt geen taken van de stad, of zijn account is gesloten."
            " Kies iemand anders, of vul een naam in zonder account."
        )
        raise InvalidDataError({"owner": sentence})
    return name


def _closed(until: datetime | None) -> str:
    if until is None:
        return "Het ontwerp van verslag ligt nog niet voor bij de leden."
    return f"Opmerkingen konden tot {moment_in_words(until)}."
