"""One BPMN file under the eyes of the rules, and what they know of its surroundings."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from engine.model import Finding
from engine.ports import Catalogue
from engine.spiff.dialect import Facts
from engine.spiff.event import Declarations
from engine.spiff.graph import Graph
from engine.spiff.sentences.table import SENTENCES
from engine.spiff.xml import Element, identifier


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What lies around a diagram.

    *catalogue* is None where the registered service tasks aren't known; then
    their types are not checked. *forms* maps a form id to the variables that it
    sets. *calls* maps each process of the bundle to those it calls; *startable* are
    those that a call can start. *variables* are set somewhere in the bundle.
    """

    catalogue: Catalogue | None = None
    forms: Mapping[str, frozenset[str]] = field(default_factory=dict)
    decisions: frozenset[str] = frozenset()
    calls: Mapping[str, frozenset[str]] = field(default_factory=dict)
    startable: frozenset[str] = frozenset()
    variables: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagram:
    """A parsed file: its executable processes, their scopes, the facts per node."""

    file: str
    root: Element
    processes: tuple[Element, ...]
    declarations: Declarations
    graphs: tuple[Graph, ...]
    facts: Mapping[str, Facts]

    def finding(self, at: Element, code: str, **facts: object) -> Finding:
        """Make the finding *code* on the element *at*, or on what holds it."""
        element = owner(at)
        sentence = SENTENCES[code]
        key = identifier(element)
        shown = {word: short(fact) for word, fact in facts.items()}
        name = short(element.get("name") or key) or "dit onderdeel"
        return Finding(
            file=self.file,
            element=key or "?",
            severity=sentence.severity,
            sentence=sentence.text.format(name=name, id=short(key), **shown),
            code=code,
        )


LONGEST = 120


def short(fact: object) -> str:
    """Write *fact* on one line, cut where it gets too long for a sentence."""
    line = " ".join(str(fact)[: 4 * LONGEST].split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"


Rule = Callable[[Diagram, Surroundings], Iterable[Finding]]


def owner(element: Element) -> Element:
    """Return *element*, or the nearest one around it that has an id."""
    found: Element | None = element
    while found is not None and not identifier(found):
        found = found.getparent()
    return element if found is None else found
