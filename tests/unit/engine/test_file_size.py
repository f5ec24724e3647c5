"""One bound on the size of a file, wherever it comes in."""

import pytest

from engine.dmn.source import SourceError, parse
from engine.model import LARGEST_FILE, LARGEST_FILE_IN_WORDS
from engine.spiff import xml


@pytest.mark.parametrize(
    ("read", "refusal"), [(parse, SourceError), (xml.parse, xml.UnreadableError)]
)
def test_a_diagram_and_a_table_have_the_same_bound_in_the_same_words(read, refusal):
    fits = b"<a/>".ljust(LARGEST_FILE)
    with pytest.raises(refusal, match=f"groter dan {LARGEST_FILE_IN_WORDS}"):
        read(fits + b" ")
    try:
        read(fits)
    except refusal as error:
        assert "groter" not in str(error)  # noqa: PT017 - not being DMN is another matter
