"""Posting our own small forms: run a use case, or say what doesn't fit."""

from collections.abc import Callable, Mapping

from flask import request

from engine.mail import MailAddressError
from engine.persistence.unit_of_work import UnitOfWork
from web.services import writing
from workflows.errors import InvalidDataError

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
