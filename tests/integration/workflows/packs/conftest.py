"""A periodic body with partners, around the cases of the small city."""

from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest

from tests.integration.workflows.conftest import SERIOUS, SMALL
from workflows.actions import service as actions
from workflows.actions.service import NewAction
from workflows.bodies import partner_rights, sharing
from workflows.bodies import service as bodies
from workflows.bodies.checks import NewBody, NewMember
from workflows.bodies.model import BodyKind, CaseView, RequiredPoint
from workflows.bodies.partner_rights import NewRight
from workflows.definitions import bundle
from workflows.meetings import service as meetings
from workflows.meetings.model import PointKind
from workflows.meetings.service import NewMeeting, NewPoint
from workflows.people import service as people
from workflows.people.model import OrganisationKind, Role
from workflows.people.service import NewOrganisation, NewUser

BODY = "quality_quarterly"
PARTNERS = (
    ("wim", "Wim Wooninspectie", OrganisationKind.HOUSING_INSPECTORATE),
    ("dirkje", "Dirkje Wijkagent", OrganisationKind.NEIGHBOURHOOD_POLICE),
    ("lot", "Lot Hogeschool", OrganisationKind.UNIVERSITY_COLLEGE),
)


@dataclass
class Round:
    """The city with a body that its partners sit in, and one of its meetings."""

    town: object
    partners: dict = field(default_factory=dict)
    meeting: object = None

    @property
    def number(self):
        return self.meeting.number

    def writing(self):
        return self.town.transaction()

    def reading(self):
        return self.town.reading()

    def actor(self, name):
        return self.town.actor(name)

    def give_right(self, partner, view=CaseView.FINDINGS, *, shared_only=True):
        new = NewRight(
            organisation_id=self.partners[partner],
            view=view,
            legal_ground="Boek 3",
            shared_only=shared_only,
        )
        with self.writing() as work:
            by = people.actor(work, "dirk")
            partner_rights.give_right(work, BODY, new, by=by)

    def share(self, case, partner):
        with self.writing() as work:
            return sharing.share(
                work,
                case.number,
                organisation_id=self.partners[partner],
                legal_ground="Toezicht",
                by=people.actor(work, "dirk"),
            )

    def put(self, case, title=None, **changes):
        new = NewPoint(
            kind=PointKind.CASE,
            title=title or f"Dossier {case.number}, {case.address}",
            case_number=case.number,
            **changes,
        )
        with self.writing() as work:
            return meetings.add_point(work, self.number, new, by="an")

    def say(self, title, explanation="", kind=PointKind.FREE, **changes):
        new = NewPoint(kind=kind, title=title, explanation=explanation, **changes)
        with self.writing() as work:
            return meetings.add_point(work, self.number, new, by="an")

    def act(self, text, case=None, point=None):
        new = NewAction(
            body_key=BODY,
            text=text,
            owner="an",
            owner_name="An Administratie",
            due_on=date(2026, 5, 15),
            meeting_number=self.number,
            point_id=point.id if point else None,
            case_number=case.number if case else None,
        )
        with self.writing() as work:
            return actions.add(work, self.town.engine, new, by="an")

    def mails(self):
        with self.reading() as work:
            found = self.town.engine.outbox.newest(work, limit=1000)
        return [each.mail for each in found[::-1]]


@pytest.fixture
def round_table(town):
    table = Round(town=town)
    with town.transaction() as work:
        town.engine.definitions.deploy(work, bundle("consultation"), by="test")
        _bring_partners(work, table)
        _found(work)
    with town.transaction() as work:
        new = NewMeeting(
            body_key=BODY,
            starts_at=town.clock.now() + timedelta(days=60),
            place="Stadhuis",
        )
        by = people.actor(work, "an")
        table.meeting = meetings.plan(work, town.engine, new, by=by)
    return table


@pytest.fixture
def inspected(town):
    """A case whose defects were reported, with names of people in what was noted."""
    note = {"note": "Geen rookmelder, zegt Bea Bewoner (0475 12 34 56)"}
    case = town.visited(street="Kerkstraat", house_number="7")
    town.reported(case, SERIOUS | note, SMALL)
    task = town.tasks(case)["compose_works_list"]
    with town.reading() as work:
        proposed = town.engine.tasks.form(work, task.id).variables["works"]
    town.do(case, "compose_works_list", by="els", works=proposed)
    return town.case(case.number)


def _bring_partners(work, table):
    for name, full_name, kind in PARTNERS:
        new = NewOrganisation(kind=kind, name=f"Dienst van {full_name}")
        home = people.add_organisation(work, new)
        account = NewUser(
            name=name, full_name=full_name, email=f"{name}@partner.example"
        )
        people.add_user(work, account)
        people.add_membership(work, name, role=Role.PARTNER, organisation_id=home.id)
        table.partners[name] = home.id


def _found(work):
    by = people.actor(work, "dirk")
    new = NewBody(
        key=BODY,
        kind=BodyKind.PERIODIC,
        name="Periodiek overleg",
        prefix="WK",
        starts_on=date(2026, 1, 1),
        chair="dirk",
        secretary="an",
        points=(RequiredPoint(code="W1", title="Vaste opvolging", position=1),),
    )
    bodies.found_body(work, new, by=by)
    for name in ("els", *(partner[0] for partner in PARTNERS)):
        member = NewMember(user_name=name, capacity="lid", starts_on=date(2026, 1, 1))
        bodies.add_member(work, BODY, member, by=by)
