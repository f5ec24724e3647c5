"""The elements of a requirement diagram, and what each of them requires."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from engine.dmn import source
from engine.dmn.functions import Parameter
from engine.dmn.notes import Notes
from engine.dmn.scope import Evaluate
from engine.dmn.source import Element
from engine.dmn.types import ANY, ItemType, TypeTable

Key = tuple[str, str]
"""The namespace of a file and an id in it."""


class Kind(StrEnum):
    """The elements that others can require."""

    INPUT = "inputData"
    DECISION = "decision"
    KNOWLEDGE = "businessKnowledgeModel"
    SERVICE = "decisionService"


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """Node *key* is needed, and known under *prefix* when that is not empty."""

    key: Key
    prefix: str


@dataclass(slots=True, kw_only=True)
class Node:
    """One element; *evaluate* and *parameters* are filled when it is compiled.

    *names* are those under which others know its value: the variable, the
    element's name and its id. *free* are the names that its logic reads.
    """

    key: Key
    kind: Kind
    name: str
    names: tuple[str, ...]
    element: Element
    type: ItemType = ANY
    requires: tuple[Requirement, ...] = ()
    evaluate: Evaluate | None = None
    parameters: tuple[Parameter, ...] = ()
    outputs: tuple[Key, ...] = ()
    arguments: tuple[Key, ...] = ()
    free: frozenset[str] = field(default_factory=frozenset)

    @property
    def id(self) -> str:
        """Return the id within its file."""
        return self.key[1]


class File:
    """One DMN file: its tree, its remarks, its types and the files it imports."""

    def __init__(self, name: str, root: Element) -> None:
        self.name = name
        self.root = root
        self.notes = Notes(name)
        self.namespace = root.get("namespace") or name
        self.types = TypeTable(root, self.notes)
        self.imports = {
            one.get("namespace") or "": source.attribute(one, "name")
            for one in source.children(root, "import")
        }

    def nodes(self) -> Iterator[Node]:
        """Yield the elements of the file, without their requirements."""
        for element in source.children(self.root, *Kind):
            yield self._node(element)

    def _node(self, element: Element) -> Node:
        variable = source.child(element, "variable")
        name = source.attribute(element, "name") or element.get("id") or ""
        identity = element.get("id") or name
        names = (source.attribute(variable, "name"), name, identity)
        return Node(
            key=(self.namespace, identity),
            kind=Kind(source.tag(element)),
            name=name,
            names=tuple(dict.fromkeys(one for one in names if one)),
            element=element,
            type=ANY
            if variable is None
            else self.types.find(source.type_ref(variable), variable),
        )

    def key_of(self, reference: Element) -> Key:
        """Return the key that an ``href`` points at."""
        namespace, _, identity = (reference.get("href") or "").rpartition("#")
        return (namespace or self.namespace, identity)

    def prefix_of(self, key: Key) -> str:
        """Return the name under which the file of *key* was imported."""
        return "" if key[0] == self.namespace else self.imports.get(key[0], "")
