"""What papers say."""

import pytest

from workflows.minutes.contents import how_often


@pytest.mark.parametrize(
    ("frequency", "words"),
    [
        ("P1M", "elke maand"),
        ("P1W", "elke week"),
        ("P3M", "om de 3 maanden"),
        ("wanneer nodig", "wanneer nodig"),
    ],
)
def test_a_frequency_reads_as_people_say_it(frequency, words):
    assert how_often(frequency) == words
