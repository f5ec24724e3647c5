"""The weekly meeting of the demo city, and remarks on the processes themselves."""

from collections.abc import Iterator
from datetime import date, datetime, time

from engine.calendar import WorkingCalendar
from engine.persistence.unit_of_work import UnitOfWork
from workflows.agenda.repository import items_of
from workflows.calendar import DAYS, local_day, local_moment
from workflows.city import service as city
from workflows.demo.office import Office
from workflows.demo.pace import At, Later, Story
from workflows.meetings.model import Meeting, Presence
from workflows.people.model import Actor
from workflows.remarks import service as remarks
from workflows.remarks.service import NewRemark
from workflows.weekly import closing, planning, service
from workflows.weekly.model import Place, Words, Writing
from workflows.weekly.planning import NewTask
from workflows.weekly.repository import places
from workflows.weekly.running import running_cases

_CALENDAR = WorkingCalendar()
_WEEK = 7
_Said = tuple[str, str, str, int]
_DECIDED: tuple[_Said, ...] = (
    ("De eigenaar wordt opgebeld.", "De eigenaar opbellen.", "griet", 5),
    ("De brandweer kijkt mee bij het bezoek.", "De brandweer contacteren.", "an", 6),
    ("Het SVK krijgt een overzicht van de werken.", "Het SVK schrijven.", "an", 12),
)
"""Of the first cases on the list: what was decided, the work, who does it, by when."""
_WAIT = "Geen nieuwe elementen sinds het vorige overleg."


def stories(office: Office) -> Iterator[tuple[datetime, Story]]:
    """Return when the story of the weekly meeting begins, and how it goes."""
    before = _CALENDAR.on_or_before(_back(_this_week(office), _WEEK + 3))
    yield local_moment(before, time(10)), _weeks(office)


def _weeks(office: Office) -> Story:
    """Last week's meeting is closed with decisions, this week's is open."""
    with office.engine.transaction() as work:
        _meets_on(work, _this_week(office))
        meeting = service.plan_next(work, office.engine, by=office.who("griet"))
    kept = _pins(office, "leila", "technical_report", "review_form", _ABOUT_REVIEW)
    yield At(moment=meeting.starts_at)
    yield Later(days=0, hour=10)
    _hold(office, meeting)
    _decides(office, kept)
    with office.engine.transaction() as work:
        griet = office.who("griet")
        closing.finish(work, office.engine, meeting.number, by=griet)
    yield Later(days=2)
    office.carries_out(
        meeting.number, who="griet", result="De eigenaar is op de hoogte."
    )
    _pins(office, "tom", "technical_report", "draft_report", _ABOUT_DRAFT)


_ABOUT_REVIEW = "De vorm nakijken kan vroeger: de foto's staan bij de vaststellingen."
_KEPT = "De vorm wordt op het verslag nagekeken, dus pas als het geschreven is."
_ABOUT_DRAFT = (
    "Deze stap duurt te lang: de samenvatting herhaalt wat in de vaststellingen staat."
)


def _this_week(office: Office) -> date:
    """Return the day of the meeting that stands open when the demo opens."""
    return _CALENDAR.on_or_before(local_day(office.until))


def _back(day: date, days: int) -> date:
    return date.fromordinal(day.toordinal() - days)


def _meets_on(work: UnitOfWork, day: date) -> None:
    """Set the weekday of the meeting, so that its list stands ready in each demo."""
    city.change_setting(
        work,
        "weekly_day",
        DAYS[day.weekday()],
        valid_from=local_day(work.now),
        by="griet",
    )


def _hold(office: Office, meeting: Meeting) -> None:
    """Say something of each running case, and plan work for some."""
    missing = {"Leila Benali": (Presence.EXCUSED, "")}
    office.meets(meeting.number, missing, by="an")
    with office.engine.transaction() as work:
        griet = office.who("griet")
        running = places(work.session, meeting.number)
        for place, said in zip(running, _DECIDED, strict=False):
            _discusses(work, meeting, place, said, griet)
        if len(running) > len(_DECIDED):
            _postpones(work, meeting, running[len(_DECIDED)], griet)
        rest = [each.number for each in running[len(_DECIDED) + 1 :]]
        if rest:
            service.no_change_for(work, meeting.number, rest, reason=_WAIT, by=griet)


def _discusses(
    work: UnitOfWork,
    meeting: Meeting,
    place: Place,
    said: tuple[str, str, str, int],
    by: Actor,
) -> None:
    decision, task, owner, days = said
    open_items = tuple(
        item.id
        for item in items_of(work.session, place.number)
        if item.concluded_on is None
    )
    due_on = _CALENDAR.on_or_after(_back(local_day(work.now), -days))
    new = NewTask(text=task, owner=owner, due_on=due_on)
    planning.plan_task(work, meeting.number, place.number, new, by=by)
    words = Words(decision=decision, concludes=open_items)
    service.decide(work, _writing(meeting, place, words), by=by)


def _postpones(work: UnitOfWork, meeting: Meeting, place: Place, by: Actor) -> None:
    """Give the next step of a case another date."""
    case = running_cases(work.session, meeting, number=place.number)[0]
    words = Words(note="De betrokkenen vroegen uitstel; de stap schuift op.")
    if case.next_step is None:
        service.no_change(work, _writing(meeting, place, words), by=by)
        return
    due_on = _CALENDAR.on_or_after(_back(local_day(work.now), -12))
    planning.plan_moment(
        work, meeting.number, place.number, case.next_step.id, due_on=due_on, by=by
    )
    service.decide(work, _writing(meeting, place, words), by=by)


def _writing(meeting: Meeting, place: Place, words: Words) -> Writing:
    return Writing(
        meeting_number=meeting.number,
        case_number=place.number,
        words=words,
        version=0,
    )


def _pins(office: Office, who: str, process: str, step: str, text: str) -> str:
    """Pin a remark to a step of the version that is in use."""
    with office.engine.transaction() as work:
        new = NewRemark(
            bundle_hash=office.engine.definitions.latest(work, "svk").content_hash,
            process_id=process,
            element_id=step,
            text=text,
        )
        return remarks.pin(work, office.engine, new, by=office.who(who)).number


def _decides(office: Office, remark: str) -> None:
    """The meeting leaves the process as it is, and its author hears why."""
    with office.engine.transaction() as work:
        griet = office.who("griet")
        remarks.decide(work, office.engine, remark, change=False, text=_KEPT, by=griet)
