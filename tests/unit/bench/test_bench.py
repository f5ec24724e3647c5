"""The benches run, each of them, and fill in a table; never how long anything took."""

import pytest

from bench import table
from bench.__main__ import SUBJECTS, measured
from bench.place import Place
from bench.row import ABOVE, Row, Spent, ratio_row
from tests.postgres import NoPostgresError


@pytest.fixture(scope="module")
def place():
    with Place(quick=True) as place:
        try:
            assert place.server
        except NoPostgresError as error:
            pytest.skip(str(error))
        yield place


@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", SUBJECTS)
def test_each_bench_runs_and_prints_its_rows(place, capsys, name):
    title, rows = measured(place, name)

    printed = capsys.readouterr().out
    assert title in printed
    assert rows
    assert all(table.line(row) in printed for row in rows)


@pytest.mark.parametrize(
    ("value", "sense", "met"),
    [(9, "≤", True), (11, "≤", False), (9, ABOVE, False), (11, ABOVE, True)],
)
def test_a_target_is_met_on_its_own_side(value, sense, met):
    row = Row(what="timers", value=value, wanted=10, sense=sense)

    assert row.is_met is met


def test_a_ratio_is_that_of_the_medians():
    slow, fast = Spent(wall=[4, 6, 50], cpu=[1]), Spent(wall=[2, 3, 4], cpu=[1])

    assert ratio_row("slow against fast", slow, fast).value == 2


def test_a_missed_target_is_told():
    assert "**missed**" in table.line(Row(what="start", value=3, wanted=2))


def test_the_results_replace_those_before_and_nothing_else(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(f"before {table.BEGIN} old {table.END} after")

    table.write(table.page({"Python": "3"}, "cmd", {"T": []}), page)

    text = page.read_text()
    assert text.startswith("before ")
    assert text.endswith(" after")
    assert "### T" in text
    assert "old" not in text
