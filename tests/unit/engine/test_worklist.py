import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.worklist import (
    MAX_LIMIT,
    CursorError,
    TaskQuery,
    asked_words,
    read_cursor,
    words,
    write_cursor,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kerkstraat 1, École", {"kerkstraat", "1", "ecole"}),
        ("2026-0412", {"2026", "0412", "2026-0412"}),
        ("", set()),
        ("– · ,", set()),
    ],
)
def test_words_have_no_accents_no_capitals_and_no_punctuation(text, expected):
    assert words(text) >= expected
    assert all(word == word.casefold() for word in words(text))


@given(st.text())
def test_each_word_that_can_be_asked_is_found_in_its_own_text(text):
    assert asked_words(text) <= words(text)


@given(st.text(), st.text(), st.text())
def test_a_cursor_gives_back_what_was_put_in(sort, value, key):
    place = {"value": value, "id": key}

    assert read_cursor(write_cursor(sort, place), sort) == place


@given(st.text(), st.text())
def test_any_other_text_is_no_cursor(text, sort):
    try:
        read_cursor(text, sort)
    except CursorError:
        return
    pytest.fail("a text that nobody wrote was taken for a cursor")


@pytest.mark.parametrize("limit", [0, -1, MAX_LIMIT + 1])
def test_a_page_has_a_sensible_length(limit):
    with pytest.raises(ValueError, match="limit"):
        TaskQuery(limit=limit)


def test_the_candidate_keys_are_groups_and_then_the_user():
    query = TaskQuery(groups=frozenset({"b", "a"}), candidate_user="jan")

    assert query.keys == (("group", "a"), ("group", "b"), ("user", "jan"))
