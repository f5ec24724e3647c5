"""Decisions that need others, functions, services, types and boxed expressions."""

from decimal import Decimal

import pytest

from engine.dmn import DecisionError, load


def boxed(body, *, before=""):
    return f'{before}<decision id="d" name="d">{body}</decision>'


def expression(text):
    return f"<literalExpression><text>{text}</text></literalExpression>"


@pytest.fixture
def answer(definitions):
    def evaluate(body, before="", **context):
        model = load(definitions(boxed(body, before=before)))
        return model.evaluate("d", context).value

    return evaluate


def test_a_required_decision_is_evaluated_once_and_recorded_first(definitions, literal):
    model = load(
        definitions(
            literal("top", "left + right", requires=["#left", "#right"])
            + literal("left", "x * 2", requires=["#one"])
            + literal("right", "one", requires=["#one"])
            + literal("one", "x + 1")
        )
    )

    evaluation = model.evaluate("top", {"x": 4})

    assert evaluation.value == Decimal(13)
    assert [one.decision_id for one in evaluation.records] == [
        "one",
        "left",
        "right",
        "top",
    ]


def test_a_variable_cannot_take_the_place_of_a_required_decision(definitions, literal):
    model = load(
        definitions(literal("top", "low", requires=["#low"]) + literal("low", "1"))
    )

    assert model.evaluate("top", {"low": 99}).value == Decimal(1)


def test_a_decision_in_another_file_can_be_required(definitions, literal):
    first = definitions(
        literal("top", "low + 1", requires=["two#low"]), namespace="one"
    )
    second = definitions(literal("low", "41"), namespace="two")

    assert load(first, second).evaluate("top", {}).value == Decimal(42)


def test_an_imported_name_stands_under_the_name_of_the_import(definitions, literal):
    use = '<import namespace="two" name="ander" importType="x"/>' + literal(
        "top", "ander.low + 1", requires=["two#low"]
    )

    model = load(
        definitions(use, namespace="one"),
        definitions(literal("low", "41"), namespace="two"),
    )

    assert model.evaluate("top", {}).value == Decimal(42)


def test_the_variables_of_a_decision_are_what_its_whole_graph_reads(
    definitions, literal
):
    model = load(
        definitions(
            literal("top", "low + z", requires=["#low"]) + literal("low", "x + y")
        )
    )

    assert model.variables("top") == {"x", "y", "z"}


def test_a_result_of_the_wrong_type_becomes_null_with_a_remark(definitions, literal):
    model = load(definitions(literal("a", '"veel"', type_ref="number")))

    evaluation = model.evaluate("a", {})

    assert evaluation.value is None
    assert evaluation.records[0].remarks


def test_a_context_sees_its_earlier_entries(answer):
    entries = "".join(
        f'<contextEntry><variable name="{name}"/>{expression(text)}</contextEntry>'
        for name, text in (("a", "1"), ("b", "a + x"))
    )

    assert answer(f"<context>{entries}</context>", x=2) == {
        "a": Decimal(1),
        "b": Decimal(3),
    }


def test_a_conditional_takes_one_branch(answer):
    body = (
        f"<conditional><if>{expression('x')}</if><then>{expression('1')}</then>"
        f"<else>{expression('2')}</else></conditional>"
    )

    assert answer(body, x=True) == Decimal(1)
    assert answer(body, x=None) == Decimal(2)


def test_a_list_and_a_relation_keep_their_order(answer):
    listed = answer(f"<list>{expression('2')}{expression('1')}</list>")
    related = answer(
        '<relation><column name="k"/><column name="v"/>'
        f"<row>{expression('1')}{expression('2')}</row></relation>"
    )

    assert listed == [Decimal(2), Decimal(1)]
    assert related == [{"k": Decimal(1), "v": Decimal(2)}]


@pytest.mark.parametrize(
    ("kind", "part", "text", "expected"),
    [
        ("for", "return", "n * 2", [Decimal(2), Decimal(4), Decimal(6)]),
        ("some", "satisfies", "n > 2", True),
        ("every", "satisfies", "n > 2", False),
        ("some", "satisfies", "n > 5", False),
        ("every", "satisfies", "n > 0", True),
        ("some", "satisfies", "n", None),
    ],
)
def test_iterators_go_over_a_collection(answer, kind, part, text, expected):
    body = (
        f'<{kind} iteratorVariable="n"><in>{expression("[1, 2, 3]")}</in>'
        f"<{part}>{expression(text.replace('<', '&lt;'))}</{part}></{kind}>"
    )

    assert answer(body) == expected


