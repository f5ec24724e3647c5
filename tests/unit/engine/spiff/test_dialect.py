"""The facts that the properties panel writes, as values."""

import pytest

from engine.spiff import dialect, event
from engine.spiff.prepass import prepare
from engine.spiff.texts import Feel, Text, feel, plain_spaces, value
from engine.spiff.xml import bpmn, child
from tests.unit.engine.spiff.drawing import (
    TOP,
    boundary,
    diagram,
    extended,
    flow,
    node,
    process,
    simple,
    timer,
    user,
    zeebe,
)


def facts(inner="", *, tag="userTask", **attributes):
    done = prepare(diagram(process(node(tag, "u", inner, **attributes))))
    return dialect.read(next(done.root.iter(bpmn(tag))))


def test_a_text_is_feel_when_it_begins_with_an_equals_sign():
    assert value("=a + 1") == Feel("a + 1")
    assert value(" a + 1 ") == Text("a + 1")
    assert value("") is value(" ") is value("=") is value(None) is None


def test_a_condition_is_feel_with_or_without_its_equals_sign():
    assert feel("=x > 1") == feel("x > 1") == Feel("x > 1")


def test_an_expression_is_compiled_once():
    assert Feel("once + 1").compiled is Feel("once + 1").compiled


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a\xa0>\xa00", "a > 0"),
        ('"a\xa0b"\xa0= c', '"a\xa0b" = c'),
        ('"a\\"\xa0b"\xa0= c', '"a\\"\xa0b" = c'),
        ('"a\\\\"\xa0= c', '"a\\\\" = c'),
        ("a > 0", "a > 0"),
    ],
)
def test_no_break_spaces_outside_of_strings_become_plain(written, read):
    assert plain_spaces(written) == read


def test_a_user_task_tells_who_and_when():
    found = facts(
        extended(
            zeebe("userTask")
            + zeebe(
                "assignmentDefinition", assignee="=inspector", candidateGroups="a, b"
            )
            + zeebe("taskSchedule", dueDate="=due", followUpDate="2027-01-01T00:00:00Z")
            + zeebe("priorityDefinition", priority="70")
            + zeebe("formDefinition", formId="findings")
        )
    )

    assert found.assignment == dialect.Assignment(
        assignee=Feel("inspector"), candidate_groups=Text("a, b")
    )
    assert found.schedule == dialect.Schedule(
        due_date=Feel("due"), follow_up_date=Text("2027-01-01T00:00:00Z")
    )
    assert found.priority == Text("70")
    assert found.form_id == "findings"


def test_a_task_without_extensions_has_no_facts():
    assert facts() == dialect.Facts()


def test_a_service_task_tells_its_operation_headers_and_mappings():
    found = facts(
        extended(
            zeebe("taskDefinition", type="notice.send", retries="5")
            + zeebe("taskHeaders", zeebe("header", key="template", value="t"))
            + zeebe(
                "ioMapping",
                zeebe("input", source="=a.b", target="x")
                + zeebe("input", source="10", target="y")
                + zeebe("output", source="=r", target="z"),
            )
        ),
        tag="serviceTask",
    )

    assert found.task == dialect.TaskDefinition(
        type="notice.send", retries=5, headers={"template": "t"}
    )
    assert found.io == dialect.IoMapping(
        inputs=(
            dialect.Mapped(source=Feel("a.b"), target="x"),
            dialect.Mapped(source=Text("10"), target="y"),
        ),
        outputs=(dialect.Mapped(source=Feel("r"), target="z"),),
    )


def test_an_operation_is_tried_three_times_unless_told_otherwise():
    found = facts(extended(zeebe("taskDefinition", type="t")), tag="serviceTask")

    assert found.task.retries == 3


def test_a_call_activity_tells_its_process_in_either_way():
    by_extension = extended(
        zeebe("calledElement", processId="q", propagateAllChildVariables="false")
    )

    assert facts(tag="callActivity", calledElement="q").called_element == (
        dialect.CalledElement(process_id="q")
    )
    assert facts(by_extension, tag="callActivity").called_element == (
        dialect.CalledElement(process_id="q", propagate_all_child_variables=False)
    )


