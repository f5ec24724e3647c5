"""Works, silence, refusals and re-inspections."""

from datetime import timedelta

import pytest


@pytest.fixture
def not_conform(story):
    return story.offered().visited().found("II").reported()


def test_after_repair_the_dwelling_gets_its_certificate(not_conform, case):
    not_conform.works_listed().owner_repairs().reinspected().reported()

    assert case.open == ["prepare_certificate"]


def test_the_second_round_of_works_has_its_own_report_and_guarantee(
    not_conform, case, city
):
    not_conform.works_listed().owner_repairs().reinspected("II").reported()

    assert case.open == ["compose_works_list"]

    not_conform.works_listed().owner_repairs().reinspected().reported()

    assert case.open == ["prepare_certificate"]
    assert len(city.asked("deadline.start")) == 4


def test_after_three_failed_reinspections_the_head_of_service_decides(
    not_conform, case, city
):
    for _ in range(3):
        not_conform.works_listed().owner_repairs().reinspected("II").reported()

    assert case.open == ["decide_after_reinspections"]
    assert len(city.asked("agenda.add")) == 1


@pytest.mark.parametrize(
    ("choice", "outcome"),
    [
        ("close", "owner_passive"),
        ("warning", "escalated_warning"),
        ("unfit", "escalated_unfit"),
    ],
)
def test_after_the_last_reinspection_the_case_may_end(
    not_conform, case, choice, outcome
):
    for _ in range(3):
        not_conform.works_listed().owner_repairs().reinspected("II").reported()
    case.complete("decide_after_reinspections", after_decision_choice=choice)

    assert case.outcome == outcome


def test_or_one_more_round_is_granted(not_conform, case):
    for _ in range(3):
        not_conform.works_listed().owner_repairs().reinspected("II").reported()
    case.complete("decide_after_reinspections", after_decision_choice="again")

    assert case.open == ["compose_works_list"]


def test_a_silent_owner_is_reminded_twice_and_then_decided_upon(
    not_conform, case, city
):
    not_conform.works_listed()
    case.advance(days=28)

    assert city.notices[-2:] == ["owner_reminder", "owner_reminder"]

    case.advance(days=14)

    assert case.open == ["decide_passive_owner"]


@pytest.mark.parametrize(
    ("choice", "outcome"),
    [
        ("close", "owner_passive"),
        ("warning", "escalated_warning"),
        ("unfit", "escalated_unfit"),
    ],
)
def test_a_refusing_owner_leads_to_a_decision(not_conform, case, choice, outcome):
    not_conform.works_listed()
    case.complete("record_owner_answer", owner_answer="refuse")
    case.complete("decide_passive_owner", passive_owner_decision=choice)

    assert case.outcome == outcome


def test_the_owner_may_get_another_chance(not_conform, case):
    not_conform.works_listed()
    case.complete("record_owner_answer", owner_answer="refuse")
    case.complete("decide_passive_owner", passive_owner_decision="wait")

    assert case.open == ["record_owner_answer"]


def test_a_missed_target_date_can_be_extended(not_conform, case):
    not_conform.works_listed()
    target = case.now.date() + timedelta(days=20)
    case.complete("record_owner_answer", owner_answer="repair", works_target_on=target)
    case.advance(days=21)

    assert case.open == ["decide_extension"]

    later = target + timedelta(days=30)
    case.complete(
        "decide_extension", extension_decision="extend", works_target_on=later
    )

    assert case.open == []
    assert any(timer.element_id == "target_passed" for timer in case.timers)


def test_or_it_is_not_extended(not_conform, case):
    not_conform.works_listed()
    target = case.now.date() + timedelta(days=20)
    case.complete("record_owner_answer", owner_answer="repair", works_target_on=target)
    case.advance(days=21)
    case.complete("decide_extension", extension_decision="stop")

    assert case.open == ["decide_passive_owner"]


def test_a_reinspection_without_access_is_planned_again(not_conform, case):
    not_conform.works_listed().owner_repairs()
    visit = case.now + timedelta(days=5)
    case.complete("plan_reinspection", inspector="an", visit_at=visit)
    case.complete("reinspect", access=False, no_access_note="niemand thuis")

    assert case.open == ["plan_reinspection"]


def test_three_reinspections_without_access_lead_to_a_decision(not_conform, case, city):
    not_conform.works_listed().owner_repairs()
    for _ in range(3):
        visit = case.now + timedelta(days=5)
        case.complete("plan_reinspection", inspector="an", visit_at=visit)
        case.complete("reinspect", access=False, no_access_note="niemand thuis")

    assert case.open == ["decide_after_reinspections"]
    assert len(city.asked("inspection.no_access")) == 3
    assert len(city.asked("agenda.add")) == 1


def test_a_reinspection_without_date_is_told_to_the_head_of_service(
    not_conform, case, city
):
    not_conform.works_listed().owner_repairs()
    case.advance(days=14)

    assert city.notices[-1] == "visit_not_planned"
    assert case.open == ["plan_reinspection"]
