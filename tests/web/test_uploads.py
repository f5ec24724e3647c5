"""Files of a bundle come in within the bound that the engine puts on them."""

import io

import pytest
from werkzeug.datastructures import FileStorage

from engine.model import LARGEST_FILE
from web.errors import UploadRefusedError
from web.uploads import bundle_files


def posted(content):
    return [FileStorage(io.BytesIO(content), filename="plan.bpmn")]


def test_a_file_as_large_as_the_engine_reads_is_taken():
    content = b"x" * LARGEST_FILE

    assert bundle_files(posted(content)) == {"plan.bpmn": content}


def test_a_larger_file_is_refused_with_the_bound_in_words():
    with pytest.raises(UploadRefusedError, match="groter dan 4 MB"):
        bundle_files(posted(b"x" * (LARGEST_FILE + 1)))
