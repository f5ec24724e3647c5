"""Which fields an expression reads, and the rings that come of it.

A field that is hidden is null for others, so a ring of conditions has no
answer: it is refused when the form is saved.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from engine.forms.dynamic import Dynamic
from engine.forms.kinds import KEYED, Kind
from engine.forms.model import Field

Names = tuple[str, ...]

_LITERALS = re.compile(r'"(?:[^"\\]|\\.)*"|//[^\n]*|/\*.*?\*/', re.DOTALL)
_CHAIN = re.compile(r"[A-Za-z_]\w*(?:\s*\.\s*[A-Za-z_]\w*)*(?!\w|\s*\()")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A field with a value: its path without row numbers.

    *around* is the path of the innermost list, *above* are the fields around.
    """

    field: Field
    path: Names
    around: Names
    above: tuple[Field, ...]


def places(
    fields: Iterable[Field], around: Names = (), above: tuple[Field, ...] = ()
) -> Iterator[Place]:
    """Yield each field of the form, groups and lists included."""
    for field in fields:
        path = around + field.key
        yield Place(field=field, path=path, around=around, above=above)
        inner = path if field.kind is Kind.LIST else around
        yield from places(field.children, inner, (*above, field))


def chains(text: str) -> set[Names]:
    """Return the names in a FEEL text, each with the path behind it."""
    plain = _LITERALS.sub(" ", text)
    return {
        tuple(part.strip() for part in found.group().split("."))
        for found in _CHAIN.finditer(plain)
    }


def watched(fields: Iterable[Field]) -> frozenset[Names]:
    """Return the paths of fields that some other part of the form reads."""
    known = [place for place in places(fields) if place.field.kind in KEYED]
    every = list(places(fields))
    return frozenset(
        target.path
        for place in every
        for dynamic in _all(place.field)
        for target in _targets(dynamic, place, known)
    )


class Dependencies:
    """Which fields decide on which: an edge from a field to each that it reads."""

    def __init__(self, fields: Iterable[Field]) -> None:
        known = [place for place in places(fields) if place.field.kind in KEYED]
        self._places = {id(place.field): place for place in known}
        self._graph = {
            id(place.field): {
                id(target.field)
                for owner in (place.field, *place.above)
                for dynamic in _deciding(owner)
                for target in _targets(dynamic, place, known)
            }
            for place in known
        }

    def rings(self) -> list[list[Place]]:
        """Return the fields that depend on themselves, ring by ring."""
        found: list[list[Place]] = []
        told: set[int] = set()
        for start in self._graph:
            if start in told or start not in _reach(self._graph, start):
                continue
            ring = _reach(self._graph, start) | {start}
            members = {one for one in ring if start in _reach(self._graph, one)}
            told |= members
            found.append([self._places[one] for one in self._graph if one in members])
        return found

    def longest(self) -> int:
        """Return the length of the longest chain; there must be no rings."""
        lengths: dict[int, int] = {}
        waiting = list(self._graph)
        while waiting:
            one = waiting[-1]
            unknown = [other for other in self._graph[one] if other not in lengths]
            if unknown:
                waiting.extend(unknown)
                continue
            waiting.pop()
            below = (lengths[other] for other in self._graph[one])
            lengths[one] = 1 + max(below, default=0)
        return max(lengths.values(), default=0)


def read_outside(fields: Iterable[Field]) -> frozenset[str]:
    """Return the variables that the form reads and doesn't set itself."""
    every = list(places(fields))
    own = {name for place in every for name in place.path} | {"this", "parent", "i"}
    read = {
        name
        for place in every
        for dynamic in _all(place.field)
        if dynamic.expression is not None
        for name in dynamic.expression.certain_names
    }
    return frozenset(read - own)


def _reach(graph: Mapping[int, set[int]], start: int) -> set[int]:
    seen: set[int] = set()
    waiting = list(graph[start])
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            waiting.extend(graph[one])
    return seen


def _deciding(field: Field) -> tuple[Dynamic, ...]:
    """Return what decides on the value of *field*, or on its presence."""
    return (
        field.hide,
        field.disabled,
        field.readonly,
        field.expression,
        field.options,
    )


def _all(field: Field) -> Iterator[Dynamic]:
    yield from _deciding(field)
    rules = field.rules
    yield from (rules.minimum, rules.maximum, rules.min_length, rules.max_length)
    templates = (field.label, field.description, field.text, field.prefix, field.suffix)
    for template in templates:
        yield from template.expressions


def _targets(
    dynamic: Dynamic, reader: Place, known: Iterable[Place]
) -> Iterator[Place]:
    for chain in chains(dynamic.text):
        yield from _read_by(chain, reader, known)


def _read_by(chain: Names, reader: Place, known: Iterable[Place]) -> Iterator[Place]:
    near = reader.around + (chain[1:] if chain[0] == "this" else chain)
    for path in (near, chain[1:] if chain[0] == "parent" else chain):
        hits = [place for place in known if path and _overlap(path, place.path)]
        if hits:
            yield from hits
            return


def _overlap(one: Names, other: Names) -> bool:
    length = min(len(one), len(other))
    return one[:length] == other[:length]
