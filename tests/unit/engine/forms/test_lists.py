"""Lists with rows that come and go."""

from decimal import Decimal

import pytest

from engine.forms.post import MAX_ROWS


@pytest.fixture
def findings_form(a_form, field):
    def build(*more, **options):
        return a_form(
            {
                "type": "dynamiclist",
                "id": "l",
                "path": "findings",
                "label": "Gebreken",
                "defaultRepetitions": 0,
                "components": [
                    field(
                        "textfield", "room", label="Lokaal", validate={"required": True}
                    ),
                    *more,
                ],
                **options,
            }
        )

    return build


def test_rows_are_read_in_the_order_of_their_numbers(findings_form):
    posted = {"findings[7].room": ["b"], "findings[2].room": ["a"], "findings[]": [""]}

    submission = findings_form().submit(posted, {})

    assert submission.values == {"findings": [{"room": "a"}, {"room": "b"}]}


def test_an_error_in_a_row_names_list_row_and_field(findings_form):
    posted = {"findings[0].room": ["a"], "findings[1].room": [""]}

    [error] = findings_form().submit(posted, {}).errors

    assert error.sentence == "Vul ‘Gebreken 2, Lokaal’ in."
    assert error.name == "findings[1].room"


def test_a_list_that_was_emptied_is_empty_and_one_not_shown_is_kept(findings_form):
    stored = {"findings": [{"room": "a"}]}

    emptied = findings_form().submit({"findings[]": [""]}, stored)
    untouched = findings_form().submit({}, stored)

    assert emptied.values == {"findings": []}
    assert untouched.values == {"findings": [{"room": "a"}]}


def test_the_buttons_add_and_remove_a_row_of_the_draft(findings_form):
    form = findings_form()
    posted = {"findings[0].room": ["a"], "findings[1].room": ["b"]}

    more = form.read_draft({**posted, "_add": ["findings"]})
    less = form.read_draft({**posted, "_remove": ["findings[0]"]})

    assert [row.get("room") for row in more["findings"]] == ["a", "b", None]
    assert [row.get("room") for row in less["findings"]] == ["b"]
    assert len(form.fields(more, {})[0].rows) == 3


def test_a_locked_field_follows_its_row_when_another_row_is_removed(
    findings_form, field
):
    form = findings_form(field("textfield", "ref", readonly=True))
    stored = {"findings": [{"room": "a", "ref": "A"}, {"room": "b", "ref": "B"}]}

    submission = form.submit({"findings[1]": ["1"], "findings[1].room": ["b"]}, stored)

    assert submission.values == {"findings": [{"room": "b", "ref": "B"}]}


def test_a_row_keeps_what_the_form_does_not_know_in_the_variables(findings_form):
    stored = {"findings": [{"room": "a", "photos": ["p"]}]}
    posted = {
        "findings[0]": ["0"],
        "findings[0].room": ["z"],
        "findings[1].room": ["n"],
    }

    submission = findings_form().submit(posted, stored)

    assert submission.values == {"findings": [{"room": "z"}, {"room": "n"}]}
    assert submission.variables == {
        "findings": [{"room": "z", "photos": ["p"]}, {"room": "n"}]
    }


@pytest.mark.parametrize(
    "names",
    [
        [f"findings[{n}].room" for n in range(MAX_ROWS + 5)],
        [f"findings[{10**8 + n}].room" for n in range(MAX_ROWS + 5)],
    ],
)
def test_too_many_rows_are_an_error_and_bounded(findings_form, names):
    submission = findings_form().submit({name: ["x"] for name in names}, {})

    assert "te veel rijen" in submission.errors[0].sentence
    assert len(submission.values["findings"]) == MAX_ROWS


@pytest.mark.parametrize(
    "name",
    [
        "findings[x].room",
        "findings[-1].room",
        "findings[٣].room",
        "findings[00].room",
        "[",
    ],
)
def test_a_row_number_that_is_none_is_no_row(findings_form, name):
    submission = findings_form().submit({name: ["x"]}, {})

    assert submission.values == {"findings": []}


def test_a_list_with_a_fixed_number_of_rows_gets_no_more(findings_form):
    form = findings_form(allowAddRemove=False)
    stored = {"findings": [{"room": "a"}]}

    submission = form.submit(
        {"findings[0].room": ["b"], "findings[1].room": ["c"]}, stored
    )

    assert submission.values == {"findings": [{"room": "b"}]}


def test_a_condition_in_a_row_sees_its_own_row_first(findings_form, field):
    form = findings_form(
        field("textfield", "why", conditional={"hide": '=room != "bad"'}),
        {"type": "expression", "key": "number", "expression": "=i[-1]"},
    )

    submission = form.submit(
        {
            "findings[0].room": ["bad"],
            "findings[0].why": ["nat"],
            "findings[1].room": ["hal"],
            "findings[1].why": ["nat"],
        },
        {"room": "bad"},
    )

    assert submission.values["findings"] == [
        {"room": "bad", "why": "nat", "number": Decimal(1)},
        {"room": "hal", "number": Decimal(2)},
    ]


def test_two_rows_cannot_both_have_been_the_same_stored_row(findings_form, field):
    form = findings_form(field("textfield", "ref", readonly=True))
    stored = {"findings": [{"room": "a", "ref": "A"}]}
    posted = {
        "findings[0]": ["0"],
        "findings[0].room": ["a"],
        "findings[1]": ["0"],
        "findings[1].room": ["b"],
    }

    submission = form.submit(posted, stored)

    assert [row["ref"] for row in submission.values["findings"]] == ["A", None]
