"""The weekly meeting in a browser without JavaScript: walk, write, lose nothing."""

import re
from datetime import timedelta

import pytest

from engine.model import TaskState
from tests.web.bodies import SINCE, a_meeting, give_bodies
from workflows.actions.service import NewDecision, decide
from workflows.agenda import service as agenda
from workflows.bodies import service as bodies
from workflows.bodies.checks import NewMember
from workflows.meetings import repository as meetings
from workflows.people import service as people
from workflows.weekly import repository, service

MEMBERS = ("chris.maes", "an.peeters", "bram.claes")
VERSION = re.compile(r'name="version" value="(\d+)"')


class Talk:
    """A meeting that is on, and browsers at its pages."""

    def __init__(self, city):
        self.city = city
        self.number = ""
        self.cases = []

    def path(self, *parts):
        return "/".join(["/overleg/wekelijks", self.number, *parts])

    def page(self, case, user="an.peeters"):
        return self.city.client(user).get(self.path(case)).text

    def post(self, case, doe, user="an.peeters", **typed):
        """Press a button on the screen of a case; an old page has an old version."""
        client = self.city.client(user)
        found = VERSION.search(client.get(self.path(case)).text)
        form = {"version": found.group(1) if found else "0", **typed, "doe": doe}
        return client.post(self.path(case), data=form)

    def entry(self, case):
        with self.city.engine.reading() as work:
            return repository.entry(work.session, self.number, case)

    def lines(self):
        with self.city.engine.reading() as work:
            return repository.plan_lines(work.session, self.number)

    def attend(self, *present, user="an.peeters"):
        page = self.city.client(user).get(self.path()).text
        named = dict(zip(_members(page), sorted(MEMBERS), strict=True))
        form = {
            f"presence-{key}": "present" if name in present else "absent"
            for key, name in named.items()
        }
        return self.city.client(user).post(self.path("aanwezig"), data=form)

    def pass_over_the_rest(self, user="an.peeters"):
        form = {"which": "rest", "reason": "Niets nieuws"}
        return self.city.client(user).post(self.path("doorschuiven"), data=form)

    def close(self, user="an.peeters"):
        return self.city.client(user).post(self.path("sluiten"))


def _members(page):
    """Return the keys of the members, in the order of their names."""
    return list(dict.fromkeys(re.findall(r'name="presence-([^"]+)"', page)))


@pytest.fixture
def talk(city):
    give_bodies(city)
    talk = Talk(city)
    talk.cases = [city.offer(house_number=str(one), box="").number for one in (2, 4, 6)]
    with city.engine.transaction() as work:
        chris = people.actor(work, "chris.maes")
        for name in MEMBERS:
            new = NewMember(user_name=name, capacity="dienst Wonen", starts_on=SINCE)
            bodies.add_member(work, "weekly_quality", new, by=chris)
        meeting = service.plan_next(work, city.engine, by=chris)
    city.clock.moment = meeting.starts_at
    with city.engine.transaction() as work:
        city.engine.timers.fire_due(work)
    talk.number = meeting.number
    return talk


def test_the_menu_leads_to_the_meeting_that_is_on(city, talk):
    answer = city.client("bram.claes").get("/overleg/wekelijks")

    assert answer.status_code == 302
    assert answer.location == talk.path()


def test_without_a_meeting_one_can_be_planned(city):
    give_bodies(city)
    page = city.client("an.peeters").get("/overleg/wekelijks").text
    planned = city.client("an.peeters").post("/overleg/wekelijks/plannen")

    assert "dinsdag 1 december 2026" in page
    assert planned.status_code == 302
    assert city.client("an.peeters").get(planned.location).status_code == 200


def test_the_list_shows_each_running_case_with_where_it_stands(city, talk):
    page = city.client("bram.claes").get(talk.path()).text

    for case in talk.cases:
        assert case in page
    assert "0 van 3 lopende dossiers besproken" in page
    assert "Volledigheid nakijken" in page
    assert "3 dossiers zijn nog niet besproken" not in page


def test_the_screen_of_a_case_tells_what_the_table_needs(city, talk):
    case = talk.cases[0]
    with city.engine.transaction() as work:
        agenda.add(work, case, reason="De verslaggarantie dreigt te verstrijken.")
    page = talk.page(case)

    for words in (
        "1 van 3",
        "Meibloemstraat 2",
        "Volledigheid nakijken",
        "De verslaggarantie dreigt te verstrijken.",
        "0 van 3 besproken",
        "Volgende",
    ):
        assert words in page
    assert "Vorige" not in page.replace("Vorige</dd>", "")


