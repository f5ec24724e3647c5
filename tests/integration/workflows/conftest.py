"""A small city: its people, an agency, and a case that can be led along."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from io import BytesIO

import pytest
from PIL import Image

from engine.model import TaskState
from engine.spiff.runner import SpiffRunner
from tests.factories import an_engine
from workflows.cases import repository as cases
from workflows.cases import service as case_service
from workflows.cases.model import CaseKind
from workflows.cases.service import NewCase
from workflows.definitions import bundle
from workflows.people import service as people
from workflows.people.model import OrganisationKind, Role
from workflows.people.service import NewOrganisation, NewUser
from workflows.register import build_registry
from workflows.uploads import service as uploads

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
OFFER = {
    "street": "Hoogstraat",
    "house_number": "12",
    "box": "3",
    "postcode": "2800",
    "unit_type": "ZW",
    "bedrooms": 2,
    "owner_name": "Jan Janssens",
    "owner_email": "jan@owner.example",
    "occupied": True,
    "occupant_name": "Bea Bewoner",
    "consent_given": True,
}
SERIOUS = {
    "item": "smoke_detector_missing",
    "category": "II",
    "room": "Gang",
    "note": "Geen rookmelder",
}
SMALL = {
    "item": "cellar_damp",
    "rubric": "141",
    "category": "I",
    "room": "Kelder",
    "note": "Vochtig",
}
PEOPLE = (
    ("an", "An Administratie", Role.ADMIN),
    ("els", "Els Peeters", Role.INSPECTOR),
    ("dirk", "Dirk Diensthoofd", Role.HEAD_OF_SERVICE),
    ("bart", "Bart Burgemeester", Role.MAYOR),
    ("greet", "Greet Directeur", Role.GENERAL_DIRECTOR),
)


def _picture():
    content = BytesIO()
    Image.new("RGB", (8, 6), "teal").save(content, "PNG")
    return content.getvalue()


PICTURE = _picture()


@pytest.fixture
def registry():
    return build_registry()


class RememberingRunner(SpiffRunner):
    """Checks and compiles each bundle once for all tests."""

    def __init__(self):
        super().__init__()
        self._checked = {}
        self._compiled = {}

    def check(self, bundle, catalogue):
        key = bundle.content_hash
        if key not in self._checked:
            self._checked[key] = super().check(bundle, catalogue)
        return self._checked[key]

    def compile(self, bundle, catalogue):
        key = bundle.content_hash
        if key not in self._compiled:
            self._compiled[key] = super().compile(bundle, catalogue)
        return self._compiled[key]


@pytest.fixture(scope="session")
def runner():
    return RememberingRunner()


@pytest.fixture
def engine(database_url, clock, registry, runner):
    engine = an_engine(database_url, clock, runner=runner, registry=registry)
    yield engine
    engine.database.dispose()


@pytest.fixture
def clock(clock):
    clock.moment = MONDAY
    return clock


@dataclass(frozen=True, kw_only=True)
class City:
    """The organisations of the test, and the engine that they work with."""

    engine: object
    clock: object
    city: object
    agency: object
    other_agency: object

    def transaction(self):
        return self.engine.transaction()

    def reading(self):
        return self.engine.reading()

    def actor(self, name):
        with self.reading() as work:
            return people.actor(work, name)

    def open_case(
        self, *, by="sofie", kind=CaseKind.SVK_INTAKE, organisation_id=None, **changes
    ):
        new = NewCase(kind=kind, data=OFFER | changes, organisation_id=organisation_id)
        with self.transaction() as work:
            return case_service.open_case(
                work, self.engine, new, by=people.actor(work, by)
            )

    def case(self, number):
        with self.reading() as work:
            return cases.case(work.session, number)

    def tasks(self, case):
        with self.reading() as work:
            tasks = self.engine.tasks.of_instance(work, case.instance_id)
        return {task.element_id: task for task in tasks if task.state is TaskState.OPEN}

    def do(self, case, element, *, by, **data):
        task = self.tasks(case)[element]
        with self.transaction() as work:
            self.engine.tasks.complete(work, task.id, data=data, by=by)

    def pass_time(self, **length):
        self.clock.advance(timedelta(**length))
        fired = True
        while fired:
            with self.transaction() as work:
                fired = self.engine.timers.fire_due(work)

    def incidents(self):
        with self.reading() as work:
            return [incident.message for incident in self.engine.incidents.open(work)]

    def visited(self, **changes):
        """Open a case and lead it to the moment that the inspector is inside."""
        case = self.open_case(**changes)
        self.do(case, "check_completeness", by="an", complete=True)
        self.do(
            case,
            "plan_visit",
            by="an",
            inspector="els",
            visit_at=self.clock.now() + timedelta(days=3),
        )
        self.pass_time(days=3)
        self.do(case, "site_visit", by="els", access=True, acute_danger=False)
        return case

    def found(self, case, *findings, element="record_findings"):
        """Record findings and lead the case to the signature of the report."""
        self.recorded(
            case, *map(partial(self.photographed, case), findings), element=element
        )
        self.drafted(case)

    def drafted(self, case):
        """Lead a case from its findings to the signature of the report."""
        self.do(case, "draft_report", by="els", report_summary="Kort.")
        self.do(case, "review_form", by="an", form_in_order_choice="yes")

    def recorded(self, case, *findings, element="record_findings"):
        """Record findings as they are."""
        self.do(
            case, element, by="els", access=True, findings=list(findings), occupants=2, occupancy_norm=4,
            smoke_detectors_ok=True, parapets_ok=True, health_safety_risk=False,
        )  # fmt: skip

    def checked_again(self, case, *outcomes, new=()):
        """Tell what became of the earlier defects, and record new ones."""
        task = self.tasks(case)["reinspect"]
        with self.reading() as work:
            seen = self.engine.tasks.form(work, task.id).variables
        earlier = [
            {**each, "outcome": outcome}
            for each, outcome in zip(seen["earlier_defects"], outcomes, strict=True)
        ]
        self.do(
            case,
            "reinspect",
            by="els",
            access=True,
            earlier_defects=earlier,
            findings=list(new),
            occupants=2,
            occupancy_norm=4,
        )

    def photographed(self, case, finding):
        """Return a finding with a photo when it is a serious one."""
        if finding["category"] == "I":
            return finding
        return {"photos": [self.photo(case)]} | finding

    def photo(self, case):
        """Add a photo to a case; return its id."""
        new = uploads.cleaned("gebrek.png", PICTURE)
        with self.transaction() as work:
            who = people.actor(work, "els")
            return str(uploads.add(work, case.number, new, by=who).id)

    def reported(self, case, *findings, element="record_findings"):
        """Lead the case on until its report went out."""
        self.found(case, *findings, element=element)
        self.do(case, "sign_report", by="els", vlok_inspection_reference="V-1")

    def sent(self, case):
        """Lead the case from its findings on until its report went out."""
        self.drafted(case)
        self.do(case, "sign_report", by="els", vlok_inspection_reference="V-1")

    def signed(self, case):
        """Lead a conform case on until both signed its certificate."""
        self.do(
            case,
            "prepare_certificate",
            by="an",
            issue_decision="issue",
            max_occupants=4,
        )
        self.do(case, "sign_mayor", by="bart", agrees=True)
        self.do(case, "sign_director", by="greet", agrees=True)

    def certified(self, case):
        """Lead a conform case on until its certificate is valid."""
        self.signed(case)
        self.do(
            case,
            "notify_certificate",
            by="an",
            vlok_reference="CA-1",
            notification_confirmed=True,
        )


@pytest.fixture
def town(engine, clock):
    with engine.transaction() as work:
        engine.definitions.deploy(work, bundle("svk"), by="test")
        city = _organisation(work, OrganisationKind.CITY, "Stad Mechelen")
        agency = _organisation(work, OrganisationKind.RENTAL_AGENCY, "SVK Mechelen")
        other = _organisation(work, OrganisationKind.RENTAL_AGENCY, "SVK Elders")
        _organisation(
            work,
            OrganisationKind.HOUSING_AGENCY,
            "Wonen in Vlaanderen",
            "wonen@vl.example",
        )
        for name, full_name, role in PEOPLE:
            _user(work, name, full_name, role, city)
        _user(work, "sofie", "Sofie Svk", Role.RENTAL_AGENCY, agency)
        _user(work, "rik", "Rik Elders", Role.RENTAL_AGENCY, other)
    return City(
        engine=engine, clock=clock, city=city, agency=agency, other_agency=other
    )


def _organisation(work, kind, name, email=None):
    return people.add_organisation(
        work, NewOrganisation(kind=kind, name=name, email=email)
    )


def _user(work, name, full_name, role, organisation):
    people.add_user(
        work, NewUser(name=name, full_name=full_name, email=f"{name}@mechelen.example")
    )
    people.add_membership(work, name, role=role, organisation_id=organisation.id)
