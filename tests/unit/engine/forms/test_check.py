"""What is refused when a form is saved."""

import pytest

from engine.errors import DefinitionRefusedError
from engine.forms import check, parse
from engine.forms.kinds import REFUSED


def codes(found):
    return [finding.code for finding in found]


@pytest.mark.parametrize("kind", sorted(REFUSED))
def test_a_field_type_without_meaning_here_is_refused_with_advice(
    findings, field, kind
):
    [finding] = findings(field(kind, "x"))

    assert (finding.file, finding.element) == ("x.form", "id_x")
    assert finding.code == "form_field_type"
    assert REFUSED[kind] in finding.sentence


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ({"serializeToString": True}, "serializeToString"),
        ({"validate": {"minLength": 2}}, "validate.minLength"),
        ({"conditional": {"show": "=a"}}, "conditional.show"),
        ({"layout": {"width": 2}}, "layout.width"),
    ],
)
def test_a_property_without_meaning_here_is_refused_by_name(
    findings, field, part, name
):
    [finding] = findings(field("number", "x", **part))

    assert f"'{name}'" in finding.sentence
    assert finding.code == "form_property"


def test_a_reset_button_is_refused_and_a_submit_button_is_not(findings):
    submit = {"type": "button", "label": "Versturen", "action": "submit"}

    assert findings(submit) == []
    assert codes(findings({**submit, "action": "reset"})) == ["form_property"]


@pytest.mark.parametrize(
    "part",
    [
        {"conditional": {"hide": "=a >"}},
        {"label": "Huis {{nummer +}}"},
        {"label": "{{#if a}}b{{/if}}"},
        {"validate": {"max": "=1 +"}},
        {"readonly": "=("},
    ],
)
def test_bad_feel_is_refused_wherever_it_may_stand(findings, field, part):
    found = findings(field("number", "x", **part))

    assert set(codes(found)) == {"form_feel"}


def test_bad_feel_in_an_expression_field_is_refused(findings):
    bad = {"type": "expression", "key": "x", "id": "e", "expression": "=1 +"}

    assert codes(findings(bad)) == ["form_feel"]
    assert codes(findings({**bad, "expression": ""})) == ["form_feel"]


def test_conditions_that_hide_each_other_are_refused(findings, field):
    [finding] = findings(
        field("checkbox", "a", conditional={"hide": "=b"}),
        field("checkbox", "b", conditional={"hide": "=a"}),
    )

    assert finding.code == "form_ring"
    assert "'a' en 'b'" in finding.sentence


def test_a_ring_through_a_group_and_an_expression_is_refused(findings, field):
    group = {
        "type": "group",
        "id": "g",
        "conditional": {"hide": "=som > 1"},
        "components": [field("number", "n")],
    }
    total = {"type": "expression", "id": "s", "key": "som", "expression": "=n + 1"}

    assert codes(findings(group, total)) == ["form_ring"]


def test_fields_of_one_context_may_depend_on_each_other(findings, field):
    found = findings(
        field("checkbox", "offer.occupied"),
        field("textfield", "offer.name", conditional={"hide": "=not(offer.occupied)"}),
    )

    assert found == []


@pytest.mark.parametrize(
    "pattern", ["(a", r"(a)\1", "(?=a)a", "[b-a]", "a{9999}", "*a"]
)
def test_a_pattern_that_cannot_be_followed_is_refused(findings, field, pattern):
    found = findings(field("textfield", "x", validate={"pattern": pattern}))

    assert codes(found) == ["form_pattern"]


@pytest.mark.parametrize("key", ["", "a b", "é", "a..b", "1a", "__proto__.x-y"])
def test_a_key_that_feel_cannot_read_is_refused(findings, field, key):
    assert "form_key" in codes(findings(field("textfield", key)))


def test_two_fields_with_one_key_are_refused(findings, field):
    found = findings(field("textfield", "a"), field("number", "a"))
    nested = findings(field("textfield", "a"), field("number", "a.b"))

    assert codes(found) == ["form_double_key"]
    assert codes(nested) == ["form_double_key"]


def test_choices_are_needed_and_differ(findings, field):
    twice = [{"label": "A", "value": "a"}, {"label": "B", "value": "a"}]

    assert codes(findings(field("select", "x"))) == ["form_options"]
    assert codes(findings(field("radio", "x", values=twice))) == ["form_options"]


def test_a_file_picker_needs_a_store(findings, field):
    assert codes(findings(field("filepicker", "x"))) == ["form_store"]
    assert findings(field("filepicker", "x", properties={"store": "photos"})) == []


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b"\xff", b"[" * 100_000, b'{"components": 1}', b"NaN"],
)
def test_what_is_no_form_is_refused_in_words(content):
    [finding] = check("x.form", content)

    assert finding.code == "form_unreadable"
    with pytest.raises(DefinitionRefusedError):
        parse(content)


def test_a_form_of_absurd_depth_is_refused(schema):
    inner = {"type": "group", "id": "g", "components": []}
    for _ in range(8):
        inner = {"type": "group", "id": "g", "components": [inner]}

    assert codes(check("x.form", schema(inner))) == ["form_size"]


def test_a_chain_of_conditions_beyond_the_limit_is_refused(findings, field):
    chain = [field("checkbox", "a0")] + [
        field("checkbox", f"a{n}", conditional={"hide": f"=a{n - 1}"})
        for n in range(1, 50)
    ]

    assert codes(findings(*chain)) == ["form_chain"]


def test_the_variables_that_a_form_only_reads_are_known(a_form, field):
    form = a_form(
        field("select", "x", valuesKey="people"),
        field(
            "number", "y", conditional={"hide": "=x = boss"}, validate={"max": "=y2"}
        ),
    )

    assert form.variables == {"people", "boss", "y2"}


def test_a_component_that_is_no_field_is_refused(findings):
    assert codes(findings("text")) == ["form_field_type"]
