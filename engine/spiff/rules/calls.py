"""Calls between processes: none comes back to itself."""

from collections.abc import Iterator, Mapping

from engine.model import Finding
from engine.spiff.diagram import Diagram, Surroundings
from engine.spiff.xml import identifier

Calls = Mapping[str, frozenset[str]]

_SHOWN = 6
"""So many processes of a ring are named."""


def calls(diagram: Diagram, around: Surroundings) -> Iterator[Finding]:
    """Refuse a process that calls itself, directly or through others."""
    ring_of = {key: ring for ring in rings(around.calls) for key in ring}
    for process in diagram.processes:
        key = identifier(process)
        if key in ring_of:
            way = (key, *(other for other in ring_of[key] if other != key))
            yield diagram.finding(
                process, "process_calls_itself", way=", ".join(way[:_SHOWN])
            )


def rings(graph: Calls) -> list[list[str]]:
    """Return the groups of processes that reach each other, in linear time.

    This is Kosaraju's way: walk all calls once, then walk them backwards in the
    order in which the first walk ended.
    """
    backwards: dict[str, list[str]] = {}
    for key, called in graph.items():
        for other in called:
            backwards.setdefault(other, []).append(key)
    taken: set[str] = set()
    found = []
    for key in reversed(_ended(graph)):
        ring = _gather(key, backwards, taken)
        if len(ring) > 1 or key in graph.get(key, ()):
            found.append(sorted(ring))
    return found


def _ended(graph: Calls) -> list[str]:
    """List the processes in the order in which a deep walk leaves them."""
    seen: set[str] = set()
    order: list[str] = []
    for first in graph:
        todo = [(first, False)]
        while todo:
            key, leaving = todo.pop()
            if leaving:
                order.append(key)
            elif key not in seen:
                seen.add(key)
                todo.append((key, True))
                todo += [(called, False) for called in graph.get(key, ())]
    return order


def _gather(first: str, graph: Mapping[str, list[str]], taken: set[str]) -> list[str]:
    found = []
    todo = [first]
    while todo:
        key = todo.pop()
        if key not in taken:
            taken.add(key)
            found.append(key)
            todo += graph.get(key, [])
    return found
