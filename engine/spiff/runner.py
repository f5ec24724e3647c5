"""The port ``ProcessRunner``: the only door to SpiffWorkflow."""

from collections.abc import Callable, Mapping

from engine.errors import DefinitionRefusedError, NotFoundError
from engine.feel.codec import loads
from engine.model import Bundle, Finding
from engine.ports import Catalogue, CompiledBundle
from engine.spiff import state
from engine.spiff.case import Case, Lookup
from engine.spiff.check import check, is_refused
from engine.spiff.commands import TOKEN, carry_out
from engine.spiff.compiled import Compiled
from engine.spiff.course import Course
from engine.spiff.effects import Effects
from engine.spiff.expressions import Expressions
from engine.spiff.process import ProcessSpec
from engine.spiff.variables import Variables
from engine.step import (
    Command,
    IncidentRaised,
    JobCreated,
    Saved,
    Start,
    Step,
    Subscribed,
    TaskOpened,
    TimerArmed,
    World,
)
from engine.step import Variables as Values

PROCESS = "Proces"

Others = Callable[[str], CompiledBundle]


class SpiffRunner:
    """Executes BPMN with SpiffWorkflow's task specs and our step loop.

    It has no state of its own: any number of threads may share it.
    """

    def check(self, bundle: Bundle, catalogue: Catalogue) -> list[Finding]:
        """Return all findings on the files of *bundle*."""
        return check(bundle, catalogue)

    def compile(self, bundle: Bundle, catalogue: Catalogue) -> Compiled:
        """Compile *bundle*; raise ``DefinitionRefusedError`` when it has errors."""
        findings = check(bundle, catalogue)
        if is_refused(findings):
            raise DefinitionRefusedError(tuple(findings))
        return Compiled(bundle)

    def advance(
        self,
        bundle: CompiledBundle,
        saved: Saved | None,
        command: Command,
        world: World,
        other_bundles: Others,
    ) -> Step:
        """Run until every token waits; *saved* is None for ``Start`` only."""
        kept = _kept(saved, command)
        case = self.opened(bundle, saved, kept, world, other_bundles)
        carry_out(case, command)
        case.settle()
        return _step(case, state.dump(case, kept["process"], kept["bindings"]))

    def opened(
        self,
        bundle: CompiledBundle,
        saved: Saved | None,
        kept: state.SavedCase,
        world: World,
        other_bundles: Others,
    ) -> Case:
        """Return the live case; it is thrown away after the step."""
        lookup = _lookup(bundle, kept["bindings"], other_bundles)
        spec, _ = lookup(kept["process"], None)
        course = Course(
            world=world,
            variables=_variables(kept, saved),
            effects=Effects(),
            expressions=Expressions(world.now, world.zone),
        )
        case = Case(spec, course, lookup)
        if saved is not None:
            state.restore(kept, case)
        return case

    def resave(
        self, bundle: CompiledBundle, saved: Saved, world: World, others: Others
    ) -> str:
        """Restore a state and save it again, for tests: both texts are equal."""
        kept = state.read(saved.state)
        case = self.opened(bundle, saved, kept, world, others)
        return state.dump(case, kept["process"], kept["bindings"])

    def visible(self, saved: Saved, token: int) -> Values:
        """Return the variables that the element of *token* sees."""
        kept = state.read(saved.state)
        variables = state.restore_variables(kept, saved.variables)
        for one in kept["tokens"]:
            if one["id"] == token:
                texts = variables.visible(one["scope"])
                return {name: loads(text) for name, text in texts.items()}
        raise NotFoundError(TOKEN, token)

    def live(self, saved: Saved) -> Mapping[int, str]:
        """Return the element id of each live token; what only listens is none."""
        tokens = state.read(saved.state)["tokens"]
        return {one["id"]: one["at"] for one in tokens if not one["armed"]}


def _kept(saved: Saved | None, command: Command) -> state.SavedCase:
    if saved is not None:
        return state.read(saved.state)
    if not isinstance(command, Start):
        message = "an instance begins with Start"
        raise TypeError(message)
    return state.fresh(command.process_id, command.bindings)


def _variables(kept: state.SavedCase, saved: Saved | None) -> Variables:
    if saved is not None:
        return state.restore_variables(kept, saved.variables)
    variables = Variables()
    variables.open(None)
    return variables


def _lookup(
    bundle: CompiledBundle, bindings: Mapping[str, str], others: Others
) -> Lookup:
    def lookup(process_id: str, caller: str | None) -> tuple[ProcessSpec, str | None]:
        """Find a process in the bundle of its caller, else in the bound one."""
        here = _specs(bundle if caller is None else others(caller))
        if process_id in here:
            return here[process_id], caller
        if process_id not in bindings:
            raise NotFoundError(PROCESS, process_id)
        found = bindings[process_id]
        return _specs(others(found))[process_id], found

    return lookup


def _specs(bundle: CompiledBundle) -> Mapping[str, ProcessSpec]:
    """Return the specs of a bundle that this runner has compiled."""
    if not isinstance(bundle, Compiled):
        message = "the bundle was not compiled by this runner"
        raise TypeError(message)
    return bundle.specs


def _step(case: Case, text: str) -> Step:
    effects, variables = case.course.effects, case.course.variables
    ended = None
    if case.completed:
        ended = "cancelled" if case.cancelled else "completed"
        effects.happen("ended", case.outcome or case.spec.drawn.id, None)
    return Step(
        state=text,
        changed=variables.changed,
        closed_scopes=variables.closed,
        opened=effects.of(TaskOpened),
        armed=effects.of(TimerArmed),
        subscribed=effects.of(Subscribed),
        jobs=effects.of(JobCreated),
        thrown=tuple(effects.thrown),
        incidents=effects.of(IncidentRaised),
        closed=frozenset(effects.closed),
        completed=frozenset(effects.completed),
        happenings=tuple(effects.happenings),
        milestone=effects.milestone,
        ended=ended,
        outcome=case.outcome if ended else None,
    )
