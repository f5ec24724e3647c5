"""Gateways: they choose by conditions, and join by the flows tokens came by."""

from collections.abc import Iterable

from SpiffWorkflow.bpmn.specs.mixins import BpmnSpecMixin
from SpiffWorkflow.util.task import TaskState as State

from engine.spiff.flow import Flow, SequenceFlow, holds
from engine.spiff.obstacle import Cause, Obstacle
from engine.spiff.task import CaseTask


class Exclusive(Flow, BpmnSpecMixin):
    """Takes the first way whose condition holds, in file order; else the default."""

    def select(self, task: CaseTask) -> list[SequenceFlow]:
        """Choose one way."""
        for flow in self.flows:
            if flow.is_default:
                continue
            if flow.condition is None or holds(task, flow.condition):
                return [flow]
        return self.fallback()

    def fallback(self) -> list[SequenceFlow]:
        """Return the default flow; without one the token is stuck."""
        if not self.flows:
            return []
        default = [flow for flow in self.flows if flow.is_default]
        if default:
            return default
        name = self.drawn.name or self.drawn.id
        text = f"Geen enkele voorwaarde na ‘{name}’ is waar en er is geen standaardpad."
        raise Obstacle(Cause.NO_WAY_OUT, text)


class Join(Flow, BpmnSpecMixin):
    """Collects tokens: each remembers the sequence flow that brought it.

    Tokens are counted, not spec inputs of a tree, so rounds of a loop never
    mix, and a token too many waits for the next round.
    """

    def enter(self, task: CaseTask) -> None:
        """Wait; look whether the gateway is complete now."""
        task._set_state(State.WAITING)
        self.arrived(task)

    def arrived(self, task: CaseTask) -> None:
        """Look whether *task* completes the gateway."""
        raise NotImplementedError

    def waiting(self, task: CaseTask) -> dict[str | None, list[CaseTask]]:
        """Return the tokens that wait here, by the flow that brought them."""
        found: dict[str | None, list[CaseTask]] = {}
        for other in task.workflow.live.values():
            if other.task_spec is self and other._state == State.WAITING:
                found.setdefault(other.arrived_by, []).append(other)
        return found

    def consume(self, tokens: Iterable[CaseTask], task: CaseTask) -> None:
        """Melt *tokens* into *task*, which goes on."""
        for token in tokens:
            if token is not task:
                token.cancel()
        self.reached(task)
        task._ready()


class Parallel(Join):
    """Waits for a token on each incoming flow, and sends one along each way out."""

    def arrived(self, task: CaseTask) -> None:
        """Go on when each incoming flow has a token."""
        found = self.waiting(task)
        if all(flow in found for flow in self.incoming):
            first = [found[flow][0] for flow in self.incoming] or [task]
            self.consume(first, first[0])


class Inclusive(Join, Exclusive):
    """Takes each way whose condition holds; waits for all that can still come."""

    joins_lazily = True

    _upstream: dict[str, frozenset[str]] | None = None

    def select(self, task: CaseTask) -> list[SequenceFlow]:
        """Choose each way whose condition holds."""
        plain = [f for f in self.flows if f.condition is None and not f.is_default]
        true = [f for f in self.flows if f.condition and holds(task, f.condition)]
        return plain + true or self.fallback()

    def arrived(self, task: CaseTask) -> None:
        """Go on at once when only one flow comes in; else wait for the rest."""
        if len(self.incoming) <= 1:
            self.consume((task,), task)

    @staticmethod
    def release_one(joins: list[CaseTask]) -> bool:
        """Let the oldest complete gateway go on, now that all else is at rest.

        Gateways that wait for nothing but each other would wait for ever; then
        the oldest of them goes.
        """
        blockers = {task.id: task.task_spec.blockers(task) for task in joins}
        free = [task for task in joins if not blockers[task.id]]
        if not free:
            free = _deadlocked(joins, blockers)
        if not free:
            return False
        spec: Inclusive = free[0].task_spec
        tokens = [group[0] for group in spec.waiting(free[0]).values()]
        spec.consume(tokens, tokens[0])
        return True

    def blockers(self, task: CaseTask) -> set[int]:
        """Return the tokens elsewhere that may still come by an empty flow.

        By the standard a token doesn't count when it may also reach a flow
        that has its token already.
        """
        found = self.waiting(task)
        upstream = self.upstream()
        empty = [upstream[flow] for flow in upstream if flow not in found]
        filled = [upstream[flow] for flow in upstream if flow in found]
        return {
            other.id
            for other in task.workflow.live.values()
            if not other.armed
            and other.task_spec is not self
            and any(other.task_spec.name in names for names in empty)
            and not any(other.task_spec.name in names for names in filled)
        }

    def upstream(self) -> dict[str, frozenset[str]]:
        """Return per incoming flow the elements from which a token can come by it."""
        if self._upstream is None:
            sources = _sources(self._wf_spec.task_specs.values())
            self._upstream = {
                flow: _reaching(source, sources, self.name)
                for flow, source in _incoming(self)
            }
        return self._upstream


def _deadlocked(joins: list[CaseTask], blockers: dict[int, set[int]]) -> list[CaseTask]:
    """Return the joins that wait for each other only: the largest such set."""
    stuck = {task.id for task in joins}
    while True:
        freed = {one for one in stuck if not blockers[one] <= stuck}
        if not freed:
            return [task for task in joins if task.id in stuck]
        stuck -= freed


def _incoming(join: Inclusive) -> list[tuple[str, str]]:
    specs = join._wf_spec.task_specs.values()
    return [
        (flow.id, spec.name)
        for spec in specs
        for flow in spec.flows
        if flow.target == join.name
    ]


def _sources(specs: Iterable[Flow]) -> dict[str, set[str]]:
    """Return for each element those from which a token gets there in one move."""
    found: dict[str, set[str]] = {}
    for spec in specs:
        for target in [*(flow.target for flow in spec.flows), *spec.boundary]:
            found.setdefault(target, set()).add(spec.name)
    return found


def _reaching(start: str, sources: dict[str, set[str]], stop: str) -> frozenset[str]:
    seen: set[str] = set()
    todo = [start]
    while todo:
        name = todo.pop()
        if name not in seen and name != stop:
            seen.add(name)
            todo += sources.get(name, ())
    return frozenset(seen)


class EventBased(Flow, BpmnSpecMixin):
    """Lets the events behind it race: the first one takes the others away."""

    def born(self, task: CaseTask, token: CaseTask) -> None:
        """Bind a token to the race of *task*."""
        token.internal_data["race"] = task.id
