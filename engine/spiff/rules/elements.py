"""The closed list: each element, attribute and extension is in its table."""

from collections.abc import Iterable, Iterator, Mapping

from engine.model import Finding
from engine.spiff.diagram import Diagram, Surroundings
from engine.spiff.support import (
    ELEMENTS,
    EXTENSION_ATTRIBUTES,
    EXTENSIONS,
    FOREIGN,
)
from engine.spiff.verdict import Attribute, Support, Verdict
from engine.spiff.xml import BPMN, ZEEBE, Element, bpmn, local, namespace

_MIXED = frozenset({"documentation", "text", "rendering"})
"""Elements whose content is text for people, in whatever markup."""

_UNNAMED = "het bestand"


def closed_list(diagram: Diagram, _: Surroundings) -> Iterator[Finding]:
    """Refuse what is not executed and not known to be without effect."""
    yield from _Walk(diagram).findings()


class _Walk:
    """Goes through a file once; an unknown namespace is reported once."""

    def __init__(self, diagram: Diagram) -> None:
        self._diagram = diagram
        self._executable = set(diagram.processes)
        self._strangers: set[str] = set()

    def findings(self) -> Iterator[Finding]:
        root = self._diagram.root
        if root.tag != bpmn("definitions"):
            yield self._diagram.finding(root, "not_bpmn")
            return
        todo = [root]
        while todo:
            element = todo.pop()
            yield from self._element(element)
            todo += reversed(list(self._below(element)))

    def _below(self, element: Element) -> Iterable[Element]:
        """Yield the BPMN children to go on with: nothing of what was refused."""
        support = ELEMENTS.get(local(element))
        if support is None or support.verdict is Verdict.REFUSED:
            return ()
        if element.tag == bpmn("process") and element not in self._executable:
            return ()
        return element.iterchildren(bpmn("*"))

    def _element(self, element: Element) -> Iterator[Finding]:
        name = local(element)
        support = ELEMENTS.get(name)
        if support is None:
            yield self._finding(element, "unknown_element", construct=name)
            return
        if support.verdict is Verdict.REFUSED:
            yield self._finding(
                element, "unsupported_element", construct=name, advice=support.advice
            )
            return
        yield from self._place(element, support)
        yield from self._attributes(element, support.attributes)
        yield from self._foreign_attributes(element)
        if name not in _MIXED:
            yield from self._foreign_children(element)

    def _place(self, element: Element, support: Support) -> Iterator[Finding]:
        parent = element.getparent()
        if parent is None or not support.inside or local(parent) in support.inside:
            return
        yield self._finding(
            element, "misplaced_element", construct=local(element), holder=local(parent)
        )

    def _attributes(
        self, element: Element, known: Mapping[str, Attribute]
    ) -> Iterator[Finding]:
        for raw, value in element.attrib.items():
            name = str(raw)
            if name[0] == "{":
                continue
            attribute = known.get(name)
            facts = {"attribute": name, "value": value, "construct": local(element)}
            if attribute is None:
                yield self._finding(element, "unknown_attribute", **facts)
            elif attribute.verdict is Verdict.REFUSED:
                yield self._finding(element, "unsupported_attribute", **facts)
            elif value.strip() == "=":
                yield self._finding(element, "empty_expression", **facts)
            elif attribute.only and value.strip() not in attribute.only:
                yield self._finding(element, "unsupported_value", **facts)

    def _foreign_attributes(self, element: Element) -> Iterator[Finding]:
        for raw in element.attrib:
            name = str(raw)
            if name[0] != "{":
                continue
            space, _, plain = name[1:].partition("}")
            if space == ZEEBE:
                known = EXTENSION_ATTRIBUTES.get(plain)
                if known is None or known.verdict is Verdict.REFUSED:
                    yield self._finding(
                        element,
                        "unsupported_attribute",
                        attribute=plain,
                        construct=local(element),
                    )
            else:
                yield from self._stranger(element, space, plain)

    def _foreign_children(self, element: Element) -> Iterator[Finding]:
        holder = local(element) == "extensionElements"
        for child in element.iterchildren("*"):
            space = namespace(child)
            if space == BPMN:
                continue
            if space == ZEEBE and holder:
                yield from self._extension(child, _holder_of(element))
            elif space == ZEEBE:
                yield self._finding(
                    element,
                    "misplaced_element",
                    construct=f"zeebe:{local(child)}",
                    holder=local(element),
                )
            else:
                yield from self._stranger(element, space, local(child))

    def _extension(self, extension: Element, holder: str) -> Iterator[Finding]:
        name = local(extension)
        construct = f"zeebe:{name}"
        support = EXTENSIONS.get(name)
        if support is None:
            yield self._finding(extension, "unknown_element", construct=construct)
            return
        if support.verdict is Verdict.REFUSED:
            yield self._finding(
                extension,
                "unsupported_element",
                construct=construct,
                advice=support.advice,
            )
            return
        if support.inside and holder not in support.inside:
            yield self._finding(
                extension, "misplaced_element", construct=construct, holder=holder
            )
        yield from self._attributes(extension, support.attributes)
        for child in extension.iterchildren("*"):
            if namespace(child) == ZEEBE:
                yield from self._extension(child, name)
            else:
                yield from self._stranger(extension, namespace(child), local(child))

    def _stranger(self, at: Element, space: str, name: str) -> Iterator[Finding]:
        verdict = FOREIGN.get(space)
        if verdict is Verdict.REFUSED:
            yield self._finding(at, "foreign_dialect", construct=name, space=space)
        elif verdict is None and space not in self._strangers:
            self._strangers.add(space)
            yield self._finding(
                at, "unknown_namespace", construct=name, space=space or _UNNAMED
            )

    def _finding(self, at: Element, code: str, **facts: object) -> Finding:
        return self._diagram.finding(at, code, **facts)


def _holder_of(extension_elements: Element) -> str:
    parent = extension_elements.getparent()
    return "" if parent is None else local(parent)
