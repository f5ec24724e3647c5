"""What the papers of a meeting are made of: the minutes, and the college's note.

The shape is that of the Typst templates ``minutes`` and ``college_note``.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from workflows.calendar import ZONE, day_in_words, local_day
from workflows.meetings.model import (
    POINT_KIND_NAMES,
    AgendaPoint,
    Attendance,
    Meeting,
    Presence,
)
from workflows.minutes.reading import Record
from workflows.work_groups.model import WorkGroup

Data = Mapping[str, object]


def minutes_data(record: Record) -> dict[str, object]:
    """Return the data of the minutes.

    ``{title, body, meeting, chair, secretary, attendance: {present, excused,
    absent, neglected}, points: [{position, code, kind, title, explanation, case,
    discussion, conclusion, decision, actions}], decisions, actions,
    approved}``.
    """
    approved_at = record.minutes.approved_at
    return {
        "title": f"Verslag van {record.meeting.body_name}",
        "body": record.meeting.body_name,
        "meeting": meeting_data(record.meeting),
        "chair": record.chair_name,
        "secretary": record.secretary_name,
        "attendance": _attendance(record),
        "points": [_point(record, point) for point in record.points],
        "decisions": decisions_data(record),
        "actions": actions_data(record),
        "approved": (
            day_in_words(local_day(approved_at), weekday=True) if approved_at else ""
        ),
    }


def note_data(
    record: Record, groups: Iterable[WorkGroup], names: Mapping[str, str]
) -> dict[str, object]:
    """Return the data of the note to the college, with the new work groups.

    *names* are the full names of those who answer for them. ``{title, body,
    meeting, question, groups: [{number, name, mandate, responsible, frequency,
    ends_on}], decisions, actions, present, excused, absent}``.
    """
    listed = list(groups)
    return {
        "title": f"Nota voor het college: {record.meeting.body_name}",
        "body": record.meeting.body_name,
        "meeting": meeting_data(record.meeting),
        "question": _question(record.meeting, bool(listed)),
        "groups": [
            {
                "number": group.question_number,
                "name": group.name,
                "mandate": group.mandate,
                "responsible": names.get(group.responsible, group.responsible),
                "frequency": group.frequency_in_words,
                "ends_on": day_in_words(group.ends_on),
            }
            for group in listed
        ],
        "decisions": decisions_data(record),
        "actions": actions_data(record),
        "attendance": _attendance(record),
    }


def meeting_data(meeting: Meeting) -> dict[str, object]:
    """Return when and where a meeting is."""
    start = meeting.starts_at.astimezone(ZONE)
    end = start + timedelta(minutes=meeting.minutes_long)
    return {
        "number": meeting.number,
        "day": day_in_words(start.date(), weekday=True),
        "from": f"{start:%H.%M}",
        "until": f"{end:%H.%M}",
        "place": meeting.place,
        "reason": meeting.reason,
    }


def decisions_data(record: Record) -> list[Data]:
    """Return the decisions as the register numbers them."""
    return [
        {"number": each.number, "title": each.title, "text": each.text}
        for each in record.decisions
    ]


def actions_data(record: Record) -> list[Data]:
    """Return the action points with their owner and day."""
    return [
        {
            "number": each.action.number,
            "text": each.action.text,
            "owner": each.action.owner_name,
            "due": day_in_words(each.action.due_on),
            "case": each.action.case_number or "",
        }
        for each in record.actions
    ]


def _attendance(record: Record) -> dict[str, object]:
    by_presence: dict[Presence, list[Data]] = {presence: [] for presence in Presence}
    for each in record.attendance:
        if each.presence is not None:
            by_presence[each.presence].append(_member(each))
    return {
        "present": by_presence[Presence.PRESENT],
        "excused": by_presence[Presence.EXCUSED],
        "absent": by_presence[Presence.ABSENT],
        "neglected": list(record.neglected),
    }


def _member(each: Attendance) -> Data:
    return {
        "name": each.member_name,
        "organisation": each.organisation_name or "",
        "capacity": each.capacity,
        "replaced_by": each.replaced_by,
    }


def _point(record: Record, point: AgendaPoint) -> Data:
    own = [each for each in record.actions if each.action.point_id == point.id]
    return {
        "position": point.position,
        "code": point.code or "",
        "kind": POINT_KIND_NAMES[point.kind],
        "title": point.title,
        "explanation": point.explanation,
        "case": point.case_number or "",
        "discussion": point.discussion,
        "conclusion": point.conclusion,
        "decision": point.decision,
        "actions": [
            {
                "number": each.action.number,
                "text": each.action.text,
                "owner": each.action.owner_name,
                "due": day_in_words(each.action.due_on),
            }
            for each in own
        ],
    }


def _question(meeting: Meeting, founds: bool) -> str:  # noqa: FBT001 - private
    day = day_in_words(local_day(meeting.starts_at))
    text = (
        "Het college wordt gevraagd kennis te nemen van het verslag van"
        f" {meeting.body_name} van {day}"
    )
    return f"{text}, en van de nieuwe werkgroepen." if founds else f"{text}."
