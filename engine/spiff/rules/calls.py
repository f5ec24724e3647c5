"""Calls between processes: none comes back to itself."""

from collections.abc import Iterator, Mapping

from engine.model import Finding
from engine.spiff.diagram import Diagram, Surroundings
from engine.spiff.xml import identifier


def calls(diagram: Diagram, around: Surroundings) -> Iterator[Finding]:
    """Refuse a process that calls itself, directly or through others."""
    for process in diagram.processes:
        way = _way_back(identifier(process), around.calls)
        if way:
            yield diagram.finding(process, "process_calls_itself", way=" → ".join(way))


def _way_back(
    start: str, graph: Mapping[str, frozenset[str]]
) -> tuple[str, ...] | None:
    """Find the shortest chain of calls from *start* to itself."""
    todo: list[tuple[str, ...]] = [
        (start, called) for called in sorted(graph.get(start, ()))
    ]
    seen: set[str] = set()
    for way in todo:  # grows while it is read
        last = way[-1]
        if last == start:
            return way
        if last not in seen:
            seen.add(last)
            todo += [(*way, called) for called in sorted(graph.get(last, ()))]
    return None
