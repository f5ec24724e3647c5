"""Activities that repeat: SpiffWorkflow's multi-instance and loop specs, scoped.

Theirs is the protocol: making instances one by one or all at once, and noticing
the end. Ours is the data: each instance has a scope of its own, results are
collected in the scope of the whole, and finished instances are counted, not kept.
"""

from dataclasses import dataclass
from decimal import Decimal

from SpiffWorkflow.bpmn.specs.defaults import (
    ParallelMultiInstanceTask,
    SequentialMultiInstanceTask,
    StandardLoopTask,
)
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import MultiInstanceTask
from SpiffWorkflow.util.task import TaskState as State

from engine.feel.values import Value
from engine.spiff.dialect import MultiInstance, StandardLoop
from engine.spiff.flow import Flow, certain, holds
from engine.spiff.obstacle import Cause, Obstacle, shown
from engine.spiff.task import CaseTask
from engine.spiff.variables import encode

ITEMS = "(items)"
MOST_INSTANCES = 10_000


@dataclass(frozen=True, slots=True)
class Count:
    """How many instances an activity gets; the script engine asks it."""

    loop: MultiInstance

    def of(self, task: CaseTask) -> int:
        """Evaluate the collection or the cardinality once, and keep it."""
        scope = task.own_scope()
        count = self._cardinality(task) if self.loop.cardinality else None
        if self.loop.collection is not None:
            items = task.course.expressions.of(self.loop.collection, task.view())
            if not isinstance(items, list):
                text = f"De verzameling is geen lijst: {shown(items)}."
                raise Obstacle(Cause.MULTI_INSTANCE, text)
            task.course.variables.put(scope, ITEMS, encode({"items": items})["items"])
            count = len(items)
        if count is None or count > MOST_INSTANCES:
            text = f"Meer dan {MOST_INSTANCES} keer tegelijk of na elkaar mag niet."
            raise Obstacle(Cause.MULTI_INSTANCE, text)
        if self.loop.output_collection:
            nothing = encode({self.loop.output_collection: [None] * count})
            task.course.variables.put(scope, *next(iter(nothing.items())))
        task.internal_data["total"] = count
        return count

    def _cardinality(self, task: CaseTask) -> int:
        asked = certain(self.loop.cardinality)
        number = task.course.expressions.of(asked, task.view())
        if not isinstance(number, Decimal) or number != int(number) or number < 0:
            text = f"Het aantal keren is geen geheel getal vanaf 0: {shown(number)}."
            raise Obstacle(Cause.MULTI_INSTANCE, text)
        return int(number)


def index_of(instance: CaseTask) -> int:
    """Return the number of an instance from 0; upstream has a name for each kind."""
    inside = instance.internal_data
    found = (inside.get(key) for key in ("iteration", "item", "key_or_index"))
    return int(next(number for number in found if number is not None))


def _items(task: CaseTask, name: str) -> list[Value]:
    items = task.course.variables.value(task.scope, name)
    return items if isinstance(items, list) else []


class Repeating(Flow):
    """The whole of an activity that repeats; *loop* tells how."""

    loop: MultiInstance | StandardLoop

    def merge_child(self, workflow: object, child: CaseTask) -> None:
        """Take in a finished instance; the spec of the instance calls it."""
        raise NotImplementedError

    def entered(self, task: CaseTask, instance: CaseTask) -> None:
        """Give an instance its scope, with the number of its round."""
        instance.scope = task.scope
        text = str(index_of(instance) + 1)
        task.course.variables.put(instance.own_scope(), "loopCounter", text)
        self.gave(task, instance)

    def gave(self, task: CaseTask, instance: CaseTask) -> None:
        """Do nothing more for a new *instance*."""

    def keep(self, instance: CaseTask, texts: dict[str, str]) -> None:
        """Take out of *texts* what stays within *instance*: nothing."""

    def foresee(self, task: CaseTask, instance: CaseTask) -> None:
        """Evaluate all that the end of *instance* asks for, before it is final."""
        raise NotImplementedError

    def finish_one(self, task: CaseTask) -> None:
        """Count a finished instance."""
        task.internal_data["finished"] = task.internal_data.get("finished", 0) + 1


