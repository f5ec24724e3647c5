"""A policy question, its work group, and the answer to who asked."""

import pytest

QUESTION = "BV-2026-1"
OPEN = "propose_closing"


def test_a_question_waits_for_the_coordination_group(group, case, city):
    group.asked()

    assert case.open == []
    assert city.kinds == ["question.put_on_agenda"]


@pytest.mark.parametrize(
    ("decision", "outcome"),
    [("not_found", "not_founded"), ("other_group", "referred")],
)
def test_without_a_group_the_asker_hears_why(group, case, city, decision, outcome):
    group.asked().decided(decision, "valt onder het woonplan")

    assert case.outcome == outcome
    assert city.asked("question.answer") == [
        {"question_number": QUESTION, "answer": "valt onder het woonplan"}
    ]


def test_a_group_is_founded_with_a_responsible(group, case, city):
    group.founded("an")

    (founded,) = city.asked("work_group.found")
    assert founded["responsible"] == "an"
    assert founded["mandate"] == "voorstel maken"
    assert case.open == [OPEN]


def test_it_is_not_founded_before_a_responsible_is_appointed(group, case, city):
    group.asked().decided("found")

    assert case.open == ["appoint_responsible"]
    assert "work_group.found" not in city.kinds


def test_a_refused_founding_leaves_the_group_unfounded(group, case, city):
    city.refusals["work_group.found"] = ValueError("Kies een verantwoordelijke.")
    group.founded(None)

    assert case.open == []
    assert "Kies een verantwoordelijke." in case.incidents[0].message

    city.refusals.clear()
    case.retry("found")

    assert case.open == [OPEN]


def test_the_responsible_has_the_closing_in_hand(group, assignees):
    group.founded("an")

    assert assignees(OPEN) == ["an"]


def test_an_agreed_closing_answers_the_question(group, case, city):
    group.founded().closing_proposed()

    assert case.open == []

    group.closing_decided(agreed=True)

    assert case.ended == "completed"
    assert case.outcome == "closed"
    assert city.kinds[-2:] == ["work_group.close", "question.answer"]
    assert city.asked("question.answer")[-1]["answer"] == "ja"


def test_a_closing_that_is_not_agreed_lets_the_group_go_on(group, case):
    group.founded().closing_proposed().closing_decided(agreed=False)

    assert case.open == [OPEN]

    group.closing_proposed().closing_decided(agreed=True)

    assert case.outcome == "closed"


def test_closing_ends_what_still_waits_in_the_group(group, case):
    group.founded().feedback_asked().left()
    case.complete("replace_responsible", responsible="bea")
    group.left().closing_proposed().closing_decided(agreed=True)

    assert case.ended == "completed"
    assert case.outcome == "closed"
    assert (case.open, case.timers, case.subscriptions) == ([], [], [])


def test_the_group_is_noted_when_the_college_took_note(group, case, city):
    group.founded()

    assert case.deliver("college_took_note", QUESTION) == 1
    assert city.asked("work_group.noted") == [{"question_number": QUESTION}]
    assert case.open == [OPEN]


# --- another responsible


def test_a_responsible_who_leaves_must_be_replaced(group, case, city):
    group.founded().left()

    assert case.open == [OPEN, "replace_responsible"]
    assert city.kinds[-1] == "work_group.without_responsible"
    assert case.milestone == "Zonder verantwoordelijke"


def test_without_a_responsible_the_secretary_has_the_tasks(group, case, assignees):
    group.founded("an").feedback_asked().left()

    assert assignees(OPEN) == [None]
    assert assignees("give_feedback") == [None]
    assert {task.candidate_groups for task in case.tasks} == {("admin",)}


def test_the_new_responsible_gets_all_open_tasks(group, case, assignees, city):
    group.founded("an").feedback_asked().feedback_asked("KG-2026-2", days=90).left()
    case.complete("replace_responsible", responsible="bea")

    assert assignees(OPEN) == ["bea"]
    assert assignees("give_feedback") == ["bea", "bea"]
    assert city.asked("work_group.replace")[0]["responsible"] == "bea"


def test_a_change_of_responsible_reminds_nobody_twice(group, case, city):
    group.founded("an").feedback_asked()
    case.advance(days=15)
    group.left()
    case.complete("replace_responsible", responsible="bea")
    case.advance(days=1)

    assert len(city.asked("work_group.remind")) == 1


def test_a_vacancy_that_lasts_is_told_to_the_chair(group, case, city):
    group.founded().left()
    case.advance(days=30)

    assert [asked["to"] for asked in city.asked("work_group.remind")] == [
        ["chair", "head_of_service"]
    ]
    assert "replace_responsible" in case.open


def test_a_responsible_may_be_replaced_more_than_once(group, case, assignees):
    group.founded("an")
    for name in ("bea", "carl", "an"):
        group.left()
        case.complete("replace_responsible", responsible=name)

    assert assignees(OPEN) == ["an"]
    assert case.open == [OPEN]


def test_the_same_person_may_come_back(group, case, assignees):
    group.founded("an").left()
    case.complete("replace_responsible", responsible="an")

    assert assignees(OPEN) == ["an"]
