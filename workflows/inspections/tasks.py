"""Service tasks of inspections."""

from decimal import Decimal

from engine.persistence.tables.instances import InstanceRow
from engine.registry import ServiceCall, ServiceTask
from engine.step import Variables
from workflows import inputs
from workflows.cases.calls import case_number
from workflows.cases.repository import case_row
from workflows.inspections import model, service
from workflows.inspections.model import InspectionKind
from workflows.inspections.service import Seen, Visit


def plan(call: ServiceCall) -> Variables:
    """Plan a visit; a re-inspection is told which defects to look at again."""
    visit = _visit(call)
    service.plan(call.work, visit)
    if visit.kind is not InspectionKind.REINSPECTION:
        return {"earlier_defects": []}
    left = service.defects_to_check(call.work, visit.case_number)
    return {"earlier_defects": [model.as_context(each) for each in left]}


def record(call: ServiceCall) -> Variables:
    """Record what was found; give the counts for the decision tables."""
    earlier = model.parse_earlier(inputs.contexts(call.inputs, "earlier_defects"))
    new = model.parse_findings(inputs.contexts(call.inputs, "findings"))
    seen = Seen(
        findings=earlier + new,
        occupants=inputs.whole(call.inputs, "occupants"),
        occupancy_norm=inputs.whole(call.inputs, "occupancy_norm"),
    )
    inspection = service.record(call.work, _visit(call), seen)
    counts = model.counts(inspection.findings)
    return {
        "inspection_id": str(inspection.id),
        "inspection_date": inspection.inspected_on,
        "counts": {name: Decimal(count) for name, count in counts.items()},
        "findings": [model.as_context(each) for each in inspection.findings],
    }


def no_access(call: ServiceCall) -> Variables:
    """Note that nobody opened the door."""
    service.no_access(call.work, _visit(call), inputs.text(call.inputs, "note"))
    return {}


def evaluate(call: ServiceCall) -> Variables:
    """Store the judgement with the version of the rules."""
    regime = inputs.required_text(call.inputs, "regime")
    service.evaluate(
        call.work,
        inputs.key(call.inputs, "inspection_id"),
        regime=regime,
        evaluation=model.parse_evaluation(inputs.context(call.inputs, "evaluation")),
        rule_set=f"{regime} {_bundle(call)[:12]}".strip(),
    )
    return {}


def _visit(call: ServiceCall) -> Visit:
    """Read a visit; without an inspector it is that of the case."""
    number = case_number(call)
    chosen = inputs.text(call.inputs, "inspector")
    return Visit(
        case_number=number,
        unit_id=inputs.key(call.inputs, "dwelling_id"),
        inspector=chosen or case_row(call.work.session, number).inspector or "",
        at=inputs.moment(call.inputs, "visit_at"),
        kind=InspectionKind(inputs.text(call.inputs, "kind") or InspectionKind.FIRST),
    )


def _bundle(call: ServiceCall) -> str:
    """Return the hash of the bundle: processes and decision tables together."""
    row = call.work.session.get(InstanceRow, call.instance_id)
    return "" if row is None else row.bundle_hash


_VISIT = {
    "dwelling_id": "de woning",
    "inspector": "gebruikersnaam van de woningcontroleur",
    "visit_at": "datum en uur van het plaatsbezoek",
    "kind": "first (eerste onderzoek) of reinspection (hercontrole)",
}
_PLACE = frozenset({"dwelling_id", "visit_at"})

TASKS = (
    ServiceTask(
        type="inspection.plan",
        label="Onderzoek inplannen",
        description="Legt plaatsbezoek en woningcontroleur van het dossier vast.",
        run=plan,
        inputs=_VISIT,
        outputs={"earlier_defects": "bij een hercontrole de gebreken die er nog waren"},
        required=frozenset(_VISIT),
    ),
    ServiceTask(
        type="inspection.record",
        label="Onderzoek vastleggen",
        description="Legt de vaststellingen vast en telt de gebreken per categorie.",
        run=record,
        inputs={
            **_VISIT,
            "findings": "lijst van gebreken",
            "earlier_defects": (
                "lijst van eerdere gebreken met hun stand (outcome): repaired, not of"
                " partly (mag ontbreken)"
            ),
            "occupants": "aantal bewoners (mag ontbreken)",
            "occupancy_norm": "bezettingsnorm, met de hand bepaald (mag ontbreken)",
        },
        outputs={
            "inspection_id": "het onderzoek",
            "inspection_date": "dag van het onderzoek",
            "counts": "context met het aantal gebreken: i, ii, iii en iv",
            "findings": "lijst van alle vaststellingen, de eerdere voorop",
        },
        required=frozenset(_VISIT) | {"findings"},
    ),
    ServiceTask(
        type="inspection.no_access",
        label="Geen toegang noteren",
        description="Noteert dat de woning bij het plaatsbezoek niet toegankelijk was.",
        run=no_access,
        inputs={**_VISIT, "note": "wat er gebeurde"},
        required=_PLACE,
    ),
    ServiceTask(
        type="inspection.evaluate",
        label="Beoordeling vastleggen",
        description=(
            "Bewaart het resultaat van de beslissingstabellen"
            " met de versie van de regels."
        ),
        run=evaluate,
        inputs={
            "inspection_id": "het onderzoek",
            "regime": "POINTS (voor 2021) of CATEGORIES",
            "evaluation": "context die de beslissingstabel geeft",
        },
        required=frozenset({"inspection_id", "regime", "evaluation"}),
    ),
)
