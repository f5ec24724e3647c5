"""The choices of a field: from posted text back to typed values."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from engine.feel.values import Value
from engine.forms.dynamic import Scope, as_text
from engine.forms.model import Field

MAX_OPTIONS = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One choice; *token* is the text that the page posts for *value*."""

    token: str
    label: str
    value: Value


def options_of(field: Field, scope: Scope) -> tuple[Option, ...]:
    """Return the choices of *field* in *scope*, each token once."""
    found = field.options.value(scope)
    items = found[:MAX_OPTIONS] if isinstance(found, list) else []
    options = [_option(item, number) for number, item in enumerate(items)]
    by_token = {option.token: option for option in reversed(options)}
    return tuple(option for option in options if by_token[option.token] is option)


def _option(item: Value, number: int) -> Option:
    value = item.get("value") if isinstance(item, dict) else item
    label = item.get("label") if isinstance(item, dict) else None
    return Option(
        token=token_of(value) or f"#{number}",
        label=as_text(value if label is None else label),
        value=value,
    )


def token_of(value: object) -> str:
    """Return the text that stands for a value in a post; empty when there is none."""
    for types, write in _TOKENS:
        if isinstance(value, types):
            return write(value)
    return ""


_TOKENS: tuple[tuple[type | tuple[type, ...], Callable[..., str]], ...] = (
    (str, str),
    (bool, lambda value: "true" if value else "false"),
    (Decimal, lambda value: f"{value.normalize():f}"),
    (int, str),
    (float, lambda value: f"{Decimal(repr(value)).normalize():f}"),
    ((datetime, date, time), lambda value: value.isoformat()),
)
