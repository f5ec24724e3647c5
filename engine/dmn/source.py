"""DMN files as XML trees, read without trusting them.

Entities, a document type and the network are refused, and so is a file of
absurd size: diagrams come from managers and from elsewhere.
"""

from collections.abc import Iterator

from lxml import etree

from engine.model import LARGEST_FILE, LARGEST_FILE_IN_WORDS

Element = etree._Element  # noqa: SLF001 - the class has no public name

MAX_DEPTH = 200

NAMESPACES = (
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
    "http://www.omg.org/spec/DMN/20180521/MODEL/",
    "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "https://www.omg.org/spec/DMN/20211108/MODEL/",
    "https://www.omg.org/spec/DMN/20230324/MODEL/",
)
"""DMN 1.1, 1.2, 1.3, 1.4 and 1.5."""


class SourceError(ValueError):
    """The bytes are no DMN file; the message is a Dutch sentence."""


def parse(content: bytes) -> Element:
    """Return the ``definitions`` element; raise ``SourceError``."""
    if len(content) > LARGEST_FILE:
        reason = f"Het bestand is groter dan {LARGEST_FILE_IN_WORDS}."
        raise SourceError(reason)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        reason = f"Het bestand is geen geldige XML (lijn {error.lineno})."
        raise SourceError(reason) from error
    if root.getroottree().docinfo.doctype:
        reason = "Het bestand heeft een DOCTYPE; verwijder die."
        raise SourceError(reason)
    name = etree.QName(root)
    if name.localname != "definitions" or name.namespace not in NAMESPACES:
        reason = "Het bestand is geen DMN 1.1 tot 1.5."
        raise SourceError(reason)
    return root


def tag(element: Element) -> str:
    """Return the local name of a DMN element, empty for anything else."""
    if not isinstance(element.tag, str):
        return ""
    name = etree.QName(element)
    return name.localname if name.namespace in NAMESPACES else ""


def children(element: Element, *tags: str) -> Iterator[Element]:
    """Yield the DMN children of *element* with one of *tags*, in order."""
    return (child for child in element if tag(child) in tags)


def child(element: Element, *tags: str) -> Element | None:
    """Return the first DMN child of *element* with one of *tags*."""
    return next(children(element, *tags), None)


def text(element: Element | None, *, of: str = "text") -> str:
    """Return the trimmed content of the child *of* of *element*."""
    found = None if element is None else child(element, of)
    return "" if found is None else "".join(found.itertext()).strip()


def attribute(element: Element | None, name: str) -> str:
    """Return an attribute with its white space made single, or an empty text."""
    value = None if element is None else element.get(name)
    return " ".join(value.split()) if value else ""


def type_ref(element: Element | None) -> str:
    """Return the type that *element* refers to: an attribute, or a child in places."""
    return attribute(element, "typeRef") or text(element, of="typeRef")


def nearest_id(element: Element) -> str:
    """Return the id of *element* or of the nearest element around it."""
    node: Element | None = element
    while node is not None:
        if identity := node.get("id"):
            return identity
        node = node.getparent()
    return "definitions"
