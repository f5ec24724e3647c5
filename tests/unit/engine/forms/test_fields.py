"""What the page gets to show."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest


@pytest.mark.parametrize(
    ("component", "stored", "value"),
    [
        (("textfield", {}), "Markt", "Markt"),
        (("number", {}), Decimal("1250.50"), "1250,50"),
        (("datetime", {"subtype": "date"}), date(2026, 11, 5), "2026-11-05"),
        (
            ("datetime", {"subtype": "datetime"}),
            datetime(2026, 7, 1, 8, tzinfo=UTC),
            "2026-07-01T10:00",
        ),
    ],
)
def test_a_stored_value_is_written_as_its_control_takes_it(
    a_form, field, component, stored, value
):
    kind, more = component
    [view] = a_form(field(kind, "x", **more)).fields(None, {"x": stored})

    assert view.value == value


def test_a_default_shows_until_something_is_stored_or_typed(a_form, field):
    form = a_form(field("textfield", "x", defaultValue="standaard"))

    values = [
        form.fields(None, {})[0].value,
        form.fields(None, {"x": "oud"})[0].value,
        form.fields({"x": ""}, {"x": "oud"})[0].value,
    ]

    assert values == ["standaard", "oud", ""]


def test_hidden_fields_are_not_shown(a_form, field):
    form = a_form(field("textfield", "x", conditional={"hide": "=zeker"}))

    assert form.fields(None, {"zeker": True}) == ()
    assert len(form.fields(None, {"zeker": None})) == 1


def test_chosen_options_carry_their_tokens(a_form, field):
    values = [{"label": "Ja", "value": True}, {"label": "Nee", "value": False}]

    [view] = a_form(field("radio", "x", values=values)).fields(None, {"x": False})

    assert [(one.token, one.chosen) for one in view.options] == [
        ("true", False),
        ("false", True),
    ]
    assert view.control_id == view.options[0].id
    assert view.shown == "Nee"


def test_texts_are_filled_in_and_cannot_bring_markup(a_form):
    form = a_form({"type": "text", "id": "t", "text": "# Pand\n**{{street}}**"})

    [view] = form.fields(None, {"street": "*[x](javascript:1)*<b>"})

    assert view.text == ("# Pand\n**\\*\\[x\\]\\(javascript:1\\)\\*\\<b\\>**")


def test_labels_and_adorners_are_filled_in(a_form, field):
    component = field(
        "number",
        "x",
        label='="Bedrag voor " + name',
        appearance={"suffixAdorner": "{{unit}}"},
    )

    [view] = a_form(component).fields(None, {"name": "An", "unit": "euro"})

    assert (view.label, view.suffix) == ("Bedrag voor An", "euro")


def test_only_fields_that_others_read_refresh_the_page(a_form, field):
    form = a_form(
        field("checkbox", "a"),
        field("checkbox", "b", conditional={"hide": "=a"}),
    )

    views = form.fields(None, {})

    assert [view.refreshes for view in views] == [True, False]


def test_a_group_holds_its_fields_under_its_path(a_form, field):
    group = {
        "type": "group",
        "id": "g",
        "label": "Pand",
        "path": "offer",
        "components": [field("textfield", "street")],
    }

    [view] = a_form(group).fields(None, {"offer": {"street": "Markt"}})

    assert (view.kind, view.fields[0].name, view.fields[0].value) == (
        "group",
        "offer.street",
        "Markt",
    )


def test_a_row_tells_which_stored_row_it_was(a_form, field):
    form = a_form(
        {
            "type": "dynamiclist",
            "id": "l",
            "path": "rows",
            "components": [field("textfield", "x")],
        }
    )

    [view] = form.fields(None, {"rows": [{"x": "a"}]})

    assert (view.marker, view.rows[0].name, view.rows[0].origin) == (
        "rows[]",
        "rows[0]",
        "0",
    )