class Instances(Repeating, MultiInstanceTask):
    """What both kinds of multi-instance share: items, results, counting."""

    loop: MultiInstance

    def gave(self, task: CaseTask, instance: CaseTask) -> None:
        """Give an instance its item."""
        variables, result = task.course.variables, self._result_name()
        if self.loop.element and self.loop.collection is not None:
            item = _items(task, ITEMS)[index_of(instance)]
            for name, text in encode({self.loop.element: item}).items():
                variables.put(instance.scope, name, text)
        if result is not None:
            variables.put(instance.scope, result, "null")

    def _result_name(self) -> str | None:
        """Return the variable that the result is, None for another expression.

        It lives in the scope of the instance, as in Zeebe: so instances don't
        write each other's result, nor into the case.
        """
        result = self.loop.output_element
        if result is None or result.compiled.names != {result.source}:
            return None
        return result.source

    def keep(self, instance: CaseTask, texts: dict[str, str]) -> None:
        """Keep the result of an output mapping within *instance*."""
        name = self._result_name()
        if name is not None and name in texts:
            instance.course.variables.put(instance.scope, name, texts.pop(name))

    def foresee(self, task: CaseTask, instance: CaseTask) -> None:
        """Evaluate the result of *instance*, and whether the rest is needed."""
        instance.results, instance.enough = self._collected(task, instance), False
        if self.loop.completion_condition is not None:
            numbers = self._numbers(task) | instance.results
            instance.enough = holds(instance, self.loop.completion_condition, numbers)

    def _collected(self, task: CaseTask, instance: CaseTask) -> dict[str, Value]:
        """Return the output collection with the result of *instance* in its place."""
        name, result = self.loop.output_collection, self.loop.output_element
        if name is None or result is None:
            return {}
        collected = list(_items(task, name))
        item = task.course.expressions.of(result, instance.view())
        collected[index_of(instance)] = item
        return {name: collected}

    def _numbers(self, task: CaseTask) -> dict[str, Value]:
        """Return the counters that a completion condition may read."""
        total = task.internal_data["total"]
        finished = task.internal_data.get("finished", 0) + 1
        live = sum(1 for one in task.children if one.task_spec.is_instance)
        return {
            "numberOfInstances": Decimal(total),
            "numberOfCompletedInstances": Decimal(finished),
            "numberOfActiveInstances": Decimal(live - 1),
            "numberOfTerminatedInstances": Decimal(0),
        }

    def merge_child(self, workflow: object, child: CaseTask) -> None:
        """Take in what ``foresee`` found; upstream merges copies of data here."""
        task = child.parent
        self.finish_one(task)
        task.enough = child.enough
        for name, text in encode(child.results).items():
            task.course.variables.put(task.scope, name, text)

    def check_completion_condition(self, my_task: CaseTask) -> bool:
        """Tell what ``foresee`` found; upstream reads the data of a finished task."""
        return bool(my_task.enough)

    def leave(self, task: CaseTask) -> None:
        """Hand the collection to the scopes around the whole."""
        super().leave(task)
        name = self.loop.output_collection
        text = task.course.variables.text(task.scope, name) if name else None
        if name is not None and text is not None:
            task.course.variables.propagate(task.outer_scope(), {name: text})


class Parallel(ParallelMultiInstanceTask, Instances):
    """All instances at once."""

    def children_complete(self, my_task: CaseTask) -> bool:
        """Compare counts: finished instances are not kept."""
        finished = my_task.internal_data.get("finished", 0)
        return bool(finished >= my_task.internal_data["total"])


class Sequential(SequentialMultiInstanceTask, Instances):
    """One instance after the other."""


class Rounds(Repeating, StandardLoopTask):
    """Repeats while its condition holds."""

    def _update_hook(self, my_task: CaseTask) -> bool | None:
        return StandardLoopTask._update_hook(self, my_task)

    def _merged_children(self, my_task: CaseTask) -> range:
        return range(my_task.internal_data.get("finished", 0))

    def loop_complete(self, my_task: CaseTask) -> bool:
        """Tell whether the first round is one too many."""
        return self._is_over(my_task, 0)

    def _is_over(self, task: CaseTask, finished: int) -> bool:
        if self.maximum is not None and finished >= self.maximum:
            return True
        return self.condition is not None and not holds(task, self.condition)

    def foresee(self, task: CaseTask, instance: CaseTask) -> None:
        """Find out whether there is another round."""
        finished = task.internal_data.get("finished", 0) + 1
        instance.enough = self._is_over(instance, finished)

    def merge_child(self, workflow: object, child: CaseTask) -> None:
        """Go round again, or end; upstream merges copies of data here."""
        task = child.parent
        self.finish_one(task)
        if child.enough:
            task._set_state(State.READY)
        else:
            self.create_child(task)
