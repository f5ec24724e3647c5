"""Item definitions: the shapes of inputs and results, and how values conform.

A value that does not conform becomes null, after the implicit conversions of
DMN 1.5, 10.3.2.9.4: a single value to a list of one, a list of one to its
element, a date to a date and time at midnight UTC.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from engine.dmn import source
from engine.dmn.notes import Notes
from engine.dmn.source import Element
from engine.feel import FeelSyntaxError, UnaryTests, compile_unary_tests
from engine.feel.types import NAMED_TYPES
from engine.feel.values import Function, Value
from engine.vocabulary import FUNCTIONS

Predicate = Callable[[Value], bool]

_ALIASES = {
    "dateTime": "date and time",
    "dayTimeDuration": "days and time duration",
    "yearMonthDuration": "years and months duration",
    "integer": "number",
    "long": "number",
    "double": "number",
    "decimal": "number",
}
"""Names of older files and of Camunda 7; the others are those of FEEL."""


class NonConformingError(ValueError):
    """The value is not of the type."""


_PREDICATES: Mapping[str, Predicate] = {
    name: NAMED_TYPES[name].admits
    for name in (
        "Any",
        "number",
        "string",
        "boolean",
        "date",
        "time",
        "date and time",
        "days and time duration",
        "years and months duration",
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemType:
    """A type: a FEEL type, or components, each perhaps as a list.

    *allowed* are the unary tests that each single value must pass; null passes
    always, as absence is not a wrong value.
    """

    predicate: Predicate | None = None
    components: Mapping[str, "ItemType"] = field(default_factory=dict)
    is_list: bool = False
    is_moment: bool = False
    element: "ItemType | None" = None
    allowed: UnaryTests | None = None

    def conform(self, value: Value) -> Value:
        """Return *value* converted to this type, or raise ``NonConformingError``."""
        if value is None:
            return None
        if self.is_list:
            items = value if isinstance(value, list) else [value]
            return [self._single(item) for item in items]
        if isinstance(value, list) and len(value) == 1:
            return self._from_singleton(value)
        return self._single(value)

    def _from_singleton(self, value: list[Value]) -> Value:
        try:
            return self._single(value)
        except NonConformingError:
            return self._single(value[0])

    def _single(self, value: Value) -> Value:
        if value is None:
            return None
        shaped = self._shaped(value)
        if self.allowed and not self.allowed.matches(shaped, {"item": shaped}):
            raise NonConformingError
        return shaped

    def _shaped(self, value: Value) -> Value:
        if self.element is not None:
            return self.element.conform(value)
        if self.components:
            return self._context(value)
        if self.is_moment and type(value) is date:
            return datetime.combine(value, time(), tzinfo=UTC)
        if self.predicate and not self.predicate(value):
            raise NonConformingError
        return value

    def _context(self, value: Value) -> Value:
        if not isinstance(value, dict) or not self.components.keys() <= value.keys():
            raise NonConformingError
        return {
            name: self.components[name].conform(item)
            if name in self.components
            else item
            for name, item in value.items()
        }


ANY = ItemType(predicate=_PREDICATES["Any"])
_FUNCTION = ItemType(predicate=lambda value: isinstance(value, Function))


def coerce(value: Value, item_type: ItemType) -> tuple[Value, bool]:
    """Return *value* as *item_type* and whether it conformed; null when not."""
    try:
        return item_type.conform(value), True
    except NonConformingError:
        return None, False


class TypeTable:
    """The item definitions of one file, and of the files that it imports."""

    def __init__(self, root: Element, notes: Notes) -> None:
        self._notes = notes
        self._definitions = {
            source.attribute(element, "name"): element
            for element in source.children(root, "itemDefinition")
        }
        self._known: dict[str, ItemType] = {}
        self._open: set[str] = set()
        self._imports: dict[str, TypeTable] = {}

    def add_import(self, prefix: str, table: "TypeTable") -> None:
        """Make the types of another file known as ``prefix.name``."""
        self._imports[prefix] = table

    def component_names(self) -> frozenset[str]:
        """Return all names of components: FEEL paths may hold spaces in them."""
        components = (
            source.attribute(component, "name")
            for element in self._definitions.values()
            for component in element.iter("{*}itemComponent")
        )
        return frozenset(components)

    def find(self, name: str, at: Element) -> ItemType:
        """Return the type called *name*; note an unknown one at element *at*."""
        plain = name.removeprefix("feel:")
        plain = _ALIASES.get(plain, plain)
        if not plain:
            return ANY
        if plain in self._definitions:
            return self._defined(plain, at)
        if plain in _PREDICATES:
            return ItemType(
                predicate=_PREDICATES[plain], is_moment=plain == "date and time"
            )
        return self._elsewhere(plain, at)

    def check_all(self) -> None:
        """Read each definition once, so that a bad one is noted."""
        for name, element in self._definitions.items():
            self._defined(name, element)

    def _elsewhere(self, name: str, at: Element) -> ItemType:
        prefix, _, rest = name.partition(".")
        if prefix in self._imports:
            return self._imports[prefix].find(rest, at)
        if name.lower() in _PREDICATES:
            return ItemType(predicate=_PREDICATES[name.lower()])
        if not _is_general(name):
            self._notes.refuse(
                at, "dmn_unknown_type", f"Het type '{name}' is niet gekend."
            )
        return ANY

    def _defined(self, name: str, at: Element) -> ItemType:
        if name in self._known:
            return self._known[name]
        if name in self._open:
            self._notes.refuse(
                at, "dmn_type_cycle", f"Het type '{name}' verwijst naar zichzelf."
            )
            return ANY
        self._open.add(name)
        self._known[name] = self._build(self._definitions[name])
        self._open.discard(name)
        return self._known[name]

    def _build(self, element: Element) -> ItemType:
        is_list = element.get("isCollection") == "true"
        if source.child(element, "functionItem") is not None:
            return _FUNCTION
        allowed = self._allowed(element)
        components = {
            source.attribute(component, "name"): self._build(component)
            for component in source.children(element, "itemComponent")
        }
        if components:
            return ItemType(components=components, is_list=is_list, allowed=allowed)
        target = self.find(source.type_ref(element), element)
        return ItemType(element=target, is_list=is_list, allowed=allowed)

    def _allowed(self, element: Element) -> UnaryTests | None:
        text = source.text(source.child(element, "allowedValues"))
        if not text:
            return None
        try:
            return compile_unary_tests(text, functions=FUNCTIONS)
        except FeelSyntaxError as error:
            self._notes.refuse(
                element, "dmn_bad_cell", f"De toegelaten waarden zijn fout: {error}"
            )
            return None


def _is_general(name: str) -> bool:
    """Tell whether *name* is a FEEL type that is not checked: list, context, range."""
    heads: Iterable[str] = ("list", "context", "function", "range", "Null", "null")
    return name.startswith(tuple(heads))
