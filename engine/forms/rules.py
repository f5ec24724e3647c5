"""What is wrong with a value, in a sentence that names the field."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from engine.forms.dynamic import Dynamic, as_text
from engine.forms.kinds import CHOICES, KEYED, Kind
from engine.forms.post import MAX_ROWS
from engine.forms.sheet import Node
from engine.forms.tree import html_name
from engine.zone import BRUSSELS


@dataclass(frozen=True, slots=True, kw_only=True)
class FormError:
    """One remark on a submitted form.

    *name* is the name of the control, *label* how the page calls it (with the
    row in front: ``Gebreken 2, Lokaal``), *sentence* is Dutch.
    """

    name: str
    label: str
    sentence: str


_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]{1,63}(\.[^@\s.]{1,63}){1,8}")
_PHONE = re.compile(r"\+?[\d\s()./-]{6,30}")
_FORMATS: dict[str, tuple[re.Pattern[str], str]] = {
    "email": (_EMAIL, "moet een e-mailadres zijn, bijvoorbeeld naam@voorbeeld.be."),
    "phone": (_PHONE, "moet een telefoonnummer zijn, bijvoorbeeld +32 15 29 76 00."),
}


def errors(nodes: list[Node], within: str = "") -> Iterator[FormError]:
    """Yield what is wrong with the visible fields, in the order of the form."""
    for node in nodes:
        if node.hidden:
            continue
        yield from _own_errors(node, within)
        yield from errors(node.children, within)
        label = _label(node, "")
        for row in node.rows:
            yield from errors(row.nodes, f"{within}{label} {row.number + 1}, ")


def _own_errors(node: Node, within: str) -> Iterator[FormError]:
    label = _label(node, within)
    name = html_name(node.path)
    if node.excess:
        sentence = f"‘{label}’ heeft te veel rijen (hoogstens {MAX_ROWS} per lijst)."
        yield FormError(name=name, label=label, sentence=sentence)
    if node.field.kind not in KEYED or node.locked:
        return
    if complaint := _complaint(node, label):
        yield FormError(name=name, label=label, sentence=complaint)


def _label(node: Node, within: str) -> str:
    own = node.field.label.render(node.scope).strip() or ".".join(node.field.key)
    return f"{within}{own}"


def _complaint(node: Node, label: str) -> str:
    """Return the first thing that is wrong, or an empty text."""
    if node.problem:
        return f"‘{label}’ {node.problem}"
    if _is_empty(node):
        return _missing(node, label) if node.field.rules.required else ""
    for types, check in _CHECKS:
        if isinstance(node.value, types) and (why := check(node)):
            return f"‘{label}’ {why}"
    return ""


def _is_empty(node: Node) -> bool:
    """Tell whether nothing was filled in; ``false`` is nothing for a tick only."""
    unticked = node.field.kind is Kind.CHECKBOX and node.value is False
    return node.value is None or node.value == [] or unticked


def _missing(node: Node, label: str) -> str:
    if node.field.kind is Kind.CHECKBOX:
        return f"Vink ‘{label}’ aan."
    if node.field.kind in CHOICES:
        return f"Maak een keuze bij ‘{label}’."
    if node.field.kind is Kind.FILEPICKER:
        return f"Voeg een bestand toe bij ‘{label}’."
    return f"Vul ‘{label}’ in."


def _text(node: Node) -> str:
    rules, text = node.field.rules, str(node.value)
    least, most = _limit(rules.min_length, node), _limit(rules.max_length, node)
    if least is not None and len(text) < least:
        return f"moet minstens {as_text(least)} tekens hebben."
    if most is not None and len(text) > most:
        return f"mag hoogstens {as_text(most)} tekens hebben."
    if rules.format in _FORMATS:
        expression, why = _FORMATS[rules.format]
        if not expression.fullmatch(text):
            return why
    if rules.pattern and not rules.pattern.matches(text):
        return _form_message(rules.pattern_message)
    return ""


def _form_message(own: str) -> str:
    return f"is niet goed: {own}" if own else "heeft niet de gevraagde vorm."


def _limit(dynamic: Dynamic, node: Node) -> Decimal | None:
    value = dynamic.value(node.scope)
    return value if isinstance(value, Decimal) else None


def _number(node: Node) -> str:
    rules, number = node.field.rules, Decimal(str(node.value))
    least, most = _limit(rules.minimum, node), _limit(rules.maximum, node)
    if least is not None and number < least:
        return f"moet minstens {as_text(least)} zijn."
    if most is not None and number > most:
        return f"mag hoogstens {as_text(most)} zijn."
    if rules.digits is not None and _digits(number) > rules.digits:
        return _too_precise(rules.digits)
    step = _limit(rules.increment, node)
    if step and number % step:
        return f"moet een veelvoud van {as_text(step)} zijn."
    return ""


def _too_precise(digits: int) -> str:
    if digits == 0:
        return "moet een geheel getal zijn."
    return f"mag hoogstens {digits} cijfers na de komma hebben."


def _digits(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _date(node: Node) -> str:
    if not node.field.rules.no_past or node.scope.clock is None:
        return ""
    now = node.scope.clock().astimezone(BRUSSELS)
    value = node.value
    if isinstance(value, datetime):
        # A minute's grace: a form takes time to fill in.
        past = value < now - timedelta(minutes=1)
    else:
        past = isinstance(value, date) and value < now.date()
    return "mag niet in het verleden liggen." if past else ""


_CHECKS: tuple[tuple[type, Callable[[Node], str]], ...] = (
    (str, _text),
    (Decimal, _number),
    (date, _date),
)
