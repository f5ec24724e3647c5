"""Random block-structured processes against a token game that knows no engine.

The game plays the tree of blocks; the engine plays the drawn diagram, restored
from its saved state after each step. Whatever order tasks are completed in and
signals arrive, both have the same tasks open.
"""

import random
from dataclasses import dataclass, field
from itertools import pairwise

import pytest

from engine.step import Retry
from engine.testing import Harness
from tests.unit.engine.spiff.drawing import (
    boundary,
    chain,
    diagram,
    end,
    extended,
    flow,
    handler,
    node,
    process,
    script,
    start,
    user,
    zeebe,
)

GATEWAYS = {"and": "parallel", "or": "inclusive", "xor": "exclusive"}
MOST_STEPS = 300
KINDS = ["task", "task", "seq", "and", "or", "xor", "loop", "sub"]
KINDS += ["bound", "cut", "cut", "beside", "over"]


@dataclass
class Block:
    """A part of a process: *kind*, *key*, its *parts*, and which of them are on."""

    kind: str
    key: str
    parts: list["Block"] = field(default_factory=list)
    on: list[bool] = field(default_factory=list)
    rounds: int = 0


class Maker:
    """Makes a random tree of blocks."""

    def __init__(self, seed):
        self.random = random.Random(seed)  # noqa: S311 - no secret
        self.count = 0

    def block(self, depth):
        kind = self.random.choice(KINDS) if depth else "task"
        self.count += 1
        made = Block(kind, f"n{self.count}")
        if kind == "loop":
            made.rounds = self.random.randint(1, 3)
        size = 0 if kind == "task" else 1
        if kind in {"seq", "and", "or", "xor"}:
            size = self.random.randint(2, 3)
        made.parts = [self.block(depth - 1) for _ in range(size)]
        made.on = [self.random.random() < 0.6 for _ in range(size)]
        if made.on and not any(made.on):
            made.on[0] = True
        return made


class Drawing:
    """Draws a tree of blocks."""

    def __init__(self):
        self.parts = []
        self.signals = []

    def block(self, block):
        """Draw *block*; return its first and last element."""
        return getattr(self, f"_{block.kind}", self._subprocess)(block)

    def _task(self, block):
        self.parts.append(user(block.key))
        return block.key, block.key

    def _seq(self, block):
        drawn = [self.block(part) for part in block.parts]
        for (_, last), (first, _) in pairwise(drawn):
            self.parts.append(flow(last, first))
        return drawn[0][0], drawn[-1][1]

    def _fork(self, block):
        first, last = f"{block.key}_a", f"{block.key}_z"
        tag = f"{GATEWAYS[block.kind]}Gateway"
        self.parts += [node(tag, first), node(tag, last)]
        for part, on in zip(block.parts, block.on, strict=True):
            inner_first, inner_last = self.block(part)
            condition = None if block.kind == "and" else f"={on}".lower()
            self.parts += [flow(first, inner_first, condition), flow(inner_last, last)]
        return first, last

    _and = _or = _xor = _fork

    def _loop(self, block):
        key = block.key
        zero, again = f"{key}_zero", f"{key}_again"
        count, choice = f"{key}_count", f"{key}_choice"
        first, last = self.block(block.parts[0])
        self.parts += [
            script(zero, "=0", f"{key}_c"),
            node("exclusiveGateway", again),
            script(count, f"={key}_c + 1", f"{key}_c"),
            node("exclusiveGateway", choice, default=f"{key}_out"),
            node("exclusiveGateway", f"{key}_end"),
            chain(zero, again, first),
            chain(last, count, choice),
            flow(choice, again, f"={key}_c < {block.rounds}"),
            flow(choice, f"{key}_end", key=f"{key}_out"),
        ]
        return zero, f"{key}_end"

    def _subprocess(self, block):
        key = block.key
        outer, self.parts = self.parts, []
        first, _ = self.block(block.parts[0])
        inner = start(f"{key}_s") + "".join(self.parts) + flow(f"{key}_s", first)
        self.parts = outer
        signal = f'<bpmn:signalEventDefinition signalRef="signal_{key}"/>'
        if block.kind in {"beside", "over"}:
            inner += handler(f"{key}_h", signal, interrupts=block.kind == "over")
        self.parts.append(node("subProcess", key, inner))
        if block.kind != "sub":
            self.signals.append(key)
        if block.kind == "bound":
            self.parts += [
                boundary(f"{key}_b", key, signal, interrupts=False),
                user(f"{key}_h_u"),
                flow(f"{key}_b", f"{key}_h_u"),
            ]
        if block.kind == "cut":
            self.parts += [
                boundary(f"{key}_b", key, signal),
                user(f"{key}_h_u"),
                node("exclusiveGateway", f"{key}_m"),
                chain(f"{key}_b", f"{key}_h_u", f"{key}_m"),
                flow(key, f"{key}_m"),
            ]
            return key, f"{key}_m"
        return key, key


