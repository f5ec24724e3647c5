"""What each template may use: filters that write Dutch, and who is signed in."""

from collections.abc import Iterable
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version

from flask import Flask, g

from engine.model import LARGEST_FILE_IN_WORDS
from web import dutch
from web.auth import actor_or_none
from web.badges import Badge, due_badge
from web.form_layout import form_rows, markdown
from web.navigation import entries
from web.services import services
from web.task_view import who
from workflows.calendar import local_day
from workflows.figures.model import number_in_words
from workflows.inspections.checklist import self_contained
from workflows.people.model import ROLE_NAMES, Role
from workflows.people.rights import Action, Subject, may


def teach_templates(app: Flask) -> None:
    """Add the filters, and the variables that pages and their frame need."""
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters |= {
        "long_day": dutch.long_day,
        "day": dutch.plain_day,
        "short_day": dutch.short_day,
        "moment": dutch.moment,
        "hour": dutch.hour,
        "plain": dutch.plain,
        "initials": dutch.initials,
        "count_of": dutch.count,
        "due_badge": _due_badge,
        "role_names": _role_names,
        "form_rows": form_rows,
        "markdown": markdown,
        "who": who,
        "defect": _defect,
        "number": number_in_words,
    }
    app.jinja_env.globals["largest_file"] = LARGEST_FILE_IN_WORDS
    app.context_processor(_frame)


def _frame() -> dict[str, object]:
    """Return what ``base.html`` shows."""
    actor = actor_or_none()
    settings = services().settings
    now = services().clock.now()
    return {
        "actor": actor,
        "navigation": entries(actor) if actor else [],
        "now": now,
        "today": local_day(now),
        "site": {
            "training": settings.training,
            "theme": settings.theme is not None,
            "city": g.get("city_name", ""),
            "version": _version(),
        },
        "may_move_clock": _may(Action.MOVE_CLOCK) and services().training is not None,
        "may": _may,
    }


def _may(action: str, subject: Subject | None = None) -> bool:
    """Tell whether the present actor may do *action*, for buttons and links."""
    actor = actor_or_none()
    return actor is not None and may(actor, Action(action), subject)


def _due_badge(due_at: datetime | None) -> Badge:
    return due_badge(due_at, now=services().clock.now())


def _defect(item: str) -> str:
    """Write an item of the checklist in words."""
    words = self_contained().label_of(item)
    return words[:1].upper() + words[1:]


def _role_names(roles: Iterable[Role]) -> str:
    return ", ".join(sorted(ROLE_NAMES[role] for role in roles))


def _version() -> str:
    try:
        return version("woonflow")
    except PackageNotFoundError:
        return ""
