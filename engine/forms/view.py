"""What a page shows of a form: plain values for templates, no rules."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal

from engine.forms.dynamic import Dynamic, as_text, escape_markdown, number_text
from engine.forms.kinds import CHOICES, KEYED, SEVERAL, Kind, Moment
from engine.forms.options import token_of
from engine.forms.rules import FormError
from engine.forms.sheet import Node, Row
from engine.forms.tree import html_name
from engine.zone import BRUSSELS


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionView:
    """One choice: *token* is posted, *id* is of its own control."""

    id: str
    token: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    """One row of a list.

    The page posts *origin* in a hidden field called *name*. *legend* is the
    heading, for instance ``Gebreken 2``.
    """

    name: str
    origin: str
    legend: str
    fields: tuple["FieldView", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldView:
    """One visible field.

    *kind* is the form-js type, but ``date``, ``time`` or ``datetime`` for a
    datetime field. *name* is the name of the control in the post, *id* that of
    the element around or of the control, *control_id* what a label or a
    summary of errors points at. *value* is the text in the control (ISO for
    native date controls), *values* the tokens or upload ids of a field with
    several; *shown* is the value as a reader sees it, for locked and computed
    fields. *text* is Markdown. *marker* is a hidden field to post (empty
    value) where the absence of the control would otherwise say nothing:
    before checkboxes and at the start of a list. *refreshes* says that some
    other part of the form depends on this field.
    """

    kind: str
    id: str
    control_id: str
    name: str
    key: str
    label: str
    description: str = ""
    value: str = ""
    values: tuple[str, ...] = ()
    shown: str = ""
    checked: bool = False
    options: tuple[OptionView, ...] = ()
    text: str = ""
    prefix: str = ""
    suffix: str = ""
    required: bool = False
    disabled: bool = False
    readonly: bool = False
    error: str = ""
    minimum: str = ""
    maximum: str = ""
    step: str = ""
    min_length: str = ""
    max_length: str = ""
    format: str = ""
    accept: str = ""
    multiple: bool = False
    marker: str = ""
    refreshes: bool = False
    outline: bool = False
    row: str = ""
    columns: int | None = None
    properties: Mapping[str, str] = field(default_factory=dict)
    fields: tuple["FieldView", ...] = ()
    rows: tuple[RowView, ...] = ()
    can_add: bool = False

    @property
    def locked(self) -> bool:
        """Tell whether the field can't be changed: show *shown*, post nothing."""
        return self.disabled or self.readonly


class Viewer:
    """Makes views; *watched* are the paths that other fields read."""

    def __init__(
        self, errors: Iterable[FormError], watched: frozenset[tuple[str, ...]]
    ) -> None:
        self._errors = {error.name: error.sentence for error in errors}
        self._watched = watched

    def views(self, nodes: Iterable[Node]) -> tuple[FieldView, ...]:
        """Return the views of the visible nodes."""
        return tuple(self._view(node) for node in nodes if not node.hidden)

    def _view(self, node: Node) -> FieldView:
        one, scope = node.field, node.scope
        name = html_name(node.path) if one.kind in KEYED | {Kind.LIST} else ""
        identity = _dom_id(name or one.id)
        options = _options(node, identity)
        grouped = one.kind in CHOICES - {Kind.SELECT}
        return FieldView(
            kind=one.moment.value if one.kind is Kind.DATETIME else one.kind.value,
            id=identity,
            control_id=options[0].id if options and grouped else identity,
            name=name,
            key=".".join(one.key),
            label=one.label.render(scope),
            description=one.description.render(scope),
            value=_control_text(node),
            values=_tokens(node),
            shown=_shown(node),
            checked=node.value is True,
            options=options,
            text=one.text.render(scope, escape_markdown),
            prefix=one.prefix.render(scope),
            suffix=one.suffix.render(scope),
            disabled=one.disabled.is_true(scope),
            readonly=one.readonly.is_true(scope),
            error=self._errors.get(name, "") if name else "",
            marker=_marker(node, name),
            refreshes=_plain(node) in self._watched,
            outline=one.outline,
            row=one.row,
            columns=one.columns,
            properties=one.properties,
            fields=self.views(node.children),
            rows=self._rows(node),
            can_add=one.kind is Kind.LIST and one.can_add,
            multiple=one.several,
            accept=one.accept,
            required=one.rules.required,
            format=one.rules.format,
            minimum=_least(node),
            maximum=_limit(one.rules.maximum, node),
            step=_limit(one.rules.increment, node),
            min_length=_limit(one.rules.min_length, node),
            max_length=_limit(one.rules.max_length, node),
        )

    def _rows(self, node: Node) -> tuple[RowView, ...]:
        label = node.field.label.render(node.scope)
        return tuple(
            RowView(
                name=html_name(row.path),
                origin=_origin(row),
                legend=f"{label} {row.number + 1}".strip(),
                fields=self.views(row.nodes),
            )
            for row in node.rows
        )


def _origin(row: Row) -> str:
    return "" if row.origin is None else str(row.origin[-1])


def _dom_id(name: str) -> str:
    return "f-" + name.replace("[", "-").replace("]", "").replace(".", "-")


def _plain(node: Node) -> tuple[str, ...]:
    return tuple(part for part in node.path if isinstance(part, str))


def _marker(node: Node, name: str) -> str:
    if node.field.kind is Kind.LIST:
        return f"{name}[]"
    marked = SEVERAL | {Kind.CHECKBOX, Kind.RADIO}
    return name if node.field.kind in marked and not node.locked else ""


# --- values -----------------------------------------------------------------------


def _control_text(node: Node) -> str:
    """Return what stands in the control: what was typed, when it was refused."""
    if node.field.kind in SEVERAL | {Kind.CHECKBOX} or node.field.kind not in KEYED:
        return ""
    if node.problem:
        # JSON can hold half characters, which no page can be written with.
        return as_text(node.raw).encode(errors="replace").decode()
    if node.field.kind in CHOICES:
        return token_of(node.value)
    if isinstance(node.value, (date, time)):
        return _iso(node.value)
    return (
        number_text(node.value)
        if isinstance(node.value, Decimal)
        else as_text(node.value)
    )


def _iso(value: date | time) -> str:
    if isinstance(value, datetime):
        return f"{value.astimezone(BRUSSELS):%Y-%m-%dT%H:%M}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return value.isoformat()


def _tokens(node: Node) -> tuple[str, ...]:
    if node.field.kind not in SEVERAL:
        return ()
    found = node.raw if node.problem else node.value
    items = found if isinstance(found, list) else []
    return tuple(token_of(item) for item in items)


def _options(node: Node, identity: str) -> tuple[OptionView, ...]:
    chosen = {*_tokens(node), token_of(node.raw if node.problem else node.value)}
    return tuple(
        OptionView(
            id=f"{identity}-{number}",
            token=option.token,
            label=option.label,
            chosen=option.token in chosen and option.token != "",
        )
        for number, option in enumerate(node.options)
    )


def _shown(node: Node) -> str:
    labels = {option.token: option.label for option in node.options}
    items = node.value if isinstance(node.value, list) else [node.value]
    return ", ".join(labels.get(token_of(item)) or as_text(item) for item in items)


def _least(node: Node) -> str:
    rules, clock = node.field.rules, node.scope.clock
    if rules.no_past and clock and node.field.moment is Moment.DATE:
        return clock().astimezone(BRUSSELS).date().isoformat()
    return _limit(rules.minimum, node)


def _limit(dynamic: Dynamic, node: Node) -> str:
    value = dynamic.value(node.scope)
    return f"{value:f}" if isinstance(value, Decimal) else ""
