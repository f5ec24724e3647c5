"""What the forms of an inspection must hold beyond their own rules."""

from collections.abc import Mapping

from engine.registry import Filled, FormCheck
from workflows import inputs
from workflows.inspections import service

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


CHECKS = (FormCheck(form_id="review_form", run=review),)
