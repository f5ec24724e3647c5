"""What bodies owe in a calendar year, and how far each duty is; pure.

The facts come in as values, so that a year can be judged on any day. Each rule
stands in ``duty.RULES`` with its source.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from workflows.bodies.duty import (
    Duty,
    DutyState,
    MeetingFact,
    Rule,
    Standing,
    YearFacts,
)
from workflows.bodies.model import BodyKind
from workflows.calendar import day_in_words


def duties(facts: YearFacts) -> list[Duty]:
    """Return every duty of the year, the worst first, then by day."""
    found = [
        *_counted(facts),
        *_points(facts),
        *_gaps(facts),
        *_papers(facts),
        *_feedback(facts),
        *_frequencies(facts),
    ]
    worst_first = list(reversed(DutyState))
    return sorted(
        found, key=lambda duty: (worst_first.index(duty.state), duty.due_on, duty.key)
    )


def _counted(facts: YearFacts) -> Iterable[Duty]:
    """How often bodies must meet, by law and by agreement."""
    for body in facts.bodies:
        if body.legal_minimum:
            keys = {body.key} | {
                each.key for each in facts.bodies if each.parent_key == body.key
            }
            title = (
                f"{body.name}: minstens {_times(body.legal_minimum)} samenkomen"
                if len(keys) == 1
                else f"Lokaal woonoverleg: minstens {_times(body.legal_minimum)}"
            )
            count = _Count(
                rule=Rule.LEGAL_MINIMUM,
                title=title,
                body_key=body.key,
                wanted=body.legal_minimum,
                held=facts.of(keys, Standing.HELD),
                planned=facts.of(keys, Standing.PLANNED),
            )
            yield count.duty(facts)
        if body.wanted_per_year:
            count = _Count(
                rule=Rule.WANTED,
                title=f"{body.name}: {_times(body.wanted_per_year)} per jaar",
                body_key=body.key,
                wanted=body.wanted_per_year,
                held=facts.of([body.key], Standing.HELD),
                planned=facts.of([body.key], Standing.PLANNED),
                verified=body.verified,
            )
            yield count.duty(facts)


def _points(facts: YearFacts) -> Iterable[Duty]:
    """The points that must be discussed so many times a year, such as K8."""
    for body in facts.bodies:
        for point in body.points:
            if not point.yearly_minimum:
                continue
            held = facts.of([body.key], Standing.HELD)
            count = _Count(
                rule=Rule.POINT,
                title=f"{point.code} {point.title}:"
                f" {_times(point.yearly_minimum)} per jaar besproken",
                body_key=body.key,
                wanted=point.yearly_minimum,
                held=[each for each in held if point.code in each.discussed],
                planned=facts.of([body.key], Standing.PLANNED),
                about=point.code,
            )
            yield count.duty(facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Count:
    """A duty to meet, or to talk about something, *wanted* times in the year."""

    rule: Rule
    title: str
    body_key: str
    wanted: int
    held: Sequence[MeetingFact]
    planned: Sequence[MeetingFact]
    about: str = ""
    verified: bool = True

    def duty(self, facts: YearFacts) -> Duty:
        parts = [self.rule.value, self.body_key, self.about]
        return Duty(
            key=":".join(part for part in parts if part),
            rule=self.rule,
            title=self.title,
            body_key=self.body_key,
            state=self._state(facts),
            due_on=self._due_on(facts),
            words=self._words(),
            verified=self.verified,
        )

    def _due_on(self, facts: YearFacts) -> date:
        """Dates must be known earlier than the meetings must be held."""
        has_dates = len(self.held) + len(self.planned) >= self.wanted
        return facts.last_day if has_dates else facts.terms.plan_by

    def _state(self, facts: YearFacts) -> DutyState:
        if len(self.held) >= self.wanted:
            return DutyState.MET
        if facts.is_over:
            return DutyState.MISSED
        if len(self.held) + len(self.planned) >= self.wanted:
            return DutyState.PLANNED
        return DutyState.LATE if facts.today > facts.terms.plan_by else DutyState.OPEN

    def _words(self) -> str:
        done = "besproken" if self.about else "gehouden"
        if len(self.held) > self.wanted:
            enough = "volstond" if self.wanted == 1 else "volstonden"
            return f"{len(self.held)} keer {done}; {self.wanted} {enough}."
        words = f"{len(self.held)} van {self.wanted} {done}"
        if len(self.held) == self.wanted:
            return f"{words}."
        if not self.planned:
            return f"{words}, nog geen datum."
        days = ", ".join(day_in_words(each.day) for each in self.planned)
        return f"{words}; gepland op {days}."


def _gaps(facts: YearFacts) -> Iterable[Duty]:
    """A next meeting must come soon enough after the last one."""
    for body in facts.bodies:
        due = facts.terms.gap_ends.get(body.key)
        if due is None or not _is_of(facts, due):
            continue
        nexts = [
            each
            for each in facts.meetings
            if each.body_key == body.key
            and each.standing is Standing.PLANNED
            and each.day >= facts.today
        ]
        is_core = body.kind is BodyKind.CORE_GROUP
        rule = Rule.NEXT_DATE if is_core else Rule.RHYTHM
        yield Duty(
            key=f"{rule.value}:{body.key}:{due.isoformat()}",
            rule=rule,
            title=f"{body.name}: volgende vergadering op tijd",
            body_key=body.key,
            state=_gap_state(facts, due, nexts),
            due_on=due,
            words=_gap_words(due, nexts),
            verified=is_core or body.verified,
        )


def _is_of(facts: YearFacts, due: date) -> bool:
    """A gap that wasn't closed in an earlier year is shown in this one."""
    carried = due.year < facts.year == facts.today.year
    return carried or due.year == facts.year


