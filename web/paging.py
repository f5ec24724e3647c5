"""Bladeren: which page of a list is shown, and the addresses of its neighbours."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import request

PAGE = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Pager:
    """A page of a list that knows its length; *query* holds the other filters."""

    path: str
    query: Mapping[str, str]
    total: int
    offset: int
    limit: int = PAGE

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return -(-self.total // self.limit)

    @property
    def first(self) -> int:
        """The number of the first item that is shown."""
        return self.offset + 1

    @property
    def last(self) -> int:
        """The number of the last item that is shown."""
        return min(self.offset + self.limit, self.total)

    @property
    def previous(self) -> int | None:
        """The number of the page before, if there is one."""
        return self.offset // self.limit if self.offset else None

    @property
    def next(self) -> int | None:
        """The number of the page after, if there is one."""
        return self.offset // self.limit + 2 if self.last < self.total else None

    def link(self, page: int) -> str:
        """Return the address of a page with the same filters."""
        return address(self.path, {**self.query, "pagina": str(page)})


def asked_offset(limit: int = PAGE) -> int:
    """Return where the page of this request starts; nonsense means the first page."""
    text = request.args.get("pagina", "1")
    page = int(text) if text.isdecimal() and len(text) < 7 else 1  # noqa: PLR2004
    return (max(page, 1) - 1) * limit


def address(path: str, query: Mapping[str, str]) -> str:
    """Return *path* with the parts of *query* that are filled in."""
    filled = {name: value for name, value in query.items() if value}
    return f"{path}?{urlencode(filled)}" if filled else path


def asked(names: tuple[str, ...]) -> dict[str, str]:
    """Return the filters of this request by name, without outer spaces."""
    return {name: request.args.get(name, "").strip()[:200] for name in names}
