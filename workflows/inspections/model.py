"""Inspections: what was seen in a dwelling, and how it was judged."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from workflows.errors import InvalidDataError

REUSE_YEARS = 1
"""Signed inspections of the own organisation younger than this may be reused
(before April 2022: six months); source: manual of VLOK."""

FORM_VERSIONS: tuple[tuple[date, str], ...] = (
    (date(2025, 1, 1), "202501"),
    (date(2023, 10, 1), "202310"),
)
"""First day and code of the models of report, the newest first; older ones are
unknown here. The first day of 202310 is taken from its code: to be verified."""


class InspectionKind(StrEnum):
    """Why a dwelling is visited."""

    FIRST = "first"
    REINSPECTION = "reinspection"
    PRELIMINARY = "preliminary"
    OTHER = "other"


KIND_NAMES: Mapping[InspectionKind, str] = {
    InspectionKind.FIRST: "Eerste onderzoek",
    InspectionKind.REINSPECTION: "Hercontrole",
    InspectionKind.PRELIMINARY: "Vooronderzoek",
    InspectionKind.OTHER: "Varia",
}


class InspectionStatus(StrEnum):
    """How far an inspection is."""

    PLANNED = "planned"
    RECORDED = "recorded"
    NO_ACCESS = "no_access"


class Category(StrEnum):
    """The weight of a defect; IV exists in inspections before 2021 only."""

    I = "I"  # noqa: E741 - the law's own name
    II = "II"
    III = "III"
    IV = "IV"


class Outcome(StrEnum):
    """What became of a defect of an earlier inspection."""

    REPAIRED = "repaired"
    NOT = "not"
    PARTLY = "partly"


OUTCOME_NAMES: Mapping[Outcome, str] = {
    Outcome.REPAIRED: "hersteld",
    Outcome.NOT: "niet hersteld",
    Outcome.PARTLY: "deels hersteld",
}


class Result(StrEnum):
    """The outcome of the decision tables."""

    CONFORM = "CONFORM"
    NOT_CONFORM = "NOT_CONFORM"
    NO_CERTIFICATE = "NO_CERTIFICATE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A defect with exactly one category; *photos* are ids of uploads.

    *outcome* is that of an earlier defect at a re-inspection; a new one has none.
    """

    rubric: str
    item: str
    category: Category
    room: str
    note: str
    photos: tuple[str, ...] = ()
    outcome: Outcome | None = None

    @property
    def is_there(self) -> bool:
        """Whether the defect counts: a repaired one doesn't."""
        return self.outcome is not Outcome.REPAIRED

    @property
    def outcome_name(self) -> str:
        """The outcome in Dutch, empty for a new defect."""
        return "" if self.outcome is None else OUTCOME_NAMES[self.outcome]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """How the decision tables judged the findings."""

    result: Result
    unfit: bool
    uninhabitable: bool
    derived_category_ii: bool
    points: int | None
    over_occupancy: bool

    @property
    def is_conform(self) -> bool:
        """Whether a certificate may follow."""
        return self.result is Result.CONFORM

    @property
    def in_words(self) -> str:
        """The result in Dutch, in the words of the law."""
        if self.uninhabitable:
            return "Ongeschikt en onbewoonbaar"
        if self.unfit:
            return "Ongeschikt"
        if self.result is Result.NO_CERTIFICATE:
            return "Geen conformiteitsattest mogelijk"
        return "Conform" if self.is_conform else "Niet conform"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """An inspection of a unit for a case."""

    id: UUID
    case_number: str
    unit_id: UUID
    kind: InspectionKind
    status: InspectionStatus
    inspector: str
    planned_at: datetime
    inspected_on: date | None
    form_version: str | None
    occupants: int | None
    occupancy_norm: int | None
    note: str | None
    regime: str | None
    evaluation: Evaluation | None
    rule_set: str | None
    findings: tuple[Finding, ...]

    @property
    def kind_name(self) -> str:
        """The kind in Dutch."""
        return KIND_NAMES[self.kind]


def form_version(day: date) -> str | None:
    """Return the code of the report model on *day*; None when it isn't known."""
    return next((code for since, code in FORM_VERSIONS if since <= day), None)


def parse_findings(values: Sequence[Mapping[str, object]]) -> tuple[Finding, ...]:
    """Read the findings of the form; empty lines are left out.

    Raise ``InvalidDataError`` for a line without a category that the law knows.
    """
    return tuple(
        _parse_finding(position, value)
        for position, value in enumerate(values, start=1)
        if any(item not in (None, "", []) for item in value.values())
    )


def parse_earlier(values: Sequence[Mapping[str, object]]) -> tuple[Finding, ...]:
    """Read what became of the defects of the last inspection.

    Raise ``InvalidDataError`` for one of which that isn't told.
    """
    findings = parse_findings(values)
    for position, finding in enumerate(findings, start=1):
        if finding.outcome is None:
            names = ", ".join(OUTCOME_NAMES.values())
            sentence = f"Eerder gebrek {position}: kies een stand ({names})."
            raise InvalidDataError({"earlier_defects": sentence})
    return findings


def as_context(finding: Finding) -> dict[str, object]:
    """Write a finding as a row of a form."""
    return {
        "rubric": finding.rubric or None,
        "item": finding.item,
        "category": finding.category.value,
        "room": finding.room,
        "note": finding.note,
        "photos": list(finding.photos),
        "outcome": None if finding.outcome is None else finding.outcome.value,
    }


def _parse_finding(position: int, value: Mapping[str, object]) -> Finding:
    category = str(value.get("category") or "")
    if category not in set(Category):
        sentence = f"Gebrek {position}: kies een categorie (I, II of III)."
        raise InvalidDataError({"findings": sentence})
    photos, outcome = value.get("photos"), value.get("outcome")
    listed = photos if isinstance(photos, list | tuple) else [photos] if photos else []
    texts = {
        name: str(value.get(name) or "").strip()
        for name in ("rubric", "item", "room", "note")
    }
    return Finding(
        rubric=texts["rubric"],
        item=texts["item"],
        room=texts["room"],
        note=texts["note"],
        category=Category(category),
        photos=tuple(str(photo) for photo in listed),
        outcome=Outcome(str(outcome)) if outcome in set(Outcome) else None,
    )


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    """Count the defects that are there per category, for the decision tables."""
    found = Counter(finding.category for finding in findings if finding.is_there)
    return {category.value.casefold(): found[category] for category in Category}


def parse_evaluation(value: Mapping[str, object]) -> Evaluation:
    """Read the outcome of the decision tables."""
    points = value.get("points")
    return Evaluation(
        result=Result(str(value.get("result"))),
        unfit=bool(value.get("unfit")),
        uninhabitable=bool(value.get("uninhabitable")),
        derived_category_ii=bool(value.get("derived_category_ii")),
        points=None if points is None else int(Decimal(str(points))),
        over_occupancy=bool(value.get("over_occupancy")),
    )


def is_recent(inspected_on: date, *, on: date) -> bool:
    """Tell whether an inspection is young enough to be reused on a day."""
    return inspected_on <= on < _years_later(inspected_on, REUSE_YEARS)


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
