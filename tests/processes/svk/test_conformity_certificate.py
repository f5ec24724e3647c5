"""The certificate: signed twice, valid at notification, decided within the term."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.processes.svk.conftest import CITY, OFFER, START, TERMS


@pytest.fixture
def conform(story):
    return story.offered().visited().found().reported()


def request(case, received_on, closing_days=()):
    case.start(
        "conformity_certificate",
        case_number="2026-0002",
        case_kind="certificate",
        city={**CITY, "closing_days": list(closing_days)},
        terms=TERMS,
        offer=OFFER,
        request={"received_on": received_on, "channel": "receipt"},
        dwelling_id="w1",
    )
    return case


@pytest.fixture
def requested(case):
    return request(case, START.date())


def test_both_sign_in_any_order(conform, case):
    case.complete("prepare_certificate", issue_decision="issue", max_occupants=4)
    case.complete("sign_director", agrees=True)
    case.complete("sign_mayor", agrees=True)

    assert case.open == ["notify_certificate"]


def test_a_refusal_to_sign_brings_the_certificate_back(conform, case, city):
    case.complete("prepare_certificate", issue_decision="issue", max_occupants=4)
    case.complete("sign_mayor", agrees=False, signing_remark="adres klopt niet")
    case.complete("sign_director", agrees=True)

    assert case.open == ["prepare_certificate"]
    assert city.asked("certificate.sign")[0]["reason"] == "adres klopt niet"


def test_the_certificate_is_valid_only_after_notification(conform, case, city):
    case.complete("prepare_certificate", issue_decision="issue", max_occupants=4)
    case.complete("sign_mayor", agrees=True)
    case.complete("sign_director", agrees=True)

    assert city.asked("certificate.notify") == []

    case.complete("notify_certificate", vlok_reference="VLOK 2")

    assert len(city.asked("certificate.notify")) == 1
    assert [(one.name, one.kind) for one in case.thrown] == [
        ("certificate_notified", "message")
    ]


def test_a_late_notification_is_reminded_after_five_days(conform, case, city):
    case.complete("prepare_certificate", issue_decision="issue", max_occupants=4)
    case.complete("sign_mayor", agrees=True)
    case.complete("sign_director", agrees=True)
    case.advance(days=5)

    assert city.notices[-1] == "notification_reminder"


def test_a_refused_certificate_says_why(conform, case, city):
    case.complete(
        "prepare_certificate", issue_decision="refuse", refusal_reasons="brand"
    )

    assert city.asked("certificate.refuse")[0]["reasons"] == "brand"
    assert "certificate_refusal" in city.notices
    assert case.open == ["report_intake_outcome"]


def test_a_request_by_itself_goes_through_inspection_and_report(requested, case, story):
    visit = case.now + timedelta(days=5)
    case.complete("plan_visit", inspector="an", visit_at=visit)
    case.advance(days=5)
    case.complete("inspect", access=True, findings=[])
    story.reported().certified()

    assert case.outcome == "certificate_valid"


def test_a_request_by_itself_is_paid_at_most_the_legal_maximum(requested, case):
    assert case.variables["fee"]["amount"] == 200


def test_a_dwelling_that_is_not_conform_is_refused(requested, case, story):
    visit = case.now + timedelta(days=5)
    case.complete("plan_visit", inspector="an", visit_at=visit)
    case.complete("inspect", access=True, findings=[{"category": "III"}])
    story.reported()
    case.complete("prepare_refusal", refusal_reasons="elektrocutiegevaar")

    assert case.outcome == "certificate_refused"


def test_an_applicant_may_withdraw(requested, case):
    case.deliver("applicant_withdraws", "2026-0002")

    assert case.outcome == "stopped"


def test_the_decision_term_is_watched_at_30_45_55_and_60_days(requested, case, city):
    case.advance(days=61)

    ladder = [
        "decision_reminder",
        "decision_escalation",
        "decision_cabinet",
        "decision_term_exceeded",
    ]
    assert [name for name in city.notices if name.startswith("decision")] == ladder
    assert city.asked("deadline.breach") == [{"kind": "certificate_decision"}]


@pytest.mark.parametrize(
    ("closing_days", "told_on"),
    # The thirtieth day after 2 April 2026 is a Saturday, and 1 May a holiday.
    [([], date(2026, 4, 30)), ([date(2026, 4, 30)], date(2026, 4, 29))],
)
def test_a_step_of_the_decision_term_moves_to_the_working_day_before(
    case, city, closing_days, told_on
):
    request(case, date(2026, 4, 2), closing_days)

    eight = datetime(told_on.year, told_on.month, told_on.day, 6, tzinfo=UTC)
    case.advance(eight - case.now - timedelta(minutes=1))

    assert "decision_reminder" not in city.notices

    case.advance(minutes=1)

    assert city.notices[-1] == "decision_reminder"


def notified(case):
    case.start(
        "certificate_validity",
        case_number="2026-0001",
        certificate_number="CA-2026-0001",
        valid_until=date(2031, 3, 2),
        dwelling_id="w1",
        terms=TERMS,
    )
    return case


def test_a_valid_certificate_is_renewed_in_time_and_expires(case, city):
    notified(case).advance(days=365 * 5 - 175)

    assert city.notices == ["renewal_reminder"]

    case.advance(days=95)

    assert city.notices == ["renewal_reminder", "renewal_reminder"]

    case.advance(days=95)

    assert case.outcome == "expired"
    assert len(city.asked("certificate.expire")) == 1


@pytest.mark.parametrize(
    ("message", "data", "outcome"),
    [
        ("certificate_lapses", {"ground": "ongeschikt verklaard"}, "lapsed"),
        ("certificate_withdrawn", {"motivation": "niet meer conform"}, "withdrawn"),
    ],
)
def test_a_valid_certificate_may_lapse_or_be_withdrawn(case, message, data, outcome):
    notified(case).deliver(message, "CA-2026-0001", **data)

    assert case.outcome == outcome


def test_a_term_that_crosses_the_end_of_summer_time_never_ends_early(case):
    case.now = datetime(2026, 9, 23, 8, tzinfo=UTC)
    request(case, date(2026, 9, 23))
    last = next(one for one in case.timers if one.element_id == "decision_breach_due")

    assert last.due_at == datetime(2026, 11, 22, 22, 59, 59, tzinfo=UTC)
