"""What the forms of an inspection must hold beyond their own rules."""

from collections.abc import Mapping

from engine.registry import Filled, FormCheck
from workflows import inputs
from workflows.calendar import day_in_words, local_day
from workflows.inspections import service
from workflows.inspections.allowed import misfits
from workflows.inspections.checklist import checklist_of

APPROVED = "yes"


def review(filled: Filled) -> Mapping[str, str]:
    """Refuse to find a report in order while a serious defect misses its photo."""
    if filled.data.get("form_in_order_choice") != APPROVED:
        return {}
    inspection_id = inputs.key(filled.variables, "inspection_id")
    missing = service.missing_photos(filled.work, inspection_id)
    if not missing:
        return {}
    sentence = (
        "Het verslag is nog niet volledig: er is geen foto bij"
        f" {', '.join(missing)}. Kies ‘nee’ om het terug te sturen naar de"
        " controleur; die voegt de foto toe bij ‘Verslag opstellen’."
    )
    return {"form_in_order_choice": sentence}


def categories(filled: Filled) -> Mapping[str, str]:
    """Refuse a defect of a category that the checklist doesn't know for its item."""
    if filled.variables.get("visit_at") is None:
        return {}
    unit_type = inputs.text(inputs.context(filled.variables, "offer"), "unit_type")
    checklist = checklist_of(unit_type)
    visited_on = local_day(inputs.moment(filled.variables, "visit_at"))
    if not checklist.covers(unit_type, visited_on):
        return {}
    return {
        f"{listed}[{place}].category": sentence
        for listed in ("earlier_defects", "findings")
        for place, sentence in misfits(inputs.contexts(filled.data, listed), checklist)
    }


def visited(filled: Filled) -> Mapping[str, str]:
    """Refuse access to a dwelling before the day on which the visit is planned.

    What was seen could not be recorded: the terms count from that day.
    """
    if filled.data.get("access") is not True:
        return {}
    planned_on = local_day(inputs.moment(filled.variables, "visit_at"))
    if planned_on <= local_day(filled.work.now):
        return {}
    sentence = (
        f"Het bezoek is gepland op {day_in_words(planned_on, weekday=True)} en kan pas"
        " dan worden ingevuld. Gaat het op een andere dag door, kies dan ‘nee’ en"
        " schrijf waarom: het wordt opnieuw gepland."
    )
    return {"access": sentence}


def reinspection(filled: Filled) -> Mapping[str, str]:
    """Refuse what a first visit and its findings are refused for."""
    return {**categories(filled), **visited(filled)}


CHECKS = (
    FormCheck(form_id="site_visit", run=visited),
    FormCheck(form_id="findings", run=categories),
    FormCheck(form_id="reinspect", run=reinspection),
    FormCheck(form_id="review_form", run=review),
)
