"""What a technical report says: its values put into words for the template."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from workflows.calendar import day_in_words, local_day, moment_in_words
from workflows.dwellings.model import UNIT_TYPE_NAMES, Unit, UnitType
from workflows.inspections.checklist import Checklist
from workflows.inspections.model import Evaluation, Finding, Inspection, counts
from workflows.works.model import propose


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What a report is made of; *photos* maps upload ids to numbers."""

    inspection: Inspection
    evaluation: Evaluation
    unit: Unit
    checklist: Checklist
    owner: str
    applicant: str
    inspector: str
    version: int
    summary: str
    vlok_reference: str
    signed_at: datetime
    photos: Mapping[str, int]


def contents(sources: Sources) -> dict[str, object]:
    """Return the data of the template ``technical_report``."""
    inspection, unit = sources.inspection, sources.unit
    building = unit.building
    return {
        "version": sources.version,
        "kind": inspection.kind_name,
        "inspected_on": day_in_words(
            inspection.inspected_on or local_day(inspection.planned_at)
        ),
        "unit_type": UNIT_TYPE_NAMES[unit.type],
        "capakey": building.capakey,
        "year_built": str(building.year_built) if building.year_built else None,
        "owner": sources.owner,
        "applicant": sources.applicant,
        "inspector": sources.inspector,
        "form_version": inspection.form_version,
        "vlok_reference": sources.vlok_reference,
        "summary": sources.summary,
        "signed_at": moment_in_words(sources.signed_at),
        "rule_set": inspection.rule_set or "onbekend",
        **_judgement(sources.evaluation, inspection),
        "list_remark": _list_remark(sources),
        "occupancy_title": sources.checklist.parts["D"],
        "earlier": _earlier(sources),
        "parts": _parts(sources),
        "works": [] if sources.evaluation.is_conform else _works(sources),
        "photos": _photos(sources),
    }


def counts_in_words(findings: Sequence[Finding]) -> str:
    """Write the counts per category; IV is named only when it occurs."""
    found = counts(findings)
    texts = [
        f"{count} van categorie {name.upper()}"
        for name, count in found.items()
        if count or name != "iv"
    ]
    return f"Aantal gebreken: {', '.join(texts)}."


def _judgement(evaluation: Evaluation, inspection: Inspection) -> dict[str, object]:
    norm = inspection.occupancy_norm
    return {
        "result": evaluation.in_words,
        "conform": evaluation.is_conform,
        "counts_text": counts_in_words(inspection.findings),
        "derived": evaluation.derived_category_ii,
        "over_occupancy": evaluation.over_occupancy,
        "occupants": "niet bekend"
        if inspection.occupants is None
        else str(inspection.occupants),
        "occupancy_norm": "niet bepaald"
        if norm is None
        else f"{norm} (bepaald door de woningcontroleur)",
    }


def _list_remark(sources: Sources) -> str:
    """Say so when the parts are not those of the model for this kind of unit."""
    unit_type, listed = sources.unit.type, UnitType(sources.checklist.unit_type)
    if unit_type is listed:
        return ""
    return (
        f"Voor dit soort woning ({UNIT_TYPE_NAMES[unit_type].casefold()}) is er nog"
        " geen lijst van onderdelen ingeladen: de delen zijn die van een"
        f" {UNIT_TYPE_NAMES[listed].casefold()} (niet geverifieerd)."
    )


def _parts(sources: Sources) -> list[dict[str, object]]:
    """Put each finding, with its number, in the part of the model it belongs to."""
    checklist = sources.checklist
    numbered = list(enumerate(sources.inspection.findings, start=1))
    return [
        {
            "title": checklist.parts[part],
            "findings": [
                _line(number, finding, sources)
                for number, finding in numbered
                if finding.is_there
                and checklist.part_of(finding.item, finding.rubric) == part
            ],
        }
        for part in ("B", "C")
    ]


def _earlier(sources: Sources) -> list[dict[str, object]]:
    """List what became of the defects of the inspection before, if there was one."""
    numbered = enumerate(sources.inspection.findings, start=1)
    return [
        {**_line(number, finding, sources), "outcome": finding.outcome_name}
        for number, finding in numbered
        if finding.outcome is not None
    ]


def _line(number: int, finding: Finding, sources: Sources) -> dict[str, object]:
    return {
        "number": number,
        "rubric": finding.rubric,
        "item": sources.checklist.label_of(finding.item),
        "room": finding.room,
        "category": finding.category.value,
        "note": finding.note,
        "photos": [
            sources.photos[photo] for photo in finding.photos if photo in sources.photos
        ],
    }


def _works(sources: Sources) -> list[dict[str, object]]:
    """List the works without which the dwelling doesn't become conform.

    The agreement promises them to the rental agency together with the report.
    """
    checklist = sources.checklist
    works = propose(sources.inspection.findings, label_of=checklist.label_of)
    return [
        {
            "number": number,
            "rubric": line.rubric,
            "room": line.room,
            "category": line.category.value,
            "goal": line.goal,
        }
        for number, line in enumerate(works, start=1)
        if line.must
    ]


def _photos(sources: Sources) -> list[dict[str, object]]:
    """Describe each photo by the finding that it shows."""
    return [
        {
            "file": f"{photo}.jpg",
            "number": sources.photos[photo],
            "alt": _caption(finding, sources.checklist),
        }
        for finding in sources.inspection.findings
        for photo in finding.photos
        if photo in sources.photos
    ]


def _caption(finding: Finding, checklist: Checklist) -> str:
    """Say in words what a photo shows; a picture without words is refused."""
    parts = (checklist.label_of(finding.item), finding.room, finding.rubric)
    return ", ".join(part for part in parts if part) or "gebrek"