def test_the_screen_tells_what_another_body_decided_on_the_case(city, talk):
    case = talk.cases[0]
    a_meeting(city, "KG-2026-7", days=-3)
    decision = NewDecision(
        body_key="core_group",
        meeting_number="KG-2026-7",
        title="Dossier",
        text="De wijkpolitie gaat langs.",
        case_number=case,
    )
    with city.engine.transaction() as work:
        decide(work, decision, by="an.peeters")

    assert "De wijkpolitie gaat langs." in talk.page(case)
    assert "De wijkpolitie gaat langs." not in talk.page(talk.cases[1])


def test_no_change_leads_to_the_next_case_without_an_entry(talk):
    first, second, third = talk.cases
    talk.post(second, "vastleggen", decision="Bellen")
    answer = talk.post(first, "geen-wijziging")

    assert answer.location == talk.path(third)
    assert talk.entry(first).kind == "no_change"


def test_after_the_last_case_the_list_says_that_all_is_discussed(city, talk):
    for case in talk.cases[:2]:
        talk.post(case, "geen-wijziging")
    client = city.client("an.peeters")
    answer = client.post(
        talk.path(talk.cases[2]),
        data={"doe": "geen-wijziging", "version": "0"},
        follow_redirects=True,
    )

    assert "Alle lopende dossiers zijn besproken." in answer.text


def test_a_task_is_planned_and_what_was_typed_stays(talk):
    case = talk.cases[0]
    due = talk.city.clock.now().date() + timedelta(days=7)
    answer = talk.post(
        case,
        "taak",
        note="Eigenaar belde.",
        task="Bel de eigenaar terug",
        task_owner="bram.claes",
        task_due=due.isoformat(),
    )
    page = talk.page(case)

    assert answer.status_code == 302
    assert "Bel de eigenaar terug (Bram Claes, tegen" in page
    assert "Eigenaar belde." in page
    assert talk.entry(case).kind is None


def test_a_typed_task_goes_along_with_the_decision(talk):
    case = talk.cases[0]
    due = talk.city.clock.now().date() + timedelta(days=7)
    typed = {"task": "Bel", "task_owner": "bram.claes", "task_due": due.isoformat()}
    talk.post(case, "vastleggen", **typed)

    assert [line.text for line in talk.lines()] == ["Bel"]
    assert talk.entry(case).kind == "decided"


def test_an_open_task_gets_other_hands_and_another_date(talk):
    case = talk.cases[0]
    task = talk.city.tasks(case)["check_completeness"]
    due = talk.city.clock.now().date() + timedelta(days=9)
    talk.post(
        case,
        "wijzigen",
        open_task=str(task.id),
        open_owner="an.peeters",
        open_due=due.isoformat(),
    )
    first = talk.lines()
    talk.post(case, f"weg:{first[0].id}", note="Toch niet.")

    assert [line.kind for line in first] == ["assign", "reschedule"]
    assert [line.kind for line in talk.lines()] == ["reschedule"]
    assert talk.entry(case).note == "Toch niet."


@pytest.mark.parametrize(
    ("doe", "typed", "said"),
    [
        ("geen-wijziging", {"decision": "Bellen"}, "Er staat een besluit"),
        ("taak", {"task": "Bel"}, "Kies wie de taak uitvoert."),
        ("wijzigen", {}, "Kies een taak."),
        ("wijzigen", {"open_task": "x", "open_owner": "x"}, "Kies een taak."),
    ],
)
def test_a_refused_button_loses_nothing(talk, doe, typed, said):
    case = talk.cases[0]
    answer = talk.post(case, doe, **{"note": "Dit blijft staan", **typed})

    assert answer.status_code == 422
    assert said in answer.text
    assert "Dit blijft staan" in answer.text
    assert talk.entry(case).version == 0


def test_nothing_said_is_nothing_recorded(talk):
    answer = talk.post(talk.cases[0], "vastleggen")

    assert answer.status_code == 422
    assert "Kies dan ‘geen wijziging’" in answer.text


def test_of_two_who_type_the_second_hears_who_was_first_and_keeps_his_text(city, talk):
    case = talk.cases[0]
    talk.post(case, "bewaren", user="chris.maes", note="Van Chris")
    client = city.client("an.peeters")
    old = {"version": "0", "doe": "vastleggen", "decision": "Besluit van An"}
    answer = client.post(talk.path(case), data=old)

    assert answer.status_code == 409
    assert "gewijzigd door Chris Maes op" in answer.text
    assert "Van Chris" in answer.text
    assert "Besluit van An" in answer.text
    assert talk.entry(case).decision == ""

    again = {**old, "version": VERSION.search(answer.text).group(1)}
    assert client.post(talk.path(case), data=again).status_code == 302
    assert talk.entry(case).decision == "Besluit van An"


