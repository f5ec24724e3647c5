"""Consultation bodies for the city of the page tests."""

from datetime import date, timedelta

from workflows.bodies import service as bodies
from workflows.bodies.checks import NewBody, NewMember
from workflows.bodies.model import BodyKind
from workflows.definitions import bundle
from workflows.meetings.model import MeetingStatus
from workflows.meetings.tables import MeetingRow
from workflows.people import service as people

SINCE = date(2026, 1, 1)
BODIES = (
    ("coordination_group", BodyKind.COORDINATION_GROUP, "Coördinatiegroep", "CG"),
    ("core_group", BodyKind.CORE_GROUP, "Kerngroep", "KG"),
    ("weekly_quality", BodyKind.WEEKLY, "Woonkwaliteitsoverleg", "WKO"),
)


def give_bodies(city):
    """Found the bodies in which the service and one rental agency sit."""
    with city.engine.transaction() as work:
        by = people.actor(work, "chris.maes")
        for key, kind, name, prefix in BODIES:
            new = NewBody(
                key=key,
                kind=kind,
                name=name,
                prefix=prefix,
                starts_on=SINCE,
                chair="fatima.aydin",
                secretary="an.peeters",
            )
            bodies.found_body(work, new, by=by)
        member = NewMember(user_name="ine.vos", capacity="SVK", starts_on=SINCE)
        bodies.add_member(work, "core_group", member, by=by)
        city.engine.definitions.deploy(work, bundle("consultation"), by="greet.smets")


def a_meeting(city, number, *, body_key="core_group", status=None, **ahead):
    """Put a meeting in the city, without a process."""
    with city.engine.transaction() as work:
        row = MeetingRow(
            number=number,
            body_key=body_key,
            sequence=1,
            starts_at=work.now + timedelta(**ahead),
            minutes_long=90,
            place="Stadhuis",
            reason="",
            status=status or MeetingStatus.AGENDA_OPEN,
            planned_at=work.now,
            planned_by="an.peeters",
            version=1,
        )
        work.session.add(row)
