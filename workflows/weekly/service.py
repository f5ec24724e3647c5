"""Use cases of the weekly meeting: its list, what is said of a case, the series."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Never

from engine.persistence.unit_of_work import UnitOfWork
from workflows.cases.service import CaseEngine
from workflows.city.service import values, working_calendar
from workflows.errors import InvalidDataError, OvertakenError
from workflows.meetings import repository as meetings
from workflows.meetings import service as meeting_service
from workflows.meetings.guards import require_short
from workflows.meetings.model import Meeting, MeetingStatus
from workflows.meetings.service import NewMeeting
from workflows.people import repository as people
from workflows.people.model import Actor
from workflows.people.rights import Action, require
from workflows.weekly import repository
from workflows.weekly.guards import (
    hold_open,
    require_running,
    weekly_body_key,
    weekly_meeting,
)
from workflows.weekly.model import Entry, EntryKind, Words, Writing
from workflows.weekly.order import in_order, outlook
from workflows.weekly.running import running_cases
from workflows.weekly.series import next_meeting

LONGEST_TEXT = 10_000
LONGEST_REASON = 500
MINUTES_LONG = 60
_EVER = datetime.min.replace(tzinfo=UTC)


def build_list(work: UnitOfWork, number: str) -> int:
    """Put all running cases in their order; return how many there are."""
    meeting = weekly_meeting(work, number)
    before = meetings.previous_of(work.session, meeting)
    seen_from = outlook(meeting.starts_at, before[0].starts_at if before else None)
    placed = in_order(running_cases(work.session, meeting), seen_from)
    repository.write_list(work.session, number, placed)
    row = meetings.meeting_row(work.session, number)
    if row.status is MeetingStatus.PLANNED:
        row.status = MeetingStatus.AGENDA_OPEN
        work.session.flush()
    return len(placed)


def rebuild_list(work: UnitOfWork, number: str, *, by: Actor) -> int:
    """Put the cases in their order of now; what was written of them stays."""
    require(by, Action.RUN_MEETING)
    hold_open(work, number)
    return build_list(work, number)


def save(work: UnitOfWork, writing: Writing, *, by: Actor) -> Entry:
    """Keep what is typed of a case so far; it doesn't count as discussed yet.

    Raise ``OvertakenError`` with who and when if somebody wrote since *version*,
    ``ClosedMeanwhileError`` when the meeting was closed.
    """
    return _write(work, writing, {}, by=by)


def decide(work: UnitOfWork, writing: Writing, *, by: Actor) -> Entry:
    """Record that a case was discussed: a note, a decision, or planned work.

    Agenda items go off the list by a decision only, when the meeting closes.
    Raise as ``save``, and ``InvalidDataError`` when nothing was said.
    """
    words = writing.words
    if not (words.note.strip() or words.decision.strip() or _plans(work, writing)):
        sentence = (
            "Schrijf een notitie of een besluit, of plan een taak."
            " Is er niets te zeggen? Kies dan ‘geen wijziging’."
        )
        raise InvalidDataError({"decision": sentence})
    facts = {"kind": EntryKind.DECIDED, "reason": ""}
    return _write(work, writing, facts, by=by)


def no_change(work: UnitOfWork, writing: Writing, *, by: Actor) -> Entry:
    """Record that nothing changes in a case; its agenda items stay on the list.

    Raise as ``save``, and ``InvalidDataError`` when there is a decision or
    planned work, which would be a change.
    """
    decided = writing.words.decision.strip()
    if decided or _plans(work, writing):
        what = "een besluit" if decided else "een planning"
        sentence = (
            f"Er staat {what} bij dit dossier. Leg het vast met ‘Vastleggen’,"
            " of wis het eerst."
        )
        raise InvalidDataError({"decision": sentence})
    facts = {"kind": EntryKind.NO_CHANGE, "reason": ""}
    said = replace(writing, words=Words(note=writing.words.note))
    return _write(work, said, facts, by=by)


def no_change_for(
    work: UnitOfWork,
    number: str,
    case_numbers: Collection[str],
    *,
    reason: str,
    by: Actor,
) -> int:
    """Record for several cases at once that nothing changes, and why.

    A case that was dealt with already, or that has planned work, keeps what it
    has. Return how many cases got the entry.
    """
    require(by, Action.RUN_MEETING)
    hold_open(work, number)
    why = reason.strip()
    if not why or len(why) > LONGEST_REASON:
        sentence = f"Geef een reden van hoogstens {LONGEST_REASON} tekens."
        raise InvalidDataError({"reason": sentence})
    if not case_numbers:
        raise InvalidDataError({"cases": "Kies minstens één dossier."})
    running = {each.number for each in repository.places(work.session, number)}
    wanted = sorted(running & set(case_numbers))
    return repository.pass_over(work, number, wanted, reason=why, by=by.name)


def plan_next(work: UnitOfWork, engine: CaseEngine, *, by: Actor) -> Meeting:
    """Return the next weekly meeting; plan it when there is none yet.

    It falls on the weekday and hour of the settings, and on the next working day
    when that is a day off.
    """
    planned = planned_next(work)
    if planned is not None:
        return planned
    return meeting_service.plan(work, engine, next_in_series(work), by=by)


def planned_next(work: UnitOfWork) -> Meeting | None:
    """Return the weekly meeting to come, when it was planned already."""
    return meetings.next_of(work.session, [weekly_body_key(work)], work.now)


def current(work: UnitOfWork) -> Meeting | None:
    """Return the meeting that is on, or else the one to come: the first still open."""
    return meetings.next_of(work.session, [weekly_body_key(work)], _EVER)


def next_in_series(work: UnitOfWork, after: datetime | None = None) -> NewMeeting:
    """Return the next meeting as the settings want it, on a later day than *after*.

    Without *after* it is later than today.
    """
    chosen = values(work)
    return NewMeeting(
        body_key=weekly_body_key(work),
        starts_at=next_meeting(
            max(work.now, after or work.now),
            weekday=str(chosen["weekly_day"]),
            hour=time.fromisoformat(str(chosen["weekly_hour"])),
            calendar=working_calendar(work),
        ),
        minutes_long=MINUTES_LONG,
    )


def _plans(work: UnitOfWork, writing: Writing) -> bool:
    meeting, case = writing.meeting_number, writing.case_number
    return bool(repository.plan_lines(work.session, meeting, case_number=case))


def _write(
    work: UnitOfWork, writing: Writing, facts: Mapping[str, object], *, by: Actor
) -> Entry:
    require(by, Action.RUN_MEETING)
    meeting, case = writing.meeting_number, writing.case_number
    hold_open(work, meeting)
    require_running(work, case)
    words = writing.words
    texts = {"note": words.note.strip(), "decision": words.decision.strip()}
    require_short(texts, LONGEST_TEXT)
    concludes = [str(each) for each in words.concludes] if texts["decision"] else []
    said: dict[str, object] = {**texts, "concludes": concludes, **facts}
    before = repository.entry(work.session, meeting, case)
    if not (facts or before.version or any(texts.values())):
        return before
    if not facts:
        said["kind"] = _kind_after(before, texts["decision"])
    if before.version == 0 or not _says(before, said):
        _overwrite(work, writing, said, by)
    return repository.entry(work.session, meeting, case)


def _kind_after(before: Entry, decision: str) -> EntryKind | None:
    """Return how a case was dealt with once its text changed.

    A decision typed where nothing would change must be recorded as one first.
    """
    if decision and before.kind in {EntryKind.NO_CHANGE, EntryKind.BULK}:
        return None
    return before.kind


def _overwrite(
    work: UnitOfWork, writing: Writing, said: Mapping[str, object], by: Actor
) -> None:
    meeting, case = writing.meeting_number, writing.case_number
    repository.take_entries(work, meeting, [case], by=by.name)
    written = repository.overwrite(
        work.session,
        writing,
        {**said, "written_at": work.now, "written_by": by.name},
    )
    if not written:
        _refuse_late(work, meeting, case)


def _refuse_late(work: UnitOfWork, meeting: str, case: str) -> Never:
    entry = repository.entry(work.session, meeting, case)
    by = people.full_name(work.session, entry.written_by or "")
    thing = f"Wat bij dossier {case} staat"
    raise OvertakenError(thing, by, entry.written_at or work.now)


def _says(entry: Entry, said: Mapping[str, object]) -> bool:
    """Tell whether an entry holds this already: the same twice is no conflict."""
    held: dict[str, object] = {
        "note": entry.note,
        "decision": entry.decision,
        "concludes": [str(each) for each in entry.concludes],
        "kind": entry.kind,
        "reason": entry.reason,
    }
    return all(held[name] == value for name, value in said.items())