def test_a_filter_keeps_what_matches(answer):
    body = (
        f"<filter><in>{expression('[1, 2, 3]')}</in>"
        f"<match>{expression('item > 1')}</match></filter>"
    )

    assert answer(body) == [Decimal(2), Decimal(3)]


BKM = (
    '<businessKnowledgeModel id="double" name="double"><encapsulatedLogic>'
    '<formalParameter name="n" typeRef="number"/>'
    f"{expression('n * 2')}</encapsulatedLogic></businessKnowledgeModel>"
)
NEED = (
    '<knowledgeRequirement><requiredKnowledge href="#double"/></knowledgeRequirement>'
)


def test_a_business_knowledge_model_can_be_called_and_invoked(answer):
    invocation = (
        f"<invocation>{expression('double')}<binding>"
        f'<parameter name="n"/>{expression("x")}</binding></invocation>'
    )

    assert answer(NEED + expression("double(4)"), before=BKM) == Decimal(8)
    assert answer(NEED + invocation, before=BKM, x=5) == Decimal(10)
    assert answer(NEED + expression("double(true)"), before=BKM) is None


def test_endless_recursion_is_an_error_and_not_a_crash(answer):
    endless = (
        '<businessKnowledgeModel id="double" name="double"><encapsulatedLogic>'
        f'<formalParameter name="n"/>{expression("double(n + 1)")}</encapsulatedLogic>'
        '<knowledgeRequirement><requiredKnowledge href="#double"/></knowledgeRequirement>'
        "</businessKnowledgeModel>"
    )

    with pytest.raises(DecisionError):
        answer(NEED + expression("double(1)"), before=endless)


def test_a_decision_service_answers_for_its_output(definitions, literal):
    service = (
        '<decisionService id="s" name="dienst"><outputDecision href="#top"/>'
        '<encapsulatedDecision href="#low"/><inputData href="#x"/></decisionService>'
        '<inputData id="x" name="x"><variable name="x" typeRef="number"/></inputData>'
    )
    low = literal("low", "x + 1").replace(
        "<literal",
        '<informationRequirement><requiredInput href="#x"/></informationRequirement><literal',
        1,
    )
    model = load(
        definitions(service + literal("top", "low * 2", requires=["#low"]) + low)
    )

    assert model.evaluate("dienst", {"x": 4}).value == Decimal(10)


def test_the_record_of_a_literal_expression_tells_the_variables_it_read(
    definitions, literal
):
    model = load(definitions(literal("a", "x + y")))

    [record] = model.evaluate("a", {"x": 1, "y": 2, "z": 3}).records

    assert record.inputs == (("x", Decimal(1)), ("y", Decimal(2)))


def test_the_work_of_one_question_is_bounded(answer):
    many = (
        '<for iteratorVariable="n">'
        f"<in>{expression('for k in 1..30000 return k')}</in>"
        f"<return>{expression('n')}</return></for>"
    )

    with pytest.raises(DecisionError, match="te zwaar"):
        answer(many)


def test_a_function_with_a_table_leaves_a_record_of_each_call(definitions, table):
    logic = table([["< 10", "1"], [">= 10", "2"]]).partition("<decisionTable")[2]
    logic = "<decisionTable" + logic.removesuffix("</decision>")
    known = (
        '<businessKnowledgeModel id="f" name="f"><encapsulatedLogic>'
        f'<formalParameter name="x"/>{logic}</encapsulatedLogic></businessKnowledgeModel>'
    )
    need = '<knowledgeRequirement><requiredKnowledge href="#f"/></knowledgeRequirement>'
    body = boxed(need + expression("f(5) + f(15)"), before=known)

    evaluation = load(definitions(body)).evaluate("d", {})

    assert evaluation.value == Decimal(3)
    assert [(one.decision_id, one.rules) for one in evaluation.records] == [
        ("f", ((1, "r1"),)),
        ("f", ((2, "r2"),)),
        ("d", ()),
    ]


def test_a_variable_inside_a_filter_is_one_that_the_decision_may_read(
    definitions, literal
):
    model = load(definitions(literal("a", "items[room = wanted]")))

    assert model.variables("a") == {"items", "room", "wanted"}


def test_names_of_inner_scopes_are_no_variables(definitions):
    entry = f'<contextEntry><variable name="n"/>{expression("x")}</contextEntry>'
    body = (
        f"<context>{entry}<contextEntry>{expression('n + y')}</contextEntry></context>"
    )

    model = load(definitions(boxed(body)))

    assert model.variables("d") == {"x", "y"}
