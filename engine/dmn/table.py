"""Decision tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from engine.dmn.errors import DecisionError
from engine.dmn.hits import ONE_MATCH_ENOUGH, POLICIES, Columns, Match
from engine.dmn.scope import Context, Evaluate, Hits, Run
from engine.feel import UnaryTests
from engine.feel.values import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """An input column; *allowed* are the values that it takes."""

    label: str
    evaluate: Evaluate
    allowed: UnaryTests | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """An output column; *priorities* are its values, the most important first."""

    name: str
    allowed: UnaryTests | None
    priorities: tuple[Value, ...]
    default: Evaluate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A row; a test that is None lets everything pass."""

    number: int
    id: str
    tests: tuple[UnaryTests | None, ...]
    outputs: tuple[Evaluate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionTable:
    """A compiled table; call it with a context and a run."""

    policy: str
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]

    def __call__(self, context: Context, run: Run) -> Value:
        """Evaluate the table; raise ``DecisionError`` where the standard has none."""
        values = [self._input(one, context, run) for one in self.inputs]
        hit = self._matching(values, context, run)
        seen = tuple((one.label, v) for one, v in zip(self.inputs, values, strict=True))
        rules = tuple((rule.number, rule.id) for rule in hit)
        run.hits.append(Hits(inputs=seen, rules=rules))
        if not hit:
            return self._default(context, run)
        matches = [self._match(rule, context, run) for rule in hit]
        return POLICIES[self.policy](matches, self._columns(run))

    def _input(self, column: Input, context: Context, run: Run) -> Value:
        value = column.evaluate(context, run)
        if value is None or column.allowed is None:
            return value
        if not column.allowed.matches(value, context, clock=run.clock):
            reason = (
                f"de waarde '{value}' is niet toegelaten in kolom '{column.label}'."
            )
            raise DecisionError(run.decision, reason)
        return value

    def _matching(
        self, values: Sequence[Value], context: Context, run: Run
    ) -> list[Rule]:
        hit: list[Rule] = []
        for rule in self.rules:
            if _matches(rule, values, context, run):
                hit.append(rule)
                if self.policy in ONE_MATCH_ENOUGH:
                    break
        return hit

    def _match(self, rule: Rule, context: Context, run: Run) -> Match:
        outputs = tuple(evaluate(context, run) for evaluate in rule.outputs)
        for column, value in zip(self.outputs, outputs, strict=True):
            _check_output(column, value, rule, run)
        return Match(number=rule.number, outputs=outputs)

    def _columns(self, run: Run) -> Columns:
        return Columns(
            decision=run.decision,
            names=tuple(column.name for column in self.outputs),
            priorities=tuple(column.priorities for column in self.outputs),
        )

    def _default(self, context: Context, run: Run) -> Value:
        if self.policy == "COLLECT COUNT":
            return Decimal(0)
        if not any(column.default for column in self.outputs):
            return None
        outputs = tuple(
            column.default(context, run) if column.default else None
            for column in self.outputs
        )
        return self._columns(run).result(Match(number=0, outputs=outputs))


def _matches(rule: Rule, values: Sequence[Value], context: Context, run: Run) -> bool:
    return all(
        test is None or test.matches(value, context, clock=run.clock)
        for test, value in zip(rule.tests, values, strict=True)
    )


def _check_output(column: Output, value: Value, rule: Rule, run: Run) -> None:
    if value is None or column.allowed is None:
        return
    if not column.allowed.matches(value, {}, clock=run.clock):
        reason = (
            f"regel {rule.number} geeft '{value}',"
            f" wat niet toegelaten is in kolom '{column.name}'."
        )
        raise DecisionError(run.decision, reason)