def test_what_is_typed_is_kept_by_itself(city, talk):
    client = city.client("an.peeters")
    path = talk.path(talk.cases[0], "concept")
    headers = {"Accept": "application/json"}
    kept = client.post(path, data={"version": "0", "note": "Half"}, headers=headers)
    late = client.post(path, data={"version": "0", "note": "Oud"}, headers=headers)

    assert kept.json["version"] == 1
    assert kept.json["note"].startswith("Bewaard om")
    assert late.status_code == 409
    assert (late.json["by"], "at" in late.json) == ("An Peeters", True)
    assert talk.entry(talk.cases[0]).note == "Half"


def test_many_cases_are_passed_over_with_one_reason(city, talk):
    client = city.client("an.peeters")
    path = talk.path("doorschuiven")
    refused = client.post(path, data={"which": "rest", "reason": ""})
    chosen = {"which": "chosen", "case": talk.cases[:2], "reason": "Wacht op SVK"}
    client.post(path, data=chosen)
    page = client.get(talk.path()).text

    assert refused.status_code == 422
    assert "2 van 3 lopende dossiers besproken" in page
    assert "Wacht op SVK" in page


def test_a_meeting_closes_when_all_is_discussed_and_noted(city, talk):
    talk.post(talk.cases[0], "vastleggen", decision="Bel de eigenaar.")
    too_early = city.client("an.peeters").get(talk.path()).text
    refused = talk.close()
    talk.pass_over_the_rest()
    talk.attend(*MEMBERS)
    closed = talk.close()
    page = city.client("bram.claes").get(talk.path()).text
    paper = city.client("bram.claes").get(talk.path("besluitenlijst"))

    assert "2 dossiers zijn nog niet besproken" in too_early
    assert refused.status_code == 422
    assert talk.cases[1] in refused.text
    assert closed.status_code == 302
    assert "Afgesloten door An Peeters" in page
    assert paper.content_type == "application/pdf"
    assert paper.data.startswith(b"%PDF-")


def test_a_decision_stands_on_its_case_for_the_city_only(city, talk):
    talk.post(talk.cases[0], "vastleggen", decision="Het SVK antwoordt te traag.")
    talk.pass_over_the_rest()
    talk.attend(*MEMBERS)
    talk.close()
    path = f"/dossiers/{talk.cases[0]}"

    assert "Het SVK antwoordt te traag." in city.client("bram.claes").get(path).text
    assert "Het SVK antwoordt te traag." not in city.client("ine.vos").get(path).text


def test_of_two_secretaries_the_second_hears_who_closed_it_and_when(city, talk):
    talk.pass_over_the_rest()
    talk.attend(*MEMBERS)
    talk.close(user="chris.maes")
    late = talk.close(user="an.peeters")

    assert late.status_code == 409
    assert "chris.maes" in late.text or "Chris Maes" in late.text
    with city.engine.reading() as work:
        meeting = meetings.meeting(work.session, talk.number)
        tasks = city.engine.tasks.of_instance(work, meeting.instance_id)
    held = [task for task in tasks if task.element_id == "hold_meeting"]
    assert [task.state for task in held] == [TaskState.COMPLETED]


def test_who_types_after_the_closing_keeps_his_text_on_the_page(city, talk):
    talk.pass_over_the_rest()
    talk.attend(*MEMBERS)
    talk.close(user="chris.maes")
    form = {"version": "1", "doe": "vastleggen", "decision": "Net te laat"}
    answer = city.client("an.peeters").post(talk.path(talk.cases[0]), data=form)

    assert answer.status_code == 409
    assert "afgesloten door Chris Maes op" in answer.text
    assert "Net te laat" in answer.text


@pytest.mark.parametrize("user", ["bram.claes", "dirk.wouters", "fatima.aydin"])
def test_others_of_the_city_read_along_and_write_nothing(city, talk, user):
    client = city.client(user)
    page = client.get(talk.path(talk.cases[0]))
    written = client.post(talk.path(talk.cases[0]), data={"doe": "geen-wijziging"})

    assert page.status_code == 200
    assert "Vastleggen en volgende" not in page.text
    assert 'name="decision"' not in page.text
    assert written.status_code == 403
    assert client.post(talk.path("sluiten")).status_code == 403


@pytest.mark.parametrize("user", ["ine.vos", "greet.smets", "hugo.leys"])
def test_nobody_else_sees_the_cases_of_the_table(city, talk, user):
    client = city.client(user)

    for path in (talk.path(), talk.path(talk.cases[0])):
        assert client.get(path).status_code == 403


def test_a_meeting_of_another_body_is_not_found_here(city, talk):
    answer = city.client("an.peeters").get("/overleg/wekelijks/KG-2026-1")

    assert answer.status_code == 404
