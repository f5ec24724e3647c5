"""Each known fault of SpiffWorkflow and of its peers is executed or refused.

``EXECUTED`` means that the check lets it pass; that it runs right is shown in
the tests of the runner. Anything else is the code and the element of a finding.
"""

from dataclasses import dataclass

import pytest

from engine.model import Severity
from tests.unit.engine.spiff.drawing import (
    CANCEL,
    COMPENSATION,
    ERROR,
    ESCALATION,
    MESSAGE,
    SIGNAL,
    TERMINATE,
    boundary,
    chain,
    conditional,
    diagram,
    end,
    extended,
    findings,
    flow,
    handler,
    node,
    process,
    script,
    simple,
    start,
    timer,
    user,
    zeebe,
)

EXECUTED = None
LINK = '<bpmn:linkEventDefinition name="L"/>'


@dataclass(frozen=True)
class Trap:
    content: bytes
    refused: tuple[str, str] | None = EXECUTED


def one(*extra, middle=None):
    return diagram(simple(*extra, middle=middle))


def looped(inner, tag="userTask"):
    return node(tag, "u", inner)


def gateway(tag, *flows, **attributes):
    return diagram(
        process(
            start(),
            node(tag, "g", **attributes),
            user("a"),
            user("b"),
            end(),
            flow("s", "g"),
            *flows,
            chain("a", "e"),
            chain("b", "e"),
        )
    )


def undo(key):
    return boundary(f"b_{key}", key, COMPENSATION) + (
        node("userTask", f"undo_{key}", isForCompensation="true")
        + node(
            "association",
            f"as_{key}",
            sourceRef=f"b_{key}",
            targetRef=f"undo_{key}",
        )
    )


def repeated(tag, inner="", **attributes):
    return looped(node(tag, "loop", inner, **attributes))


CALLED = process(start("qs"), end("qe"), chain("qs", "qe"), key="q")
MULTI = "multiInstanceLoopCharacteristics"