def _gap_state(facts: YearFacts, due: date, nexts: Sequence[MeetingFact]) -> DutyState:
    if any(each.day <= due for each in nexts):
        return DutyState.PLANNED
    if facts.today <= due:
        return DutyState.OPEN
    return DutyState.MISSED if facts.is_over else DutyState.LATE


def _gap_words(due: date, nexts: Sequence[MeetingFact]) -> str:
    limit = f"uiterlijk {day_in_words(due)}"
    if not nexts:
        return f"Nog geen datum; {limit}."
    first = min(each.day for each in nexts)
    late = "; dat is te laat" if first > due else ""
    return f"Gepland op {day_in_words(first)}, {limit}{late}."


def _papers(facts: YearFacts) -> Iterable[Duty]:
    """Minutes are sent in time, and the college takes note of them."""
    keys = {body.key for body in facts.bodies}
    for meeting in facts.of(keys, Standing.HELD):
        if meeting.paperwork is None:
            continue
        paper = meeting.paperwork
        yield _task(
            facts,
            _Task(
                rule=Rule.MINUTES,
                meeting=meeting,
                title="Verslag aan de leden en Wonen in Vlaanderen",
                done="Verzonden op",
                due_on=paper.minutes_by,
                done_on=paper.minutes_sent_on,
            ),
        )
        yield _task(
            facts,
            _Task(
                rule=Rule.NOTED,
                meeting=meeting,
                title="Kennisname van het verslag door het college",
                done="Kennis genomen op",
                due_on=paper.noted_by,
                done_on=paper.noted_on,
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """Something to do after a meeting, by a day."""

    rule: Rule
    meeting: MeetingFact
    title: str
    done: str
    due_on: date
    done_on: date | None


def _task(facts: YearFacts, task: _Task) -> Duty:
    """Papers can be sent after the end of the year as well, so none is missed."""
    state = DutyState.LATE if facts.today > task.due_on else DutyState.OPEN
    words = f"Uiterlijk {day_in_words(task.due_on)}."
    if task.done_on is not None:
        state = DutyState.MET
        words = f"{task.done} {day_in_words(task.done_on)}."
    return Duty(
        key=f"{task.rule.value}:{task.meeting.number}",
        rule=task.rule,
        title=f"{task.meeting.number}: {task.title}",
        body_key=task.meeting.body_key,
        state=state,
        due_on=task.due_on,
        words=words,
        meeting_number=task.meeting.number,
        belated=task.done_on is not None and task.done_on > task.due_on,
    )


def _feedback(facts: YearFacts) -> Iterable[Duty]:
    """Each work group reports at each coordination meeting."""
    keys = {body.key for body in facts.bodies}
    meetings = [
        *facts.of(keys, Standing.HELD),
        *facts.of(keys, Standing.PLANNED),
    ]
    for meeting in meetings:
        if not meeting.feedback:
            continue
        reported = [given for given in meeting.feedback.values() if given]
        missing = [name for name, given in meeting.feedback.items() if given is False]
        words = f"{len(reported)} van {len(meeting.feedback)} werkgroepen."
        if missing:
            words += f" Ontbreekt: {', '.join(sorted(missing))}."
        yield Duty(
            key=f"{Rule.FEEDBACK.value}:{meeting.number}",
            rule=Rule.FEEDBACK,
            title=f"{meeting.number}: terugkoppeling door elke werkgroep",
            body_key=meeting.body_key,
            state=_feedback_state(meeting, meeting.feedback.values()),
            due_on=meeting.day,
            words=words,
            meeting_number=meeting.number,
        )


def _feedback_state(
    meeting: MeetingFact, feedback: Collection[bool | None]
) -> DutyState:
    if all(feedback):
        return DutyState.MET
    if meeting.standing is Standing.HELD:
        return DutyState.MISSED
    return DutyState.LATE if False in feedback else DutyState.OPEN


def _frequencies(facts: YearFacts) -> Iterable[Duty]:
    """A work group meets no less often than the core group."""
    for group in facts.groups:
        enough = group.met >= group.core_met
        bad = DutyState.MISSED if facts.is_over else DutyState.LATE
        yield Duty(
            key=f"{Rule.FREQUENCY.value}:{group.number}",
            rule=Rule.FREQUENCY,
            title=f"Werkgroep {group.name}: niet minder vaak samen dan de kerngroep",
            body_key=group.body_key,
            state=DutyState.MET if enough else bad,
            due_on=facts.last_day,
            words=f"De werkgroep kwam {_times(group.met)} samen,"
            f" de kerngroep {_times(group.core_met)}.",
        )


def _times(count: int) -> str:
    return "één keer" if count == 1 else f"{count} keer"
