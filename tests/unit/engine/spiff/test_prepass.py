"""The normal form: drawn ids stay, implicit parts become visible."""

import pytest

from engine.spiff.check import check_files, is_refused
from engine.spiff.dialect import condition
from engine.spiff.event import MessageEvent, events
from engine.spiff.graph import Graph
from engine.spiff.nodes import GATEWAYS, is_handler
from engine.spiff.prepass import prepare, scopes
from engine.spiff.xml import identifier, local
from tests.unit.engine.spiff.drawing import (
    MESSAGE,
    boundary,
    chain,
    diagram,
    end,
    extended,
    flow,
    handler,
    node,
    process,
    simple,
    start,
    user,
    zeebe,
)
from tests.unit.engine.spiff.test_traps import TRAPS

LINK = '<bpmn:linkEventDefinition name="L"/>'


def prepared(*body, **options):
    return prepare(diagram(process(*body), **options))


def graph(*body):
    return Graph(prepared(*body).processes[0])


def edges(found):
    """Return the flows of a scope as pairs, in file order."""
    return [(key, target) for key in found.nodes for target in found.targets(key)]


def kinds(found):
    return {key: local(one) for key, one in found.nodes.items()}


def test_a_complete_drawing_stays_as_it_is():
    found = graph(start(), user(), end(), chain("s", "u", "e"))

    assert edges(found) == [("s", "u"), ("u", "e")]


def test_a_scope_without_a_start_gets_one():
    found = graph(user(), end(), flow("u", "e"))

    assert kinds(found)["p__start0"] == "startEvent"
    assert ("p__start0", "u") in edges(found)


def test_all_nodes_without_a_flow_into_them_begin_when_there_is_no_start():
    found = graph(user("a"), user("b"))

    assert kinds(found)["p__start0__gateway0"] == "parallelGateway"
    assert set(found.targets("p__start0__gateway0")) == {"a", "b"}


def test_a_node_without_a_flow_out_of_it_gets_an_end():
    found = graph(start(), user(), flow("s", "u"))

    assert kinds(found)["u__end0"] == "endEvent"
    assert found.targets("u") == ["u__end0"]


def test_sub_processes_are_completed_as_well():
    inner = node("subProcess", "sub", user("inner"))

    done = prepared(start(), inner, flow("s", "sub"))

    sub = Graph(list(scopes(done.processes[0]))[1])
    assert edges(sub) == [("inner", "inner__end0"), ("sub__start0", "inner")]


def test_two_flows_out_of_a_task_become_a_parallel_gateway():
    found = graph(
        start(), user(), user("a"), user("b"), chain("s", "u", "a"), flow("u", "b")
    )

    assert kinds(found)["u__gateway0"] == "parallelGateway"
    assert found.targets("u") == ["u__gateway0"]
    assert found.targets("u__gateway0") == ["a", "b"]


def test_conditions_behind_a_task_become_an_inclusive_gateway_that_may_end():
    found = graph(
        start(), user(), user("a"), user("b"), flow("s", "u"),
        flow("u", "a", "=x > 1"), flow("u", "b", "=x > 2"),
    )  # fmt: skip

    gateway = found.nodes["u__gateway0"]
    assert local(gateway) == "inclusiveGateway"
    assert found.targets("u__gateway0") == ["a", "b", "u__end0"]
    assert gateway.get("default") == "u__endflow0"
    assert condition(found.outgoing["u__gateway0"][0]).source == "x > 1"


def test_the_default_flow_of_a_task_becomes_that_of_its_gateway():
    found = graph(
        start(), user("u", default="u_b"), user("a"), user("b"), flow("s", "u"),
        flow("u", "a", "=x > 1"), flow("u", "b"),
    )  # fmt: skip

    assert found.nodes["u__gateway0"].get("default") == "u_b"
    assert found.nodes["u"].get("default") is None
    assert "u__end0" not in found.nodes


def test_a_single_condition_becomes_an_exclusive_gateway():
    found = graph(start(), user(), user("a"), flow("s", "u"), flow("u", "a", "=x"))

    assert kinds(found)["u__gateway0"] == "exclusiveGateway"


def test_two_flows_into_a_task_become_a_merge():
    found = graph(start(), user(), user("v"), chain("s", "u", "v", "u"))

    assert kinds(found)["u__merge0"] == "exclusiveGateway"
    assert found.targets("u__merge0") == ["u"]
    assert ("s", "u__merge0") in edges(found)


