"""Plays small diagrams: restored between any two steps, and kept alive as well."""

from engine.spiff.effects import Effects
from engine.spiff.expressions import Expressions
from engine.spiff.runner import SpiffRunner
from engine.testing import Harness
from tests.unit.engine.spiff.drawing import TOP, diagram, process


class LivingRunner(SpiffRunner):
    """Goes on with the live case of the step before, instead of restoring it."""

    def __init__(self):
        self._case = None
        self._state = None

    def advance(self, bundle, saved, command, world, other_bundles):
        step = super().advance(bundle, saved, command, world, other_bundles)
        self._state = step.state
        return step

    def opened(self, bundle, saved, kept, world, other_bundles):
        if saved is None or saved.state != self._state:
            self._case = super().opened(bundle, saved, kept, world, other_bundles)
            return self._case
        course = self._case.course
        for frame in self._case.frames():
            for task in frame.tasks.values():
                task.told = task.told or course.effects.announced(task.id)
        course.world = world
        course.effects = Effects()
        course.expressions = Expressions(world.now, world.zone)
        self._case.script_engine = course.expressions
        course.variables._changed.clear()
        course.variables._closed.clear()
        course.variables._born.clear()
        return self._case

    def resave(self, bundle, saved, world, others):
        return saved.state


RUNNERS = {"restored": SpiffRunner, "alive": LivingRunner}


class Play:
    """Makes harnesses that share a runner class."""

    def __init__(self, runner_class):
        self._runner_class = runner_class

    def __call__(self, *body, top=TOP, also=(), **options):
        """Return a harness for the process ``p`` with *body*; *also* are others."""
        content = diagram(process(*body), *also, top=top)
        return self.files({"p.bpmn": content}, **options)

    def files(self, files, **options):
        return Harness(files=files, runner=self._runner_class(), **options)
