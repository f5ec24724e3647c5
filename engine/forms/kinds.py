"""The closed list: which form-js fields and properties have a meaning here.

Measured on form-js 1.23. What is not in these tables is refused when a form is
saved, so that nothing that a manager draws is silently ignored.
"""

from collections.abc import Mapping
from enum import StrEnum


class Kind(StrEnum):
    """The field types of form-js that are supported."""

    TEXTFIELD = "textfield"
    TEXTAREA = "textarea"
    NUMBER = "number"
    DATETIME = "datetime"
    CHECKBOX = "checkbox"
    RADIO = "radio"
    SELECT = "select"
    CHECKLIST = "checklist"
    TAGLIST = "taglist"
    FILEPICKER = "filepicker"
    EXPRESSION = "expression"
    TEXT = "text"
    SEPARATOR = "separator"
    SPACER = "spacer"
    GROUP = "group"
    LIST = "dynamiclist"
    BUTTON = "button"


class Moment(StrEnum):
    """The subtypes of a date and time field."""

    DATE = "date"
    TIME = "time"
    DATETIME = "datetime"


CHOICES = frozenset({Kind.RADIO, Kind.SELECT, Kind.CHECKLIST, Kind.TAGLIST})
"""Fields with options."""

SEVERAL = frozenset({Kind.CHECKLIST, Kind.TAGLIST, Kind.FILEPICKER})
"""Fields whose value is a list."""

KEYED = CHOICES | {
    Kind.TEXTFIELD,
    Kind.TEXTAREA,
    Kind.NUMBER,
    Kind.DATETIME,
    Kind.CHECKBOX,
    Kind.FILEPICKER,
    Kind.EXPRESSION,
}
"""Fields with a value."""

REFUSED: Mapping[str, str] = {
    "table": "zet de gegevens in een tekstveld met een Markdown-tabel",
    "image": "verwijs ernaar in een tekstveld",
    "documentPreview": "de documenten staan op de dossierpagina",
    "html": "gebruik een tekstveld met Markdown",
    "iframe": "plaats een koppeling in een tekstveld",
}
"""Types of form-js without a meaning here, and what to do instead."""

_EVERY = {"id", "type", "conditional", "layout", "properties", "versionTag"}
_INPUT = {"key", "label", "description", "disabled", "readonly", "validate"}
_CHOICE = _INPUT | {"defaultValue", "values", "valuesKey", "valuesExpression"}
_ADORNED = _INPUT | {"defaultValue", "appearance"}

PROPERTIES: Mapping[Kind, frozenset[str]] = {
    kind: frozenset(own | _EVERY)
    for kind, own in {
        Kind.TEXTFIELD: _ADORNED,
        Kind.TEXTAREA: _INPUT | {"defaultValue"},
        Kind.NUMBER: _ADORNED | {"decimalDigits", "increment"},
        Kind.DATETIME: _INPUT
        | {"subtype", "dateLabel", "timeLabel", "use24h", "timeInterval"}
        | {"timeSerializingFormat", "disallowPassedDates", "defaultValue"},
        Kind.CHECKBOX: _INPUT | {"defaultValue"},
        Kind.RADIO: _CHOICE,
        Kind.SELECT: _CHOICE | {"searchable"},
        Kind.CHECKLIST: _CHOICE,
        Kind.TAGLIST: _CHOICE,
        Kind.FILEPICKER: _INPUT | {"accept", "multiple"},
        Kind.EXPRESSION: {"key", "expression", "computeOn"},
        Kind.TEXT: {"text", "label"},
        Kind.SEPARATOR: set[str](),
        Kind.SPACER: {"height"},
        Kind.GROUP: {"label", "path", "showOutline", "verticalAlignment", "components"},
        Kind.LIST: {"label", "path", "components", "showOutline", "isRepeating"}
        | {"defaultRepetitions", "allowAddRemove", "disableCollapse"}
        | {"nonCollapsedItems", "verticalAlignment"},
        Kind.BUTTON: {"label", "action"},
    }.items()
}

_TEXT_RULES = {"minLength", "maxLength"}

VALIDATIONS: Mapping[Kind, frozenset[str]] = {
    Kind.TEXTFIELD: frozenset(
        {"required", "pattern", "patternErrorMessage", "validationType"} | _TEXT_RULES
    ),
    Kind.TEXTAREA: frozenset({"required"} | _TEXT_RULES),
    Kind.NUMBER: frozenset({"required", "min", "max"}),
}
"""The keys of ``validate``; other kinds know ``required`` only."""

FORM_PROPERTIES = frozenset(
    {"id", "type", "components", "schemaVersion", "exporter", "generated"}
    | {"executionPlatform", "executionPlatformVersion", "versionTag"}
)

FIXED: Mapping[str, tuple[object, ...]] = {
    "subtype": tuple(Moment),
    "timeSerializingFormat": ("utc_offset", "no_timezone"),
    "action": ("submit",),
    "computeOn": ("change", "presubmit"),
    "validationType": ("", "custom", "email", "phone"),
}
"""Properties that may have these values only."""
