"""All routes, walked by a stranger; all pages, walked by each role."""

import re

import pytest

from tests.web.bodies import a_meeting, give_bodies
from tests.web.city import AGENCY_USER, OTHER_AGENCY_USER, PARTNER_USER, PEOPLE
from web.navigation import _MENU

PUBLIC = {
    "/",
    "/aanmelden",
    "/afmelden",
    "/thema.css",
    "/healthz",
    "/metrics",
    "/readyz",
    "/api/v1/openapi.json",
    "/static/<path:filename>",
    "/overleg/agenda/<secret>.ics",
}
CITY_PAGES = {"/taken", "/dossiers", "/dossiers/<number>", "/processen"}
STEERING = {"/dossiers/<number>/verloop/<step>"}
OPENING = {"/dossiers/nieuw", "/dossiers/nieuw/<kind>"}
ACTIONS = {"/dossiers/<number>/intrekken", "/dossiers/<number>/werken-klaar"}
DWELLING = {"/dossiers/<number>/woning"}
TASK = {"/taken/<uuid:task_id>"}
OWN = {"/sessies"}
BUNDLES = {
    "/processen",
    "/processen/<key>",
    "/processen/<key>/<content_hash>",
    "/processen/<key>/<content_hash>/bestanden/<name>",
    "/processen/<key>/concept",
}
DRAWING = {"/dossiers/<number>/tekeningen/<name>"}
SETTINGS = {
    "/beheer",
    "/beheer/instellingen",
    "/beheer/instellingen/<name>",
    "/beheer/feestdagen",
}
MAILS = {"/beheer/berichten"}
INCIDENTS = {"/beheer/incidenten"}
USERS = {"/beheer/gebruikers", "/beheer/gebruikers/<name>"}
LOOPS = {
    "/overleg/werkgroepen",
    "/overleg/beleidsvragen",
    "/overleg/beleidsvragen/nieuw",
    "/overleg/opmerkingen",
}
SEATS = {"/overleg", "/overleg/organen", "/overleg/vergaderingen"}
SEATED = {
    "/overleg/organen/<key>",
    "/overleg/vergaderingen/<meeting>",
    "/overleg/vergaderingen/<meeting>/verslag",
    "/overleg/vergaderingen/<meeting>/bundel",
}
REGISTERS = {"/overleg/besluiten", "/overleg/actiepunten"}
TALKS = {
    "/overleg/agendapunten",
    "/overleg/jaar",
    "/overleg/jaar/<int:year>",
    "/overleg/wekelijks",
    "/overleg/cijfers",
}
PLANNING = {
    "/overleg/vergaderingen/<meeting>/dossiers",
    "/overleg/vergaderingen/nieuw",
    "/overleg/jaar/<int:year>/reeks",
    "/overleg/jaar/<int:year>/verplaatsen",
    "/overleg/organen/<key>/leden/nieuw",
    "/overleg/organen/<key>/leiding",
}
ASKING = {"/overleg/werkgroepen", "/overleg/beleidsvragen"}
SHARED = {"/overleg/gedeeld"}
CONSULTATION = SEATS | SEATED | REGISTERS | TALKS
CITY = CONSULTATION | LOOPS | CITY_PAGES | BUNDLES | DRAWING | OWN
MANAGER = BUNDLES | SETTINGS | INCIDENTS | OWN
OPENS = {
    "an.peeters": CITY
    | PLANNING
    | OPENING
    | ACTIONS
    | DWELLING
    | TASK
    | SETTINGS
    | MAILS,
    "bram.claes": CITY | DWELLING | TASK,
    "chris.maes": CITY
    | PLANNING
    | OPENING
    | ACTIONS
    | STEERING
    | {"/dossiers/<number>/delen"}
    | DWELLING
    | TASK
    | SETTINGS
    | MAILS
    | INCIDENTS,
    "dirk.wouters": CITY,
    "els.jacobs": CITY,
    "fatima.aydin": CITY,
    "greet.smets": MANAGER
    | SEATS
    | SEATED
    | REGISTERS
    | {"/taken", "/overleg/opmerkingen"},
    "hugo.leys": MANAGER | MAILS | USERS,
    AGENCY_USER: {"/svk", "/taken", "/dossiers", "/dossiers/<number>"}
    | SEATS
    | SEATED
    | ASKING
    | SHARED
    | {"/overleg/beleidsvragen/nieuw"}
    | OPENING
    | ACTIONS
    | OWN,
    OTHER_AGENCY_USER: {"/svk", "/taken", "/dossiers"}
    | SEATS
    | ASKING
    | SHARED
    | OPENING
    | OWN,
    PARTNER_USER: SEATS | ASKING | SHARED | OWN,
}
"""What each may open of a case that the first agency offered, and of a meeting of the
body in which somebody of it sits; all else is refused."""


