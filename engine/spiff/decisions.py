"""The decisions that the business rule tasks of a bundle call."""

from collections.abc import Mapping

from engine.dmn import DecisionError, Record, load
from engine.errors import NotFoundError
from engine.feel.codec import dumps
from engine.feel.values import Value
from engine.spiff.course import Course
from engine.spiff.obstacle import Cause, Obstacle

Facts = Mapping[str, object]


class BundleDecisions:
    """The decisions of one bundle, compiled once."""

    def __init__(self, files: tuple[bytes, ...]) -> None:
        self._model = load(*files)

    def decide(
        self, decision_id: str, context: Mapping[str, Value], course: Course
    ) -> tuple[object, list[Facts]]:
        """Return the value and the records for the journal; raise ``Obstacle``."""
        try:
            wanted = self._model.variables(decision_id)
            given = {name: context[name] for name in wanted if name in context}
            found = self._model.evaluate(
                decision_id, given, clock=lambda: course.world.now
            )
        except (DecisionError, NotFoundError) as error:
            raise Obstacle(Cause.DECISION, str(error)) from error
        return found.value, [_facts(record) for record in found.records]


def _facts(record: Record) -> Facts:
    """Return the record as facts for the journal, values as JSON text."""
    return {
        "decision": record.decision_id,
        "name": record.decision_name,
        "inputs": {label: dumps(value) for label, value in record.inputs},
        "rules": [number for number, _ in record.rules],
        "outputs": dumps(record.outputs),
        "remarks": list(record.remarks),
    }
