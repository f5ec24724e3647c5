"""Kerncijfers: counted, entered, imported."""

from itertools import groupby
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response

from engine.persistence.unit_of_work import UnitOfWork
from web.auth import allow
from web.forms import Problems, asked_year, posted, problems_of
from web.services import reading, writing
from workflows.calendar import local_day
from workflows.errors import InvalidDataError
from workflows.figures import lines, repository, service
from workflows.figures.model import (
    THEME_NAMES,
    EnteredFigure,
    EnteredTable,
    Period,
    Theme,
)
from workflows.figures.service import NewTable
from workflows.people.rights import Action

blueprint = Blueprint("figures", __name__, url_prefix="/overleg/cijfers")

_MOST_BYTES = 256 * 1024
_FIELDS = ("figures", "theme", "title", "cells", "source")


@blueprint.get("")
def show() -> str:
    """Show the figures of a year."""
    return _page({})


@blueprint.post("/invoer")
def import_figures() -> ResponseReturnValue:
    """Enter figures from pasted lines or a file; nothing changes if one is wrong."""
    who = allow(Action.ENTER_FIGURES)
    given = _given("figures")
    if isinstance(given, dict):
        return _page(given), 422
    found: list[int] = []

    def use_case(work: UnitOfWork) -> None:
        found.append(service.import_figures(work, _year(), given, by=who))

    problems = problems_of(use_case)
    if problems:
        return _page(_at("figures", problems), figures=given), 422
    words = "1 cijfer is" if found[0] == 1 else f"{found[0]} cijfers zijn"
    flash(f"{words} bewaard.", "good")
    return _back(_year())


@blueprint.post("/tabellen")
def add_table() -> ResponseReturnValue:
    """Enter a table."""
    who = allow(Action.ENTER_FIGURES)
    given = _given("cells")
    if isinstance(given, dict):
        return _page(given), 422

    def use_case(work: UnitOfWork) -> None:
        new = NewTable(
            theme=_theme(),
            title=posted("title"),
            text=given,
            source=posted("source"),
        )
        service.add_table(work, _year(), new, by=who)

    problems = problems_of(use_case)
    if problems:
        return _page(_at("cells", problems), cells=given), 422
    flash("De tabel is bewaard.", "good")
    return _back(_year())


@blueprint.post("/<uuid:figure_id>/schrappen")
def drop_figure(figure_id: UUID) -> ResponseReturnValue:
    """Take an entered figure away."""
    who = allow(Action.ENTER_FIGURES)
    with writing() as work:
        year = service.drop_figure(work, figure_id, by=who)
    flash("Het cijfer is geschrapt.", "good")
    return _back(year)


@blueprint.post("/tabellen/<uuid:table_id>/schrappen")
def drop_table(table_id: UUID) -> ResponseReturnValue:
    """Take an entered table away."""
    who = allow(Action.ENTER_FIGURES)
    with writing() as work:
        year = service.drop_table(work, table_id, by=who)
    flash("De tabel is geschrapt.", "good")
    return _back(year)


def _page(problems: Problems, **given: str) -> str:
    allow(Action.READ_FIGURES)
    with reading() as work:
        today = local_day(work.now)
        year = _year() or today.year
        counted = service.year_until(today) if year == today.year else Period.year(year)
        return render_template(
            "pages/figures.html",
            year=year,
            today=today,
            quality=service.quality(work, counted),
            figures=_by_theme(repository.figures(work.session, year)),
            tables=sorted(repository.tables(work.session, year), key=_place),
            themes=list(THEME_NAMES.items()),
            theme_names=THEME_NAMES,
            head=";".join(lines.HEAD),
            problems=problems,
            given={name: posted(name) for name in _FIELDS} | given,
        )


def _by_theme(found: list[EnteredFigure]) -> list[tuple[Theme, list[EnteredFigure]]]:
    """Return the figures by theme, in the order of the points of the core group."""
    ordered = sorted(found, key=_place)
    return [
        (theme, list(group))
        for theme, group in groupby(ordered, key=lambda each: each.theme)
    ]


def _place(entered: EnteredFigure | EnteredTable) -> int:
    return _ORDER.index(entered.theme)


_ORDER = tuple(Theme)


def _given(name: str) -> str | dict[str, str]:
    """Return the text of the file, or what was pasted; else what is wrong with it."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return request.form.get(name, "")
    content: bytes = file.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        return {name: "Dit bestand is te groot: kies een CSV van hoogstens 256 kB."}
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _at(field: str, problems: Problems) -> Problems:
    """Put what is wrong with the text at the field in which it was written."""
    return {
        field if name == "text" else name: sentence
        for name, sentence in problems.items()
    }


def _theme() -> Theme:
    try:
        return Theme(posted("theme"))
    except ValueError as error:
        raise InvalidDataError({"theme": "Kies een thema."}) from error


def _year() -> int:
    """Return the year that is asked for; 0 for none or nonsense."""
    return asked_year() or 0


def _back(year: int) -> Response:
    return redirect(url_for("figures.show", jaar=year))
