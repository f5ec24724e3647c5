"""Reading what a diagram gives to a service task.

Inputs are FEEL values; a value of another kind than expected is an
``InvalidDataError`` with the name of the input, and thereby an incident that
a manager can understand.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Never
from uuid import UUID

from engine.step import Variables
from workflows.calendar import ZONE, local_day
from workflows.errors import InvalidDataError


def text(inputs: Variables, name: str) -> str:
    """Return a text, empty when it is absent."""
    value = inputs.get(name)
    return "" if value is None else str(value).strip()


def required_text(inputs: Variables, name: str) -> str:
    """Return a text that must be there."""
    return text(inputs, name) or _refuse(name, "een tekst", inputs.get(name))


def key(inputs: Variables, name: str) -> UUID:
    """Return the id of a row."""
    try:
        return UUID(text(inputs, name))
    except ValueError:
        return _refuse(name, "een verwijzing", inputs.get(name))


def optional_key(inputs: Variables, name: str) -> UUID | None:
    """Return the id of a row, or None when it is absent."""
    return key(inputs, name) if text(inputs, name) else None


def whole(inputs: Variables, name: str) -> int | None:
    """Return a whole number, or None when it is absent."""
    value = inputs.get(name)
    if value is None or value == "":
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return _refuse(name, "een getal", value)
    if isinstance(value, bool) or number != number.to_integral_value():
        return _refuse(name, "een geheel getal", value)
    return int(number)


def required_whole(inputs: Variables, name: str) -> int:
    """Return a whole number that must be there."""
    number = whole(inputs, name)
    return _refuse(name, "een geheel getal", None) if number is None else number


def amount(inputs: Variables, name: str) -> Decimal:
    """Return an amount in euro, 0 when it is absent."""
    try:
        return Decimal(text(inputs, name) or "0")
    except InvalidOperation:
        return _refuse(name, "een bedrag", inputs.get(name))


def moment(inputs: Variables, name: str) -> datetime:
    """Return a moment; a local one, or a text, is read in the zone of the city."""
    value = inputs.get(name)
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value.split("[", maxsplit=1)[0])
        except ValueError:
            return _refuse(name, "een datum met uur", value)
    if not isinstance(value, datetime):
        return _refuse(name, "een datum met uur", value)
    return value if value.tzinfo else value.replace(tzinfo=ZONE)


def day(inputs: Variables, name: str) -> date:
    """Return a day; of a moment it is the day in the city."""
    value = inputs.get(name)
    if isinstance(value, datetime):
        return local_day(moment(inputs, name))
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return _refuse(name, "een datum", value)


def context(inputs: Variables, name: str) -> Mapping[str, object]:
    """Return a context, empty when it is absent."""
    value = inputs.get(name)
    if value is None:
        return {}
    return value if isinstance(value, Mapping) else _refuse(name, "een context", value)


def contexts(inputs: Variables, name: str) -> list[Mapping[str, object]]:
    """Return a list of contexts, empty when it is absent."""
    value = inputs.get(name)
    listed = [] if value is None else value
    if not isinstance(listed, list | tuple):
        return _refuse(name, "een lijst", value)
    for each in listed:
        if not isinstance(each, Mapping):
            return _refuse(name, "een lijst van contexten", value)
    return list(listed)


def texts(inputs: Variables, name: str) -> list[str]:
    """Return a list of texts; one text counts as a list of one."""
    value = inputs.get(name)
    if value is None:
        return []
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]


def _refuse(name: str, wanted: str, value: object) -> Never:
    sentence = (
        f"De invoer ‘{name}’ moet {wanted} zijn, maar is {value!r}."
        " Verbeter de koppeling van deze taak in het diagram."
    )
    raise InvalidDataError({name: sentence})
