"""Posting our own small forms: run a use case, or say what doesn't fit."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from http import HTTPStatus
from uuid import UUID

from flask import request

from engine.mail import MailAddressError
from engine.persistence.unit_of_work import UnitOfWork
from engine.zone import BRUSSELS
from web.services import writing
from workflows.errors import InvalidDataError, NotAllowedNowError
from workflows.planning.service import FIRST_YEAR, LAST_YEAR

Problems = Mapping[str, str]
"""A sentence per field, as ``InvalidDataError`` carries them."""
_MOST_DIGITS = 9


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


def posted_number(name: str) -> int:
    """Return a posted whole number; 0 when it is absent or no number that fits."""
    return number_in(request.form.get(name, "")) or 0


def posted_key(name: str) -> UUID | None:
    """Return a posted id, None when nothing is chosen.

    Raise ``InvalidDataError`` for what no list gives.
    """
    text = posted(name)
    found = key_in(text)
    if text and found is None:
        raise InvalidDataError({name: "Kies iets uit de lijst."})
    return found


def key_in(text: str) -> UUID | None:
    """Read an id; None for anything else."""
    try:
        return UUID(text)
    except ValueError:
        return None


def number_in(text: str) -> int | None:
    """Read a whole number of at most nine digits; None for anything else."""
    found = text.strip()
    plain = found.isascii() and found.isdecimal() and len(found) <= _MOST_DIGITS
    return int(found) if plain else None


def asked_year() -> int | None:
    """Return the year that an address or form asks for; None for nonsense."""
    found = number_in(request.values.get("jaar", ""))
    return found if found and FIRST_YEAR <= found <= LAST_YEAR else None


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
