"""Findings on a form, gathered while it is read."""

from engine.model import Finding, Severity

JsonObject = dict[str, object]


class Remarks:
    """The findings on one form file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.findings: list[Finding] = []

    def refuse(self, element: str, code: str, sentence: str) -> None:
        """Add an error about the form as a whole, or about a part with an id."""
        self.findings.append(
            Finding(
                file=self.file,
                element=element,
                severity=Severity.ERROR,
                sentence=sentence,
                code=code,
            )
        )

    def refuse_field(self, component: JsonObject, code: str, sentence: str) -> None:
        """Add an error about a field, which the sentence names by its label."""
        self.refuse(identity(component), code, f"Veld '{title(component)}': {sentence}")


def identity(component: JsonObject) -> str:
    """Return the id of a field, else its key, else its type."""
    for name in ("id", "key", "path", "type"):
        if value := component.get(name):
            return str(value)
    return "formulier"


def title(component: JsonObject) -> str:
    """Return the words under which a manager knows the field."""
    for name in ("label", "dateLabel", "timeLabel", "key", "path", "id", "type"):
        if value := component.get(name):
            return str(value)
    return "?"
