"""Whatever is posted: no exception, and nothing but the form's own keys."""

import json
from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.forms import parse

LEAVES = [
    {"type": "textfield", "key": "text", "validate": {"pattern": "^[a-z ]*$"}},
    {"type": "textarea", "key": "area"},
    {"type": "number", "key": "number", "validate": {"min": -5, "max": "=limit"}},
    {"type": "datetime", "key": "day", "subtype": "date"},
    {"type": "datetime", "key": "clock", "subtype": "time"},
    {"type": "datetime", "key": "moment", "subtype": "datetime"},
    {"type": "checkbox", "key": "yes", "conditional": {"hide": "=number > 100"}},
    {"type": "select", "key": "one", "valuesKey": "people"},
    {
        "type": "taglist",
        "key": "several",
        "values": [{"label": "A", "value": "a"}, {"label": "1", "value": 1}],
    },
    {"type": "filepicker", "key": "files", "properties": {"store": "photos"}},
    {"type": "expression", "key": "double", "expression": "=number * 2"},
]
FORM = parse(
    json.dumps(
        {
            "type": "default",
            "components": [
                *LEAVES,
                {"type": "group", "path": "inner", "components": LEAVES[:3]},
                {"type": "dynamiclist", "path": "rows", "components": LEAVES},
            ],
        }
    ).encode()
)
CONTEXT = {"people": ["an", "bo"], "limit": Decimal(1000)}
KNOWN = frozenset(one["key"] for one in LEAVES)
PLACES = ["", "inner.", "rows[0].", "rows[1].", "rows[99999999].", "rows[0].rows[0]."]
NAMES = st.one_of(
    st.tuples(st.sampled_from(PLACES), st.sampled_from(sorted(KNOWN))).map("".join),
    st.sampled_from(
        ["rows", "rows[]", "rows[0]", "rows[1]", "_add", "_remove", "role"]
    ),
    st.text(max_size=20),
)
TEXTS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["", "0", "true", "a", "1", "12,5", "2026-01-31", "rows", "rows[0]"]
    ),
    st.from_regex(r"\d{1,5}-\d\d-\d\d(T\d\d:\d\d)?", fullmatch=True),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*sorted(KNOWN), "rows", "#"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


def known_keys_only(values):
    """Tell whether nothing in *values* is unknown to the form."""
    inner = values.get("inner", {})
    return (
        values.keys() <= FORM.keys
        and inner.keys() <= KNOWN
        and all(row.keys() <= KNOWN for row in values.get("rows", []))
    )


@settings(max_examples=50)
@given(st.dictionaries(NAMES, st.lists(TEXTS, max_size=3), max_size=12))
def test_a_post_of_garbage_gives_the_keys_of_the_form_only(posted):
    submission = FORM.submit(posted, CONTEXT)
    draft = FORM.read_draft(posted)

    assert known_keys_only(submission.values)
    assert FORM.fields(submission.posted_back, CONTEXT, submission.errors)
    assert json.loads(json.dumps(draft)) == draft


@settings(max_examples=50)
@given(st.dictionaries(st.sampled_from([*sorted(KNOWN), "rows", "inner", "x"]), JSON))
def test_json_of_garbage_gives_the_keys_of_the_form_only(data):
    submission = FORM.submit_json(data, CONTEXT)

    assert known_keys_only(submission.values)
    assert FORM.fields(submission.posted_back, CONTEXT, submission.errors)


ZONE = ZoneInfo("Europe/Brussels")
WORDS = st.text("abcdefgh", min_size=1, max_size=10)
MOMENTS = st.integers(-2_000_000_000, 4_000_000_000).map(
    lambda seconds: datetime.fromtimestamp(seconds // 60 * 60, UTC).astimezone(ZONE)
)
FACTS = st.fixed_dictionaries(
    {
        "text": WORDS,
        "area": WORDS,
        "number": st.decimals(-5, 100, places=2),
        "day": st.dates(date(1900, 1, 1)),
        "clock": st.builds(time, st.integers(0, 23), st.integers(0, 59)),
        "moment": MOMENTS.filter(lambda one: not one.fold),
        "yes": st.booleans(),
        "one": st.sampled_from(["an", "bo"]),
        "several": st.lists(
            st.sampled_from(["a", Decimal(1)]), unique=True, max_size=2
        ),
        "files": st.lists(WORDS, max_size=1),
    }
)


def posted_by(views):
    """Return what a browser posts for these fields, untouched."""
    posted = {}
    for view in views:
        if view.marker:
            posted.setdefault(view.marker, []).append("")
        posted |= posted_by(view.fields)
        for row in view.rows:
            posted[row.name] = [row.origin]
            posted |= posted_by(row.fields)
        if view.kind == "checkbox" and view.checked:
            posted[view.name].append("true")
        elif view.kind in {"taglist", "filepicker"}:
            posted[view.name].extend(view.values)
        elif view.name and view.kind not in {"checkbox", "expression", "dynamiclist"}:
            posted[view.name] = [view.value]
    return posted


@settings(max_examples=50)
@given(FACTS, st.lists(FACTS, max_size=3))
def test_sending_a_page_back_untouched_changes_nothing(facts, rows):
    stored = {**CONTEXT, **facts, "inner": {}, "rows": rows}
    views = FORM.fields(None, stored)

    submission = FORM.submit(posted_by(views), stored)

    assert submission.errors == ()
    seen = dict(submission.values)
    again = FORM.submit_json({}, stored).values
    assert seen == again
    assert {
        name: seen[name] for name in ("text", "number", "day", "moment", "clock")
    } == {name: facts[name] for name in ("text", "number", "day", "moment", "clock")}
    assert [row["moment"] for row in seen["rows"]] == [row["moment"] for row in rows]


def test_json_that_is_nested_very_deep_is_refused_in_words():
    deep = []
    for _ in range(900):
        deep = [deep]

    submission = FORM.submit_json(
        {"text": deep, "several": deep, "rows": deep}, CONTEXT
    )

    assert {error.name for error in submission.errors} >= {"text", "several"}
    assert FORM.fields(submission.posted_back, CONTEXT, submission.errors)


def test_half_characters_are_refused_and_can_be_shown():
    submission = FORM.submit_json({"text": "\ud800"}, CONTEXT)

    [view] = [
        one
        for one in FORM.fields(submission.posted_back, CONTEXT, submission.errors)
        if one.name == "text"
    ]

    assert view.error
    assert view.value.encode() == b"?"
