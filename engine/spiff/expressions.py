"""SpiffWorkflow's script engine port, answered by FEEL.

Upstream evaluates Python here; nothing of that is left.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import NoReturn, Protocol, TypeVar

from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine

from engine.feel.codec import loads
from engine.feel.errors import FeelError
from engine.feel.formatting import string
from engine.feel.values import Value as FeelValue
from engine.spiff.obstacle import Cause, Obstacle
from engine.spiff.texts import Feel, Text, Value

TaskT_contra = TypeVar("TaskT_contra", contravariant=True)


class Asked(Protocol[TaskT_contra]):
    """What a spec of upstream hands to the script engine instead of a text."""

    def of(self, task: TaskT_contra) -> object:
        """Return the value for *task*."""


class Expressions(PythonScriptEngine):
    """Evaluates the FEEL of a diagram at one moment in one zone."""

    def __init__(self, now: datetime, zone: str) -> None:
        # Not calling the constructor upstream: it makes an ``eval`` environment.
        self.environment = None
        self._now = now
        self._zone = zone

    def of(self, value: Value, context: Mapping[str, FeelValue]) -> FeelValue:
        """Evaluate a text of the diagram; raise ``Obstacle`` when it can't be."""
        if isinstance(value, Text):
            return value.value
        try:
            return value.compiled.evaluate(
                context, clock=lambda: self._now, zone=self._zone
            )
        except FeelError as error:
            text = f"De expressie ‘{value.source}’ kan niet berekend worden: {error}"
            raise Obstacle(Cause.EXPRESSION, text) from error

    def text(self, value: FeelValue) -> str:
        """Return the FEEL text of a value."""
        return string(value) or ""

    def decoded(self, texts: Mapping[str, str]) -> dict[str, FeelValue]:
        """Return fresh values, which the caller may change as it likes."""
        return {name: loads(text) for name, text in texts.items()}

    # --- the port of upstream

    def evaluate(
        self, task: object, expression: Asked[object], external_context: object = None
    ) -> object:
        """Answer a multi-instance or loop spec of upstream."""
        return expression.of(task)

    def execute(
        self, task: object, script: object, external_context: object = None
    ) -> NoReturn:
        """Refuse: scripts are expressions here."""
        raise NotImplementedError

    def call_service(self, task: object, **kwargs: object) -> NoReturn:
        """Refuse: services are called by their registered type."""
        raise NotImplementedError

    def validate(self, expression: Feel) -> None:
        """Compile an expression; raise ``FeelSyntaxError``."""
        _ = expression.compiled