def test_decisions_and_scripts_tell_where_their_result_goes():
    decision = extended(zeebe("calledDecision", decisionId="d", resultVariable="r"))
    script = extended(zeebe("script", expression="=1 + 1", resultVariable="two"))

    assert facts(decision, tag="businessRuleTask").called_decision == (
        dialect.CalledDecision(decision_id="d", result_variable="r")
    )
    assert facts(script, tag="scriptTask").script == (
        dialect.Script(expression=Feel("1 + 1"), result_variable="two")
    )


def test_a_multi_instance_tells_its_collection():
    loop = node(
        "multiInstanceLoopCharacteristics",
        "l",
        extended(
            zeebe(
                "loopCharacteristics",
                inputCollection="=xs",
                inputElement="x",
                outputCollection="ys",
                outputElement="=y",
            )
        )
        + "<bpmn:completionCondition>=stop</bpmn:completionCondition>",
        isSequential="true",
    )

    assert facts(loop).loop == dialect.MultiInstance(
        collection=Feel("xs"),
        element="x",
        output_collection="ys",
        output_element=Feel("y"),
        sequential=True,
        completion_condition=Feel("stop"),
    )


def test_a_loop_tells_its_condition_and_maximum():
    loop = node(
        "standardLoopCharacteristics",
        "l",
        "<bpmn:loopCondition>again</bpmn:loopCondition>",
        loopMaximum="3",
        testBefore="true",
    )

    assert facts(loop).loop == dialect.StandardLoop(
        condition=Feel("again"), maximum=3, test_before=True
    )


def test_the_milestone_is_a_property():
    entry = '<zeebe:property name="milestone" value="Bezoek gepland"/>'

    assert facts(extended(zeebe("properties", entry))).milestone == "Bezoek gepland"


def test_a_flow_tells_its_condition():
    [with_condition] = prepare(
        diagram(simple(user("v"), flow("u", "v", "=x > 1")))
    ).root.iterfind(f".//{bpmn('sequenceFlow')}[@id='u_v']")

    assert dialect.condition(with_condition) == Feel("x > 1")


CASES = {
    '<bpmn:messageEventDefinition messageRef="m"/>': event.MessageEvent(
        name=Text("msg"), correlation_key=Feel("case_number")
    ),
    '<bpmn:signalEventDefinition signalRef="sg"/>': event.SignalEvent(name=Text("sig")),
    '<bpmn:errorEventDefinition errorRef="er"/>': event.ErrorEvent(code="E1"),
    "<bpmn:errorEventDefinition/>": event.ErrorEvent(),
    '<bpmn:escalationEventDefinition escalationRef="es"/>': event.EscalationEvent(
        code="X1"
    ),
    timer(text="P14D"): event.TimerEvent(
        kind=event.TimerKind.DURATION, text=Text("P14D")
    ),
    timer("timeDate", "=due"): event.TimerEvent(
        kind=event.TimerKind.DATE, text=Feel("due")
    ),
    timer("timeCycle", "R3/P7D"): event.TimerEvent(
        kind=event.TimerKind.CYCLE, text=Text("R3/P7D")
    ),
    "<bpmn:conditionalEventDefinition><bpmn:condition>=x</bpmn:condition>"
    "</bpmn:conditionalEventDefinition>": event.ConditionalEvent(condition=Feel("x")),
    '<bpmn:compensateEventDefinition activityRef="u"/>': event.CompensateEvent(
        activity="u"
    ),
    "<bpmn:cancelEventDefinition/>": event.CancelEvent(),
    "<bpmn:terminateEventDefinition/>": event.TerminateEvent(),
}


@pytest.mark.parametrize("written", CASES)
def test_an_event_tells_what_it_waits_for_or_throws(written):
    done = prepare(diagram(process(user(), boundary("b", "u", written)), top=TOP))
    found = next(done.root.iter(bpmn("boundaryEvent")))

    assert event.events(found, done.declarations) == (CASES[written],)


def test_a_receive_task_waits_for_its_message():
    done = prepare(diagram(process(node("receiveTask", "r", messageRef="m"))))
    task = child(done.processes[0], "receiveTask")

    assert event.events(task, done.declarations) == (done.declarations.messages["m"],)
