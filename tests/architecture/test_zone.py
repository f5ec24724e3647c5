"""The zone of the city and the names of its days have one home each."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HOMES = {
    '"Europe/Brussels"': "engine/zone.py",
    "time(23, 59": "engine/zone.py",
    '"januari"': "workflows/calendar.py",
}


@pytest.mark.parametrize("text", HOMES)
def test_a_fact_of_the_calendar_is_written_once(text):
    found = {
        str(path.relative_to(ROOT))
        for layer in ("engine", "workflows", "web")
        for path in (ROOT / layer).rglob("*.py")
        if text in path.read_text("utf-8")
    }

    # In the codec the zone is an example of what is written down.
    assert found - {"engine/feel/codec.py"} == {HOMES[text]}
