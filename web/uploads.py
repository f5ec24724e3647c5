"""What is posted as files: bundles of processes."""

import re
from collections.abc import Iterable, Mapping

from werkzeug.datastructures import FileStorage

from engine.model import LARGEST_FILE, LARGEST_FILE_IN_WORDS
from web.errors import UploadRefusedError

ENDINGS = (".bpmn", ".dmn", ".form")
_NAME = re.compile(r"[\w][\w .()-]{0,99}")


def bundle_files(posted: Iterable[FileStorage]) -> Mapping[str, bytes]:
    """Return the files of a bundle by name; raise ``UploadRefusedError``."""
    files: dict[str, bytes] = {}
    for each in posted:
        if each.filename:
            name = each.filename.replace("\\", "/").rsplit("/", 1)[-1]
            files[name] = _checked(name, each)
    return files


def _checked(name: str, posted: FileStorage) -> bytes:
    if not name.endswith(ENDINGS) or not _NAME.fullmatch(name):
        advice = "Kies bestanden die eindigen op .bpmn, .dmn of .form."
        raise UploadRefusedError(name, advice)
    content: bytes = posted.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        sentence = f"Het bestand is groter dan {LARGEST_FILE_IN_WORDS}."
        raise UploadRefusedError(name, sentence)
    if not content.strip():
        raise UploadRefusedError(name, "Het bestand is leeg.")
    return content
