"""Reads the XML of a diagram safely, and names its parts."""

import re
from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element

from engine.model import LARGEST_FILE, LARGEST_FILE_IN_WORDS

Element = _Element

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
ZEEBE = "http://camunda.org/schema/zeebe/1.0"

MAX_ELEMENTS = 40_000
MAX_ATTRIBUTES = 60
"""Attributes of one element."""
MAX_DEPTH = 40
"""Levels of XML; a sub-process in a sub-process adds one."""

_ENCODINGS = frozenset(
    {"utf-8", "us-ascii", "ascii", "iso-8859-1", "iso-8859-15", "windows-1252"}
)
_DECLARATION = re.compile(r"\A\s*<\?xml\b[^>]*\?>")
_ENCODING = re.compile(rb"\A\s*<\?xml\b[^>]*?encoding\s*=\s*[\"']([^\"']*)[\"']")
_DOCTYPE = re.compile(r"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class UnreadableError(Exception):
    """The file can't be taken as XML; the text is Dutch, *code* is stable."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(code, sentence)
        self.code = code
        self.sentence = sentence

    def __str__(self) -> str:
        return self.sentence


def parse(content: bytes) -> Element:
    """Parse *content* within the bounds of this module.

    Document types, entities and network references are refused before the
    parser sees them. Comments and processing instructions are dropped, so each
    node of the tree is an element. Raise ``UnreadableError``.
    """
    if len(content) > LARGEST_FILE:
        raise _too_large()
    text = _DECLARATION.sub("", _decode(content), count=1)
    if _DOCTYPE.search(text):
        raise _has_document_type()
    root = _parse(text)
    _bound(root)
    return root


def _decode(content: bytes) -> str:
    declared = _ENCODING.match(content[:200])
    encoding = declared[1].decode("ascii", "replace").lower() if declared else "utf-8"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif encoding == "utf-8":
        encoding = "utf-8-sig"
    elif encoding not in _ENCODINGS:
        reason = f"de tekenset {encoding} wordt niet gelezen"
        raise _not_xml(reason)
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        reason = f"op plaats {error.start} staan vreemde tekens"
        raise _not_xml(reason) from error


def _parse(text: str) -> Element:
    # A fresh parser per file: lxml parsers are not to be shared by threads.
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(text.encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _not_xml(str(error)) from error


def _bound(root: Element) -> None:
    excess = f"count(ancestor::*) >= {MAX_DEPTH} or count(@*) > {MAX_ATTRIBUTES}"
    if root.xpath("count(//*)") > MAX_ELEMENTS or root.xpath(f"boolean(//*[{excess}])"):
        raise _too_complex()


def _too_large() -> UnreadableError:
    return UnreadableError(
        "file_too_large",
        f"Dit bestand is groter dan {LARGEST_FILE_IN_WORDS}."
        " Deel het op in kleinere processen.",
    )


def _too_complex() -> UnreadableError:
    return UnreadableError(
        "file_too_complex",
        f"Dit bestand heeft meer dan {MAX_ELEMENTS} onderdelen, is meer dan"
        f" {MAX_DEPTH} niveaus diep of heeft meer dan {MAX_ATTRIBUTES} kenmerken bij"
        " één onderdeel. Deel het op in kleinere processen.",
    )


def _has_document_type() -> UnreadableError:
    return UnreadableError(
        "document_type",
        "Dit bestand bevat een documenttype of entiteiten (DOCTYPE, ENTITY);"
        " dat is niet toegestaan. Bewaar het opnieuw vanuit de procestekenaar.",
    )


def _not_xml(reason: str) -> UnreadableError:
    return UnreadableError(
        "not_xml",
        f"Dit is geen leesbaar XML-bestand ({reason})."
        " Bewaar het opnieuw vanuit de procestekenaar.",
    )


def local(element: Element) -> str:
    """Return the name of *element* without its namespace."""
    return str(element.tag).rpartition("}")[2]


def namespace(element: Element) -> str:
    """Return the namespace of *element*, empty when it has none."""
    tag = str(element.tag)
    return tag[1:].partition("}")[0] if tag.startswith("{") else ""


def bpmn(name: str) -> str:
    """Return the tag of the BPMN element *name*."""
    return f"{{{BPMN}}}{name}"


def children(element: Element, *names: str) -> Iterator[Element]:
    """Yield the BPMN children of *element* with one of *names*, in file order."""
    return element.iterchildren(*(bpmn(name) for name in names))


def child(element: Element, name: str) -> Element | None:
    """Return the first BPMN child *name*."""
    return element.find(bpmn(name))


def text(element: Element | None) -> str:
    """Return the trimmed text of *element*, empty when there is none."""
    return (element.text or "").strip() if element is not None else ""


def child_text(element: Element, name: str) -> str:
    """Return the trimmed text of the first BPMN child *name*."""
    return text(child(element, name))


def identifier(element: Element) -> str:
    """Return the id of *element*, empty when it has none."""
    return element.get("id") or ""


def flag(element: Element, name: str, *, default: bool = False) -> bool:
    """Read a boolean attribute as XML Schema does (``true`` or ``1``)."""
    value = element.get(name)
    return default if value is None else value.strip() in {"true", "1"}
