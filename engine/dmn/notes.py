"""Remarks on a DMN file, gathered while it is compiled."""

from engine.dmn.source import Element, nearest_id
from engine.model import Finding, Severity


class Notes:
    """The findings on one file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.findings: list[Finding] = []

    def refuse(self, element: Element, code: str, sentence: str) -> None:
        """Add an error at *element*, with the line where it stands."""
        self._add(element, Severity.ERROR, code, sentence)

    def warn(self, element: Element, code: str, sentence: str) -> None:
        """Add a warning at *element*."""
        self._add(element, Severity.WARNING, code, sentence)

    def refuse_file(self, code: str, sentence: str) -> None:
        """Add an error about the file as a whole."""
        self.findings.append(
            Finding(
                file=self.file,
                element="definitions",
                severity=Severity.ERROR,
                sentence=sentence,
                code=code,
            )
        )

    def _add(
        self, element: Element, severity: Severity, code: str, sentence: str
    ) -> None:
        self.findings.append(
            Finding(
                file=self.file,
                element=nearest_id(element),
                severity=severity,
                sentence=f"Lijn {element.sourceline}: {sentence}",
                code=code,
            )
        )