SPIFFWORKFLOW = {
    "user task": Trap(one()),
    "manual task": Trap(one(middle=node("manualTask", "u"))),
    "none task": Trap(one(middle=node("task", "u"))),
    "script task in FEEL": Trap(one(middle=script("u"))),
    "script task in Python": Trap(
        one(
            middle=node(
                "scriptTask",
                "u",
                "<bpmn:script>x = 1</bpmn:script>",
                scriptFormat="python",
            )
        ),
        ("unsupported_element", "u"),
    ),
    "service task": Trap(
        one(
            middle=node(
                "serviceTask", "u", extended(zeebe("taskDefinition", type="work"))
            )
        )
    ),
    "service task without an operation": Trap(
        one(middle=node("serviceTask", "u")), ("service_without_type", "u")
    ),
    "business rule task without a decision": Trap(
        one(middle=node("businessRuleTask", "u")), ("rule_without_decision", "u")
    ),
    "receive task": Trap(one(middle=node("receiveTask", "u", messageRef="m"))),
    "receive task without a message": Trap(
        one(middle=node("receiveTask", "u")), ("message_missing", "u")
    ),
    "send task": Trap(one(middle=node("sendTask", "u", messageRef="m"))),
    "send task without a message": Trap(
        one(middle=node("sendTask", "u")), ("send_without_message", "u")
    ),
    "call activity": Trap(
        diagram(simple(middle=node("callActivity", "u", calledElement="q")), CALLED)
    ),
    "call activity bound to a version tag": Trap(
        diagram(
            simple(
                middle=node(
                    "callActivity",
                    "u",
                    extended(
                        zeebe(
                            "calledElement",
                            processId="q",
                            bindingType="versionTag",
                            versionTag="v1",
                        )
                    ),
                )
            ),
            CALLED,
        ),
        ("unsupported_value", "u"),
    ),
    "call activity without a process": Trap(
        one(middle=node("callActivity", "u")), ("call_without_process", "u")
    ),
    "process that calls itself": Trap(
        one(middle=node("callActivity", "u", calledElement="p")),
        ("process_calls_itself", "p"),
    ),
    "sub-process": Trap(
        one(middle=node("subProcess", "u", start("is") + end("ie") + chain("is", "ie")))
    ),
    "sub-process without start and end": Trap(
        one(middle=node("subProcess", "u", user("inner")))
    ),
    "transaction with cancel": Trap(
        one(
            boundary("b", "u", CANCEL),
            middle=node(
                "transaction", "u", start("is") + end("ie", CANCEL) + chain("is", "ie")
            ),
        )
    ),
    **{
        f"event sub-process: {name}, interrupting {interrupts}": Trap(
            one(handler("h", inner, interrupts=interrupts))
        )
        for name, inner in {
            "message": MESSAGE,
            "signal": SIGNAL,
            "timer": timer(),
            "escalation": ESCALATION,
            "conditional": conditional(),
        }.items()
        for interrupts in (True, False)
    },
    "event sub-process: error": Trap(one(handler("h", ERROR))),
    "event sub-process: compensation": Trap(
        one(middle=node("subProcess", "u", user("inner") + handler("h", COMPENSATION)))
    ),
    "event sub-process: error that does not interrupt": Trap(
        one(handler("h", ERROR, interrupts=False)), ("error_interrupts", "h_s")
    ),
    "event sub-process inside a sub-process": Trap(
        one(middle=node("subProcess", "u", user("inner") + handler("h", SIGNAL)))
    ),
    "ad-hoc sub-process": Trap(
        one(middle=node("adHocSubProcess", "u", user("inner"))),
        ("unsupported_element", "u"),
    ),
    "exclusive gateway": Trap(
        gateway(
            "exclusiveGateway",
            flow("g", "a", "=x > 1"),
            flow("g", "b"),
            default="g_b",
        )
    ),
    "parallel gateway in a loop": Trap(
        diagram(
            process(
                start(),
                node("exclusiveGateway", "again"),
                node("parallelGateway", "g"),
                user("a"),
                user("b"),
                node("parallelGateway", "j"),
                node("exclusiveGateway", "x", default="x_e"),
                end(),
                chain("s", "again", "g", "a", "j", "x"),
                chain("g", "b", "j"),
                flow("x", "again", "=n < 3"),
                flow("x", "e"),
            )
        )
    ),
    "inclusive gateway": Trap(
        gateway(
            "inclusiveGateway", flow("g", "a", "=x > 1"), flow("g", "b"), default="g_b"
        )
    ),
    "event-based gateway with two timers": Trap(
        diagram(
            process(
                start(),
                node("eventBasedGateway", "g"),
                node("intermediateCatchEvent", "c1", timer(text="PT9H")),
                node("intermediateCatchEvent", "c2", timer(text="PT5S")),
                node("intermediateCatchEvent", "c3", conditional()),
                chain("s", "g", "c1"),
                chain("g", "c2"),
                chain("g", "c3"),
            )
        )
    ),
    "complex gateway": Trap(
        gateway("complexGateway", flow("g", "a"), flow("g", "b")),
        ("unsupported_element", "g"),
    ),
    "two flows out of a task": Trap(one(user("v"), flow("u", "v"))),
    "two flows into a task": Trap(one(user("v"), flow("s", "v"), flow("v", "u"))),
    "ring of tasks without a gateway": Trap(one(user("v"), chain("u", "v", "u"))),
    "condition on a flow out of a task": Trap(one(user("v"), flow("u", "v", "=x > 1"))),
    "condition naming an unknown variable": Trap(
        gateway(
            "exclusiveGateway",
            flow("g", "a", "=nowhere > 1"),
            flow("g", "b"),
            default="g_b",
        ),
        ("variable_never_set", "g_a"),
    ),
    "timer: date": Trap(
        one(
            middle=node(
                "intermediateCatchEvent", "u", timer("timeDate", "2027-07-01T09:00:00Z")
            )
        )
    ),
    "timer: duration": Trap(one(middle=node("intermediateCatchEvent", "u", timer()))),
    "timer: cycle": Trap(
        one(
            boundary("b", "u", timer("timeCycle", "R3/PT10S"), interrupts=False),
        )
    ),
    "timer: a text that is no time": Trap(
        one(middle=node("intermediateCatchEvent", "u", timer(text="P10"))),
        ("bad_time", "u"),
    ),
    "message start": Trap(
        diagram(process(start("s", MESSAGE), end(), chain("s", "e")))
    ),
    "message throw": Trap(one(middle=node("intermediateThrowEvent", "u", MESSAGE))),
    "message end": Trap(diagram(process(start(), end("e", MESSAGE), chain("s", "e")))),
    "message boundary that does not interrupt": Trap(
        one(boundary("b", "u", MESSAGE, interrupts=False))
    ),
    "signal start": Trap(diagram(process(start("s", SIGNAL), end(), chain("s", "e")))),
    "signal throw": Trap(one(middle=node("intermediateThrowEvent", "u", SIGNAL))),
    "signal end": Trap(diagram(process(start(), end("e", SIGNAL), chain("s", "e")))),
    "signal boundary": Trap(one(boundary("b", "u", SIGNAL))),
    "error end": Trap(diagram(process(start(), end("e", ERROR), chain("s", "e")))),
    "error boundary": Trap(one(boundary("b", "u", ERROR))),
    "error boundary that does not interrupt": Trap(
        one(boundary("b", "u", ERROR, interrupts=False)), ("error_interrupts", "b")
    ),
    "script error with a boundary": Trap(
        one(boundary("b", "u", ERROR), middle=script("u"))
    ),
    "escalation throw": Trap(
        one(middle=node("intermediateThrowEvent", "u", ESCALATION))
    ),
    "escalation end and boundary": Trap(
        one(
            boundary("b", "u", ESCALATION, interrupts=False),
            middle=node(
                "subProcess",
                "u",
                start("is") + end("ie", ESCALATION) + chain("is", "ie"),
            ),
        )
    ),
    "conditional catch": Trap(
        one(middle=node("intermediateCatchEvent", "u", conditional()))
    ),
    "conditional boundary": Trap(one(boundary("b", "u", conditional()))),
    "link throw and catch": Trap(
        diagram(
            process(
                start(),
                node("intermediateThrowEvent", "lt", LINK),
                node("intermediateCatchEvent", "lc", LINK),
                end(),
                chain("s", "lt"),
                chain("lc", "e"),
            )
        )
    ),
    "link without a target": Trap(
        diagram(
            process(
                start(), node("intermediateThrowEvent", "lt", LINK), chain("s", "lt")
            )
        ),
        ("link_without_target", "lt"),
    ),
    "compensation boundary": Trap(one(undo("u"))),
    "compensation throw": Trap(
        diagram(
            process(
                start(),
                user(),
                undo("u"),
                end("e", COMPENSATION),
                chain("s", "u", "e"),
            )
        )
    ),
    "compensation boundary without a handler": Trap(
        one(boundary("b", "u", COMPENSATION)), ("compensation_without_handler", "b")
    ),
    "undo activity that nothing points to": Trap(
        one(user("undo", isForCompensation="true")),
        ("handler_without_boundary", "undo"),
    ),
    "terminate end": Trap(
        diagram(process(start(), end("e", TERMINATE), chain("s", "e")))
    ),
    "multiple catch": Trap(
        one(middle=node("intermediateCatchEvent", "u", MESSAGE + SIGNAL))
    ),
    "parallel multiple catch": Trap(
        one(
            middle=node(
                "intermediateCatchEvent", "u", MESSAGE + SIGNAL, parallelMultiple="true"
            )
        )
    ),
    "two plain starts": Trap(
        one(start("s2"), flow("s2", "u")), ("several_plain_starts", "s2")
    ),
    "process without an end": Trap(diagram(process(start(), user(), flow("s", "u")))),
    "process without a start": Trap(diagram(process(user(), end(), flow("u", "e")))),
    "multi-instance over a collection": Trap(
        one(
            middle=repeated(
                MULTI,
                extended(
                    zeebe(
                        "loopCharacteristics", inputCollection="=xs", inputElement="x"
                    )
                ),
                isSequential="true",
            )
        )
    ),
    "multi-instance with the collection of another engine": Trap(
        one(
            middle=repeated(MULTI).replace(
                '<bpmn:multiInstanceLoopCharacteristics id="loop"',
                '<bpmn:multiInstanceLoopCharacteristics id="loop" camunda:collection="xs"',
            )
        ),
        ("foreign_dialect", "loop"),
    ),
    "standard loop": Trap(
        one(middle=repeated("standardLoopCharacteristics", loopMaximum="3"))
    ),
    "standard loop without an end": Trap(
        one(middle=repeated("standardLoopCharacteristics")), ("loop_without_end", "u")
    ),
    "data object two sub-processes down": Trap(
        one(
            middle=node(
                "subProcess",
                "u",
                node("subProcess", "v", user("w") + node("dataObject", "d")),
            )
        )
    ),
    "data store that is connected": Trap(
        one(
            node("dataStoreReference", "store"),
            middle=user(
                "u",
                node(
                    "dataOutputAssociation",
                    "doa",
                    "<bpmn:targetRef>store</bpmn:targetRef>",
                ),
            ),
        ),
        ("data_store_flow", "u"),
    ),
    "data store that is not connected": Trap(one(node("dataStoreReference", "store"))),
    "data input and output": Trap(
        one(middle=user("u", node("ioSpecification", "io"))),
        ("unsupported_element", "io"),
    ),
    "nested lanes": Trap(
        one(
            node(
                "laneSet",
                "ls",
                node(
                    "lane",
                    "l1",
                    node(
                        "childLaneSet",
                        "ls2",
                        node("lane", "l2", "<bpmn:flowNodeRef>u</bpmn:flowNodeRef>"),
                    ),
                ),
            )
        )
    ),
    "message flow that sends nothing": Trap(
        diagram(
            simple(middle=node("manualTask", "u")),
            node(
                "collaboration",
                "c",
                node("participant", "pp", processRef="p")
                + node("participant", "other")
                + node("messageFlow", "mf", sourceRef="u", targetRef="other"),
            ),
        ),
        ("message_flow_sends_nothing", "mf"),
    ),
    "process that is not executable": Trap(
        diagram(process(start(), end(), chain("s", "e"), isExecutable="false")),
        ("no_executable_process", "definitions"),
    ),
    "annotation, group and association": Trap(
        one(
            node("textAnnotation", "t", "<bpmn:text>note</bpmn:text>"),
            node("group", "gr"),
            node("association", "as", sourceRef="u", targetRef="t"),
        )
    ),
    "task that is not reachable": Trap(one(user("lost")), ("unreachable", "lost")),
    "external entity": Trap(
        b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + one(),
        ("document_type", "-"),
    ),
}

