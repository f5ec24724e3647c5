"""What FEEL refuses; every text is Dutch, because a manager reads it."""

from enum import StrEnum
from typing import Final

from engine.errors import EngineError


class FeelError(EngineError):
    """An expression can't be used or evaluated."""

    code = "feel_error"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return self.message


class FeelSyntaxError(FeelError):
    """The text is no FEEL; *line* and *column* count from 1."""

    code = "feel_syntax"

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.args = (message, line, column)
        self.line = line
        self.column = column

    def __str__(self) -> str:
        return f"Regel {self.line}, kolom {self.column}: {self.message}"


class Limit(StrEnum):
    """The budgets of an evaluation."""

    STEPS = "steps"
    SIZE = "size"
    DEPTH = "depth"
    REGEX = "regex"


_LIMIT_NAMES: Final = {
    Limit.STEPS: "rekenstappen",
    Limit.SIZE: "tekens en lijstelementen",
    Limit.DEPTH: "diepte van de aanroepen",
    Limit.REGEX: "zoekpatronen",
}


class BudgetError(FeelError):
    """An evaluation asks for more than its *budget*."""

    code = "feel_budget"

    def __init__(self, budget: Limit, limit: int) -> None:
        super().__init__(
            f"De berekening is te zwaar: het budget voor {_LIMIT_NAMES[budget]}"
            f" ({budget}, hoogstens {limit}) is op. Vereenvoudig de expressie of"
            " verklein de lijst of tekst waarmee ze rekent."
        )
        self.args = (budget, limit)
        self.budget = budget
        self.limit = limit


class CodecError(FeelError):
    """A value can't be stored, or a stored text is no value."""

    code = "feel_codec"