class Game:
    """The reference: open tasks with what comes after them.

    An open task is ``[name, path, after]``, where *path* names the blocks
    around it. A scope counts its tokens and calls *done* at the last one.
    """

    def __init__(self, block):
        self.open = []
        self.armed = {}
        self.is_over = False
        self.root = Scope(1, self._end)
        self._run(block, self.root.leave, ())

    def _end(self):
        self.is_over = True

    def _run(self, block, after, path):
        getattr(self, f"_{block.kind}", self._subprocess)(block, after, path)

    def _task(self, block, after, path):
        self.open.append((block.key, path, after))

    def _seq(self, block, after, path):
        self._chain(block.parts, after, path)

    def _chain(self, parts, after, path):
        rest = parts[1:]
        then = (lambda: self._chain(rest, after, path)) if rest else after
        self._run(parts[0], then, path)

    def _fork(self, block, after, path):
        chosen = [p for p, on in zip(block.parts, block.on, strict=True) if on]
        parts = {"and": block.parts, "or": chosen, "xor": chosen[:1]}[block.kind]
        scope = Scope(len(parts), after)
        for part in parts:
            self._run(part, scope.leave, path)

    _and = _or = _xor = _fork

    def _loop(self, block, after, path):
        self._rounds(block, block.rounds, after, path)

    def _rounds(self, block, left, after, path):
        then = after
        if left > 1:

            def then():
                self._rounds(block, left - 1, after, path)

        self._run(block.parts[0], then, path)

    def _subprocess(self, block, after, path):
        key = block.key

        def done():
            self.armed.pop(key, None)
            after()

        scope = Scope(1, done)
        self.armed[key] = (block, path, after, scope)
        self._run(block.parts[0], scope.leave, (*path, (key, scope)))

    def signals(self):
        return sorted(k for k, v in self.armed.items() if v[0].kind != "sub")

    def signal(self, key):
        block, path, after, scope = self.armed[key]
        task = f"{key}_h_u"
        if block.kind == "beside":
            scope.count += 1
            self.open.append((task, (*path, (key, scope)), scope.leave))
        elif block.kind == "bound":
            outer = path[-1][1] if path else self.root
            outer.count += 1
            self.open.append((task, path, outer.leave))
        elif block.kind == "over":
            self._remove(key)
            scope.count = 1
            self.armed[key] = (Block("sub", key), path, after, scope)
            self.open.append((task, (*path, (key, scope)), scope.leave))
        else:
            self._remove(key)
            self.armed.pop(key)
            self.open.append((task, path, after))

    def _remove(self, key):
        def inside(path):
            return any(name == key for name, _ in path)

        self.open = [one for one in self.open if not inside(one[1])]
        for name in [n for n, v in self.armed.items() if inside(v[1])]:
            self.armed.pop(name)

    def complete(self, number):
        name, _, after = self.open.pop(number)
        after()
        return name


@dataclass
class Scope:
    """Counts tokens; *done* is called when the last one leaves."""

    count: int
    done: object

    def leave(self):
        self.count -= 1
        if not self.count:
            self.done()


def play_game(seed):
    """Play one random process on both sides; return the number of steps."""
    maker = Maker(seed)
    tree = maker.block(4)
    drawing = Drawing()
    first, last = drawing.block(tree)
    signals = "".join(
        f'<bpmn:signal id="signal_{key}" name="{key}"/>' for key in drawing.signals
    )
    body = process(start(), *drawing.parts, end(), flow("s", first), flow(last, "e"))
    case = Harness(files={"p.bpmn": diagram(body, top=signals)}).start()
    game = Game(tree)
    for step in range(MOST_STEPS):
        assert case.open == sorted(name for name, _, _ in game.open), (seed, step)
        assert not case.incidents, (seed, step)
        if not game.open:
            break
        can = game.signals()
        if can and maker.random.random() < 0.25:
            key = maker.random.choice(can)
            game.signal(key)
            assert case.signal(key) == 1
        else:
            case.complete(game.complete(maker.random.randrange(len(game.open))))
    else:
        return MOST_STEPS
    assert game.is_over
    assert case.ended == "completed", seed
    assert set(case.saved.variables) <= {1}, seed
    assert case.subscriptions == [], seed
    return step


class ServiceDrawing(Drawing):
    """Draws a service task for each task of the tree."""

    def _task(self, block):
        definition = zeebe("taskDefinition", type="work")
        inputs = zeebe("input", source=f'="{block.key}"', target="key")
        facts = extended(definition + zeebe("ioMapping", inputs))
        self.parts.append(node("serviceTask", block.key, facts))
        return block.key, block.key


def play_services(seed, *, luck):
    """Run a random process of services that fail by chance; retry until it ends.

    Return the services that did their work, sorted.
    """
    drawing, chance = ServiceDrawing(), random.Random(seed)  # noqa: S311 - no secret
    first, last = drawing.block(Maker(seed).block(4))
    signals = "".join(
        f'<bpmn:signal id="signal_{key}" name="{key}"/>' for key in drawing.signals
    )
    done = []

    def work(inputs):
        if chance.random() > luck:
            raise OSError
        done.append(inputs["key"])
        return {}

    body = process(start(), *drawing.parts, end(), flow("s", first), flow(last, "e"))
    case = Harness(
        files={"p.bpmn": diagram(body, top=signals)}, services={"work": work}
    ).start()
    for _ in range(MOST_STEPS):
        if case.ended:
            return sorted(done)
        one = chance.choice(case.incidents)
        case.do(Retry(token=one.token))
    message = f"seed {seed} does not come to its end"
    raise AssertionError(message)


@pytest.mark.parametrize("seed", range(20))
def test_services_that_fail_and_are_retried_do_each_work_once(seed):
    assert play_services(seed, luck=0.5) == play_services(seed, luck=1)


@pytest.mark.parametrize("seed", range(40))
def test_the_engine_plays_as_the_token_game_does(seed):
    play_game(seed)


@pytest.mark.full
@pytest.mark.timeout(3600)
def test_the_engine_plays_thousands_of_processes_as_the_token_game_does():
    steps = sum(play_game(seed) for seed in range(1000, 4000))

    assert steps > 3000