PEERS = {
    "signal end event sends nothing": SPIFFWORKFLOW["signal end"],
    "link throw ends in a dead case": SPIFFWORKFLOW["link throw and catch"],
    "error event sub-process runs at once": SPIFFWORKFLOW["event sub-process: error"],
    "escalation event sub-process runs at once": SPIFFWORKFLOW[
        "event sub-process: escalation, interrupting True"
    ],
    "compensation event sub-process runs at once": SPIFFWORKFLOW[
        "event sub-process: compensation"
    ],
    "startQuantity is ignored": Trap(
        one(middle=user("u", startQuantity="2")), ("unsupported_value", "u")
    ),
    "completionQuantity is ignored": Trap(
        one(middle=user("u", completionQuantity="2")), ("unsupported_value", "u")
    ),
    "exclusive gateway takes the branch drawn higher": SPIFFWORKFLOW[
        "exclusive gateway"
    ],
    "rest of a sub-process runs on after an interrupting escalation": Trap(
        one(
            boundary("b", "u", ESCALATION),
            middle=node(
                "subProcess",
                "u",
                start("is")
                + node("intermediateThrowEvent", "th", ESCALATION)
                + user("after")
                + chain("is", "th", "after"),
            ),
        )
    ),
    "signal event sub-process inside a sub-process never starts": SPIFFWORKFLOW[
        "event sub-process inside a sub-process"
    ],
    "negative loop cardinality": Trap(
        one(middle=repeated(MULTI, "<bpmn:loopCardinality>-2</bpmn:loopCardinality>")),
        ("bad_loop_count", "u"),
    ),
    "negative loop maximum": Trap(
        one(middle=repeated("standardLoopCharacteristics", loopMaximum="-1")),
        ("bad_loop_count", "u"),
    ),
    "unreachable task is ignored": SPIFFWORKFLOW["task that is not reachable"],
    "interrupting timer event sub-process does not interrupt": SPIFFWORKFLOW[
        "event sub-process: timer, interrupting True"
    ],
    "dangling flow": Trap(one(flow("u", "nowhere")), ("dangling_flow", "u_nowhere")),
    "timer event sub-process that does not interrupt": SPIFFWORKFLOW[
        "event sub-process: timer, interrupting False"
    ],
    "compensation end event": SPIFFWORKFLOW["compensation throw"],
    "multi-instance that throws": Trap(
        one(
            middle=repeated(
                MULTI,
                "<bpmn:loopCardinality>2</bpmn:loopCardinality>",
                behavior="One",
            )
        ),
        ("unsupported_value", "loop"),
    ),
    "instantiating receive task": Trap(
        one(middle=node("receiveTask", "u", messageRef="m", instantiate="true")),
        ("unsupported_value", "u"),
    ),
}

