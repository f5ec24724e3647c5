"""The way of a policy question, from asked to answered, as a row of steps; pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from workflows.calendar import local_day
from workflows.work_groups.model import (
    Choice,
    Feedback,
    FeedbackState,
    PolicyQuestion,
    WorkGroup,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A step of the loop; *at* is None for what is still to come.

    *state* is ``done``, ``busy``, ``late`` or ``todo``.
    """

    name: str
    state: str
    at: date | None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loop:
    """All that the loop of one question went through."""

    question: PolicyQuestion
    group: WorkGroup | None
    agenda: Sequence[tuple[str, datetime]]
    feedback: Sequence[Feedback]


def marks_of(loop: Loop) -> list[Mark]:
    """Tell the loop of a question from asked to answered, in the order of time."""
    question, group = loop.question, loop.group
    first = next(iter(loop.agenda), None)
    marks = [
        _mark("Vraag", question.asked_at),
        _mark("Agenda", first[1] if first else None, first[0] if first else ""),
        _mark("Besluit", question.decided_at, question.decided_in or ""),
    ]
    if question.choice in {None, Choice.FOUND}:
        marks += _of_group(group, loop.feedback)
    marks.append(_answered(question))
    return list(_with_busy(marks))


def _of_group(group: WorkGroup | None, notes: Sequence[Feedback]) -> list[Mark]:
    noted = group.noted_on if group else None
    return [
        _mark(
            "Oprichting van de werkgroep",
            group.founded_at if group else None,
            group.name if group else "niet zonder verantwoordelijke",
        ),
        _mark("Kennisname door het college", noted),
        *(_reported(each, place) for place, each in enumerate(notes, 1)),
        _mark("Afsluiting van de werkgroep", group.closed_at if group else None),
    ]


def _reported(feedback: Feedback, place: int) -> Mark:
    states = {FeedbackState.GIVEN: "done", FeedbackState.ASKED: "busy"}
    when = feedback.given_at or feedback.meeting_at
    return Mark(
        name=f"Terugkoppeling {place}",
        state=states.get(feedback.state, "late"),
        at=local_day(when),
        note=f"{feedback.meeting_number}: {feedback.state_name.lower()}",
    )


def _answered(question: PolicyQuestion) -> Mark:
    seen = question.answer_seen_at is not None
    note = "gelezen door de vraagsteller" if seen else "nog niet gelezen"
    return _mark("Antwoord", question.answered_at, note if question.answered_at else "")


def _mark(name: str, when: date | None, note: str = "") -> Mark:
    day = local_day(when) if isinstance(when, datetime) else when
    return Mark(name=name, state="todo" if day is None else "done", at=day, note=note)


def _with_busy(marks: Iterable[Mark]) -> Iterable[Mark]:
    """Mark the first step that did not happen yet as the one under way."""
    found = False
    for mark in marks:
        if mark.state == "todo" and not found:
            found = True
            yield Mark(name=mark.name, state="busy", at=None, note=mark.note)
        else:
            yield mark
