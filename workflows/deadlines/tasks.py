"""Service tasks of deadlines."""

from datetime import datetime

from engine.registry import ServiceCall, ServiceTask
from engine.step import Variables
from workflows import inputs
from workflows.calendar import ZONE
from workflows.cases.calls import case_number
from workflows.city.service import working_calendar
from workflows.deadlines import model, service
from workflows.deadlines.model import StepKind


def start(call: ServiceCall) -> Variables:
    """Count and start a term; give its moments in local time."""
    plan = model.plan(
        inputs.required_text(call.inputs, "kind"),
        starts_on=inputs.day(call.inputs, "starts_on"),
        period=inputs.required_text(call.inputs, "period"),
        steps={
            step: inputs.text(call.inputs, step.value)
            for step in StepKind
            if inputs.text(call.inputs, step.value)
        },
        calendar=working_calendar(call.work),
    )
    service.start(call.work, case_number(call), plan)
    moments = {f"{step.value}_at": _local(plan.step_at(step)) for step in StepKind}
    deadline = {"starts_on": plan.starts_on, "due_at": _local(plan.due_at), **moments}
    return {"deadline": deadline}


def meet(call: ServiceCall) -> Variables:
    """Note that a term was met."""
    kind = inputs.required_text(call.inputs, "kind")
    service.meet(call.work, case_number(call), kind)
    return {}


def breach(call: ServiceCall) -> Variables:
    """Note that a term ended unmet."""
    kind = inputs.required_text(call.inputs, "kind")
    service.breach(call.work, case_number(call), kind)
    return {}


def explain(call: ServiceCall) -> Variables:
    """Note why a term was not met."""
    kind = inputs.required_text(call.inputs, "kind")
    reason = inputs.required_text(call.inputs, "reason")
    service.explain_breach(call.work, case_number(call), kind, reason=reason)
    return {}


def _local(moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.astimezone(ZONE)


_KIND = {"kind": "soort termijn: report_guarantee of certificate_decision"}

TASKS = (
    ServiceTask(
        type="deadline.start",
        label="Termijn starten",
        description=(
            "Telt een termijn en haar herinneringen en legt ze vast in het dossier."
            " De termijn eindigt om 23.59.59 uur en verschuift niet; een herinnering"
            " op een vrije dag gaat naar de werkdag ervoor."
        ),
        run=start,
        inputs={
            **_KIND,
            "starts_on": "dag waarop de termijn begint; die dag telt niet mee",
            "period": "duur van de termijn, bv. P14D",
            "reminder": "duur tot de herinnering (mag ontbreken)",
            "warning": "duur tot de waarschuwing (mag ontbreken)",
            "agenda": "duur tot het dossier op de agenda komt (mag ontbreken)",
        },
        outputs={
            "deadline": (
                "context met starts_on, due_at, reminder_at, warning_at en agenda_at"
            )
        },
        required=frozenset({"kind", "starts_on", "period"}),
    ),
    ServiceTask(
        type="deadline.meet",
        label="Termijn afsluiten",
        description="Noteert dat gedaan is wat binnen de termijn moest gebeuren.",
        run=meet,
        inputs=_KIND,
        required=frozenset({"kind"}),
    ),
    ServiceTask(
        type="deadline.breach",
        label="Termijn overschreden",
        description="Noteert dat de termijn verstreken is.",
        run=breach,
        inputs=_KIND,
        required=frozenset({"kind"}),
    ),
    ServiceTask(
        type="deadline.explain",
        label="Overschrijding toelichten",
        description="Noteert bij de termijn waarom ze niet gehaald is.",
        run=explain,
        inputs={**_KIND, "reason": "waarom de termijn niet gehaald is"},
        required=frozenset({"kind", "reason"}),
    ),
)
