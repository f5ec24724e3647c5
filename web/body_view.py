"""A body as its pages show it: members, duties, meetings, rights."""

from dataclasses import dataclass
from datetime import date, timedelta

from engine.persistence.unit_of_work import UnitOfWork
from workflows.bodies import repository
from workflows.bodies.duty import Duty
from workflows.bodies.model import VIEW_NAMES, Body, CaseView, Member, PartnerRight
from workflows.calendar import local_day
from workflows.city.model import frequency_in_words
from workflows.meetings import repository as meetings
from workflows.meetings.model import OVER, LastDiscussed, Meeting
from workflows.people import repository as people
from workflows.people.model import Actor
from workflows.people.rights import Action, may
from workflows.planning.facts import duties_of

PAST = timedelta(days=366)
AHEAD = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyLine:
    """A body on the list."""

    body: Body
    rhythm: str
    chair: str
    members: int
    next_meeting: Meeting | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A member, with the name of who replaces him."""

    member: Member
    deputy: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RightLine:
    """What a partner may see, in words."""

    right: PartnerRight
    view: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyPage:
    """Everything on the page of a body."""

    body: Body
    rhythm: str
    chair: str
    secretary: str
    parent: Body | None
    parts: list[Body]
    seats: list[Seat]
    to_come: list[Member]
    former: list[Member]
    discussed: dict[str, LastDiscussed]
    rights: list[RightLine]
    duties: list[Duty]
    ahead: list[Meeting]
    past: list[Meeting]


def body_lines(work: UnitOfWork, who: Actor) -> list[BodyLine]:
    """Return the bodies that *who* may see: all for the city, else his own."""
    today = local_day(work.now)
    found = repository.bodies(work.session, on=today)
    if not who.is_city:
        mine = repository.bodies_of(
            work.session,
            user_name=who.name,
            organisation_ids=who.organisation_ids,
            day=today,
        )
        found = [body for body in found if body.key in mine]
    nexts = _next_meetings(work, today)
    counts = repository.member_counts(work.session, today)
    names = {each.name: each.full_name for each in people.users(work.session)}
    return [
        BodyLine(
            body=body,
            rhythm=rhythm_in_words(body),
            chair=names.get(body.chair or "", "niemand"),
            members=counts.get(body.key, 0),
            next_meeting=nexts.get(body.key),
        )
        for body in found
    ]


def body_page(work: UnitOfWork, key: str, who: Actor) -> BodyPage:
    """Gather the page of a body; duties are for the city only."""
    today = local_day(work.now)
    session = work.session
    body = repository.body(session, key)
    every = repository.members_ever(session, key)
    names = {each.id: each.name for each in every}
    around = meetings.meetings_between(session, today - PAST, today + AHEAD, key)
    sees_duties = may(who, Action.READ_AGENDA)
    return BodyPage(
        body=body,
        rhythm=rhythm_in_words(body),
        chair=_named(work, body.chair),
        secretary=_named(work, body.secretary),
        parent=repository.body(session, body.parent_key) if body.parent_key else None,
        parts=[each for each in repository.bodies(session) if each.parent_key == key],
        seats=[
            Seat(member=each, deputy=names[each.deputy_id] if each.deputy_id else None)
            for each in repository.members_on(session, key, today)
        ],
        to_come=[each for each in every if each.starts_on > today],
        former=[each for each in every if each.ends_on and each.ends_on < today],
        discussed=meetings.discussed_points(session, key, _tomorrow(today)),
        rights=[
            RightLine(right=each, view=view_in_words(each.view))
            for each in repository.partner_rights(session, key)
        ],
        duties=_duties(work, key, today) if sees_duties else [],
        ahead=[each for each in around if local_day(each.starts_at) >= today],
        past=[each for each in reversed(around) if local_day(each.starts_at) < today],
    )


def view_in_words(view: CaseView) -> str:
    """Write what a view shows; each holds the ones before it."""
    views = list(CaseView)
    return ", ".join(VIEW_NAMES[each] for each in views[: views.index(view) + 1])


def rhythm_in_words(body: Body) -> str:
    """Write how often a body meets."""
    parts = []
    if body.wanted_per_year:
        parts.append(f"ongeveer {body.wanted_per_year} keer per jaar")
    elif body.rhythm:
        parts.append(frequency_in_words(body.rhythm))
    if body.legal_minimum:
        parts.append(f"volgens de wet minstens {body.legal_minimum} keer per jaar")
    return "; ".join(parts) or "geen vast ritme"


def _duties(work: UnitOfWork, key: str, today: date) -> list[Duty]:
    return [duty for duty in duties_of(work, today.year) if duty.body_key == key]


def _next_meetings(work: UnitOfWork, today: date) -> dict[str, Meeting]:
    """Return the next meeting of each body that has one within a year."""
    found: dict[str, Meeting] = {}
    for each in meetings.meetings_between(work.session, today, today + AHEAD):
        if each.starts_at > work.now and each.status not in OVER:
            found.setdefault(each.body_key, each)
    return found


def _named(work: UnitOfWork, user_name: str | None) -> str:
    return people.full_name(work.session, user_name) if user_name else "niemand"


def _tomorrow(day: date) -> date:
    return day + timedelta(days=1)
