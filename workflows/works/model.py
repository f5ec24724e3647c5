"""Required works: one line per defect, and which lines a certificate needs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from workflows.errors import InvalidDataError
from workflows.inspections.model import Category, Finding

MINOR_ALLOWED = 6
"""Seven or more defects of category I make one of category II."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What must be reached (not how); *must* tells whether a certificate needs it."""

    rubric: str
    category: Category
    room: str
    goal: str
    proof: str
    must: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WorksList:
    """The works that followed from an inspection."""

    id: UUID
    case_number: str
    inspection_id: UUID
    recorded_at: datetime
    done_on: date | None
    remarks: str | None
    document_id: UUID | None
    works: tuple[Work, ...]


def propose(
    findings: Sequence[Finding], *, label_of: Callable[[str], str] = str
) -> tuple[Work, ...]:
    """Make a line of each finding; *label_of* gives the words of an item.

    Defects of category II and up must go. Of category I so many must go that
    six remain, the first ones first; the others are advised. What a re-inspection
    found repaired is left out.
    """
    findings = [finding for finding in findings if finding.is_there]
    minor = sum(finding.category is Category.I for finding in findings)
    excess = max(0, minor - MINOR_ALLOWED)
    lines = []
    for finding in findings:
        must = finding.category is not Category.I or excess > 0
        if finding.category is Category.I and excess > 0:
            excess -= 1
        lines.append(_line(finding, label_of(finding.item), must=must))
    return tuple(lines)


def _line(finding: Finding, label: str, *, must: bool) -> Work:
    subject = " · ".join(part for part in (finding.rubric, label) if part)
    return Work(
        rubric=subject,
        category=finding.category,
        room=finding.room,
        goal=f"Hersteld: {finding.note or label}",
        proof="Foto van het resultaat",
        must=must,
    )


def parse_works(values: Sequence[Mapping[str, object]]) -> tuple[Work, ...]:
    """Read the works of the form.

    Raise ``InvalidDataError`` for a line without category or goal.
    """
    return tuple(
        _parse_work(position, value) for position, value in enumerate(values, start=1)
    )


def _parse_work(position: int, value: Mapping[str, object]) -> Work:
    category = str(value.get("category") or "")
    texts = {
        name: str(value.get(name) or "").strip()
        for name in ("rubric", "room", "goal", "proof")
    }
    if category not in set(Category) or not texts["goal"]:
        sentence = f"Werk {position}: vul een categorie en het te bereiken doel in."
        raise InvalidDataError({"works": sentence})
    return Work(
        rubric=texts["rubric"],
        room=texts["room"],
        goal=texts["goal"],
        proof=texts["proof"],
        category=Category(category),
        must=value.get("must") is True,
    )
