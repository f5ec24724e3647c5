"""A form laid over data: each field in each row, with its state.

``Sheet.settle`` works out what is hidden, locked and computed. Hidden is
absent: null for every expression, and gone from what is sent. Rounds are
repeated until nothing changes; rings were refused when the form was saved.
"""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from engine.feel.run import Clock
from engine.feel.values import Value, normal
from engine.forms.dynamic import Scope
from engine.forms.kinds import KEYED, Kind
from engine.forms.model import Field, Path
from engine.forms.options import Option, options_of
from engine.forms.post import MAX_ROWS
from engine.forms.readings import ReadingError, read
from engine.forms.tree import MISSING, ORIGIN, drop, lookup, put

MAX_ALL_ROWS = 1_000
MAX_CHAIN = 40
"""Conditions that build on each other; each needs a round to become known."""


@dataclass(slots=True, kw_only=True)
class Node:
    """A field at a place.

    *origin* is where its stored value stands, None in a new row. *raw* is what
    was typed, or the stored value, or the default; *value* what that means;
    *problem* why it means nothing.
    """

    field: Field
    path: Path
    raw: object = None
    stored: Value = None
    children: list["Node"] = dataclasses.field(default_factory=list)
    rows: list["Row"] = dataclasses.field(default_factory=list)
    excess: bool = False
    hidden: bool = False
    locked: bool = False
    value: Value = None
    problem: str = ""
    options: tuple[Option, ...] = ()
    scope: Scope = dataclasses.field(default_factory=lambda: Scope(names={}))


@dataclass(slots=True, kw_only=True)
class Row:
    """One row of a list; *origin* is the path of the stored row it was."""

    number: int
    path: Path
    origin: Path | None
    nodes: list[Node]


class Sheet:
    """The fields of a form over *tree* (typed, posted or drafted) and *stored* data."""

    def __init__(
        self,
        fields: Iterable[Field],
        tree: Mapping[str, object],
        stored: Mapping[str, Value],
        clock: Clock | None,
    ) -> None:
        self._fields = tuple(fields)
        self._tree = tree
        self._stored = stored
        self._clock = clock
        self._rows_left = MAX_ALL_ROWS
        self.nodes = self._grow(self._fields, (), ())

    # --- growing --------------------------------------------------------------------

    def _grow(
        self, fields: Iterable[Field], path: Path, origin: Path | None
    ) -> list[Node]:
        return [self._node(one, path, origin) for one in fields]

    def _node(self, one: Field, path: Path, origin: Path | None) -> Node:
        own = path + one.key
        node = Node(field=one, path=own)
        if one.kind is Kind.GROUP:
            node.children = self._grow(one.children, path, origin)
        elif one.kind is Kind.LIST:
            self._grow_rows(node, None if origin is None else origin + one.key)
        elif one.kind in KEYED:
            node.stored = self._stored_value(one, origin)
            found = lookup(self._tree, own)
            node.raw = node.stored if found is MISSING else found
        return node

    def _stored_value(self, one: Field, origin: Path | None) -> Value:
        found = MISSING if origin is None else lookup(self._stored, origin + one.key)
        return one.default if found is MISSING else normal(found)

    def _grow_rows(self, node: Node, origin: Path | None) -> None:
        kept = MISSING if origin is None else lookup(self._stored, origin)
        stored = len(kept) if isinstance(kept, list) else None
        rows = lookup(self._tree, node.path)
        count = self._count(node, rows, stored)
        claimed: set[int | None] = {None}
        for number in range(count):
            from_row = _origin(lookup(rows, (number,)), number, stored or 0)
            # Two rows can't both have been the same stored row.
            from_row = None if from_row in claimed else from_row
            claimed.add(from_row)
            place = None if origin is None or from_row is None else (*origin, from_row)
            path = (*node.path, number)
            node.rows.append(
                Row(
                    number=number,
                    path=path,
                    origin=place,
                    nodes=self._grow(node.field.children, path, place),
                )
            )

    def _count(self, node: Node, rows: object, stored: int | None) -> int:
        own = node.field.repetitions if stored is None else stored
        wanted = len(rows) if isinstance(rows, list) and node.field.can_add else own
        count = min(wanted, MAX_ROWS, self._rows_left)
        node.excess = count < wanted
        self._rows_left -= count
        return count

    # --- settling -------------------------------------------------------------------

    def settle(self) -> "Sheet":
        """Work out the state of all nodes; return the sheet itself."""
        before: list[tuple[bool, bool, Value]] = []
        for _ in range(MAX_CHAIN + 2):
            self._look()
            after = [
                (node.hidden, node.locked, node.value) for node in every(self.nodes)
            ]
            if after == before:
                break
            before = after
        return self

    def _look(self) -> None:
        data = assemble(self.nodes, self._stored, hidden_is_null=True)
        names = {**self._stored, **data}
        for node in self.nodes:
            self._look_at(node, Scope(names=names, clock=self._clock), hidden=False)

    def _look_at(self, node: Node, scope: Scope, *, hidden: bool) -> None:
        node.scope = scope
        node.hidden = hidden or node.field.hide.is_true(scope)
        node.locked = node.field.disabled.is_true(scope) or node.field.readonly.is_true(
            scope
        )
        for child in node.children:
            self._look_at(child, scope, hidden=node.hidden)
        for row in node.rows:
            inner = _row_scope(scope, row)
            for child in row.nodes:
                self._look_at(child, inner, hidden=node.hidden)
        if node.field.kind in KEYED:
            _read_node(node)

    # --- results --------------------------------------------------------------------

    def values(self) -> dict[str, Value]:
        """Return what the visible fields say, and nothing else."""
        return assemble(self.nodes, {}, hidden_is_null=False)

    def variables(self) -> dict[str, Value]:
        """Return the values laid over what is stored under the same names.

        A stored context keeps the entries that the form doesn't know, and
        loses those of hidden fields. A hidden variable is null, so that an
        answer of an earlier round can't survive.
        """
        keys = {str(one.path[0]) for one in every(self.nodes) if one.path}
        base = {name: value for name, value in self._stored.items() if name in keys}
        found = assemble(self.nodes, base, hidden_is_null=False)
        return {**dict.fromkeys(keys), **found}


