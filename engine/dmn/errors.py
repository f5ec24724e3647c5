"""What a decision refuses while it is evaluated."""

from engine.errors import EngineError


class DecisionError(EngineError):
    """A decision has no answer for these inputs; *reason* is a Dutch sentence."""

    code = "decision_failed"

    def __init__(self, decision: str, reason: str) -> None:
        super().__init__(decision, reason)
        self.decision = decision
        self.reason = reason

    def __str__(self) -> str:
        return f"Beslissing '{self.decision}': {self.reason}"
