"""Use cases of action points and decisions.

An action point is a row and an instance of the process ``action_point``, which
asks its owner to do it and reminds him.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from engine.errors import MessageNotExpectedError
from engine.persistence.identity import new_id
from engine.persistence.unit_of_work import UnitOfWork
from engine.registry import ServiceCall
from workflows.actions import repository
from workflows.actions.model import ActionPoint, ActionState, Decision, headline
from workflows.actions.tables import ActionRow, DecisionRow
from workflows.bodies.model import BUNDLE_KEY
from workflows.calendar import ZONE, local_day, local_moment
from workflows.cases.service import Beginning, CaseEngine
from workflows.city.service import value, working_calendar
from workflows.deadlines.model import END_OF_DAY, START_OF_WORK, add_period
from workflows.errors import InvalidDataError, NotAllowedNowError
from workflows.numbering.repository import next_number
from workflows.people.model import Actor
from workflows.people.rights import Action, require

PROCESS = "action_point"
LONGEST_TEXT = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAction:
    """What somebody must do; see ``ActionPoint``."""

    body_key: str
    text: str
    owner: str | None
    owner_name: str
    due_on: date
    meeting_number: str | None = None
    point_id: UUID | None = None
    case_number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDecision:
    """What a body decided; without *decided_on* it was today."""

    body_key: str
    meeting_number: str
    title: str
    text: str
    point_id: UUID | None = None
    case_number: str | None = None
    decided_on: date | None = None


def add(
    work: UnitOfWork, engine: CaseEngine, new: NewAction, *, by: str
) -> ActionPoint:
    """Add an action point and start its process; no rights, callers ask.

    Raise ``InvalidDataError`` for a text, owner or day that doesn't fit.
    """
    check_new(work, new)
    row = _add_row(work, new, by)
    instance = engine.instances.start(work, **_beginning(work, row), by=by)
    row.instance_id = instance.id
    work.session.flush()
    return repository.to_action(row)


def add_from(call: ServiceCall, new: NewAction) -> ActionPoint:
    """Add an action point from within a service task; its day may have passed.

    Its process starts when the step of the task is stored, in the same transaction.
    """
    row = _add_row(call.work, new, call.actor)
    row.instance_id = call.start(**_beginning(call.work, row))
    call.work.session.flush()
    return repository.to_action(row)


def drop(
    work: UnitOfWork, engine: CaseEngine, action_id: UUID, *, reason: str, by: Actor
) -> None:
    """Let an action point go with a reason; its process ends."""
    require(by, Action.RUN_MEETING)
    row = repository.locked_row(work.session, action_id)
    require_open(row)
    if not reason.strip():
        raise InvalidDataError({"reason": "Vul in waarom het actiepunt vervalt."})
    _end(work, row, ActionState.DROPPED, result=reason, by=by.name)
    try:
        engine.messages.correlate(
            work,
            name="action_dropped",
            correlation_key=str(action_id),
            variables={"reason": reason.strip()},
            by=by.name,
        )
    except MessageNotExpectedError as error:
        sentence = "Dit actiepunt kan nu niet vervallen: zijn taak wordt net afgewerkt."
        raise NotAllowedNowError(row.number, "busy", sentence) from error


def finish(work: UnitOfWork, action_id: UUID, *, result: str, by: str) -> None:
    """Note that an action point was done, and how.

    On its case only the city reads that: the applicant sees the notes of a case.
    """
    row = repository.locked_row(work.session, action_id)
    if row.state is not ActionState.OPEN:
        return
    if not result.strip():
        raise InvalidDataError({"action_result": "Vul in wat er gedaan is."})
    _end(work, row, ActionState.DONE, result=result, by=by)


def decide(work: UnitOfWork, new: NewDecision, *, by: str) -> Decision:
    """Put a decision in the register; no rights, callers ask.

    On its case only the city reads it: the applicant sees the notes of a case, and
    what is said of him at a table is not for him.
    """
    if not new.text.strip():
        raise InvalidDataError({"text": "Schrijf wat er besloten is."})
    today = local_day(work.now)
    decided_on = new.decided_on or today
    number = f"BS-{today.year}-{next_number(work.session, 'decision', today.year)}"
    row = DecisionRow(
        id=new_id(work.now),
        number=number,
        body_key=new.body_key,
        meeting_number=new.meeting_number,
        point_id=new.point_id,
        case_number=new.case_number,
        title=new.title.strip(),
        text=new.text.strip(),
        decided_on=decided_on,
        recorded_by=by,
        recorded_at=work.now,
        search=_search(
            number, new.title, new.text, new.meeting_number, new.case_number
        ),
    )
    work.session.add(row)
    work.session.flush()
    return repository.to_decision(row)


def check_new(work: UnitOfWork, new: NewAction) -> None:
    """Refuse an action point without text, owner or a day to come."""
    check_words(new)
    if new.due_on < local_day(work.now):
        raise InvalidDataError({"due_on": "Kies een dag vanaf vandaag."})


def check_words(new: NewAction) -> None:
    """Refuse an action point without text or owner."""
    problems = {}
    if not new.text.strip() or len(new.text) > LONGEST_TEXT:
        problems["text"] = f"Schrijf in hoogstens {LONGEST_TEXT} tekens wat er moet."
    if not new.owner_name.strip():
        problems["owner"] = "Kies wie het doet, of vul een naam in."
    if problems:
        raise InvalidDataError(problems)


def require_open(row: ActionRow) -> None:
    """Refuse an action point that was done or dropped before, with who and when."""
    if row.state is ActionState.OPEN:
        return
    verb = "gedaan" if row.state is ActionState.DONE else "vervallen"
    sentence = f"{row.number} is al {verb}."
    raise NotAllowedNowError(
        row.number, row.state, sentence, by=row.done_by, at=row.done_at
    )


def _beginning(work: UnitOfWork, row: ActionRow) -> Beginning:
    """Return what the process of an action point starts with."""
    day = working_calendar(work).on_or_before(
        add_period(row.due_on, f"-{value(work, 'action_reminder')}")
    )
    return {
        "bundle_key": BUNDLE_KEY,
        "process_id": PROCESS,
        "variables": {
            "action_id": str(row.id),
            "action_text": row.text,
            "owner": row.owner,
            "due_at": local_moment(row.due_on, END_OF_DAY).astimezone(ZONE),
            "remind_at": local_moment(day, START_OF_WORK).astimezone(ZONE),
        },
        "business_key": row.case_number or row.number,
        "label": headline(row.text),
    }


def _add_row(work: UnitOfWork, new: NewAction, by: str) -> ActionRow:
    check_words(new)
    year = local_day(work.now).year
    number = f"AP-{year}-{next_number(work.session, 'action', year)}"
    row = ActionRow(
        id=new_id(work.now),
        number=number,
        body_key=new.body_key,
        meeting_number=new.meeting_number,
        point_id=new.point_id,
        case_number=new.case_number,
        text=new.text.strip(),
        owner=new.owner,
        owner_name=new.owner_name.strip(),
        due_on=new.due_on,
        state=ActionState.OPEN,
        result="",
        created_at=work.now,
        created_by=by,
        search=_search(
            number, new.text, new.owner_name, new.meeting_number, new.case_number
        ),
    )
    work.session.add(row)
    work.session.flush()
    return row


def _end(
    work: UnitOfWork, row: ActionRow, state: ActionState, *, result: str, by: str
) -> None:
    row.state = state
    row.result = result.strip()
    row.done_at = work.now
    row.done_by = by
    work.session.flush()


def _search(*parts: str | None) -> str:
    return " ".join(part for part in parts if part).casefold()
