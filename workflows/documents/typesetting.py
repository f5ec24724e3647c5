"""Making PDF files with Typst: templates and fonts of ours, data as JSON."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from hashlib import sha256
from importlib.resources import as_file, files
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from workflows.documents.signs import drawable

_STANDARDS: "list[typst.PDFStandard]" = ["a-2a", "ua-1"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Typeset:
    """The bytes of a PDF, their hash, and the hash of the templates."""

    content: bytes
    sha256: str
    template_hash: str


def typeset(
    kind: StrEnum,
    data: Mapping[str, object],
    *,
    at: datetime,
    pictures: Mapping[str, bytes] | None = None,
) -> Typeset:
    """Make a PDF/A-2a (and PDF/UA-1) of *data*.

    *kind* names the template. The same data at the same moment give the same
    bytes. *pictures* maps file names in *data* to their bytes. A sign that our fonts
    lack becomes a box. Typst reads below a folder of its own only.
    """
    text = json.dumps(drawable(data), ensure_ascii=False, sort_keys=True)
    # Typst takes whole seconds only.
    moment = at.astimezone(UTC).replace(microsecond=0)
    with TemporaryDirectory() as name, as_file(_FOLDER / "fonts") as fonts:
        root = Path(name)
        for file, content in {**_templates(), **(pictures or {})}.items():
            (root / file).write_bytes(content)
        content = typst.compile(
            root / f"{kind.value}.typ",
            root=root,
            font_paths=[fonts],
            ignore_system_fonts=True,
            sys_inputs={"data": text},
            format="pdf",
            pdf_standards=_STANDARDS,
            timestamp=moment,
        )
    return Typeset(
        content=content,
        sha256=sha256(content).hexdigest(),
        template_hash=_template_hash(),
    )


_FOLDER = files("workflows.documents")


@cache
def _templates() -> Mapping[str, bytes]:
    folder = _FOLDER / "templates"
    return {each.name: each.read_bytes() for each in folder.iterdir()}


@cache
def _template_hash() -> str:
    digest = sha256()
    for name, content in sorted(_templates().items()):
        digest.update(name.encode() + b"\0" + content)
    return digest.hexdigest()
