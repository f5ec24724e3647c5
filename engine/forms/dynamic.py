"""Properties that may be FEEL: constants, expressions and texts with holes."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from engine.feel import Expression, FeelError, FeelSyntaxError, compile_expression
from engine.feel.run import Clock
from engine.feel.values import Value, from_python
from engine.vocabulary import FUNCTIONS
from engine.zone import BRUSSELS, ZONE

Refuse = Callable[[str], None]
"""Takes a Dutch sentence about the property that is being compiled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The names that a field sees, and the clock."""

    names: Mapping[str, Value]
    clock: Clock | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dynamic:
    """A property with a constant, or with an expression that gives it."""

    constant: Value = None
    expression: Expression | None = None
    text: str = ""

    def value(self, scope: Scope) -> Value:
        """Return the value; an expression that can't be evaluated gives null."""
        if self.expression is None:
            return self.constant
        try:
            return self.expression.evaluate(scope.names, clock=scope.clock, zone=ZONE)
        except FeelError:
            return None

    def is_true(self, scope: Scope) -> bool:
        """Tell whether the value is true; null is not."""
        return self.value(scope) is True


NOTHING = Dynamic()


def compile_dynamic(raw: object, what: str, refuse: Refuse) -> Dynamic:
    """Compile a property: a text that begins with ``=`` is FEEL."""
    if not isinstance(raw, str) or not raw.startswith("="):
        return Dynamic(constant=from_python(raw))
    text = raw[1:].strip()
    compiled = _compile(text, what, refuse)
    return Dynamic(expression=compiled, text=text)


def _compile(text: str, what: str, refuse: Refuse) -> Expression | None:
    try:
        return compile_expression(text, functions=FUNCTIONS)
    except FeelSyntaxError as error:
        refuse(f"{what} is geen geldige FEEL. {error}")
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A text with ``{{FEEL}}`` in it, or one expression."""

    parts: tuple[str | Dynamic, ...] = ()

    def render(self, scope: Scope, escape: Callable[[str], str] = str) -> str:
        """Return the text; *escape* is applied to the values that are filled in."""
        return "".join(
            part if isinstance(part, str) else escape(as_text(part.value(scope)))
            for part in self.parts
        )

    @property
    def expressions(self) -> Sequence[Dynamic]:
        """Return the expressions in the text."""
        return [part for part in self.parts if isinstance(part, Dynamic)]


_HOLE = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)


def compile_template(raw: object, what: str, refuse: Refuse) -> Template:
    """Compile a label, a description or a text."""
    text = raw if isinstance(raw, str) else ""
    if text.startswith("="):
        return Template(parts=(compile_dynamic(text, what, refuse),))
    pieces = _HOLE.split(text)
    parts: list[str | Dynamic] = []
    for at, piece in enumerate(pieces):
        if at % 2 == 0:
            parts.append(piece)
        elif piece.lstrip().startswith(("#", "/")):
            refuse(f"{what} gebruikt '{{{{{piece}}}}}'; alleen een expressie kan.")
        else:
            expression = _compile(piece.strip(), what, refuse)
            parts.append(Dynamic(expression=expression, text=piece.strip()))
    return Template(parts=tuple(part for part in parts if part != ""))


_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~])")


def escape_markdown(value: str) -> str:
    """Return *value* so that Markdown shows it as it is, on one line."""
    return _MARKS.sub(r"\\\1", " ".join(value.split()))


def as_text(value: object) -> str:
    """Return a value as a Dutch reader writes it."""
    for types, write in _WRITERS:
        if isinstance(value, types):
            return write(value)
    return str(value)


def _is_plain(value: object) -> bool:
    return not isinstance(value, (list, dict))


def number_text(value: Decimal) -> str:
    """Return a number with a decimal comma and no exponent."""
    return f"{value:f}".replace(".", ",")


def _moment(value: datetime) -> str:
    local = value.astimezone(BRUSSELS) if value.tzinfo else value
    return f"{local:%d/%m/%Y %H:%M}"


_WRITERS: tuple[tuple[type | tuple[type, ...], Callable[..., str]], ...] = (
    (type(None), lambda _: ""),
    (bool, lambda value: "ja" if value else "nee"),
    (Decimal, number_text),
    (datetime, _moment),
    (date, lambda value: f"{value:%d/%m/%Y}"),
    (time, lambda value: f"{value:%H:%M}"),
    (list, lambda value: ", ".join(as_text(one) for one in value if _is_plain(one))),
    (dict, lambda _: ""),
)
