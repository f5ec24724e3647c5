"""The pages on remarks and drafts: from a task to the version that answers it."""

from io import BytesIO

import pytest

from engine import drafts
from tests.web.bodies import a_meeting, give_bodies
from tests.web.city import svk_bundle
from workflows.remarks import repository
from workflows.remarks.model import RemarkStatus

TEXT = "Deze stap duurt te lang omdat de plannen ontbreken."


@pytest.fixture
def council(city):
    give_bodies(city)
    a_meeting(city, "WKO-2026-48", body_key="weekly_quality", hours=2)
    return city


@pytest.fixture
def task(council):
    number = council.offer().number
    return council.tasks(number)["check_completeness"]


@pytest.fixture
def version(council):
    with council.engine.reading() as work:
        return council.engine.definitions.latest(work, "svk").content_hash


@pytest.fixture
def place(version):
    return {
        "version": version,
        "process": "svk_intake",
        "element": "check_completeness",
        "text": TEXT,
    }


@pytest.fixture
def number(council, task, place):
    council.client("bram.claes").post("/overleg/opmerkingen/nieuw", data=place)
    return "OPM-2026-1"


def the(council, number):
    with council.engine.reading() as work:
        return repository.remark(work.session, number)


def decide(council, number, user="chris.maes", **data):
    return council.client(user).post(
        f"/overleg/opmerkingen/{number}/besluit",
        data={"change": "yes", "text": "Vraag de plannen vooraf."} | data,
    )


def test_a_remark_is_pinned_from_the_task(council, task):
    client = council.client("an.peeters")
    page = client.get(f"/taken/{task.id}").text
    form = client.get(f"/overleg/opmerkingen/nieuw?taak={task.id}").text

    assert f"/overleg/opmerkingen/nieuw?taak={task.id}" in page
    assert f"Opmerking bij ‘{task.name}’" in form
    assert f'name="case_number" value="{task.business_key}"' in form
    assert "Woonkwaliteitsoverleg" in form


def test_a_remark_is_pinned_from_the_drawing(council, version):
    client = council.client("bram.claes")
    address = f"/processen/svk/{version}?bestand=svk_intake.bpmn"
    form = client.get(
        f"/overleg/opmerkingen/nieuw?version={version}"
        "&file=svk_intake.bpmn&element=check_completeness"
    )

    assert "element=check_completeness" in client.get(address).text
    assert form.status_code == 200
    assert 'name="process" value="svk_intake"' in form.text


def test_who_pins_nothing_sees_no_link(council, task, version):
    manager = council.client("greet.smets")

    assert (
        "/overleg/opmerkingen/nieuw"
        not in manager.get(f"/processen/svk/{version}").text
    )
    assert (
        "/overleg/opmerkingen/nieuw" not in council.client("ine.vos").get("/taken").text
    )


def test_the_remark_shows_the_step_and_how_busy_it_is(council, number):
    page = council.client("bram.claes").get(f"/overleg/opmerkingen/{number}").text

    assert TEXT in page
    assert "Toen de opmerking kwam" in page
    assert the(council, number).load.live == 1
    assert "WKO-2026-48" in page


def test_the_list_keeps_mine_and_others_apart(council, number):
    mine = council.client("bram.claes").get("/overleg/opmerkingen").text
    others = council.client("greet.smets").get("/overleg/opmerkingen").text

    assert "1 opmerking van u" in mine
    assert "1 opmerking<" in others
    assert "Mijn opmerkingen" not in others


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"text": " "}, 422),
        ({"element": "nowhere"}, 404),
        ({"process": "nowhere"}, 404),
        ({"version": "0" * 64}, 404),
        ({"case_number": "2026-9999"}, 404),
    ],
)
def test_a_remark_that_points_nowhere_is_refused(council, place, changes, status):
    client = council.client("bram.claes")
    answer = client.post("/overleg/opmerkingen/nieuw", data=place | changes)

    assert answer.status_code == status


@pytest.mark.parametrize("query", ["taak=geen", "", "version=x&element=y"])
def test_a_form_for_nowhere_is_not_found(council, query):
    client = council.client("bram.claes")

    assert client.get(f"/overleg/opmerkingen/nieuw?{query}").status_code == 404


@pytest.mark.parametrize("user", ["ine.vos", "greet.smets"])
def test_others_pin_nothing(council, place, user):
    answer = council.client(user).post("/overleg/opmerkingen/nieuw", data=place)

    assert answer.status_code == 403


def test_an_agency_reads_no_remarks(council, number):
    client = council.client("ine.vos")

    assert client.get("/overleg/opmerkingen").status_code == 403
    assert client.get(f"/overleg/opmerkingen/{number}").status_code == 403


