"""Reading what a program sends: JSON with exact numbers, and nothing unstorable."""

import json
from decimal import Decimal
from typing import NoReturn

from flask import Request
from marshmallow import RAISE
from webargs import missing
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import UnsupportedMediaType

from web.api.fields import is_storable
from web.errors import UnreadableRequestError

MOST_BYTES = 10 * 1024 * 1024
DEEPEST = 50
LARGEST_EXPONENT = 6000


class BodyParser(FlaskParser):
    """Reads arguments; an unknown name is refused wherever it stands."""

    DEFAULT_UNKNOWN_BY_LOCATION = {  # noqa: RUF012 - webargs reads it like this
        **FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION,
        "query": RAISE,
    }

    def load_json(self, req: Request, schema: object) -> object:
        """Read the body, which must say that it is JSON; an empty one is nothing."""
        if not req.content_length and not req.get_data():
            return missing
        return read_json(req)


def read_json(incoming: Request) -> object:
    """Return the JSON of a request; raise ``UnreadableRequestError``."""
    if not incoming.is_json:
        raise UnsupportedMediaType
    content = incoming.get_data()
    if len(content) > MOST_BYTES:
        _refuse("Het bericht is te groot: stuur hoogstens 10 MB JSON.")
    try:
        found = json.loads(content, parse_float=_exact, parse_constant=_refuse_number)
    except RecursionError:
        _refuse("De JSON is te diep genest.")
    except ValueError as error:
        why = "De aanvraag is geen geldige JSON (UTF-8)."
        raise UnreadableRequestError(why) from error
    _check(found, DEEPEST)
    return found


def _check(value: object, depth: int) -> None:
    """Refuse what the database or the engine can't keep."""
    if depth < 0:
        _refuse("De JSON is te diep genest.")
    if isinstance(value, str) and not is_storable(value):
        _refuse("De JSON bevat tekst met tekens die niet bestaan.")
    if isinstance(value, dict):
        for name, item in value.items():
            _check(name, depth - 1)
            _check(item, depth - 1)
    if isinstance(value, list):
        for item in value:
            _check(item, depth - 1)


def _exact(digits: str) -> Decimal:
    number = Decimal(digits)
    if abs(number.adjusted()) > LARGEST_EXPONENT:
        _refuse("De JSON bevat een getal dat te groot of te klein is.")
    return number


def _refuse_number(constant: str) -> NoReturn:
    _refuse(f"De JSON bevat {constant}, en dat is geen getal.")


def _refuse(why: str) -> NoReturn:
    raise UnreadableRequestError(why)