def test_links_become_flows_and_their_events_stay():
    found = graph(
        start(), node("intermediateThrowEvent", "t", LINK),
        node("intermediateCatchEvent", "c", LINK), end(), flow("s", "t"), flow("c", "e"),
    )  # fmt: skip

    assert ("t", "c") in edges(found)
    assert kinds(found)["c"] == "intermediateThrowEvent"
    assert len(found.nodes["c"]) == 0


def test_the_last_flow_without_a_condition_becomes_the_default():
    found = graph(
        start(), node("exclusiveGateway", "g"), user("a"), user("b"), flow("s", "g"),
        flow("g", "a", "=x"), flow("g", "b"),
    )  # fmt: skip

    assert found.nodes["g"].get("default") == "g_b"


def test_handlers_are_left_alone():
    found = graph(start(), user(), chain("s", "u"), handler("h", MESSAGE))

    assert found.outgoing["h"] == found.incoming["h"] == []


def test_a_boundary_event_that_leads_nowhere_gets_an_end():
    found = graph(start(), user(), flow("s", "u"), boundary("b", "u", MESSAGE))

    assert found.targets("b") == ["b__end0"]


def test_a_referenced_event_definition_is_put_in_place():
    top = (
        '<bpmn:message id="m" name="msg"/>'
        '<bpmn:messageEventDefinition id="shared" messageRef="tns:m"/>'
    )
    catch = node(
        "intermediateCatchEvent",
        "c",
        "<bpmn:eventDefinitionRef>shared</bpmn:eventDefinitionRef>",
    )

    done = prepared(start(), catch, flow("s", "c"), top=top)

    waiting = Graph(done.processes[0]).nodes["c"]
    [event] = events(waiting, done.declarations)
    assert isinstance(event, MessageEvent)
    assert event.name.value == "msg"


def test_a_global_task_becomes_a_process():
    content = diagram(
        simple(middle=node("callActivity", "u", calledElement="g")),
        node("globalUserTask", "g", name="Nazien"),
    )

    done = prepare(content)

    assert [identifier(p) for p in done.processes] == ["p", "g"]
    assert kinds(Graph(done.processes[1]))["g__task0"] == "userTask"
    assert check_files({"p.bpmn": content}) == []


def test_a_send_task_with_an_operation_becomes_a_service_task():
    found = graph(
        start(), node("sendTask", "t", extended(zeebe("taskDefinition", type="work"))),
        flow("s", "t"),
    )  # fmt: skip

    assert kinds(found)["t"] == "serviceTask"


def test_lanes_reach_into_sub_processes_and_the_innermost_counts():
    nested = node(
        "laneSet", "ls",
        node("lane", "l1", "<bpmn:flowNodeRef>sub</bpmn:flowNodeRef>"
             "<bpmn:flowNodeRef>u</bpmn:flowNodeRef>"
             + node("childLaneSet", "ls2", node("lane", "l2", "<bpmn:flowNodeRef>u</bpmn:flowNodeRef>", name="Binnen")),
             name="Buiten"),
    )  # fmt: skip

    done = prepared(nested, user(), node("subProcess", "sub", user("inner")))

    assert done.lanes == {"sub": "Buiten", "u": "Binnen", "inner": "Buiten"}


def test_a_drawing_that_is_not_executable_is_left_out():
    drawn = process(user("x"), key="q", isExecutable="false")

    done = prepare(diagram(simple(), drawn))

    assert [identifier(p) for p in done.processes] == ["p"]


ACCEPTED = [
    name
    for name, trap in TRAPS.items()
    if not is_refused(check_files({"p.bpmn": trap.content}))
]


@pytest.mark.parametrize("name", ACCEPTED)
def test_the_normal_form_holds_for_whatever_is_accepted(name):
    done = prepare(TRAPS[name].content)

    for one in done.processes:
        for scope in scopes(one):
            assert_normal(Graph(scope))


def assert_normal(found):
    assert found.dangling == []
    assert "startEvent" in kinds(found).values()
    for key, drawn in found.nodes.items():
        if is_handler(drawn):
            continue
        assert found.outgoing[key] or local(drawn) == "endEvent", key
        if local(drawn) not in GATEWAYS:
            assert len(found.outgoing[key]) <= 1, key
            assert len(found.incoming[key]) <= 1, key
            assert all(condition(out) is None for out in found.outgoing[key]), key
