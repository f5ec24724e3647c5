"""A whole SVK case through the interface alone: from offer to certificate."""

import pytest

OFFER = {
    "street": "Meibloemstraat",
    "house_number": "84",
    "postcode": "2800",
    "unit_type": "ZW",
    "bedrooms": 2,
    "owner_name": "J. De Smet",
    "owner_email": "j.desmet@voorbeeld.be",
    "occupied": False,
    "consent_given": True,
    "consent_date": "2026-11-20",
    "wished_date": "2026-12-10",
}
FINDINGS = {
    "findings": [
        {
            "item": "cellar_damp",
            "rubric": "141",
            "category": "I",
            "room": "Kelder",
            "note": "Vochtig",
        }
    ],
    "occupants": 2,
    "occupancy_norm": 4,
    "smoke_detectors_ok": True,
    "parapets_ok": True,
    "health_safety_risk": False,
}


class Story:
    """People who work on one case, each with a program of his own."""

    def __init__(self, program):
        self.program = program
        self.number = None
        self.programs = {}

    def of(self, user):
        if user not in self.programs:
            self.programs[user] = self.program(user)
        return self.programs[user]

    def offered(self):
        answer = self.of("ine.vos").post(
            "/cases", {"kind": "svk_intake", "data": {"offer": OFFER}}
        )
        assert answer.status_code == 201, answer.text
        self.number = answer.json["number"]

    def task(self, element, user):
        answer = self.of(user).get("/tasks", query_string={"case": self.number})
        found = {task["element_id"]: task for task in answer.json["items"]}
        assert element in found, (element, list(found))
        return found[element]

    def done(self, element, user, **data):
        task = self.task(element, user)
        answer = self.of(user).post(f"/tasks/{task['id']}/completion", {"data": data})
        assert answer.status_code == 200, answer.text
        return answer.json

    def passed(self, days):
        answer = self.of("hugo.leys").post("/clock", {"days": days})
        assert answer.status_code == 200, answer.text
        return answer.json

    def case(self, user="an.peeters"):
        return self.of(user).get(f"/cases/{self.number}").json


@pytest.fixture
def story(training, program):
    return Story(program)


def test_a_case_goes_from_offer_to_certificate_through_the_interface_alone(story):
    story.offered()
    story.done("check_completeness", "an.peeters", complete=True)
    story.done(
        "plan_visit",
        "an.peeters",
        inspector="bram.claes",
        visit_at="2026-11-30T09:00:00+01:00",
    )
    story.passed(6)
    story.done("site_visit", "bram.claes", access=True, acute_danger=False)
    story.done("record_findings", "bram.claes", **FINDINGS)
    story.done("draft_report", "bram.claes", report_summary="In orde.")
    story.done("review_form", "an.peeters", form_in_order_choice="yes")
    story.done(
        "sign_report",
        "bram.claes",
        vlok_inspection_reference="VLOK-1",
        sign_confirmed=True,
    )
    story.done(
        "prepare_certificate", "an.peeters", issue_decision="issue", max_occupants=4
    )
    story.done("sign_mayor", "dirk.wouters", agrees=True)
    story.done("sign_director", "els.jacobs", agrees=True)
    story.done(
        "notify_certificate",
        "an.peeters",
        vlok_reference="VLOK-2",
        notification_confirmed=True,
    )

    assert story.case()["status"] == "open", story.case()
