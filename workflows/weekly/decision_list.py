"""The decision list of a weekly meeting, as a paper."""

from collections.abc import Mapping

from engine.persistence.unit_of_work import UnitOfWork
from workflows.calendar import day_in_words, local_day, moment_in_words
from workflows.cases.repository import addresses
from workflows.meetings import repository as meetings
from workflows.meetings.model import PRESENCE_NAMES, Meeting
from workflows.papers.model import CITY, Paper, PaperKind
from workflows.papers.service import PaperDraft, make
from workflows.weekly import repository
from workflows.weekly.figures import Figures, figures
from workflows.weekly.model import ENTRY_NAMES, Entry, EntryKind, PlanKind, PlanLine
from workflows.weekly.running import running_cases


def make_list(work: UnitOfWork, meeting: Meeting, *, by: str) -> Paper:
    """Make the decision list of a meeting, for the city's own people."""
    day = day_in_words(local_day(meeting.starts_at))
    draft = PaperDraft(
        kind=PaperKind.DECISION_LIST,
        audience=CITY,
        title=f"Besluitenlijst van {meeting.body_name} van {day}",
        file_name=f"besluitenlijst-{meeting.number.lower()}.pdf",
        data=data_of(work, meeting),
    )
    return make(work, meeting.number, draft, by=by)


def data_of(work: UnitOfWork, meeting: Meeting) -> dict[str, object]:
    """Return what the list tells: who was there, what was decided, the figures."""
    entries = _in_order(work, meeting)
    known = addresses(work.session, [entry.case_number for entry in entries])
    planned: dict[str, list[PlanLine]] = {}
    for line in repository.plan_lines(work.session, meeting.number):
        planned.setdefault(line.case_number, []).append(line)
    decided = [entry for entry in entries if entry.kind is EntryKind.DECIDED]
    unchanged = [
        entry
        for entry in entries
        if entry.kind in {EntryKind.NO_CHANGE, EntryKind.BULK}
    ]
    return {
        "meeting": _meeting(meeting),
        "attendance": _attendance(work, meeting),
        "figures": _figures(work, meeting),
        "decisions": [
            _decision(entry, known, planned.get(entry.case_number, []))
            for entry in decided
        ],
        "unchanged": [_unchanged(entry, known) for entry in unchanged],
    }


def _in_order(work: UnitOfWork, meeting: Meeting) -> list[Entry]:
    """Return the entries in the order of the list; closed cases come at its end."""
    places = repository.places(work.session, meeting.number)
    rank = {place.number: position for position, place in enumerate(places)}
    entries = repository.entries(work.session, meeting.number)
    return sorted(entries, key=lambda each: rank.get(each.case_number, len(rank)))


def told(line: PlanLine) -> str:
    """Write a planned change in a sentence."""
    day = "" if line.due_on is None else day_in_words(line.due_on)
    sentences: Mapping[PlanKind, str] = {
        PlanKind.ACTION: f"{line.text} ({line.owner_name}, tegen {day})",
        PlanKind.ASSIGN: f"‘{line.text}’ gaat naar {line.owner_name}",
        PlanKind.RESCHEDULE: f"‘{line.text}’ moet klaar zijn tegen {day}",
    }
    return sentences[line.kind]


def _meeting(meeting: Meeting) -> dict[str, str]:
    return {
        "number": meeting.number,
        "body": meeting.body_name,
        "day": day_in_words(local_day(meeting.starts_at), weekday=True),
        "moment": moment_in_words(meeting.starts_at),
        "place": meeting.place,
    }


def _attendance(work: UnitOfWork, meeting: Meeting) -> list[dict[str, str]]:
    return [
        {
            "name": each.member_name,
            "capacity": each.capacity,
            "presence": PRESENCE_NAMES[each.presence] if each.presence else "",
            "replaced_by": each.replaced_by,
        }
        for each in meetings.attendance_of(work.session, meeting.number)
    ]


def _figures(work: UnitOfWork, meeting: Meeting) -> dict[str, object]:
    counted: Figures = figures(
        repository.places(work.session, meeting.number),
        running_cases(work.session, meeting),
        on=local_day(work.now),
    )
    return {
        "discussed": counted.progress.discussed,
        "running": counted.progress.running,
        "ages": [{"name": name, "count": count} for name, count in counted.ages],
        "breaches": counted.breaches,
    }


def _decision(
    entry: Entry, known: Mapping[str, str], planned: list[PlanLine]
) -> dict[str, object]:
    return {
        "case_number": entry.case_number,
        "address": known.get(entry.case_number, ""),
        "note": entry.note,
        "text": entry.decision,
        "concluded": len(entry.concludes),
        "planning": [{"text": told(line), "outcome": line.outcome} for line in planned],
    }


def _unchanged(entry: Entry, known: Mapping[str, str]) -> dict[str, str]:
    kind = ENTRY_NAMES[entry.kind] if entry.kind else ""
    return {
        "case_number": entry.case_number,
        "address": known.get(entry.case_number, ""),
        "note": entry.note,
        "reason": entry.reason or kind,
    }
