"""The SVK family in memory: its files, and service tasks that only remember."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from engine.testing import Harness
from workflows.definitions import bundle

START = datetime(2026, 3, 2, 8, tzinfo=UTC)

TERMS = {
    "completeness": "P3D",
    "offer_incomplete": "P30D",
    "plan_visit": "P10D",
    "visit_reminder": "P2D",
    "max_visit_attempts": Decimal(3),
    "report_guarantee": "P14D",
    "report_reminder": "P7D",
    "report_warning": "P10D",
    "report_agenda": "P12D",
    "owner_reminder_first": "P14D",
    "owner_reminder_second": "P28D",
    "owner_passive": "P42D",
    "works": "P3M",
    "plan_reinspection": "P14D",
    "max_reinspections": Decimal(3),
    "intake_outcome": "P60D",
    "decision": "P60D",
    "decision_reminder": "P30D",
    "decision_escalation": "P45D",
    "decision_cabinet": "P55D",
    "notify": "P5D",
    "renew_first": "P6M",
    "renew_second": "P3M",
    "validity_years": Decimal(5),
}

CITY = {
    "name": "Mechelen",
    "sender": "wonen@mechelen.example",
    "closing_days": [],
}

OFFER = {
    "street": "Meibloemstraat",
    "house_number": "84",
    "postcode": "2800",
    "unit_type": "ZW",
    "owner_name": "J. De Smet",
    "consent_given": True,
}


class City:
    """The service tasks of the city, as fakes that remember what was asked."""

    def __init__(self):
        self.calls = []
        self.known = {
            "dwelling_id": "w1",
            "valid_certificate_number": None,
            "recent_inspection_id": None,
        }
        self.visit_day = date(2026, 3, 10)

    @property
    def notices(self):
        return [
            asked["template"] for kind, asked in self.calls if kind == "notice.send"
        ]

    def asked(self, kind):
        return [asked for name, asked in self.calls if name == kind]

    def services(self):
        answers = {
            "dwelling.find_or_create": lambda asked: self.known,
            "inspection.record": self.record,
            "deadline.start": self.deadline,
            "report.prepare": lambda asked: {"report_id": "r1"},
            "works.propose": lambda asked: {"works": []},
            "certificate.prepare": lambda asked: {
                "certificate_id": "c1",
                "certificate_number": "CA-2026-0001",
            },
            "certificate.notify": lambda asked: {"valid_until": date(2031, 3, 20)},
        }
        silent = (
            "inspection.plan inspection.no_access inspection.evaluate deadline.meet"
            " deadline.breach deadline.explain notice.send agenda.add report.sign report.sent works.record"
            " works.done certificate.sign certificate.refuse certificate.expire"
            " certificate.lapse certificate.withdraw"
        )
        answers |= dict.fromkeys(silent.split(), lambda asked: {})
        return {kind: self.remembered(kind, answer) for kind, answer in answers.items()}

    def remembered(self, kind, answer):
        def run(asked):
            self.calls.append((kind, dict(asked)))
            return answer(asked)

        return run

    def record(self, asked):
        categories = [finding["category"] for finding in asked["findings"] or []]
        names = ("I", "II", "III", "IV")
        counts = {n.lower(): Decimal(categories.count(n)) for n in names}
        day = asked["visit_at"].date()
        return {"inspection_id": "i1", "inspection_date": day, "counts": counts}

    def deadline(self, asked):
        day = asked["starts_on"]
        noon = datetime(day.year, day.month, day.day, 8, tzinfo=UTC)
        moments = {"starts_on": day, "due_at": noon + timedelta(days=14)}
        moments["reminder_at"] = noon + timedelta(days=7)
        moments["warning_at"] = noon + timedelta(days=10)
        moments["agenda_at"] = noon + timedelta(days=12)
        return {"deadline": moments}


class Story:
    """One case of the family, told in the words of the people in it."""

    def __init__(self, city, harness):
        self.city = city
        self.case = harness

    def offered(self, **known):
        self.city.known |= known
        self.case.start(
            "svk_intake",
            case_number="2026-0001",
            case_kind="svk_intake",
            city=CITY,
            terms=TERMS,
            offer=OFFER,
        )
        return self

    def visited(self, *, days=8):
        self.case.complete("check_completeness", complete=True)
        visit = self.case.now + timedelta(days=days)
        self.case.complete("plan_visit", inspector="an", visit_at=visit)
        self.case.advance(days=days)
        self.case.complete("site_visit", access=True, acute_danger=False)
        return self

    def found(self, *categories):
        findings = [
            {"item": "other", "category": category, "room": "keuken", "note": "gebrek"}
            for category in categories
        ]
        self.case.complete("record_findings", findings=findings)
        return self

    def reported(self):
        self.case.complete("draft_report", report_summary="gezien")
        self.case.complete("review_form", form_in_order_choice="yes")
        self.case.complete("sign_report", vlok_inspection_reference="VLOK 1")
        return self

    def works_listed(self):
        self.case.complete("compose_works_list", works=[])
        return self

    def owner_repairs(self, *, days=30):
        target = self.case.now.date() + timedelta(days=90)
        self.case.complete(
            "record_owner_answer", owner_answer="repair", works_target_on=target
        )
        self.case.advance(days=days)
        self.case.deliver(
            "works_done",
            "2026-0001",
            works_done_on=self.case.now.date(),
            works_done_remarks=None,
        )
        return self

    def reinspected(self, *categories):
        visit = self.case.now + timedelta(days=5)
        self.case.complete("plan_reinspection", inspector="an", visit_at=visit)
        self.case.advance(days=5)
        findings = [
            {"item": "other", "category": category, "room": "keuken", "note": "gebrek"}
            for category in categories
        ]
        self.case.complete("reinspect", access=True, findings=findings)
        return self

    def certified(self):
        self.case.complete(
            "prepare_certificate", issue_decision="issue", max_occupants=4
        )
        self.case.complete("sign_mayor", agrees=True)
        self.case.complete("sign_director", agrees=True)
        self.case.complete("notify_certificate", vlok_reference="VLOK 2")
        return self


@pytest.fixture(scope="session")
def family():
    return bundle("svk").files


@pytest.fixture
def city():
    return City()


@pytest.fixture
def case(family, city, runner):
    return Harness(
        files=family, services=city.services(), now=START, runner=runner, key="svk"
    )


@pytest.fixture
def story(city, case):
    return Story(city, case)
