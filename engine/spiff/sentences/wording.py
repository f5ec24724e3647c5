"""How the sentences of the check are written."""

from dataclasses import dataclass

from engine.model import Severity


@dataclass(frozen=True, slots=True)
class Sentence:
    """A finding in words; *text* has its facts between braces."""

    severity: Severity
    text: str


def error(text: str) -> Sentence:
    """Word what stops a deployment."""
    return Sentence(Severity.ERROR, text)


def warning(text: str) -> Sentence:
    """Word what is better looked at."""
    return Sentence(Severity.WARNING, text)
