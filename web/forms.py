"""Posting our own small forms: run a use case, or say what doesn't fit."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from http import HTTPStatus

from flask import request

from engine.mail import MailAddressError
from engine.persistence.unit_of_work import UnitOfWork
from engine.zone import BRUSSELS
from web.services import writing
from workflows.errors import InvalidDataError, NotAllowedNowError

Problems = Mapping[str, str]
"""A sentence per field, as ``InvalidDataError`` carries them."""


def problems_of(
    use_case: Callable[[UnitOfWork], object], *, address_field: str = "email"
) -> Problems:
    """Run *use_case* in one transaction; return what doesn't fit, empty when done.

    Other refusals go on to ``web.problems``.
    """
    try:
        with writing() as work:
            use_case(work)
    except InvalidDataError as error:
        return error.problems
    except MailAddressError as error:
        return {address_field: str(error)}
    return {}


def posted(name: str) -> str:
    """Return a posted value without outer spaces; what is missing is empty."""
    return request.form.get(name, "").strip()


def posted_day(name: str) -> date | None:
    """Return a posted day; None when it is absent or no day."""
    return day_in(posted(name))


def day_in(text: str) -> date | None:
    """Read ``2026-03-02``; None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def moment_in(day: str, hour: str) -> datetime | None:
    """Read a local day and hour as a moment; None for anything else."""
    try:
        at = time.fromisoformat(hour)
    except ValueError:
        return None
    found = day_in(day)
    return None if found is None else datetime.combine(found, at, tzinfo=BRUSSELS)


def outcome_of(
    use_case: Callable[[UnitOfWork], object], *, late_field: str
) -> tuple[Problems, int]:
    """Run *use_case*; return what is wrong with the status that tells it.

    Unlike ``problems_of``, what somebody else did first (409) is told at
    *late_field*, so that the page can keep what was typed.
    """
    try:
        problems = problems_of(use_case)
    except NotAllowedNowError as error:
        return {late_field: str(error)}, HTTPStatus.CONFLICT
    return problems, HTTPStatus.UNPROCESSABLE_ENTITY if problems else HTTPStatus.OK
