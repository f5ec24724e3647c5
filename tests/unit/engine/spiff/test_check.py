"""Each sentence of the check has a diagram that calls for it."""

from dataclasses import dataclass, field

import pytest

from engine.model import Bundle, Severity
from engine.spiff.check import MAX_FINDINGS, check, check_files
from engine.spiff.sentences.table import SENTENCES
from tests.unit.engine.spiff import test_check_attacks, test_traps
from tests.unit.engine.spiff.drawing import (
    CANCEL,
    COMPENSATION,
    ERROR,
    ESCALATION,
    MESSAGE,
    SIGNAL,
    TERMINATE,
    TOP,
    boundary,
    chain,
    codes,
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

FORM = b'{"id": "f", "type": "default", "components": [{"type": "number", "key": "x", "id": "c1", "label": "x"}]}'
DECISION = b"""<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d"
 name="d" namespace="http://example.org"><decision id="decide" name="decide">
 <variable name="decide"/><literalExpression><text>1</text></literalExpression>
</decision></definitions>"""


@dataclass(frozen=True)
class Known:
    """A catalogue of one service task."""

    needs: frozenset[str] = field(default_factory=lambda: frozenset({"dwelling"}))

    def knows(self, service_type):
        return service_type == "work"

    def required_inputs(self, service_type):
        return self.needs


def service(kind="work", *inner, **attributes):
    definition = zeebe("taskDefinition", type=kind, **attributes)
    return node("serviceTask", "u", extended(definition + "".join(inner)))


def middle(inner, *extra):
    return diagram(simple(*extra, middle=inner))


def catch(inner):
    return middle(node("intermediateCatchEvent", "u", inner))


def throw(inner):
    return middle(node("intermediateThrowEvent", "u", inner))


def choice(*flows, tag="exclusiveGateway", **attributes):
    body = [start(), node(tag, "g", **attributes), user("a"), user("b")]
    return diagram(process(*body, flow("s", "g"), *flows))


def awaiting(*targets):
    body = [start(), node("eventBasedGateway", "g"), flow("s", "g")]
    return diagram(process(*body, *targets))


def mapped(**line):
    return middle(user("u", extended(zeebe("ioMapping", zeebe("input", **line)))))


def link(key, name, tag="intermediateThrowEvent"):
    return node(tag, key, f'<bpmn:linkEventDefinition name="{name}"/>')


def starting(inner, top=TOP):
    return diagram(process(start("s", inner), end(), chain("s", "e")), top=top)


def top(extra):
    return diagram(simple(), top=TOP + extra)


UNNAMED = '<bpmn:message id="m"/>'
CODELESS = '<bpmn:error id="er"/><bpmn:escalation id="es"/>'
COMPUTED = '<bpmn:message id="m" name="=n"/>'

CASES = [
    ("unknown_element", "u", middle(user("u", "<bpmn:wizard/>"))),
    ("unknown_element", "u", middle(user("u", extended(zeebe("wizard"))))),
    ("unsupported_element", "u", middle(user("u", extended(zeebe("taskListeners"))))),
    ("unsupported_element", "p", diagram(simple(extended(zeebe("userTaskForm"))))),
    ("misplaced_element", "u", middle(user("u", extended(zeebe("script"))))),
    ("misplaced_element", "u", middle(user("u", zeebe("userTask")))),
    ("misplaced_element", "u", middle(user("u", TERMINATE))),
    ("misplaced_element", "u2", top(user("u2"))),
    ("misplaced_element", "u", catch(extended(zeebe("ioMapping", zeebe("input", source="=x", target="y"))) + timer())),
    ("misplaced_element", "p", diagram(simple(extended(zeebe("ioMapping"))))),
    ("unknown_attribute", "u", middle(user("u", colour="red"))),
    (
        "unsupported_attribute",
        "u",
        middle(user("u", extended(zeebe("formDefinition", formKey="f")))),
    ),
    (
        "unsupported_attribute",
        "u",
        middle(user("u", extended(zeebe("formDefinition", externalReference="f")))),
    ),
    ("unsupported_attribute", "u", middle(service().replace("id=", 'zeebe:retryCounter="1" id=', 1))),
    ("foreign_dialect", "u", middle(user("u").replace("id=", 'camunda:assignee="an" id='))),
    (
        "foreign_dialect",
        "u",
        middle(user("u", extended("<spiffworkflow:preScript>x</spiffworkflow:preScript>"))),
    ),
    ("unknown_namespace", "u", middle(user("u", extended('<x xmlns="http://x"/>')))),
    ("missing_id", "p", diagram(simple("<bpmn:userTask/>"))),
    ("duplicate_id", "u", diagram(simple(user("v")), process(user("u"), key="q"))),
    ("reserved_id", "u__gateway0", diagram(process(user("u__gateway0")))),
    (
        "unknown_process_ref",
        "pool",
        top(node("collaboration", "c", node("participant", "pool", processRef="q"))),
    ),
    (
        "flow_crosses_scope",
        "u_inner",
        diagram(simple(node("subProcess", "sub", user("inner")), flow("u", "inner"))),
    ),
    ("flow_at_handler", "u_h", diagram(simple(handler("h", MESSAGE), flow("u", "h")))),
    ("flow_into_event", "u_s", diagram(simple(flow("u", "s")))),
    ("flow_out_of_end", "e_u", diagram(simple(flow("e", "u")))),
    ("flow_at_link", "u", throw('<bpmn:linkEventDefinition name="L"/>')),
    ("link_without_name", "u", throw("<bpmn:linkEventDefinition/>")),
    (
        "double_link",
        "b",
        diagram(
            process(
                start(),
                link("t", "L"),
                flow("s", "t"),
                link("a", "L", "intermediateCatchEvent"),
                link("b", "L", "intermediateCatchEvent"),
            )
        ),
    ),
    (
        "event_start_in_subprocess",
        "is",
        middle(node("subProcess", "u", start("is", MESSAGE))),
    ),
    (
        "event_subprocess_start",
        "h",
        diagram(simple(node("subProcess", "h", start("hs"), triggeredByEvent="true"))),
    ),
    ("empty_scope", "u", middle(node("subProcess", "u"))),
    ("unknown_default", "u", middle(user("u", default="nowhere"))),
    (
        "default_with_condition",
        "g_a",
        choice(flow("g", "a", "=x"), flow("g", "b", "=y"), default="g_a"),
    ),
    ("default_without_choice", "u", middle(user("u", default="u_e"))),
    ("empty_condition", "g_a", choice(flow("g", "a", " "), flow("g", "b", "=y"))),
    ("empty_condition", "u", catch(conditional(" "))),
    (
        "condition_after_parallel",
        "g_a",
        choice(flow("g", "a", "=x"), flow("g", "b"), tag="parallelGateway"),
    ),
    (
        "condition_after_event_gateway",
        "g_c",
        awaiting(node("intermediateCatchEvent", "c", timer()), flow("g", "c", "=x")),
    ),
    ("flow_without_condition", "g_a", choice(flow("g", "a"), flow("g", "b"))),
    ("assumed_default", "g_b", choice(flow("g", "a", "=x"), flow("g", "b"))),
    ("gateway_without_default", "g", choice(flow("g", "a", "=x"), flow("g", "b", "=y"))),
    ("task_without_default", "u", diagram(process(start(), user(), user("v"), flow("s", "u"), flow("u", "v", "=x")))),
    ("event_gateway_without_events", "g", awaiting()),
    ("event_gateway_target", "u", awaiting(user("u"), flow("g", "u"))),
    (
        "event_gateway_target_shared",
        "c",
        awaiting(
            node("intermediateCatchEvent", "c", timer()),
            chain("g", "c"),
            flow("s", "c"),
        ),
    ),
    (
        "unknown_event_reference",
        "u",
        catch("<bpmn:eventDefinitionRef>nowhere</bpmn:eventDefinitionRef>"),
    ),
    ("catches_nothing", "u", catch("")),
    ("catches_nothing", "b", diagram(simple(boundary("b", "u", "")))),
    ("event_not_allowed", "u", catch(ERROR)),
    ("event_not_allowed", "u", throw(timer())),
    ("events_not_combinable", "u", catch(MESSAGE + '<bpmn:linkEventDefinition name="L"/>')),
    ("handler_start_only", "s", starting(ERROR)),
    ("handler_start_only", "s", starting(ESCALATION)),
    ("handler_start_only", "s", starting(COMPENSATION)),
    ("handler_start_only", "s", starting(conditional())),
    ("start_needs_all", "s", starting(MESSAGE + SIGNAL).replace(b'id="s"', b'id="s" parallelMultiple="true"')),
    ("message_without_key", "m", diagram(simple(boundary("b", "u", MESSAGE)), top='<bpmn:message id="m" name="msg"/>')),
    ("empty_expression", "u", middle(user("u", extended(zeebe("assignmentDefinition", assignee="="))))),
    ("timer_needs_one_time", "u", catch(timer(text="="))),
    ("empty_condition", "u", catch(conditional("="))),
    ("start_name_is_expression", "s", starting(SIGNAL, top='<bpmn:signal id="sg" name="=n"/>')),
    ("cancel_outside_transaction", "e", diagram(process(start(), end("e", CANCEL), flow("s", "e")))),
    ("cancel_needs_transaction", "b", diagram(simple(boundary("b", "u", CANCEL)))),
    ("signal_missing", "u", throw('<bpmn:signalEventDefinition signalRef="x"/>')),
    ("message_missing", "u", throw("<bpmn:messageEventDefinition/>")),
    ("error_missing", "b", diagram(simple(boundary("b", "u", '<bpmn:errorEventDefinition errorRef="x"/>')))),
    ("error_missing", "e", diagram(process(start(), end("e", "<bpmn:errorEventDefinition/>"), flow("s", "e")))),
    ("escalation_missing", "u", throw("<bpmn:escalationEventDefinition/>")),
    ("error_without_code", "e", diagram(process(start(), end("e", ERROR), flow("s", "e")), top=CODELESS)),
    ("escalation_without_code", "u", diagram(simple(middle=node("intermediateThrowEvent", "u", ESCALATION)), top=CODELESS)),
    ("declaration_without_name", "m", starting(MESSAGE, top=UNNAMED)),
    ("code_is_expression", "er", diagram(simple(boundary("b", "u", ERROR)), top='<bpmn:error id="er" errorCode="=x"/>')),
    ("start_name_is_expression", "s", starting(MESSAGE, top=COMPUTED)),
    ("timer_needs_one_time", "u", catch("<bpmn:timerEventDefinition/>")),
    ("cycle_not_allowed", "u", catch(timer("timeCycle", "R3/PT1H"))),
    ("compensates_nothing", "u", throw('<bpmn:compensateEventDefinition activityRef="x"/>')),
    ("boundary_without_host", "b", diagram(simple(boundary("b", "x", MESSAGE)))),
    ("boundary_on_handler", "b", diagram(simple(handler("h", MESSAGE), boundary("b", "h", SIGNAL)))),
    ("unknown_service_type", "u", middle(service("play"))),
    ("required_input_missing", "u", middle(service())),
    ("bad_retries", "u", middle(service(retries="many"))),
    ("bad_retries", "u", middle(service(retries="0"))),
    ("bad_retries", "u", middle(service(retries="9" * 5000))),
    ("error_without_code", "b", diagram(simple(boundary("b", "u", ERROR)), top=CODELESS)),
    ("unsupported_value", "u", middle(user("u", isForCompensation="false", startQuantity="3"))),
    ("message_and_type", "u", middle(service().replace("serviceTask", "sendTask").replace("id=", 'messageRef="m" id=', 1))),
    ("form_without_id", "u", middle(user("u", extended(zeebe("formDefinition"))))),
    ("unknown_form", "u", middle(user("u", extended(zeebe("formDefinition", formId="g"))))),
    ("bad_priority", "u", middle(user("u", extended(zeebe("priorityDefinition", priority="101"))))),
    ("unknown_decision", "u", middle(node("businessRuleTask", "u", extended(zeebe("calledDecision", decisionId="other", resultVariable="r"))))),
    ("no_result_variable", "u", middle(node("businessRuleTask", "u", extended(zeebe("calledDecision", decisionId="decide"))))),
    ("no_result_variable", "u", middle(script("u", result=""))),
    ("script_without_expression", "u", middle(node("scriptTask", "u"))),
    ("two_called_processes", "u", middle(node("callActivity", "u", extended(zeebe("calledElement", processId="q")), calledElement="r"))),
    ("called_process_is_expression", "u", middle(node("callActivity", "u", extended(zeebe("calledElement", processId="=q"))))),
    ("unknown_process", "u", middle(node("callActivity", "u", calledElement="q"))),
    ("called_without_start", "u", diagram(simple(middle=node("callActivity", "u", calledElement="q")), process(start("qs", MESSAGE), key="q"))),
    ("loop_on_event_subprocess", "h", diagram(simple(handler("h", MESSAGE).replace("</bpmn:subProcess>", "<bpmn:standardLoopCharacteristics loopMaximum='2'/></bpmn:subProcess>")))),
    ("multi_instance_without_collection", "u", middle(user("u", node("multiInstanceLoopCharacteristics", "l")))),
    ("half_output_collection", "u", middle(user("u", node("multiInstanceLoopCharacteristics", "l", extended(zeebe("loopCharacteristics", inputCollection="=xs", outputCollection="ys")))))),
    ("mapping_without_target", "u", mapped(source="=x")),
    ("mapping_without_source", "u", mapped(target="x")),
    ("bad_variable_name", "u", mapped(source="=x", target="a.b")),
    ("bad_variable_name", "u", mapped(source="=x", target="if")),
    ("bad_feel", "u", mapped(source="=x +", target="a")),
    ("bad_feel", "m", starting(MESSAGE, top=TOP.replace("=case_number", "=case number("))),
    ("bad_time", "u", middle(user("u", extended(zeebe("taskSchedule", dueDate="tomorrow"))))),
    (
        "message_flow_received_by_none",
        "mf",
        top(
            node(
                "collaboration",
                "c",
                node("participant", "pool")
                + node("messageFlow", "mf", sourceRef="pool", targetRef="s"),
            )
        ),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("code", "element", "content"), CASES)
def test_each_fault_is_found_on_its_element(code, element, content):
    found = codes(content, Known(), d_dmn=DECISION, f_form=FORM)

    assert (code, element) in found


BUNDLE_CODES = {
    "unknown_file_type", "double_process", "double_form", "form_without_key",
    "more_findings",
}  # fmt: skip


def test_no_sentence_is_without_a_case():
    shown = {code for code, _, _ in CASES} | BUNDLE_CODES
    shown |= {trap.refused[0] for trap in test_traps.TRAPS.values() if trap.refused}
    shown |= {code for _, code in test_check_attacks.ATTACKS.values()}

    assert set(SENTENCES) - shown == set()


def test_two_files_may_not_define_the_same_process_or_form():
    found = codes(diagram(simple()), q_bpmn=diagram(simple()), f_form=FORM, g_form=FORM)

    assert found == {("double_process", "-"), ("double_form", "-")}


def test_no_more_findings_are_told_than_one_can_read():
    content = diagram(simple(*(user(f"v{i}") for i in range(MAX_FINDINGS + 50))))

    found = findings(content)

    assert len(found) == MAX_FINDINGS + 1
    assert "more_findings" in {f.code for f in found}


def test_a_long_name_is_cut_in_the_sentence():
    [finding] = findings(middle(user("u", name="lang " * 500, colour="red")))

    assert len(finding.sentence) < 300


def test_a_form_without_an_id_is_refused():
    found = codes(diagram(simple()), f_form=FORM.replace(b'"id": "f", ', b""))

    assert found == {("form_without_key", "-")}


def test_a_faulty_form_gives_no_finding_on_the_task_that_uses_it():
    content = middle(user("u", extended(zeebe("formDefinition", formId="f"))))

    found = codes(content, f_form=FORM.replace(b"number", b"iframe"))

    assert ("unknown_form", "u") not in found
    assert found


def test_a_faulty_decision_is_refused_with_its_file():
    found = findings(diagram(simple()), d_dmn=DECISION.replace(b">1<", b">1 +<"))

    assert {f.file for f in found} == {"d.dmn"}


def test_a_complete_bundle_has_no_findings():
    tasks = (
        user("a", extended(zeebe("formDefinition", formId="f"))),
        node("businessRuleTask", "b", extended(zeebe("calledDecision", decisionId="decide", resultVariable="r"))),
        node("exclusiveGateway", "g", default="g_e"),
        user("c"),
    )  # fmt: skip
    content = diagram(
        process(
            start(), *tasks, end(), chain("s", "a", "b", "g", "e"),
            flow("g", "c", "=x > 1 and r = 2"),
        )
    )  # fmt: skip

    assert codes(content, Known(), d_dmn=DECISION, f_form=FORM) == set()


def test_a_variable_of_the_starter_is_named_at_the_process():
    properties = extended(
        zeebe("properties", zeebe("property", name="variables", value="x, terms"))
    )
    content = diagram(
        process(
            properties, start(), node("exclusiveGateway", "g", default="g_b"),
            user("a"), user("b"), flow("s", "g"), flow("g", "a", "=terms.days > 1"),
            flow("g", "b"),
        )
    )  # fmt: skip

    assert codes(content) == set()


def test_a_misspelt_variable_gets_a_suggestion():
    content = choice(flow("g", "a", "=works_don"), flow("g", "b"), default="g_b")
    content = content.replace(
        b"</bpmn:process>",
        script("sc", result="works_done").encode() + b"</bpmn:process>",
    )

    found = findings(content)

    assert any(
        "‘works_done’" in f.sentence for f in found if f.code == "variable_never_set"
    )


def test_bad_feel_tells_where():
    content = choice(flow("g", "a", "=x >\n >"), flow("g", "b"), default="g_b")

    [finding] = [f for f in findings(content) if f.code == "bad_feel"]

    assert "regel 2, kolom 2" in finding.sentence


def test_a_no_break_space_in_a_condition_is_read_as_a_space():
    content = choice(
        flow("g", "a", "=x\N{NO-BREAK SPACE}>\N{NO-BREAK SPACE}0"), flow("g", "b"),
        default="g_b",
    )  # fmt: skip

    assert {code for code, _ in codes(content)} == {"variable_never_set"}


def test_without_a_catalogue_service_types_are_taken_on_trust():
    assert codes(middle(service("anything"))) == set()


def test_a_drawing_beside_an_executable_process_is_left_alone():
    drawn = process(node("complexGateway", "g"), key="q", isExecutable="false")

    assert codes(diagram(simple(), drawn)) == set()


def test_processes_that_call_each_other_in_a_ring_are_refused_across_files():
    one = diagram(simple(middle=node("callActivity", "u", calledElement="q")))
    two = diagram(
        process(
            start(),
            node("callActivity", "v", calledElement="p"),
            flow("s", "v"),
            key="q",
        )
    )

    found = codes(one, q_bpmn=two)

    assert {("process_calls_itself", "p"), ("process_calls_itself", "q")} <= found


def test_names_with_line_breaks_and_braces_stay_readable():
    found = findings(middle(user("u", name="Een\n{0} {naam}", colour="x")))

    assert "‘Een {0} {naam}’" in found[0].sentence


def test_errors_come_before_warnings():
    content = choice(flow("g", "a", "=x"), flow("g", "b", "=y +"))

    severities = [f.severity for f in findings(content)]

    assert severities == sorted(severities, key=lambda s: s is not Severity.ERROR)


def test_a_bundle_is_checked_as_its_files():
    bundle = Bundle(key="k", files={"p.bpmn": middle(user("u", colour="red"))})

    assert check(bundle, None) == check_files(bundle.files)


@pytest.mark.parametrize("code", SENTENCES)
def test_each_sentence_is_whole(code):
    text = SENTENCES[code].text

    assert text[0].isupper() or text[0] in "‘{"
    assert text.endswith((".", "}"))
