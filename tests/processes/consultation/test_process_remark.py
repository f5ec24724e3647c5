"""A remark on a step of a process, until its author hears what became of it."""

import pytest

REMARK = "OPM-2026-1"


@pytest.fixture
def pinned(case):
    return case.start(
        "process_remark",
        remark_number=REMARK,
        remarked_bundle="svk",
        remarked_process="technical_report",
        remarked_element="draft_report",
    )


def decide(case, *, change):
    case.deliver("remark_decided", REMARK, change=change, decision_text="Splits het.")


def test_a_remark_goes_to_the_body_that_owns_the_process(pinned, case, city):
    assert case.open == []
    assert city.kinds == ["remark.put_on_agenda"]


def test_a_process_that_stays_as_it_is_tells_the_author_why(pinned, case, city):
    decide(case, change=False)

    assert case.outcome == "kept"
    assert city.asked("remark.answer") == [
        {"remark_number": REMARK, "answer": "Splits het."}
    ]


def test_a_change_opens_a_draft_for_the_process_manager(pinned, case, city):
    decide(case, change=True)

    (task,) = case.tasks
    assert task.candidate_groups == ("process_manager",)
    assert city.kinds[-1] == "remark.draft"


def test_the_author_hears_it_when_the_version_is_deployed(pinned, case, city):
    decide(case, change=True)
    case.complete("change_process", change_remarks="taak gesplitst")

    assert case.ended is None
    assert "remark.answer" not in city.kinds

    case.deliver("version_deployed", REMARK, version=4)

    assert case.outcome == "changed"
    assert city.asked("remark.answer")[0]["answer"] == (
        "Splits het. Versie 4 van het proces is in gebruik."
    )


def test_a_version_that_is_deployed_first_ends_the_task(pinned, case, city):
    decide(case, change=True)
    case.deliver("version_deployed", REMARK, version=4)

    assert case.outcome == "changed"
    assert case.open == []
    assert len(city.asked("remark.answer")) == 1


def test_a_version_deployed_before_the_decision_says_nothing(pinned, case):
    assert case.deliver("version_deployed", REMARK, version=4) == 0
    assert case.ended is None


def test_without_words_the_author_hears_of_the_version(pinned, case, city):
    case.deliver("remark_decided", REMARK, change=True, decision_text=None)
    case.deliver("version_deployed", REMARK, version=4)

    assert city.asked("remark.answer")[0]["answer"] == (
        "Versie 4 van het proces is in gebruik."
    )
