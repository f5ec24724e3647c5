"""What comes out of a submitted form."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

BRUSSELS = ZoneInfo("Europe/Brussels")


def sentences(submission):
    return [error.sentence for error in submission.errors]


def test_an_empty_required_field_is_asked_for_by_its_label(a_form, field):
    form = a_form(
        field("textfield", "street", label="Straat", validate={"required": True})
    )

    submission = form.submit({"street": [" "]}, {})

    assert sentences(submission) == ["Vul ‘Straat’ in."]
    assert submission.errors[0].name == "street"


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("12,5", Decimal("12.5")),
        ("12.5", Decimal("12.5")),
        (" 1 000 ", Decimal(1000)),
        ("1.250,75", Decimal("1250.75")),
        ("-3", Decimal(-3)),
        ("", None),
    ],
)
def test_numbers_are_read_with_comma_or_point(a_form, field, typed, value):
    submission = a_form(field("number", "n")).submit({"n": [typed]}, {})

    assert submission.values == {"n": value}
    assert submission.errors == ()


@pytest.mark.parametrize("typed", ["x", "1e9", "NaN", "1,2,3", "9" * 50, "٣"])
def test_what_is_no_number_is_refused_and_kept_as_typed(a_form, field, typed):
    form = a_form(field("number", "n", label="Aantal"))

    submission = form.submit({"n": [typed]}, {})
    [view] = form.fields(submission.posted_back, {}, submission.errors)

    assert sentences(submission)[0].startswith("‘Aantal’ ")
    assert view.value == typed
    assert view.error == sentences(submission)[0]


@pytest.mark.parametrize(
    ("subtype", "typed", "value"),
    [
        ("date", "2026-11-25", date(2026, 11, 25)),
        ("date", "25/11/2026", date(2026, 11, 25)),
        ("time", "9:05", time(9, 5)),
        ("time", "14u30", time(14, 30)),
        (
            "datetime",
            "2026-07-01T10:00",
            datetime(2026, 7, 1, 10, tzinfo=BRUSSELS),
        ),
        (
            "datetime",
            "2026-07-01T10:00:00+00:00",
            datetime(2026, 7, 1, 12, tzinfo=BRUSSELS),
        ),
    ],
)
def test_dates_and_times_get_their_type(a_form, field, subtype, typed, value):
    submission = a_form(field("datetime", "d", subtype=subtype)).submit(
        {"d": [typed]}, {}
    )

    assert submission.values == {"d": value}


@pytest.mark.parametrize(
    ("subtype", "typed"),
    [
        ("date", "31/02/2026"),
        ("time", "25:00"),
        ("datetime", "2026-03-29T02:30"),
        ("datetime", "2026-07-01"),
        ("datetime", "0001-01-01T00:00"),
    ],
)
def test_moments_that_do_not_exist_are_refused(a_form, field, subtype, typed):
    submission = a_form(field("datetime", "d", subtype=subtype)).submit(
        {"d": [typed]}, {}
    )

    assert len(submission.errors) == 1


def test_a_date_in_the_past_is_refused_when_the_form_says_so(a_form, field):
    form = a_form(field("datetime", "d", subtype="date", disallowPassedDates=True))
    now = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)

    yesterday = form.submit({"d": ["2026-11-24"]}, {}, clock=lambda: now)
    today = form.submit({"d": ["2026-11-25"]}, {}, clock=lambda: now)

    assert sentences(yesterday) == ["‘d’ mag niet in het verleden liggen."]
    assert today.errors == ()


def test_choices_come_back_as_their_typed_values(a_form, field):
    values = [
        {"label": "Ja", "value": True},
        {"label": "Een", "value": 1},
        {"label": "Tekst", "value": "t"},
    ]
    form = a_form(
        field("radio", "r", values=values),
        field("checklist", "c", values=values),
        field("select", "s", valuesKey="inspectors"),
    )

    submission = form.submit(
        {"r": ["", "true"], "c": ["", "t", "1"], "s": ["an"]},
        {"inspectors": ["an", "bo"]},
    )

    assert submission.values == {"r": True, "c": [Decimal(1), "t"], "s": "an"}


def test_a_choice_outside_the_list_is_refused(a_form, field):
    form = a_form(field("select", "s", label="Wie", valuesExpression='=["a", "b"]'))

    submission = form.submit({"s": ["c"]}, {})

    assert sentences(submission) == [
        "‘Wie’ heeft een waarde die niet in de lijst staat."
    ]
    assert submission.values == {"s": None}


@pytest.mark.parametrize(
    ("rule", "typed", "part"),
    [
        ({"minLength": 3}, "ab", "minstens 3 tekens"),
        ({"maxLength": 3}, "abcd", "hoogstens 3 tekens"),
        ({"pattern": r"^\d{4}$"}, "12345", "niet de gevraagde vorm"),
        ({"validationType": "email"}, "an@", "e-mailadres"),
        ({"validationType": "phone"}, "bel mij", "telefoonnummer"),
    ],
)
def test_texts_are_held_against_their_rules(a_form, field, rule, typed, part):
    submission = a_form(field("textfield", "t", validate=rule)).submit(
        {"t": [typed]}, {}
    )

    assert part in sentences(submission)[0]


@pytest.mark.parametrize(
    ("more", "typed", "part"),
    [
        ({"validate": {"min": 1}}, "0", "minstens 1"),
        ({"validate": {"max": "=limiet * 2"}}, "7", "hoogstens 6"),
        ({"decimalDigits": 0}, "1,5", "geheel getal"),
        ({"decimalDigits": 2}, "1,555", "2 cijfers na de komma"),
        ({"increment": "0.25"}, "1,3", "veelvoud van 0,25"),
    ],
)
def test_numbers_are_held_against_their_limits(a_form, field, more, typed, part):
    submission = a_form(field("number", "n", **more)).submit(
        {"n": [typed]}, {"limiet": Decimal(3)}
    )

    assert part in sentences(submission)[0]


def test_a_hidden_field_is_absent_and_not_asked_for(a_form, field):
    form = a_form(
        field("checkbox", "occupied"),
        field(
            "textfield",
            "name",
            conditional={"hide": "=not(occupied)"},
            validate={"required": True},
        ),
        {"type": "expression", "key": "seen", "expression": "=name"},
    )

    hidden = form.submit({"occupied": [""], "name": ["An"]}, {})
    shown = form.submit({"occupied": ["", "true"], "name": ["An"]}, {})

    assert hidden.values == {"occupied": False, "seen": None}
    assert shown.values == {"occupied": True, "name": "An", "seen": "An"}


def test_hiding_goes_on_until_it_is_stable(a_form, field):
    chain = [field("checkbox", "a0")]
    chain += [
        field("checkbox", f"a{n}", conditional={"hide": f"=a{n - 1} != true"})
        for n in range(1, 8)
    ]
    everything = {f"a{n}": ["true"] for n in range(8)}

    submission = a_form(*reversed(chain)).submit({**everything, "a2": [""]}, {})

    assert submission.values == {"a0": True, "a1": True, "a2": False}


@pytest.mark.parametrize("lock", ["disabled", "readonly"])
def test_a_locked_field_comes_from_the_stored_data_and_never_from_the_post(
    a_form, field, lock
):
    form = a_form(field("textfield", "n", **{lock: True}))

    submission = form.submit({"n": ["false"]}, {"n": "true"})

    assert submission.values == {"n": "true"}


def test_an_expression_is_computed_and_never_posted(a_form, field):
    form = a_form(
        field("number", "n"),
        {"type": "expression", "key": "d", "expression": "=n * 2"},
    )

    submission = form.submit({"n": ["4"], "d": ["99"]}, {})

    assert submission.values == {"n": Decimal(4), "d": Decimal(8)}


def test_only_the_keys_of_the_form_come_out(a_form, field):
    form = a_form(field("textfield", "offer.street"))

    submission = form.submit(
        {"offer.street": ["Markt"], "offer.owner": ["x"], "role": ["admin"]}, {}
    )

    assert submission.values == {"offer": {"street": "Markt"}}
    assert form.keys == {"offer"}


def test_variables_keep_what_the_form_does_not_know(a_form, field):
    form = a_form(
        field("textfield", "offer.street"),
        field("textfield", "offer.old", conditional={"hide": "=true"}),
    )
    stored = {"offer": {"street": "Oud", "owner": "An", "old": "x"}, "other": True}

    submission = form.submit({"offer.street": ["Nieuw"]}, stored)

    assert submission.variables == {"offer": {"street": "Nieuw", "owner": "An"}}
    assert stored["offer"]["street"] == "Oud"


def test_a_hidden_variable_does_not_keep_the_answer_of_an_earlier_round(a_form, field):
    form = a_form(field("checkbox", "danger", conditional={"hide": "=true"}))

    submission = form.submit({}, {"danger": True})

    assert submission.values == {}
    assert submission.variables == {"danger": None}


def test_json_is_held_against_the_same_rules(a_form, field):
    form = a_form(
        field("number", "n", validate={"max": 5}),
        field("checkbox", "b"),
        field("datetime", "d", subtype="date"),
    )

    good = form.submit_json({"n": 5, "b": True, "d": "2026-11-25", "x": 1}, {})
    bad = form.submit_json({"n": 6, "b": [], "d": 7}, {})

    assert good.values == {"n": Decimal(5), "b": True, "d": date(2026, 11, 25)}
    assert [error.name for error in bad.errors] == ["n", "b", "d"]


def test_uploads_are_ids_and_as_many_as_the_form_allows(a_form, field):
    form = a_form(
        field("filepicker", "many", multiple=True, properties={"store": "photos"}),
        field("filepicker", "one", properties={"store": "photos"}),
    )

    good = form.submit({"many": ["", "a1", "b2", "a1"], "one": [""]}, {})
    bad = form.submit({"many": ["../etc"], "one": ["a", "b"]}, {})

    assert good.values == {"many": ["a1", "b2"], "one": []}
    assert [error.name for error in bad.errors] == ["many", "one"]
