"""The small city of the pages, spoken to by programs."""

import json
from dataclasses import dataclass

import pytest

from engine.training import FixedTime, Training
from engine.worker import Worker
from tests.web.city import PEOPLE
from web.app import create_app
from web.services import Services
from web.settings import WebSettings
from workflows.people import repository, service, tokens
from workflows.people.model import OrganisationKind, Role

API = "/api/v1"


class Sink:
    """A transport that keeps what it should send."""

    def __init__(self):
        self.sent = []

    def send(self, message):
        self.sent.append(message)


@dataclass(kw_only=True)
class Program:
    """A program with a token; ``get`` and ``post`` speak JSON."""

    client: object
    token: str | None

    def get(self, path, **options):
        return self.client.get(API + path, headers=self._headers(options), **options)

    def post(self, path, body=None, **options):
        headers = self._headers(options)
        if body is not None:
            options["data"] = (
                body if isinstance(body, str | bytes) else json.dumps(body)
            )
            options.setdefault("content_type", "application/json")
        return self.client.post(API + path, headers=headers, **options)

    def _headers(self, options):
        own = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return own | options.pop("headers", {})


@pytest.fixture
def training(city):
    """The same city in training mode."""
    engine = city.engine
    worker = Worker(engine=engine, transport=Sink(), name="training")
    services = Services(
        engine=engine,
        settings=WebSettings(secret_key="x" * 32, training=True),
        wall_clock=city.clock,
        training=Training(engine, worker, FixedTime(city.clock)),
    )
    city.app = create_app(services)
    return city


@pytest.fixture
def program(city):
    """Make a program of a user: ``program("an.peeters", scopes=["read_case"])``."""

    def make(user=None, **options):
        token = None
        if user:
            with city.engine.transaction() as work:
                token = tokens.issue_token(work, user, label="test", **options)
        return Program(client=city.app.test_client(), token=token)

    return make


@pytest.fixture
def everything(city):
    """A user with each role of the city."""
    with city.engine.transaction() as work:
        new = service.NewUser(
            name="alles", full_name="Al Les", email="alles@voorbeeld.be"
        )
        service.add_user(work, new)
        (office,) = repository.organisations(
            work.session, kinds=[OrganisationKind.CITY]
        )
        for _, role in set(PEOPLE.values()):
            service.add_membership(
                work, "alles", role=Role(role), organisation_id=office.id
            )
    return "alles"
