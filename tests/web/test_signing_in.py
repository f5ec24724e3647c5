"""Signing in, out, and what the end of a session does not lose."""

import re
from datetime import timedelta
from html import unescape

from tests.web.city import PASSWORD
from workflows.people import access, service


def fields(page):
    """Return the hidden fields of a page by name."""
    found = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {unescape(name): unescape(value) for name, value in found}


def test_the_front_door_leads_each_to_his_own_first_page(city):
    assert city.client().get("/").location == "/aanmelden"
    assert city.client("an.peeters").get("/").location == "/taken"
    assert city.client("ine.vos").get("/").location == "/svk"
    assert city.client("greet.smets").get("/").location == "/taken"


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(city):
    answer = city.client().post(
        "/aanmelden", data={"_name": "an.peeters", "_password": PASSWORD}
    )

    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_wrong_password_is_refused_without_telling_which_part_is_wrong(city):
    client = city.client()
    wrong = client.post("/aanmelden", data={"_name": "an.peeters", "_password": "nee"})
    unknown = client.post("/aanmelden", data={"_name": "niemand", "_password": "nee"})

    sentence = "Deze gebruikersnaam en dit wachtwoord horen niet samen."
    assert wrong.status_code == unknown.status_code == 401
    assert sentence in wrong.text
    assert sentence in unknown.text


def test_many_failures_slow_an_account_down_also_with_the_right_password(city):
    client = city.client()
    for _ in range(5):
        client.post("/aanmelden", data={"_name": "an.peeters", "_password": "nee"})
    right = {"_name": "an.peeters", "_password": PASSWORD}
    slowed = client.post("/aanmelden", data=right)
    city.clock.advance(timedelta(hours=1))
    later = client.post("/aanmelden", data=right)

    assert slowed.status_code == 429
    assert "Wacht even" in slowed.text
    assert later.status_code == 302


def test_nobody_waits_to_write_while_a_password_is_weighed(city, monkeypatch):
    weigh = access.verify

    def write_meanwhile(stored, password):
        with city.engine.transaction() as work:
            service.set_deputy(work, "bram.claes", "an.peeters")
        return weigh(stored, password)

    monkeypatch.setattr(access, "verify", write_meanwhile)

    assert city.client("an.peeters").get("/taken").status_code == 200
    assert city.actor("an.peeters").stands_in_for == {"bram.claes"}


def test_a_session_can_be_ended_from_another_device(city):
    stolen, own = city.client("an.peeters"), city.client("an.peeters")
    page = own.get("/sessies").text
    for path in re.findall(r'action="(/sessies/[^"]+)"', page):
        own.post(path)

    assert stolen.get("/taken").status_code == 302
    assert stolen.get("/taken").location.startswith("/aanmelden")


def test_after_signing_out_the_token_holds_no_more(city):
    client = city.client("an.peeters")
    token = client.get_cookie("woonflow_session").value
    client.post("/afmelden")
    client.set_cookie("woonflow_session", token)

    assert client.get("/taken").status_code == 302


def test_somebody_comes_back_where_he_wanted_to_go(city):
    client = city.client()
    asked = client.get("/taken?wie=mij")
    form = {"_name": "an.peeters", "_password": PASSWORD, "next": "/taken?wie=mij"}

    assert asked.location == "/aanmelden?next=/taken?wie%3Dmij"
    assert client.post("/aanmelden", data=form).location == "/taken?wie=mij"


def test_no_sign_in_leads_to_another_site(city):
    form = {"_name": "an.peeters", "_password": PASSWORD, "next": "//evil.example"}

    assert city.client().post("/aanmelden", data=form).location == "/"


def test_what_was_typed_survives_the_end_of_the_session(city):
    case = city.offer()
    path = f"/dossiers/{case.number}/notities"
    client = city.client("an.peeters")
    city.clock.advance(timedelta(days=2))

    stopped = client.post(path, data={"text": "Sleutel bij <de> buur & co"})
    form = fields(stopped.text) | {"_name": "an.peeters", "_password": PASSWORD}
    back = client.post("/aanmelden", data=form)
    again = client.post(path, data=fields(back.text))
    page = client.get(again.location)

    assert stopped.status_code == 401
    assert "niet verloren" in stopped.text
    assert "Verder met wat ik invulde" in back.text
    assert 'aria-label="Hoofdmenu"' in back.text
    assert "An Peeters" in back.text
    assert "Sleutel bij &lt;de&gt; buur &amp; co" in page.text


def test_a_script_of_ours_learns_that_the_session_ended(city):
    case = city.offer()
    task = city.tasks(case.number)["check_completeness"]
    answer = city.client().post(
        f"/taken/{task.id}/concept", headers={"Accept": "application/json"}
    )

    assert answer.status_code == 401
    assert answer.json["code"] == "sign_in_needed"
