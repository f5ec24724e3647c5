"""Which categories a defect may have: what the checklist says of its item."""

from collections.abc import Iterator, Mapping, Sequence

from workflows.inspections.checklist import Checklist, ChecklistItem
from workflows.inspections.model import Category, Outcome


def misfits(
    findings: Sequence[Mapping[str, object]], checklist: Checklist
) -> Iterator[tuple[int, str]]:
    """Yield the place (from 0) of each finding whose category can't be, and why.

    *findings* are rows of a form. An item for which the list names no
    categories may have any, for nothing is filled in by guess.
    """
    for place, finding in enumerate(findings):
        item = checklist.item(str(finding.get("item") or ""))
        category = finding.get("category")
        if finding.get("outcome") == Outcome.REPAIRED:
            continue
        if item and category and item.categories and category not in item.categories:
            yield place, _sentence(place + 1, item)


def _sentence(number: int, item: ChecklistItem) -> str:
    unverified = "" if item.verified else " (niet geverifieerd)"
    return (
        f"Gebrek {number}: ‘{item.label}’ kan volgens de lijst{unverified} alleen"
        f" van categorie {_either(item.categories)} zijn. Kies die categorie, of een"
        " ander onderdeel."
    )


def _either(categories: Sequence[Category]) -> str:
    *first, last = (category.value for category in categories)
    return f"{', '.join(first)} of {last}" if first else last
