"""What a report still lacks: a photo of each serious defect."""

from collections.abc import Sequence

from workflows.inspections.checklist import Checklist
from workflows.inspections.model import Category, Finding


def without_photo(
    findings: Sequence[Finding], *, known: frozenset[str], checklist: Checklist
) -> list[str]:
    """Name each serious defect without a photo; *known* are the photos that exist.

    Defects of category II and up need one: the form of the report is looked at
    for that before the signature.
    """
    return [
        in_words(number, finding, checklist)
        for number, finding in enumerate(findings, start=1)
        if finding.is_there
        and finding.category is not Category.I
        and known.isdisjoint(finding.photos)
    ]


def in_words(number: int, finding: Finding, checklist: Checklist) -> str:
    """Name a finding as ``gebrek 2 (rookmelder, Gang, categorie II)``."""
    facts = (
        checklist.label_of(finding.item),
        finding.room,
        f"categorie {finding.category}",
    )
    return f"gebrek {number} ({', '.join(fact for fact in facts if fact)})"
