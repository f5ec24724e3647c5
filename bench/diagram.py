"""A diagram of 200 elements, and the SVK family: parse, check, compile."""

from bench.row import spent_row
from bench.timing import in_turn
from engine.model import Bundle
from engine.registry import Registry
from engine.spiff.runner import SpiffRunner
from tests.unit.engine.spiff.drawing import (
    boundary,
    diagram,
    end,
    flow,
    node,
    process,
    script,
    start,
    timer,
    user,
)
from workflows.definitions import bundle
from workflows.register import build_registry

TITLE = "A diagram parsed, checked and compiled"
BLOCKS = 25
"""Blocks of a user task with timer, a script, a choice and its merge."""


def measure(place):
    """Compile both; the diagram has 200 nodes and the flows between them."""
    runner, registry, none = SpiffRunner(), build_registry(), Registry()
    drawn = Bundle(key="k", files={"p.bpmn": diagram(drawing())})
    family = bundle("svk")
    spent = in_turn(
        place.size(20, 1),
        1,
        drawn=lambda _turn: runner.compile(drawn, none),
        family=lambda _turn: runner.compile(family, registry),
    )
    yield spent_row("200 elements", spent["drawn"], 60)
    files = f"{len(family.files)} files"
    yield spent_row(f"the SVK family, {files}, decisions included", spent["family"])


def drawing():
    """Draw 200 nodes: start, 25 blocks of eight less two, and end."""
    parts, last = [start()], "s"
    for turn in range(BLOCKS):
        body, last = _block(turn, last, short=turn == 0)
        parts += body
    return process(*parts, end(), flow(last, "e"))


def _block(turn, before, *, short):
    names = ("u", "b", "l", "a", "x", "y", "z", "m")
    u, b, late, a, x, y, z, m = (f"{name}{turn}" for name in names)
    body = [
        user(u, name=f"Taak {turn}"),
        boundary(b, u, timer(text="P14D"), interrupts=False),
        end(late),
        script(a, f"=if n = null then {turn} else n + 1", "n"),
        node("exclusiveGateway", x, default=f"{x}_{z}"),
        script(y, f'="ja {turn}"', "answer"),
        node("exclusiveGateway", m),
        flow(before, u),
        flow(b, late),
        flow(u, a),
        flow(a, x),
        flow(x, y, f"=n > {turn}"),
        flow(y, m),
    ]
    if short:
        # Start and end are drawn once: the first block has two nodes less.
        return [*body[:2], *body[2:], flow(x, m, key=f"{x}_{z}")], m
    return [*body, script(z, "=false", "answer"), flow(x, z), flow(z, m)], m
