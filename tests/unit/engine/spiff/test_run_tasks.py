"""User tasks tell who does them, by when and with which form."""

from datetime import UTC, datetime

import pytest

from engine.step import Start
from tests.unit.engine.spiff.drawing import (
    chain,
    diagram,
    end,
    extended,
    flow,
    node,
    process,
    script,
    start,
    timer,
    user,
    zeebe,
)

MORNING = datetime(2027, 7, 1, 8, tzinfo=UTC)


def task(play, *facts, **data):
    case = play(
        start(),
        user("u", extended("".join(facts)), name="Plan"),
        chain("s", "u"),
        now=MORNING,
    )
    return case.start(**data)


def assigned(**attributes):
    return zeebe("assignmentDefinition", **attributes)


def test_static_facts_are_taken_as_they_are(play):
    case = task(
        play,
        assigned(
            assignee="an", candidateGroups="inspector, admin", candidateUsers="bo"
        ),
        zeebe("priorityDefinition", priority="80"),
    )
    (opened,) = case.tasks

    assert (opened.name, opened.assignee, opened.priority) == ("Plan", "an", 80)
    assert opened.candidate_groups == ("inspector", "admin")
    assert opened.candidate_users == ("bo",)


def test_facts_are_evaluated_when_the_token_arrives(play):
    case = task(
        play,
        assigned(assignee="=inspector", candidateGroups='=["a", "b"]'),
        zeebe("priorityDefinition", priority="=10 + 5"),
        inspector="jan",
    )
    (opened,) = case.tasks

    assert (opened.assignee, opened.priority) == ("jan", 15)
    assert opened.candidate_groups == ("a", "b")


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("2027-07-10", datetime(2027, 7, 10, 21, 59, 59, tzinfo=UTC)),
        ("2027-07-10T12:00", datetime(2027, 7, 10, 10, tzinfo=UTC)),
        ('=now() + duration("P14D")', datetime(2027, 7, 15, 8, tzinfo=UTC)),
        ('=date("2027-12-01")', datetime(2027, 12, 1, 22, 59, 59, tzinfo=UTC)),
        ("=deadline", datetime(2027, 8, 1, tzinfo=UTC)),
        ('=duration("P1M")', datetime(2027, 8, 1, 8, tzinfo=UTC)),
        ("=null", None),
    ],
)
def test_a_due_date_may_be_a_date_a_moment_or_a_period(play, text, due):
    schedule = zeebe("taskSchedule", dueDate=text, followUpDate=text)
    case = task(play, schedule, deadline=datetime(2027, 8, 1, tzinfo=UTC))

    assert case.tasks[0].due_at == due


def test_a_follow_up_date_begins_with_its_day(play):
    case = task(play, zeebe("taskSchedule", followUpDate="2027-07-10"))

    assert case.tasks[0].follow_up_at == datetime(2027, 7, 9, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    "facts",
    [
        assigned(assignee="=1"),
        assigned(candidateGroups="=[1]"),
        zeebe("priorityDefinition", priority='="high"'),
        zeebe("taskSchedule", dueDate='="soon"'),
    ],
)
def test_wrong_facts_are_an_incident_and_no_task(play, facts):
    case = task(play, facts)

    assert case.tasks == []
    assert [i.element_id for i in case.incidents] == ["u"]


def test_the_lane_and_the_milestone_come_along(play):
    lanes = (
        '<bpmn:laneSet id="ls"><bpmn:lane id="l1" name="Administratie">'
        "<bpmn:flowNodeRef>u</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>"
    )
    phase = extended(
        zeebe("properties", zeebe("property", name="milestone", value="Bezoek gepland"))
    )
    case = play(lanes, start(), user("u", phase), chain("s", "u")).start()

    assert case.tasks[0].lane == "Administratie"
    assert case.milestone == "Bezoek gepland"


def test_the_outcome_is_the_last_end_event_of_the_process_itself(play):
    inner = start("is") + end("inner") + flow("is", "inner")
    case = play(
        start(),
        node("subProcess", "w", inner),
        user("u"),
        end("done"),
        chain("s", "w", "u", "done"),
    ).start()
    case.complete("u")

    assert case.outcome == "done"


def test_a_message_start_event_begins_with_its_payload(play):
    message = '<bpmn:message id="m0" name="begin"/>'
    mapped = extended(zeebe("ioMapping", zeebe("output", source="=a", target="b")))
    begin = start("ms", mapped + '<bpmn:messageEventDefinition messageRef="m0"/>')
    case = play(
        begin,
        start("s"),
        user("u"),
        user("v"),
        flow("s", "u"),
        flow("ms", "v"),
        top=message,
    )
    assert [(s.kind, s.name, s.element_id) for s in case.bundle.start_events] == [
        ("message", "begin", "ms")
    ]
    case.do(Start(process_id="p", start_event="ms", variables={"a": 1, "noise": 2}))

    assert case.open == ["v"]
    assert case.variables == {"b": 1}


def test_a_decision_gives_its_value_and_its_record(play):
    dmn = (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d"'
        ' name="d" namespace="n"><decision id="fee" name="fee"><decisionTable'
        ' hitPolicy="UNIQUE"><input id="i1"><inputExpression id="e1" typeRef="number">'
        '<text>size</text></inputExpression></input><output id="o1" name="fee"'
        ' typeRef="number"/><rule id="r1"><inputEntry id="c1"><text>&lt; 10</text>'
        '</inputEntry><outputEntry id="c2"><text>5</text></outputEntry></rule>'
        '<rule id="r2"><inputEntry id="c3"><text>&gt;= 10</text></inputEntry>'
        '<outputEntry id="c4"><text>9</text></outputEntry></rule></decisionTable>'
        "</decision></definitions>"
    )
    rule = node(
        "businessRuleTask",
        "r",
        extended(zeebe("calledDecision", decisionId="fee", resultVariable="amount")),
    )
    body = process(start(), rule, user(), chain("s", "r", "u"))
    case = play.files({"p.bpmn": diagram(body), "d.dmn": dmn.encode()}).start(size=12)

    assert case.variables["amount"] == 9
    (line,) = case.happenings("decision")
    assert line.facts["rules"] == [2]


def test_a_start_timer_is_listed_and_does_not_run_by_itself(play):
    case = play(
        start("s"),
        start("ts", timer("timeCycle", "R/P1D")),
        user("u"),
        user("v"),
        script("a", "1", "x"),
        flow("s", "u"),
        chain("ts", "a", "v"),
    ).start()

    assert case.open == ["u"]
    assert [one.name for one in case.bundle.start_events] == ["R/P1D"]
