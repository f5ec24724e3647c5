"""The list of tasks tells how many there are, as far as anybody counts."""

import pytest

from tests.factories import rows_of_tasks


@pytest.mark.parametrize(
    ("many", "words"), [(1, "1 taak,"), (99, "99 taken,"), (130, "100+ taken,")]
)
def test_a_search_counts_to_a_hundred(city, many, words):
    task = {"name": "Dak nakijken", "candidate_groups": ["admin"]}
    rows_of_tasks(city.engine, [task] * many)
    page = city.client("an.peeters").get("/taken?q=dak").text

    assert words in page


def test_minor_lines_of_the_journal_are_behind_a_link(city):
    number = city.offer().number
    client = city.client("an.peeters")
    main = client.get(f"/dossiers/{number}").text
    whole = client.get(f"/dossiers/{number}?alles=1").text

    assert ">Alle regels</a>" in main
    assert "Het verloop kwam bij" not in main
    assert "Het verloop kwam bij" in whole
    assert "De taak ‘Volledigheid nakijken’ staat klaar." in main
