"""From what was typed, posted or stored to a typed value, per kind of field."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Never

from engine.feel.values import Value
from engine.forms.dynamic import as_text
from engine.forms.kinds import Kind, Moment
from engine.forms.model import Field
from engine.forms.options import Option, token_of
from engine.zone import BRUSSELS

MAX_TEXT = 20_000
MAX_FILES = 50

Options = Sequence[Option]


class ReadingError(ValueError):
    """What was typed is no value of this kind; the message ends a Dutch sentence."""


def read(field: Field, raw: object, options: Options) -> Value:
    """Return *raw* as a FEEL value, null when it is empty; raise ``ReadingError``."""
    return _READERS[field.kind](field, raw, options)


def _refuse(why: str) -> Never:
    raise ReadingError(why)


# --- text ---------------------------------------------------------------------------

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SURROGATES = re.compile("[\ud800-\udfff]")


def _area(field: Field, raw: object, options: Options) -> Value:
    if raw is None:
        return None
    if isinstance(raw, (int, Decimal)) and not isinstance(raw, bool):
        return as_text(raw)
    if not isinstance(raw, str):
        _refuse("moet tekst zijn.")
    if len(raw) > MAX_TEXT:
        _refuse(f"mag hoogstens {MAX_TEXT} tekens hebben.")
    if _SURROGATES.search(raw):
        _refuse("bevat tekens die niet bestaan.")
    text = _CONTROLS.sub("", raw.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return text or None


def _line(field: Field, raw: object, options: Options) -> Value:
    text = _area(field, raw, options)
    return text.replace("\n", " ") if isinstance(text, str) else text


# --- number -------------------------------------------------------------------------

_NUMBER = re.compile(r"[+-]?\d{1,30}([.,]\d{1,30})?", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(\.\d{3})+,\d{1,30}", re.ASCII)
MAX_DIGITS = 34


def _number(field: Field, raw: object, options: Options) -> Value:
    if raw is None or isinstance(raw, bool):
        return _refuse("moet een getal zijn.") if raw is not None else None
    if isinstance(raw, (int, float, Decimal)):
        return _plain_number(raw)
    if not isinstance(raw, str):
        _refuse("moet een getal zijn.")
    text = "".join(raw.split())
    if not text:
        return None
    if _GROUPED.fullmatch(text):
        text = text.replace(".", "")
    if not _NUMBER.fullmatch(text):
        _refuse("moet een getal zijn, bijvoorbeeld 12,5.")
    return _plain_number(Decimal(text.replace(",", ".")))


def _plain_number(raw: float | Decimal) -> Decimal:
    if isinstance(raw, int) and abs(raw) >= 10**MAX_DIGITS:
        _refuse("is te groot.")
    number = raw if isinstance(raw, Decimal) else Decimal(repr(raw))
    if not number.is_finite():
        _refuse("moet een getal zijn.")
    digits = len(number.as_tuple().digits)
    if max(digits, abs(number.adjusted())) > MAX_DIGITS:
        _refuse("heeft te veel cijfers.")
    return number


# --- yes or no, choices, files --------------------------------------------------------

_TRUE = frozenset({"true", "on", "1"})
_FALSE = frozenset({"", "false", "off", "0"})


def _checkbox(field: Field, raw: object, options: Options) -> Value:
    if raw is None or isinstance(raw, bool):
        return raw is True
    if isinstance(raw, str) and raw in _TRUE | _FALSE:
        return raw in _TRUE
    return _refuse("moet aangevinkt zijn of niet.")


def _choice(field: Field, raw: object, options: Options) -> Value:
    if raw is None or raw == "":
        return None
    token = token_of(raw)
    for option in options:
        if option.token == token or option.value is raw:
            return option.value
    return _refuse("heeft een waarde die niet in de lijst staat.")


def _choices(field: Field, raw: object, options: Options) -> Value:
    if raw is None or raw == "":
        return []
    items = raw if isinstance(raw, list) else [raw]
    if len(items) > len(options):
        _refuse("heeft een waarde die niet in de lijst staat.")
    wanted = {id(_picked(item, options)) for item in items}
    return [option.value for option in options if id(option) in wanted]


def _picked(raw: object, options: Options) -> Option:
    token = token_of(raw)
    for option in options:
        if option.token == token or (option.value is raw and raw is not None):
            return option
    return _refuse("heeft een waarde die niet in de lijst staat.")


_UPLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)


def _files(field: Field, raw: object, options: Options) -> Value:
    if raw is None or raw == "":
        return []
    items = raw if isinstance(raw, list) else [raw]
    if len(items) > (MAX_FILES if field.several else 1):
        _refuse("heeft te veel bestanden.")
    ids = [item for item in items if isinstance(item, str)]
    if len(ids) < len(items) or not all(_UPLOAD.fullmatch(one) for one in ids):
        _refuse("verwijst naar een bestand dat niet bestaat.")
    return list(dict.fromkeys(ids))


# --- dates and times ----------------------------------------------------------------

_DUTCH_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_TIME = re.compile(r"(\d{1,2})[:.uh](\d{2})(?::(\d{2}))?(?:\.\d+)?", re.ASCII)


def _date(raw: object) -> Value:
    if isinstance(raw, datetime):
        return _in_zone(raw).date()
    if isinstance(raw, date):
        return raw
    if not isinstance(raw, str):
        _refuse("moet een datum zijn.")
    try:
        if match := _DUTCH_DATE.fullmatch(raw.strip()):
            day, month, year = map(int, match.groups())
            return date(year, month, day)
        return date.fromisoformat(raw.strip())
    except ValueError:
        return _refuse("moet een bestaande datum zijn, bijvoorbeeld 31/12/2026.")


def _time_of_day(raw: object) -> Value:
    if isinstance(raw, time):
        return raw.replace(tzinfo=None)
    match = _TIME.fullmatch(raw.strip().lower()) if isinstance(raw, str) else None
    try:
        if match:
            return time(int(match[1]), int(match[2]), int(match[3] or 0))
    except ValueError:
        pass
    return _refuse("moet een tijdstip zijn, bijvoorbeeld 14:30.")


def _date_time(raw: object) -> Value:
    if isinstance(raw, datetime):
        return _in_zone(raw)
    text = raw.strip() if isinstance(raw, str) else ""
    try:
        moment = datetime.fromisoformat(text if "T" in text or " " in text else "")
    except ValueError:
        _refuse("moet een bestaande datum met tijd zijn.")
    return _in_zone(moment)


def _in_zone(moment: datetime) -> datetime:
    zone = BRUSSELS
    try:
        if moment.tzinfo is not None:
            return moment.astimezone(zone)
        local = moment.replace(tzinfo=zone)
        shown = local.astimezone(UTC).astimezone(zone).replace(tzinfo=None)
    except OverflowError:
        _refuse("moet een bestaande datum met tijd zijn.")
    if shown != moment:
        _refuse("bestaat niet: toen werd de klok een uur vooruit gezet.")
    return local


_MOMENTS: Mapping[Moment, Callable[[object], Value]] = {
    Moment.DATE: _date,
    Moment.TIME: _time_of_day,
    Moment.DATETIME: _date_time,
}


def _moment(field: Field, raw: object, options: Options) -> Value:
    if raw is None or raw == "":
        return None
    return _MOMENTS[field.moment](raw)


_READERS: Mapping[Kind, Callable[[Field, object, Options], Value]] = {
    Kind.TEXTFIELD: _line,
    Kind.TEXTAREA: _area,
    Kind.NUMBER: _number,
    Kind.DATETIME: _moment,
    Kind.CHECKBOX: _checkbox,
    Kind.RADIO: _choice,
    Kind.SELECT: _choice,
    Kind.CHECKLIST: _choices,
    Kind.TAGLIST: _choices,
    Kind.FILEPICKER: _files,
}
