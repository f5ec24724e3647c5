"""Service tasks of required works."""

from engine.registry import ServiceCall, ServiceTask
from engine.step import Variables
from workflows import inputs
from workflows.cases.calls import case_number
from workflows.dwellings import repository as dwellings
from workflows.inspections import repository as inspections
from workflows.inspections.checklist import checklist_of
from workflows.works import model, service


def propose(call: ServiceCall) -> Variables:
    """Propose a line for each finding."""
    inspection_id = inputs.key(call.inputs, "inspection_id")
    inspection = inspections.inspection(call.work.session, inspection_id)
    unit = dwellings.unit(call.work.session, inspection.unit_id)
    label_of = checklist_of(unit.type).label_of
    lines = [
        {
            "rubric": line.rubric,
            "category": line.category.value,
            "room": line.room,
            "goal": line.goal,
            "proof": line.proof,
            "must": line.must,
        }
        for line in model.propose(inspection.findings, label_of=label_of)
    ]
    return {"works": lines}


def record(call: ServiceCall) -> Variables:
    """Keep the list of works and make the notice."""
    works = model.parse_works(inputs.contexts(call.inputs, "works"))
    inspection_id = inputs.key(call.inputs, "inspection_id")
    service.record(call.work, inspection_id, works, by=call.actor)
    return {}


def done(call: ServiceCall) -> Variables:
    """Note that the works were reported as finished."""
    service.note_done(
        call.work,
        case_number(call),
        on=inputs.day(call.inputs, "works_done_on"),
        remarks=inputs.text(call.inputs, "remarks"),
    )
    return {}


TASKS = (
    ServiceTask(
        type="works.propose",
        label="Werkenlijst voorstellen",
        description=(
            "Maakt van elk gebrek een regel. Gebreken van categorie II en III moeten"
            " weg; van categorie I zoveel dat er zes overblijven."
        ),
        run=propose,
        inputs={"inspection_id": "het onderzoek"},
        outputs={"works": "lijst van werken voor het formulier"},
        required=frozenset({"inspection_id"}),
    ),
    ServiceTask(
        type="works.record",
        label="Werken vastleggen",
        description="Bewaart de werkenlijst en maakt de brief met de werken (PDF).",
        run=record,
        inputs={"inspection_id": "het onderzoek", "works": "lijst van werken"},
        required=frozenset({"inspection_id", "works"}),
    ),
    ServiceTask(
        type="works.done",
        label="Melding van werken vastleggen",
        description="Noteert dat de werken klaar gemeld zijn.",
        run=done,
        inputs={
            "works_done_on": "dag waarop de werken klaar waren",
            "remarks": "opmerkingen (mag ontbreken)",
        },
        required=frozenset({"works_done_on"}),
    ),
)
