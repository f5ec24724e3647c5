"""The JSON of a form, read without trusting it and held against the closed list."""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import cast

from engine.feel.numbers import CONTEXT
from engine.forms.kinds import (
    FIXED,
    FORM_PROPERTIES,
    PROPERTIES,
    REFUSED,
    VALIDATIONS,
    Kind,
)
from engine.forms.remarks import JsonObject, Remarks, identity

MAX_BYTES = 1_000_000
MAX_FIELDS = 500
MAX_DEPTH = 6


class SchemaError(ValueError):
    """The bytes are no form; the message is a Dutch sentence."""


def read(content: bytes) -> JsonObject:
    """Return the schema; raise ``SchemaError``."""
    if len(content) > MAX_BYTES:
        reason = "Het formulier is te groot (meer dan 1 MB)."
        raise SchemaError(reason)
    try:
        schema = json.loads(
            content, parse_float=_number, parse_int=_number, parse_constant=_no_number
        )
    except (ValueError, ArithmeticError, RecursionError) as error:
        reason = "Het bestand is geen geldige JSON."
        raise SchemaError(reason) from error
    if not isinstance(schema, dict) or not isinstance(schema.get("components"), list):
        reason = "Het bestand is geen form-js-formulier: 'components' ontbreekt."
        raise SchemaError(reason)
    return schema


def _number(text: str) -> Decimal:
    return CONTEXT.create_decimal(text)


def _no_number(text: str) -> Decimal:
    raise ValueError(text)


def components(parent: JsonObject) -> list[JsonObject]:
    """Return the fields that are directly in *parent*."""
    inside = parent.get("components")
    if not isinstance(inside, list):
        return []
    return [one for one in inside if isinstance(one, dict)]


def walk(parent: JsonObject, depth: int = 0) -> Iterator[tuple[int, JsonObject]]:
    """Yield each field with its depth, in the order of the form."""
    for component in components(parent):
        yield depth, component
        if depth < MAX_DEPTH:
            yield from walk(component, depth + 1)


def check(schema: JsonObject, remarks: Remarks) -> None:
    """Refuse what is not in the closed list."""
    for name in sorted(schema.keys() - FORM_PROPERTIES):
        remarks.refuse(
            "formulier", "form_property", f"De eigenschap '{name}' is niet gekend."
        )
    if schema.get("type", "default") != "default":
        remarks.refuse("formulier", "form_type", "Dit is geen form-js-formulier.")
    found = list(walk(schema))
    if len(found) > MAX_FIELDS or any(depth >= MAX_DEPTH for depth, _ in found):
        sentence = (
            f"Het formulier heeft meer dan {MAX_FIELDS} velden"
            f" of meer dan {MAX_DEPTH} niveaus; splits het."
        )
        remarks.refuse("formulier", "form_size", sentence)
    for owner in (schema, *(component for _, component in found)):
        inside = owner.get("components", [])
        if not isinstance(inside, list) or len(components(owner)) < len(inside):
            remarks.refuse(
                identity(owner), "form_field_type", "Een onderdeel is geen veld."
            )
    for _, component in found:
        _check_field(component, remarks)


def _check_field(component: JsonObject, remarks: Remarks) -> None:
    kind = component.get("type")
    if kind not in tuple(Kind):
        advice = REFUSED.get(str(kind), "kies een ander veld")
        sentence = f"het type '{kind}' wordt niet ondersteund; {advice}."
        remarks.refuse_field(component, "form_field_type", sentence)
        return
    known = Kind(cast("str", kind))
    _check_names(component, PROPERTIES[known], remarks, where="")
    parts = {
        "validate": VALIDATIONS.get(known, frozenset({"required"})),
        "conditional": frozenset({"hide"}),
        "layout": frozenset({"row", "columns"}),
        "appearance": frozenset({"prefixAdorner", "suffixAdorner"}),
    }
    for name, allowed in parts.items():
        part = component.get(name)
        if isinstance(part, dict):
            _check_names(part, allowed, remarks, where=f"{name}.", owner=component)
        elif part is not None:
            sentence = f"'{name}' heeft niet de vorm die form-js schrijft."
            remarks.refuse_field(component, "form_property", sentence)


def _check_names(
    part: JsonObject,
    allowed: frozenset[str],
    remarks: Remarks,
    *,
    where: str,
    owner: JsonObject | None = None,
) -> None:
    field = owner or part
    for name in sorted(part.keys() - allowed):
        sentence = f"de eigenschap '{where}{name}' bestaat hier niet; verwijder ze."
        remarks.refuse_field(field, "form_property", sentence)
    for name, values in FIXED.items():
        if name in allowed and name in part and part[name] not in values:
            sentence = f"'{part[name]}' wordt niet ondersteund voor '{where}{name}'."
            remarks.refuse_field(field, "form_property", sentence)
