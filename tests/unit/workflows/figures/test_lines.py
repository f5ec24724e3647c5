"""Reading figures and tables that people paste."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.errors import InvalidDataError
from workflows.figures.lines import HEAD, MOST_LINES, cells, figures, number
from workflows.figures.model import Theme, number_in_words

FIRST = ";".join(HEAD)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.250,5", "1250.5"),
        ("315.000", "315000"),
        ("1.234.567", "1234567"),
        ("12.5", "12.5"),
        ("12,5", "12.5"),
        ("-3", "-3"),
        ("1 250", "1250"),
        ("1\u00a0250,25", "1250.25"),
        ("0", "0"),
    ],
)
def test_a_number_is_read_as_it_is_written_here(text, value):
    assert number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", "veel", "1,250.5", "NaN", "Infinity", "1e5", "1.25.000", "9" * 16, "²"]
)
def test_what_is_no_number_is_none(text):
    assert number(text) is None


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_a_number_that_was_written_is_read_as_itself(value):
    assert number(number_in_words(value)) == value


def test_figures_are_read_line_by_line():
    read = figures(
        f"{FIRST}\nmarkt;Prijs;315.000;euro;Statbel\n\nPremies;Aantal;12;;Stad"
    )

    assert [(each.theme, each.label) for each in read] == [
        (Theme.MARKET, "Prijs"),
        (Theme.GRANTS, "Aantal"),
    ]
    assert read[0].value == Decimal(315000)
    assert read[1].unit == ""


def test_commas_part_the_cells_when_there_is_no_semicolon():
    (read,) = figures(f"{','.join(HEAD)}\nmarkt,Prijs,12,euro,Statbel")

    assert read.source == "Statbel"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("weer;Zon;1;;KMI", "Regel 3: kies als thema uit aanbod"),
        ("markt;Zon;x;;KMI", "Regel 3: ‘x’ is geen getal"),
        ("markt;;1;;KMI", "Regel 3: vul het cijfer en zijn bron in"),
        ("markt;Zon;1;;", "Regel 3: vul het cijfer en zijn bron in"),
        ("markt;Zon;1", "Regel 3: 5 kolommen verwacht, 3 gevonden"),
    ],
)
def test_the_first_wrong_line_is_named(line, sentence):
    with pytest.raises(InvalidDataError) as caught:
        figures(f"{FIRST}\nmarkt;Goed;1;;Stad\n{line}")

    assert sentence in caught.value.problems["text"]


@pytest.mark.parametrize("text", ["", "\n\n", FIRST, "a;b\n1;2"])
def test_a_text_without_its_head_or_without_lines_is_refused(text):
    with pytest.raises(InvalidDataError):
        figures(text)


def test_a_table_has_as_many_cells_in_each_line_as_its_head():
    assert cells("A;B\n1;2") == [["A", "B"], ["1", "2"]]
    with pytest.raises(InvalidDataError):
        cells("A;B\n1;2;3")


def test_too_wide_and_too_long_tables_are_refused():
    wide = ";".join("ABCDEFGHI")
    long = "A\n" + "1\n" * (MOST_LINES + 1)

    for text in (f"{wide}\n{wide}", long):
        with pytest.raises(InvalidDataError):
            cells(text)


def test_the_mark_that_spreadsheets_put_first_is_no_part_of_the_head():
    assert cells("\ufeffA;B\n1;2")[0] == ["A", "B"]
