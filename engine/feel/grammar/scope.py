"""Which names the parser knows, and which ones the text leaves free."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Final

from engine.feel.errors import FeelSyntaxError
from engine.feel.tokens import Mark, Token, tokenize

KEYWORDS: Final = frozenset(
    "and or if then else for in return some every satisfies between instance of"  # noqa: SIM905
    " function external true false null".split()
)

_Words = tuple[str, ...]


class Names:
    """Names of more than one token, found by the tokens they begin with."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_first: dict[str, dict[_Words, str]] = {}
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Learn *name*; a name that can't be cut into tokens is left out."""
        words = _words(name)
        if len(words) > 1:
            self._by_first.setdefault(words[0], {})[words] = name

    def match(self, tokens: list[Token], at: int) -> tuple[str, int] | None:
        """Return the longest name that stands at *at*, and its number of tokens."""
        candidates = self._by_first.get(tokens[at].text)
        if not candidates or tokens[at].mark is Mark.STRING:
            return None
        for words in sorted(candidates, key=len, reverse=True):
            ahead = tokens[at : at + len(words)]
            if tuple(token.text for token in ahead) == words:
                return candidates[words], len(words)
        return None


@lru_cache(maxsize=4096)
def _words(name: str) -> _Words:
    try:
        return tuple(token.text for token in tokenize(name)[:-1])
    except FeelSyntaxError:
        return ()


@lru_cache(maxsize=64)
def _shared(names: frozenset[str]) -> Names:
    return Names(names)


class NameScope:
    """Follows which names are bound while a text is parsed.

    *free* are names that need a variable; *uncertain* are those that stand in
    a filter, where the items may have them as an entry.
    """

    def __init__(self, declared: Iterable[str], functions: Iterable[str]) -> None:
        self.declared = frozenset(declared)
        self.functions = frozenset(functions)
        self.known = Names(self.declared)
        self.built_in = _shared(self.functions)
        self.free: set[str] = set()
        self.uncertain: set[str] = set()
        self._bound: list[str] = []
        self._filters = 0

    def is_bound(self, name: str) -> bool:
        """Tell whether the text itself gives *name* a value."""
        return name in self._bound

    def bind(self, name: str) -> None:
        """Give *name* a value from here to the end of the innermost block."""
        self._bound.append(name)
        self.known.add(name)

    @contextmanager
    def block(self) -> Iterator[None]:
        """Forget at the end what is bound inside."""
        depth = len(self._bound)
        yield
        del self._bound[depth:]

    @contextmanager
    def filter(self) -> Iterator[None]:
        """Parse a filter, with ``item`` and the entries of the item in scope."""
        with self.block():
            self.bind("item")
            self._filters += 1
            yield
            self._filters -= 1

    def use(self, name: str) -> None:
        """Note that the text reads *name*."""
        if not self.is_bound(name):
            (self.uncertain if self._filters else self.free).add(name)
