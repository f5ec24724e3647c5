"""The variables of an instance, owned by scopes.

A scope is opened by the process, a sub-process, a called process, an instance
of a multi-instance activity, and by an activity with mappings. A name is looked
up from the innermost scope outwards. There is one copy of each variable: no
token carries data, and a join merges nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import cast

from engine.feel.codec import dumps, loads
from engine.feel.errors import CodecError, FeelError
from engine.feel.values import Value
from engine.spiff.obstacle import Cause, Obstacle

PROCESS_SCOPE = 1
HIDDEN = "("
"""Names that begin so are the engine's own; FEEL can't spell them."""


@dataclass(slots=True)
class Scope:
    """One open scope.

    *isolated*: a called process sees nothing of its caller. *frozen*: a
    snapshot, read by a compensation handler; results pass it by.
    """

    parent: int | None
    isolated: bool = False
    frozen: bool = False
    texts: dict[str, str] = field(default_factory=dict)
    values: dict[str, Value] = field(default_factory=dict)
    """Decoded on first use. FEEL has no way to change a value in place."""


class Variables:
    """All open scopes, and what a step changes in them.

    The JSON text is the truth; nobody holds a reference into it, so a value
    can't be shared by two branches or differ after a restore.
    """

    def __init__(self, next_number: int = PROCESS_SCOPE) -> None:
        self.scopes: dict[int, Scope] = {}
        self.next_number = next_number
        self.revision = 0
        self._changed: dict[tuple[int, str], str | None] = {}
        self._closed: list[int] = []
        self._born: set[int] = set()

    def restore(self, number: int, scope: Scope, texts: Mapping[str, str]) -> None:
        """Put back a scope that an earlier step left open."""
        scope.texts = dict(texts)
        self.scopes[number] = scope

    def open(self, parent: int | None, *, isolated: bool = False) -> int:
        """Open an empty scope inside *parent* and return its number."""
        number = self.next_number
        self.next_number += 1
        self.scopes[number] = Scope(parent, isolated=isolated)
        self._born.add(number)
        return number

    def close(self, number: int) -> None:
        """Close a scope: its variables are gone."""
        if self.scopes.pop(number, None) is None:
            return
        if number in self._born:
            self._born.discard(number)
        else:
            self._closed.append(number)

    def enclosing(self, number: int) -> int:
        """Return the scope around *number*, or itself when it is the outermost."""
        parent = self.scopes[number].parent
        return number if parent is None else parent

    def chain(self, number: int) -> Iterator[int]:
        """Yield the scopes that are visible from *number*, innermost first."""
        current: int | None = number
        while current is not None:
            scope = self.scopes[current]
            yield current
            current = None if scope.isolated else scope.parent

    def text(self, number: int, name: str) -> str | None:
        """Return the JSON text of the visible variable *name*, None when unset."""
        for one in self.chain(number):
            text = self.scopes[one].texts.get(name)
            if text is not None:
                return text
        return None

    def value(self, number: int, name: str) -> Value:
        """Return a visible variable; raise ``KeyError`` when there is none."""
        for one in self.chain(number):
            scope = self.scopes[one]
            if name in scope.values:
                return scope.values[name]
            if name in scope.texts:
                value = scope.values[name] = loads(scope.texts[name])
                return value
        raise KeyError(name)

    def visible(self, number: int) -> dict[str, str]:
        """Return the JSON texts of all variables visible from *number*."""
        found: dict[str, str] = {}
        for one in self.chain(number):
            found = self.scopes[one].texts | found
        return {k: v for k, v in found.items() if not k.startswith(HIDDEN)}

    def put(self, number: int, name: str, text: str) -> None:
        """Set a variable of this very scope from its JSON text."""
        scope = self.scopes[number]
        if scope.texts.get(name) == text:
            return
        scope.texts[name] = text
        scope.values.pop(name, None)
        self._changed[number, name] = text
        self.revision += 1

    def take(self, number: int, name: str) -> str | None:
        """Remove a variable of this very scope and return its JSON text."""
        scope = self.scopes[number]
        scope.values.pop(name, None)
        text = scope.texts.pop(name, None)
        if text is not None:
            self._changed[number, name] = None
        return text

    def propagate(self, number: int, texts: Mapping[str, str]) -> None:
        """Set each text in the nearest scope that has its name, else in the process."""
        for name, text in texts.items():
            self.put(self._owner(number, name), name, text)

    def _owner(self, number: int, name: str) -> int:
        outermost = number
        for one in self.chain(number):
            if self.scopes[one].frozen:
                continue
            if name in self.scopes[one].texts:
                return one
            outermost = one
        return outermost

    @property
    def changed(self) -> dict[tuple[int, str], str | None]:
        """What the step wrote, in scopes that are still open."""
        return {
            key: text for key, text in self._changed.items() if key[0] in self.scopes
        }

    @property
    def closed(self) -> tuple[int, ...]:
        """The scopes of earlier steps that this step closed."""
        return tuple(self._closed)


def written(values: Mapping[str, object]) -> dict[str, str]:
    """Return the JSON texts of *values* by name; raise ``CodecError``.

    Nothing from outside may have the name of something hidden.
    """
    texts = {}
    for name, value in values.items():
        if name.startswith(HIDDEN):
            message = f"{name!r} is geen naam voor een variabele."
            raise CodecError(message)
        texts[name] = dumps(cast("Value", value))
    return texts


def encode(values: Mapping[str, object]) -> dict[str, str]:
    """Return the JSON texts of *values*; raise ``Obstacle`` for what is no value."""
    try:
        return written(values)
    except FeelError as error:
        message = f"Een waarde kan niet bewaard worden: {error}"
        raise Obstacle(Cause.VARIABLE, message) from error


class View(Mapping[str, Value]):
    """What an element sees: *extra* first, then its scopes outwards."""

    def __init__(
        self,
        variables: Variables,
        number: int,
        extra: Mapping[str, Value] | None = None,
    ) -> None:
        self._variables = variables
        self._number = number
        self._extra = extra or {}

    def __getitem__(self, name: str) -> Value:
        if name in self._extra:
            return self._extra[name]
        return self._variables.value(self._number, name)

    def __contains__(self, name: object) -> bool:
        if name in self._extra:
            return True
        return isinstance(name, str) and (
            self._variables.text(self._number, name) is not None
        )

    def __iter__(self) -> Iterator[str]:
        return iter(self._variables.visible(self._number) | dict(self._extra))

    def __len__(self) -> int:
        return len(self._variables.visible(self._number) | dict(self._extra))
