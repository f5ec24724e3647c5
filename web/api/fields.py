"""Fields of requests, which refuse in Dutch and take nothing that can't be stored."""

import re
from collections.abc import Mapping
from enum import StrEnum

from marshmallow import RAISE, Schema, fields, validate

MISSING = "Dit veld is verplicht."
EMPTY = "Dit veld mag niet leeg zijn."
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")

_NEEDED = {"required": MISSING, "null": EMPTY}


class Asked(Schema):
    """What is asked of a caller; unknown names are refused, not ignored."""

    error_messages = {  # noqa: RUF012 - marshmallow reads it like this
        "unknown": "Dit veld bestaat hier niet.",
        "type": "Dit moet een object zijn.",
    }

    class Meta:
        """What the document tells as well."""

        unknown = RAISE


def is_storable(text: str) -> bool:
    """Tell whether each database takes *text*: no control signs, no half characters."""
    return _UNSTORABLE.search(text) is None


class Text(fields.String):
    """Text of at most *longest* signs."""

    default_error_messages = {  # noqa: RUF012 - marshmallow reads it like this
        **_NEEDED,
        "invalid": "Dit moet tekst zijn.",
        "invalid_utf8": "Dit moet tekst zijn.",
        "unstorable": "Deze tekst bevat tekens die niet bestaan.",
    }

    def __init__(
        self, *, longest: int = 1000, shortest: int = 0, **options: object
    ) -> None:
        error = f"Schrijf {shortest} tot {longest} tekens."
        length = validate.Length(min=shortest, max=longest, error=error)
        super().__init__(validate=length, **options)  # type: ignore[arg-type]

    def _deserialize(
        self,
        value: object,
        attr: str | None,
        data: Mapping[str, object] | None,
        **options: object,
    ) -> str:
        text = super()._deserialize(value, attr, data, **options)
        if not is_storable(text):
            key = "unstorable"
            raise self.make_error(key)
        return text


class Choice(Text):
    """One of the values of a closed list."""

    def __init__(self, kind: type[StrEnum], **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        values = [each.value for each in kind]
        error = f"Kies uit: {', '.join(values)}."
        self.validators = [validate.OneOf(values, error=error)]


class Moment(fields.AwareDateTime):
    """A moment with its offset, as ISO 8601."""

    default_error_messages = {  # noqa: RUF012 - marshmallow reads it like this
        **_NEEDED,
        "invalid": "Schrijf een moment als 2026-11-25T12:00:00+01:00.",
        "invalid_awareness": "Schrijf er de tijdzone bij: 2026-11-25T12:00:00+01:00.",
        "format": "Schrijf een moment als 2026-11-25T12:00:00+01:00.",
    }


class Whole(fields.Integer):
    """A whole number from *least* to *most*."""

    default_error_messages = {  # noqa: RUF012 - marshmallow reads it like this
        **_NEEDED,
        "invalid": "Dit moet een geheel getal zijn.",
        "too_large": "Dit getal is te groot.",
    }

    def __init__(self, *, least: int, most: int, **options: object) -> None:
        error = f"Kies een getal van {least} tot {most}."
        size = validate.Range(min=least, max=most, error=error)
        super().__init__(validate=size, **options)  # type: ignore[arg-type]


class Key(fields.UUID):
    """The key of something of ours."""

    default_error_messages = {  # noqa: RUF012 - marshmallow reads it like this
        **_NEEDED,
        "invalid_uuid": "Dit is geen sleutel.",
    }


class Data(fields.Dict):
    """Values by name, as the form or message asks for them."""

    default_error_messages = {  # noqa: RUF012 - marshmallow reads it like this
        **_NEEDED,
        "invalid": "Dit moet een object met waarden zijn.",
    }

    def __init__(self, **options: object) -> None:
        super().__init__(keys=Text(longest=200), **options)  # type: ignore[arg-type]


class Day(fields.Date):
    """A day, as ISO 8601."""

    default_error_messages = {  # noqa: RUF012 - marshmallow reads it like this
        **_NEEDED,
        "invalid": "Schrijf een dag als 2026-11-25.",
        "format": "Schrijf een dag als 2026-11-25.",
    }


class Flag(fields.Boolean):
    """Yes or no."""

    default_error_messages = {  # noqa: RUF012 - marshmallow reads it like this
        **_NEEDED,
        "invalid": "Schrijf true of false.",
    }

    def __init__(self, **options: object) -> None:
        super().__init__(truthy={"true"}, falsy={"false"}, **options)  # type: ignore[arg-type]
