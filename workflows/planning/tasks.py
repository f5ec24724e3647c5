"""Service tasks of the year of the consultation, and the check on its form."""

from collections.abc import Mapping
from datetime import date

from engine.registry import Filled, FormCheck, ServiceCall, ServiceTask
from engine.step import Variables
from workflows import inputs
from workflows.calendar import ZONE, local_moment
from workflows.city import service as city
from workflows.deadlines.model import END_OF_DAY, START_OF_WORK
from workflows.planning import service
from workflows.planning.facts import plan_by


def open_year(call: ServiceCall) -> Variables:
    """Open a year; return until when the sounding board has time, and its end."""
    year = inputs.required_whole(call.inputs, "year")
    service.open_year(call.work, year, instance_id=call.instance_id, by=call.actor)
    last = plan_by(year, city.values(call.work))
    after = date.fromordinal(last.toordinal() + 1)
    ends = local_moment(date(year, 12, 31), END_OF_DAY)
    return {
        "year": year,
        "sounding_board_by": local_moment(after, START_OF_WORK).astimezone(ZONE),
        "year_ends_at": ends.astimezone(ZONE),
    }


def check_plan(call: ServiceCall) -> Variables:
    """Refuse a plan with fewer meetings than the law asks."""
    service.check_plan(call.work, inputs.required_whole(call.inputs, "year"))
    return {}


def check_duties(call: ServiceCall) -> Variables:
    """Escalate each duty that is late, once."""
    service.check_duties(call.work, inputs.required_whole(call.inputs, "year"))
    return {}


def close(call: ServiceCall) -> Variables:
    """Keep the state of each duty."""
    service.close_year(call.work, inputs.required_whole(call.inputs, "year"))
    return {}


def _plan_is_enough(filled: Filled) -> Mapping[str, str]:
    """Keep the task open while the plan lacks what the law asks."""
    given = filled.variables.get("year")
    if given is None:
        return {}
    year = inputs.required_whole(filled.variables, "year")
    sentence = service.missing_by_law(filled.work, year)
    return {} if sentence is None else {"plan_remarks": sentence}


CHECKS = (FormCheck(form_id="plan_year", run=_plan_is_enough),)

_YEAR = {"year": "het jaar, vier cijfers"}
_REQUIRED = frozenset({"year"})
TASKS = (
    ServiceTask(
        type="year.open",
        label="Overlegjaar openen",
        description="Opent een jaar: vanaf dan worden zijn verplichtingen bewaakt.",
        run=open_year,
        inputs=_YEAR,
        outputs={
            "year": "het jaar",
            "sounding_board_by": "wanneer de jaarlijkse verplichtingen een datum"
            " moeten hebben",
            "year_ends_at": "het einde van het jaar",
        },
        required=_REQUIRED,
    ),
    ServiceTask(
        type="year.check_plan",
        label="Planning van het jaar nakijken",
        description="Weigert een planning met minder vergaderingen dan de wet vraagt.",
        run=check_plan,
        inputs=_YEAR,
        required=_REQUIRED,
    ),
    ServiceTask(
        type="year.check_duties",
        label="Verplichtingen van het jaar nakijken",
        description="Meldt elke verplichting die te laat is één keer aan het"
        " diensthoofd of de schepen.",
        run=check_duties,
        inputs=_YEAR,
        required=_REQUIRED,
    ),
    ServiceTask(
        type="year.close",
        label="Overlegjaar afsluiten",
        description="Bewaart hoe elke verplichting van het jaar ervoor stond.",
        run=close,
        inputs=_YEAR,
        required=_REQUIRED,
    ),
)
