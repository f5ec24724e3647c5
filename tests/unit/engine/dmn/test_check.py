"""What is refused when a DMN file is saved."""

import pytest

from engine.dmn import check, load
from engine.errors import DefinitionRefusedError, NotFoundError
from engine.model import Severity


def test_a_bad_cell_is_refused_with_its_element_line_rule_and_column(
    definitions, table
):
    content = definitions("\n\n" + table([["< ", "1"]]))

    [finding] = check("regels.dmn", content)

    assert (finding.file, finding.element) == ("regels.dmn", "r1")
    assert finding.severity is Severity.ERROR
    assert finding.sentence.startswith("Lijn 3: regel 1, kolom 'x': '<'")
    assert finding.code == "dmn_bad_cell"


def test_all_findings_are_told_at_once(definitions, table):
    content = definitions(table([["< ", "1 +"], ["-", ")"]]))

    with pytest.raises(DefinitionRefusedError) as caught:
        load(content)

    assert len(caught.value.findings) == 3


@pytest.mark.parametrize(
    "model",
    [
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
        "https://www.omg.org/spec/DMN/20230324/MODEL/",
    ],
)
def test_each_version_of_dmn_is_read(definitions, literal, model):
    found = load(definitions(literal("a", "1"), model=model))

    assert found.decisions == {"a": "a"}


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"", "geen geldige XML"),
        (b"<definitions/>", "geen DMN"),
        (b"<a" * 10, "geen geldige XML"),
        (b"<!DOCTYPE a><definitions/>", "DOCTYPE"),
        (b" " * 5_000_001, "groter dan"),
    ],
)
def test_what_is_no_dmn_is_refused_in_words(content, part):
    [finding] = check("x.dmn", content)

    assert part in finding.sentence
    assert finding.code == "dmn_unreadable"


def test_an_entity_is_not_read_from_the_disk(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("42")
    content = (
        f'<!DOCTYPE d [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/">&e;</definitions>'
    )

    [finding] = check("x.dmn", content.encode())

    assert "DOCTYPE" in finding.sentence


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"policy": "SOMETIMES"}, "dmn_hit_policy"),
        ({"policy": "PRIORITY"}, "dmn_hit_policy"),
        (
            {"policy": "COLLECT", "aggregation": "SUM", "outputs": ("a", "b")},
            "dmn_hit_policy",
        ),
        ({"outputs": ("a", "a")}, "dmn_output_name"),
        ({"outputs": ()}, "dmn_no_output"),
    ],
)
def test_a_table_that_can_have_no_answer_is_refused(definitions, table, options, code):
    findings = check("x.dmn", definitions(table([], **options)))

    assert code in {finding.code for finding in findings}


def test_a_row_with_a_missing_cell_is_refused(definitions, table):
    findings = check("x.dmn", definitions(table([["-"]])))

    assert [finding.code for finding in findings] == ["dmn_ragged_table"]
    assert findings[0].element == "r1"


def test_decisions_that_need_each_other_are_refused(definitions, literal):
    content = definitions(
        literal("a", "b", requires=["#b"]) + literal("b", "a", requires=["#a"])
    )

    findings = check("x.dmn", content)

    assert {finding.element for finding in findings} == {"a", "b"}
    assert {finding.code for finding in findings} == {"dmn_cycle"}


def test_a_reference_to_nothing_is_refused(definitions, literal):
    [finding] = check("x.dmn", definitions(literal("a", "1", requires=["#gone"])))

    assert finding.code == "dmn_unknown_reference"


def test_two_decisions_with_one_id_are_refused(definitions, literal):
    [finding] = check("x.dmn", definitions(literal("a", "1") + literal("a", "2")))

    assert finding.code == "dmn_double_id"


def test_another_expression_language_is_refused(definitions):
    body = (
        '<decision id="a" name="a"><literalExpression id="l" expressionLanguage="juel">'
        "<text>1</text></literalExpression></decision>"
    )

    [finding] = check("x.dmn", definitions(body))

    assert (finding.element, finding.code) == ("l", "dmn_language")


def test_an_unknown_type_is_refused(definitions, literal):
    [finding] = check("x.dmn", definitions(literal("a", "1", type_ref="tNothing")))

    assert finding.code == "dmn_unknown_type"


def test_an_unknown_decision_is_not_found(definitions, literal):
    model = load(definitions(literal("a", "1")))

    with pytest.raises(NotFoundError):
        model.evaluate("b", {})


def test_an_element_without_meaning_here_is_refused(definitions, literal):
    content = definitions(literal("a", "1").replace("<literal", "<magic/><literal", 1))

    [finding] = check("x.dmn", content)

    assert (finding.element, finding.code) == ("a", "dmn_unknown_element")


def test_a_decision_without_logic_is_a_warning(definitions):
    [finding] = check("x.dmn", definitions('<decision id="a" name="a"/>'))

    assert (finding.severity, finding.code) == (Severity.WARNING, "dmn_no_logic")


def test_files_with_the_same_namespace_can_hold_the_same_inputs(definitions, literal):
    data = '<inputData id="i" name="i"/>'

    model = load(
        definitions(literal("a", "1") + data), definitions(literal("b", "2") + data)
    )

    assert model.decisions == {"a": "a", "b": "b"}


def test_a_decision_that_stands_in_two_files_is_refused(definitions, literal):
    with pytest.raises(DefinitionRefusedError) as caught:
        load(definitions(literal("a", "1")), definitions(literal("a", "2")))

    assert [finding.code for finding in caught.value.findings] == ["dmn_double_id"]
