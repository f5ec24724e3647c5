"""Service tasks of technical reports."""

from engine.registry import ServiceCall, ServiceTask
from engine.step import Variables
from workflows import inputs
from workflows.inspections import service as inspections
from workflows.inspections.model import parse_evaluation, parse_findings
from workflows.reports import service


def prepare(call: ServiceCall) -> Variables:
    """Make a new version of a report, with the photos that were added since."""
    inspection_id = inputs.key(call.inputs, "inspection_id")
    if call.inputs.get("findings") is not None:
        findings = parse_findings(inputs.contexts(call.inputs, "findings"))
        inspections.replace_photos(call.work, inspection_id, findings)
    report_id = service.prepare(
        call.work,
        inspection_id,
        parse_evaluation(inputs.context(call.inputs, "evaluation")),
        summary=inputs.text(call.inputs, "summary"),
    )
    missing = inspections.missing_photos(call.work, inspection_id)
    return {"report_id": str(report_id), "missing_photos": missing}


def sign(call: ServiceCall) -> Variables:
    """Lock a report and make its PDF."""
    service.sign(
        call.work,
        inputs.key(call.inputs, "report_id"),
        by=inputs.text(call.inputs, "by") or call.actor,
        vlok_reference=inputs.text(call.inputs, "vlok_reference"),
    )
    return {}


def sent(call: ServiceCall) -> Variables:
    """Note that a report went out."""
    service.mark_sent(call.work, inputs.key(call.inputs, "report_id"))
    return {}


_REPORT = {"report_id": "het verslag"}

TASKS = (
    ServiceTask(
        type="report.prepare",
        label="Verslag klaarzetten",
        description="Maakt een nieuwe versie van het technisch verslag.",
        run=prepare,
        inputs={
            "inspection_id": "het onderzoek",
            "evaluation": "context die de beslissingstabel geeft",
            "summary": "samenvatting van de woningcontroleur (mag ontbreken)",
            "findings": "de vaststellingen met hun foto's (mag ontbreken)",
        },
        outputs={
            **_REPORT,
            "missing_photos": "lijst van ernstige gebreken waarvan een foto ontbreekt",
        },
        required=frozenset({"inspection_id", "evaluation"}),
    ),
    ServiceTask(
        type="report.sign",
        label="Verslag vergrendelen",
        description=(
            "Ondertekent het verslag, maakt de PDF en bewaart haar hash;"
            " daarna wijzigt het niet meer."
        ),
        run=sign,
        inputs={
            **_REPORT,
            "by": "gebruikersnaam van wie ondertekent",
            "vlok_reference": "nummer van het onderzoek in VLOK (mag ontbreken)",
        },
        required=frozenset({"report_id", "by"}),
    ),
    ServiceTask(
        type="report.sent",
        label="Verzending vastleggen",
        description="Noteert dat het ondertekende verslag verzonden is.",
        run=sent,
        inputs=_REPORT,
        required=frozenset({"report_id"}),
    ),
)
