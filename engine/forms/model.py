"""A form, compiled: its fields with their rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.feel.values import Value
from engine.forms.dynamic import NOTHING, Dynamic, Template
from engine.forms.kinds import Kind, Moment
from engine.forms.patterns import Pattern

Path = tuple[str | int, ...]
"""Where a value stands: keys, and numbers of rows from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a value must be; texts in characters, *digits* after the comma."""

    required: bool = False
    minimum: Dynamic = NOTHING
    maximum: Dynamic = NOTHING
    min_length: Dynamic = NOTHING
    max_length: Dynamic = NOTHING
    pattern: Pattern | None = None
    pattern_message: str = ""
    format: str = ""
    digits: int | None = None
    increment: Dynamic = NOTHING
    no_past: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of the form.

    *key* is the path of its value inside the form or the row around it, the
    path of the groups around it included; for a group it is that prefix, for
    a dynamic list the place of the list.
    """

    id: str
    kind: Kind
    key: tuple[str, ...] = ()
    label: Template = field(default_factory=Template)
    description: Template = field(default_factory=Template)
    text: Template = field(default_factory=Template)
    prefix: Template = field(default_factory=Template)
    suffix: Template = field(default_factory=Template)
    hide: Dynamic = NOTHING
    disabled: Dynamic = NOTHING
    readonly: Dynamic = NOTHING
    expression: Dynamic = NOTHING
    options: Dynamic = NOTHING
    default: Value = None
    rules: Rules = field(default_factory=Rules)
    moment: Moment = Moment.DATE
    row: str = ""
    columns: int | None = None
    repetitions: int = 1
    can_add: bool = False
    accept: str = ""
    several: bool = False
    outline: bool = False
    properties: Mapping[str, str] = field(default_factory=dict)
    children: tuple["Field", ...] = ()