@pytest.fixture
def case(city):
    give_bodies(city)
    a_meeting(city, "KG-2026-1", days=14)
    return city.offer()


@pytest.fixture
def routes(city, case):
    """Each rule that can be read, with an address of it."""
    task = city.tasks(case.number)["check_completeness"]
    with city.engine.reading() as work:
        content_hash = city.engine.definitions.latest(work, "svk").content_hash
    values = {
        "number": case.number,
        "task_id": str(task.id),
        "key": "svk",
        "content_hash": content_hash,
        "kind": "svk_intake",
        "step": "opschorten",
        "meeting": "KG-2026-1",
        "year": "2026",
    }
    return list(_addresses(city, values))


def _addresses(city, values):
    nothing = "00000000-0000-0000-0000-000000000000"
    for rule in city.app.url_map.iter_rules():
        named = values | {"name": _name_in(rule.rule), "filename": "css/base.css"}
        if rule.rule.startswith("/overleg"):
            named["key"] = "core_group"
        parts = re.split(r"<(?:\w+:)?(\w+)>", rule.rule)
        for at in range(1, len(parts), 2):
            parts[at] = named.get(parts[at], nothing)
        yield rule, "".join(parts)


def _name_in(rule):
    if "gebruikers" in rule:
        return "an.peeters"
    return "works" if "instellingen" in rule else "svk_intake.bpmn"


def test_a_stranger_gets_nowhere_but_to_the_sign_in(city, routes):
    client = city.client()
    got_in = set()
    for rule, address in routes:
        for method in rule.methods - {"OPTIONS", "HEAD"}:
            answer = client.open(address, method=method)
            answer.close()
            refused = answer.status_code == 401 or "/aanmelden" in (
                answer.location or ""
            )
            if not refused and answer.status_code != 405:
                got_in.add(rule.rule)

    assert got_in <= PUBLIC


@pytest.mark.parametrize(
    "user", [*PEOPLE, AGENCY_USER, OTHER_AGENCY_USER, PARTNER_USER]
)
def test_each_role_opens_what_is_his_and_nothing_else(city, routes, user):
    client = city.client(user)
    opened = {
        rule.rule
        for rule, address in routes
        if "GET" in rule.methods
        and rule.rule not in PUBLIC
        and not rule.rule.startswith("/api/")
        and client.get(address).status_code in {200, 302}
    }

    assert opened == OPENS[user]


@pytest.mark.parametrize("user", [*PEOPLE, AGENCY_USER, PARTNER_USER])
def test_the_menu_leads_nobody_to_a_closed_door(city, user):
    client = city.client(user)
    page = client.get("/sessies").text
    shown = re.findall(r'<li><a href="([^"]+)"', page)

    assert 0 < len(shown) <= len(_MENU)
    assert [client.get(path).status_code for path in shown] == [200] * len(shown)


def test_an_agency_finds_no_case_or_task_of_another(city, case):
    client = city.client(OTHER_AGENCY_USER)

    for path in ("/svk", "/taken", "/dossiers", f"/dossiers?q={case.number}"):
        assert "Meibloemstraat" not in client.get(path).text