def every(nodes: Iterable[Node]) -> Iterator[Node]:
    """Yield all nodes, in the order of the form."""
    for node in nodes:
        yield node
        yield from every(node.children)
        for row in node.rows:
            yield from every(row.nodes)


def assemble(
    nodes: Iterable[Node], base: Mapping[str, Value], *, hidden_is_null: bool
) -> dict[str, Value]:
    """Return the values of *nodes* laid over *base*; hidden ones are null or gone."""
    data = {name: value for name, value in base.items() if name != ORIGIN}
    for node in nodes:
        _lay(node, data, hidden_is_null=hidden_is_null)
    return data


def _lay(node: Node, data: dict[str, Value], *, hidden_is_null: bool) -> None:
    key = node.field.key
    for child in node.children:
        _lay(child, data, hidden_is_null=hidden_is_null)
    if not key or node.field.kind not in KEYED | {Kind.LIST}:
        return
    if node.hidden and not hidden_is_null:
        drop(data, key)
    elif node.hidden:
        put(data, key, None)
    elif node.field.kind is Kind.LIST:
        put(data, key, _rows(node, lookup(data, key), hidden_is_null=hidden_is_null))
    else:
        put(data, key, node.value)


def _rows(node: Node, stored: object, *, hidden_is_null: bool) -> list[Value]:
    rows: list[Value] = []
    for row in node.rows:
        kept = MISSING if row.origin is None else lookup(stored, row.origin[-1:])
        base = kept if isinstance(kept, dict) else {}
        rows.append(assemble(row.nodes, base, hidden_is_null=hidden_is_null))
    return rows


def _origin(row: object, number: int, stored: int) -> int | None:
    """Return which stored row *row* was; JSON rows are matched by their place."""
    told = row.get(ORIGIN) if isinstance(row, Mapping) else None
    if told is None:
        return number if number < stored else None
    if isinstance(told, str) and told.isascii() and told.isdecimal():
        return int(told) if len(told) < 7 and int(told) < stored else None  # noqa: PLR2004
    return None


def _row_scope(scope: Scope, row: Row) -> Scope:
    own = assemble(row.nodes, {}, hidden_is_null=True)
    above = scope.names.get("i")
    numbers = [*(above if isinstance(above, list) else []), Decimal(row.number + 1)]
    parent = scope.names.get("this", dict(scope.names))
    here: dict[str, Value] = {"this": own, "parent": parent, "i": numbers}
    return Scope(names={**scope.names, **own, **here}, clock=scope.clock)


def _read_node(node: Node) -> None:
    if node.field.kind is Kind.EXPRESSION:
        node.value = node.field.expression.value(node.scope)
        return
    node.options = options_of(node.field, node.scope)
    node.problem = ""
    if node.locked:
        node.raw = node.stored
    if node.locked and node.stored is not node.field.default:
        node.value = node.stored
        return
    try:
        node.value = read(node.field, node.raw, node.options)
    except ReadingError as error:
        node.value = None
        node.problem = str(error)
