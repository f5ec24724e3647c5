"""A small city to open pages in: people, an agency, the real processes."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import ClassVar

from engine.bootstrap import Engine, build_engine
from engine.clock import FixedClock
from engine.model import Bundle
from engine.settings import EngineSettings
from engine.spiff.runner import SpiffRunner
from engine.worklist import TaskQuery
from web.app import create_app
from web.services import Services
from web.settings import WebSettings
from workflows.cases import service as cases
from workflows.cases.model import CaseKind
from workflows.people import access, repository, service
from workflows.people.model import OrganisationKind, Role
from workflows.register import build_registry

NOON = datetime(2026, 11, 25, 11, 0, tzinfo=UTC)
PASSWORD = "een lang wachtwoord"
PEOPLE = {
    "an.peeters": ("An Peeters", Role.ADMIN),
    "bram.claes": ("Bram Claes", Role.INSPECTOR),
    "chris.maes": ("Chris Maes", Role.HEAD_OF_SERVICE),
    "dirk.wouters": ("Dirk Wouters", Role.MAYOR),
    "els.jacobs": ("Els Jacobs", Role.GENERAL_DIRECTOR),
    "fatima.aydin": ("Fatima Aydin", Role.ALDERMAN),
    "greet.smets": ("Greet Smets", Role.PROCESS_MANAGER),
    "hugo.leys": ("Hugo Leys", Role.SYSTEM_ADMIN),
}
AGENCY_USER = "ine.vos"
OTHER_AGENCY_USER = "jef.mertens"
PARTNER_USER = "kim.stevens"
OFFER = {
    "street": "Meibloemstraat",
    "house_number": "84",
    "box": "",
    "postcode": "2800",
    "unit_type": "ZW",
    "bedrooms": 2,
    "owner_name": "J. De Smet",
    "owner_email": "j.desmet@voorbeeld.be",
    "occupied": False,
    "consent_given": True,
    "consent_date": date(2026, 11, 20),
    "wished_date": date(2026, 12, 10),
}


@dataclass(kw_only=True)
class City:
    """The engine and the application of the city."""

    engine: Engine
    app: object
    clock: FixedClock

    def client(self, user=None):
        """Return a browser without JavaScript, signed in as *user*."""
        client = self.app.test_client()
        # As browsers do with each post to their own site.
        client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
        if user:
            form = {"_name": user, "_password": PASSWORD}
            answer = client.post("/aanmelden", data=form)
            assert answer.status_code == 302, answer.text
        return client

    def actor(self, user):
        with self.engine.reading() as work:
            return service.actor(work, user)

    def offer(self, by=AGENCY_USER, **changes):
        """Let an agency offer a dwelling; return the case."""
        new = cases.NewCase(kind=CaseKind.SVK_INTAKE, data={**OFFER, **changes})
        with self.engine.transaction() as work:
            return cases.open_case(work, self.engine, new, by=self.actor(by))

    def tasks(self, number):
        """Return the open tasks of a case by element."""
        query = TaskQuery(business_keys=frozenset({number}))
        with self.engine.reading() as work:
            found = self.engine.tasks.find(work, query).items
        return {task.element_id: task for task in found}

    def complete(self, number, element, by, **data):
        """Complete the task of a case at an element."""
        task = self.tasks(number)[element]
        with self.engine.transaction() as work:
            self.engine.tasks.complete(work, task.id, data=data, by=by)


def svk_bundle():
    """Return the bundle of the SVK family, as it lies in ``bpmn``."""
    endings = (".bpmn", ".dmn", ".form")
    found = {
        each.name: each.read_bytes()
        for each in files("bpmn.svk").iterdir()
        if each.name.endswith(endings)
    }
    return Bundle(key="svk", files=found)


class RememberingRunner(SpiffRunner):
    """Compiles each bundle once per run of the tests."""

    compiled: ClassVar[dict] = {}

    def compile(self, bundle, catalogue):
        known = self.compiled.get(bundle.content_hash)
        if known is None:
            known = super().compile(bundle, catalogue)
            self.compiled[bundle.content_hash] = known
        return known


def found(url):
    """Found the city in a database that has its tables."""
    city = open_city(url)
    with city.engine.transaction() as work:
        _settle(work)
        city.engine.definitions.deploy(work, svk_bundle(), by="greet.smets")
    return city


def open_city(url, *, training=True, trusted_proxies=0):
    """Open the city on the database in which it was founded."""
    clock = FixedClock(NOON)
    settings = EngineSettings(database_url=url)
    engine = build_engine(settings, build_registry(), clock, runner=RememberingRunner())
    chosen = WebSettings(
        secret_key="x" * 32, training=training, trusted_proxies=trusted_proxies
    )
    services = Services(engine=engine, settings=chosen, wall_clock=clock)
    return City(engine=engine, app=create_app(services), clock=clock)


def _settle(work):
    """Let people live in the city; all have the same password."""
    since = date(2026, 1, 1)
    offices = {
        "city": (OrganisationKind.CITY, "Stad Mechelen"),
        "agency": (OrganisationKind.RENTAL_AGENCY, "SVK De Sleutel"),
        "other": (OrganisationKind.HOUSING_COMPANY, "Woonmaatschappij Rivierenland"),
        "police": (OrganisationKind.NEIGHBOURHOOD_POLICE, "Wijkpolitie Mechelen"),
    }
    ids = {}
    for key, (kind, name) in offices.items():
        new = service.NewOrganisation(kind=kind, name=name, since=since)
        ids[key] = service.add_organisation(work, new).id
    for user, (name, role) in PEOPLE.items():
        _person(work, user, name, role, ids["city"])
    agents = {
        AGENCY_USER: ("Ine Vos", "agency"),
        OTHER_AGENCY_USER: ("Jef Mertens", "other"),
    }
    for user, (name, key) in agents.items():
        _person(work, user, name, Role.RENTAL_AGENCY, ids[key])
    _person(work, PARTNER_USER, "Kim Stevens", Role.PARTNER, ids["police"])


def _person(work, user, name, role, organisation_id):
    email = f"{user}@voorbeeld.be"
    service.add_user(work, service.NewUser(name=user, full_name=name, email=email))
    service.add_membership(
        work, user, role=role, organisation_id=organisation_id, since=date(2026, 1, 1)
    )
    row = repository.user_row(work.session, user)
    row.password_hash = _HASH
    work.session.flush()


# One hash for all: argon2 is slow on purpose.
_HASH = access._HASHER.hash(PASSWORD)