def test_the_second_decision_gets_a_409_and_keeps_what_was_typed(council, number):
    decide(council, number)
    answer = decide(council, number, "an.peeters", change="no", text="Het blijft zo.")

    assert answer.status_code == 409
    assert "door Chris Maes op woensdag 25 november 2026" in answer.text
    assert "Het blijft zo." in answer.text
    assert the(council, number).status is RemarkStatus.TO_CHANGE


@pytest.mark.parametrize(
    ("data", "words"),
    [({"change": ""}, "Kies wat het overleg besliste."), ({"text": ""}, "Schrijf wat")],
)
def test_half_a_decision_is_refused(council, number, data, words):
    answer = decide(council, number, **data)

    assert answer.status_code == 422
    assert words in answer.text


def test_an_inspector_takes_no_decision(council, number):
    assert decide(council, number, "bram.claes").status_code == 403


def test_from_the_decision_to_the_version_that_answers_it(council, number):
    decide(council, number)
    manager = council.client("greet.smets")
    draft = manager.get("/processen/svk/concept").text
    drawn = svk_bundle().files["svk_intake.bpmn"]
    changed = drawn.replace(b"Volledigheid", b"Volledigheid en plannen")
    manager.post(
        "/processen/svk/concept/bestanden",
        data={"files": (BytesIO(changed), "svk_intake.bpmn")},
    )
    seen = manager.get("/processen/svk/concept").text
    after = manager.post(
        "/processen/svk/concept/ingebruikname", follow_redirects=True
    ).text
    page = council.client("bram.claes").get(f"/overleg/opmerkingen/{number}").text

    assert changed != drawn
    assert number in draft
    assert "1 bestand gewijzigd" in seen
    assert "Versie 2 van ‘svk’ is in gebruik" in after
    assert "Versie 2 kwam in gebruik" in page
    assert "Het antwoord" in page


def test_the_change_is_a_task_of_the_process_manager(council, number):
    decide(council, number)
    task = council.tasks(number)["change_process"]
    manager = council.client("greet.smets")
    listed = manager.get("/taken").text
    page = manager.get(f"/taken/{task.id}").text
    answer = manager.post(f"/taken/{task.id}", data={"change_remarks": "Korter"})

    assert "Proces wijzigen" in listed
    assert "Ontwerp van de wijziging" in page
    assert f"/overleg/opmerkingen/{number}" in page
    assert answer.status_code == 302


def test_a_deployment_by_the_interface_tells_the_author_too(council, number):
    decide(council, number)
    files = dict(svk_bundle().files)
    files["svk_intake.bpmn"] += b"<!-- korter -->"
    posted = [(BytesIO(content), name) for name, content in files.items()]
    answer = council.client("greet.smets").post(
        "/processen", data={"key": "svk", "files": posted}
    )

    assert answer.status_code == 302
    assert the(council, number).status is RemarkStatus.CHANGED


class TestDrafts:
    def begin(self, council):
        council.client("greet.smets").post("/processen/svk/concept")

    def test_a_draft_begins_from_the_version_in_use(self, council):
        self.begin(council)
        content = council.client("greet.smets").get(
            "/processen/svk/concept/bestanden/svk_intake.bpmn"
        )

        assert content.data == svk_bundle().files["svk_intake.bpmn"]

    def test_a_file_with_errors_is_told_and_not_taken_into_use(self, council):
        self.begin(council)
        manager = council.client("greet.smets")
        manager.post(
            "/processen/svk/concept/bestanden",
            data={"files": (BytesIO(b"<nothing/>"), "svk_intake.bpmn")},
        )
        answer = manager.post("/processen/svk/concept/ingebruikname")

        assert answer.status_code == 422
        assert "verbeter ze eerst" in answer.text

    def test_without_a_change_there_is_nothing_to_take_into_use(self, council):
        self.begin(council)
        answer = council.client("greet.smets").post(
            "/processen/svk/concept/ingebruikname"
        )

        assert answer.status_code == 409

    def test_no_file_is_told(self, council):
        self.begin(council)
        answer = council.client("greet.smets").post("/processen/svk/concept/bestanden")

        assert answer.status_code == 422

    def test_a_discarded_draft_is_gone(self, council):
        self.begin(council)
        council.client("greet.smets").post("/processen/svk/concept/verwerpen")

        with council.engine.reading() as work:
            assert drafts.find_draft(work, "svk") is None

    def test_an_unknown_file_or_bundle_is_not_found(self, council):
        self.begin(council)
        manager = council.client("greet.smets")

        for path in ("svk/concept/bestanden/x.bpmn", "niets/concept"):
            assert manager.get(f"/processen/{path}").status_code == 404

    @pytest.mark.parametrize("path", ["", "/bestanden", "/ingebruikname", "/verwerpen"])
    def test_only_the_process_manager_changes_it(self, council, path):
        self.begin(council)
        answer = council.client("chris.maes").post(f"/processen/svk/concept{path}")

        assert answer.status_code == 403