TRAPS = SPIFFWORKFLOW | {f"peers: {name}": trap for name, trap in PEERS.items()}

SUBJECTS = """
user task; manual task; none task; script task; service task; business rule task;
receive task; send task; call activity; calls itself; sub-process; without start and end;
transaction; event sub-process: message; event sub-process: signal;
event sub-process: timer; event sub-process: error; event sub-process: escalation;
inside a sub-process; ad-hoc; exclusive gateway; parallel gateway in a loop;
inclusive gateway; event-based gateway; complex gateway; flows out of a task;
flows into a task; ring of tasks; condition on a flow; unknown variable; timer: date;
timer: duration; timer: cycle; message start; message throw; message end;
message boundary; signal start; signal throw; signal end; signal boundary; error end;
error boundary; script error; escalation throw; escalation end; conditional catch;
conditional boundary; link; compensation boundary; compensation throw; terminate;
multiple catch; parallel multiple; two plain starts; without an end; multi-instance;
collection; standard loop; data object; data store; data input; lanes; message flow;
not executable; annotation; not reachable; external entity; startQuantity;
completionQuantity; drawn higher; rest of a sub-process; negative loop; does not interrupt;
dangling flow; compensation end; instantiating
"""


@pytest.mark.parametrize("name", TRAPS)
def test_each_trap_is_executed_or_refused_on_its_element(name):
    trap = TRAPS[name]

    found = findings(trap.content)

    if trap.refused is EXECUTED:
        assert [f for f in found if f.severity is Severity.ERROR] == []
    else:
        assert trap.refused in {(f.code, f.element) for f in found}


@pytest.mark.parametrize("subject", [s.strip() for s in SUBJECTS.split(";")])
def test_no_known_trap_is_forgotten(subject):
    subject = " ".join(subject.split())

    assert any(subject in name for name in TRAPS), subject
