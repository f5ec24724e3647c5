"""The settings of the city, and the days on which it is closed."""

from datetime import date, timedelta
from itertools import groupby

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from engine.calendar import holiday_name
from engine.persistence.unit_of_work import UnitOfWork
from web.auth import allow
from web.forms import Problems, posted, problems_of
from web.services import reading, services
from workflows.calendar import local_day
from workflows.city import repository, service
from workflows.city.model import SettingValue
from workflows.people.rights import Action

blueprint = Blueprint("settings", __name__, url_prefix="/beheer")


@blueprint.get("/instellingen")
def setting_list() -> str:
    """Show all settings in their groups."""
    allow(Action.READ_SETTINGS)
    with reading() as work:
        values = service.settings(work)
    groups = [
        (name, list(each)) for name, each in groupby(values, lambda v: v.setting.group)
    ]
    return render_template("pages/settings.html", groups=groups)


@blueprint.get("/instellingen/<name>")
def edit(name: str) -> str:
    """Show a setting with its history and the form to change it."""
    allow(Action.READ_SETTINGS)
    return _page(name, {}, value=None, valid_from=_today())


@blueprint.post("/instellingen/<name>")
def change(name: str) -> ResponseReturnValue:
    """Set a value from a day on."""
    actor = allow(Action.CHANGE_SETTINGS)
    value, day = posted("value"), _posted_day()

    def use_case(work: UnitOfWork) -> None:
        service.change_setting(
            work, name, value, valid_from=day or date.min, by=actor.name
        )

    problems = problems_of(use_case)
    if problems:
        return _page(name, _rename(problems, name), value=value, valid_from=day), 422
    flash("De instelling is bewaard. Lopende dossiers houden hun termijnen.", "good")
    return redirect(url_for("settings.setting_list"))


@blueprint.get("/feestdagen")
def holidays() -> str:
    """Show the holidays of this year and the next, and the closing days."""
    allow(Action.READ_SETTINGS)
    year = _today().year
    with reading() as work:
        calendar = service.working_calendar(work)
    return render_template(
        "pages/holidays.html",
        years=[(each, _holidays_of(each)) for each in (year, year + 1)],
        closing=sorted(calendar.closing_days),
    )


def _page(
    name: str, problems: Problems, *, value: str | None, valid_from: date | None
) -> str:
    with reading() as work:
        current = repository.values_on(work.session, local_day(work.now))
        past = repository.history(work.session, name)
    return render_template(
        "pages/setting.html",
        current=current[name],
        value=_as_text(current[name]) if value is None else value,
        history=past,
        problems=problems,
        valid_from=valid_from,
    )


def _holidays_of(year: int) -> list[tuple[date, str]]:
    first = date(year, 1, 1)
    days = (first + timedelta(days=n) for n in range(366))
    named = ((day, holiday_name(day)) for day in days if day.year == year)
    return [(day, name) for day, name in named if name is not None]


def _as_text(value: SettingValue) -> str:
    if isinstance(value.value, bool):
        return "ja" if value.value else "nee"
    if isinstance(value.value, list | tuple):
        return ", ".join(str(each) for each in value.value)
    return str(value.value)


def _rename(problems: Problems, name: str) -> Problems:
    """Point the problem of the setting itself at the field on the page."""
    return {"value" if key == name else key: text for key, text in problems.items()}


def _posted_day() -> date | None:
    try:
        return date.fromisoformat(posted("valid_from"))
    except ValueError:
        return None


def _today() -> date:
    return local_day(services().clock.now())
