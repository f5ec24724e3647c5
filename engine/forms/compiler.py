"""From the JSON of a form to its fields."""

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import cast

from engine.feel.values import from_python
from engine.forms import schema
from engine.forms.dynamic import (
    NOTHING,
    Dynamic,
    Template,
    compile_dynamic,
    compile_template,
)
from engine.forms.kinds import CHOICES, KEYED, Kind, Moment
from engine.forms.model import Field, Rules
from engine.forms.patterns import Pattern
from engine.forms.regex import PatternError
from engine.forms.remarks import JsonObject, Remarks

_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_STORE = re.compile(r"[a-z][a-z0-9_]{0,40}")
MAX_REPETITIONS = 50

Prefix = tuple[str, ...]


def compile_fields(parent: JsonObject, remarks: Remarks) -> tuple[Field, ...]:
    """Compile the fields of a form; what can't be compiled is refused and left out."""
    return tuple(_inside(parent, (), remarks))


def _inside(parent: JsonObject, prefix: Prefix, remarks: Remarks) -> Iterable[Field]:
    for component in schema.components(parent):
        if component.get("type") in tuple(Kind):
            yield _Compiler(component, remarks).field(prefix)


class _Compiler:
    """Compiles one field."""

    def __init__(self, component: JsonObject, remarks: Remarks) -> None:
        self._component = component
        self._remarks = remarks
        self._kind = Kind(cast("str", component["type"]))

    def field(self, prefix: Prefix) -> Field:
        """Return the field; *prefix* is the path of the groups around it."""
        key = self._key(prefix)
        layout = self._part("layout")
        return Field(
            id=str(self._get("id") or ".".join(key) or self._kind),
            kind=self._kind,
            key=key,
            label=self._template(self._label(), "het label"),
            description=self._template(self._get("description"), "de omschrijving"),
            text=self._template(self._get("text"), "de tekst"),
            prefix=self._template(
                self._part("appearance").get("prefixAdorner"), "de voortekst"
            ),
            suffix=self._template(
                self._part("appearance").get("suffixAdorner"), "de natekst"
            ),
            hide=self._hide(),
            disabled=self._dynamic(self._get("disabled"), "'disabled'"),
            readonly=self._dynamic(self._get("readonly"), "'readonly'"),
            expression=self._expression(),
            options=self._options(),
            default=from_python(self._get("defaultValue")),
            rules=self._rules(),
            moment=self._moment(),
            row=str(layout.get("row") or ""),
            columns=self._columns(layout),
            repetitions=self._repetitions(),
            can_add=self._get("allowAddRemove") is not False,
            accept=str(self._get("accept") or ""),
            several=self._get("multiple") is True,
            outline=self._get("showOutline") is True,
            properties=self._properties(),
            children=self._children(key),
        )

    # --- reading ------------------------------------------------------------------

    def _get(self, name: str, default: object = None) -> object:
        return self._component.get(name, default)

    def _part(self, name: str) -> JsonObject:
        part = self._component.get(name)
        return part if isinstance(part, dict) else {}

    def _refuse(self, code: str) -> Callable[[str], None]:
        return lambda sentence: self._remarks.refuse_field(
            self._component, code, sentence
        )

    def _dynamic(self, raw: object, what: str) -> Dynamic:
        return compile_dynamic(raw, what, self._refuse("form_feel"))

    def _template(self, raw: object, what: str) -> Template:
        return compile_template(raw, what, self._refuse("form_feel"))

    def _label(self) -> object:
        return self._get("label") or self._get("dateLabel") or self._get("timeLabel")

    # --- places -------------------------------------------------------------------

    def _key(self, prefix: Prefix) -> Prefix:
        name = "path" if self._kind in {Kind.GROUP, Kind.LIST} else "key"
        raw = str(self._get(name) or "")
        if not raw:
            self._check_present(name)
            return prefix
        parts = tuple(raw.split("."))
        if not all(_KEY.fullmatch(part) for part in parts):
            sentence = (
                f"de sleutel '{raw}' mag enkel letters zonder accent, cijfers,"
                " lage streepjes en punten hebben."
            )
            self._refuse("form_key")(sentence)
        return prefix + parts

    def _check_present(self, name: str) -> None:
        if self._kind in KEYED or self._kind is Kind.LIST:
            self._refuse("form_key")(f"de sleutel ('{name}') ontbreekt; vul hem in.")

    def _children(self, key: Prefix) -> tuple[Field, ...]:
        inner = key if self._kind is Kind.GROUP else ()
        return tuple(_inside(self._component, inner, self._remarks))

    # --- rules --------------------------------------------------------------------

    def _hide(self) -> Dynamic:
        raw = self._part("conditional").get("hide")
        if raw in (None, "", "="):
            return NOTHING
        return self._dynamic(raw, "de voorwaarde om te verbergen")

    def _expression(self) -> Dynamic:
        if self._kind is not Kind.EXPRESSION:
            return NOTHING
        raw = str(self._get("expression") or "").strip()
        if not raw.removeprefix("="):
            self._refuse("form_feel")("de expressie ontbreekt; vul ze in.")
            return NOTHING
        return self._dynamic("=" + raw.removeprefix("="), "de expressie")

    def _rules(self) -> Rules:
        found = self._part("validate")
        digits = self._get("decimalDigits")
        return Rules(
            required=found.get("required") is True,
            minimum=self._limit(found, "min"),
            maximum=self._limit(found, "max"),
            min_length=self._limit(found, "minLength"),
            max_length=self._limit(found, "maxLength"),
            pattern=self._pattern(found),
            pattern_message=str(found.get("patternErrorMessage") or ""),
            format=str(found.get("validationType") or "").removeprefix("custom"),
            digits=int(digits) if isinstance(digits, Decimal) else None,
            increment=self._limit(self._component, "increment"),
            no_past=self._get("disallowPassedDates") is True,
        )

    def _limit(self, part: JsonObject, name: str) -> Dynamic:
        raw = part.get(name)
        if isinstance(raw, str) and not raw.startswith("="):
            raw = self._number(raw, name)
        return self._dynamic(raw, f"de grens '{name}'")

    def _number(self, raw: str, name: str) -> Decimal | None:
        if not raw.strip():
            return None
        try:
            number = Decimal(raw.strip())
        except ArithmeticError:
            self._refuse("form_limit")(f"'{raw}' is geen getal voor '{name}'.")
            return None
        return number if number.is_finite() else None

    def _pattern(self, found: JsonObject) -> Pattern | None:
        raw = found.get("pattern")
        if not raw:
            return None
        try:
            return Pattern(str(raw))
        except PatternError as error:
            self._refuse("form_pattern")(str(error))
            return None

    # --- kinds of their own ---------------------------------------------------------

    def _options(self) -> Dynamic:
        if self._kind not in CHOICES:
            return NOTHING
        if expression := self._get("valuesExpression"):
            return self._dynamic(expression, "de lijst van keuzes")
        if key := self._get("valuesKey"):
            return self._dynamic(f"={key}", "de sleutel van de keuzes")
        values = self._get("values")
        if not isinstance(values, list) or not values:
            self._refuse("form_options")("er zijn geen keuzes; vul ze in.")
            return NOTHING
        shown = [str(one.get("value")) for one in values if isinstance(one, dict)]
        if len(set(shown)) < len(values):
            self._refuse("form_options")("twee keuzes hebben dezelfde waarde.")
        return Dynamic(constant=values)

    def _moment(self) -> Moment:
        found = self._get("subtype")
        moment = Moment(cast("str", found)) if found in tuple(Moment) else Moment.DATE
        zoned = self._get("timeSerializingFormat", "utc_offset")
        if moment is Moment.DATETIME and zoned != "utc_offset":
            sentence = "een datum met tijd heeft een zone nodig (utc_offset)."
            self._refuse("form_property")(sentence)
        return moment

    def _columns(self, layout: JsonObject) -> int | None:
        columns = layout.get("columns")
        return int(columns) if isinstance(columns, Decimal) else None

    def _repetitions(self) -> int:
        count = self._get("defaultRepetitions")
        if not isinstance(count, Decimal):
            return 1
        if not 0 <= count <= MAX_REPETITIONS:
            sentence = f"het aantal rijen moet tussen 0 en {MAX_REPETITIONS} liggen."
            self._refuse("form_repetitions")(sentence)
            return 1
        return int(count)

    def _properties(self) -> dict[str, str]:
        found = {str(k): str(v) for k, v in self._part("properties").items()}
        if self._kind is Kind.FILEPICKER and not _STORE.fullmatch(
            found.get("store", "")
        ):
            sentence = (
                "een bestandsveld moet zeggen waar de bestanden komen:"
                " voeg de eigenschap 'store' toe, bijvoorbeeld 'photos'."
            )
            self._refuse("form_store")(sentence)
        return found
