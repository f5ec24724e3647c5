"""What a log line tells of an error: kinds and places, nothing about people.

The message of an error can quote a name, an address or a whole SQL row, and the
local variables of its frames hold all of them; so neither is written.
"""

from collections.abc import Iterator
from traceback import extract_tb

from structlog.typing import EventDict, WrappedLogger

DEEPEST = 30
"""More frames than this tell no more of the cause."""


def without_persons(
    _logger: WrappedLogger, _method: str, event: EventDict
) -> EventDict:
    """Replace ``exc_info`` by the kinds of the errors and the places of the last."""
    error = event.pop("exc_info", None)
    if isinstance(error, BaseException):
        chain = list(_chain(error))
        event["error"] = [_kind(each) for each in chain]
        event["places"] = _places(chain[-1])
    return event


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Go from an error to the one that caused it, and on."""
    seen: set[int] = set()
    following: BaseException | None = error
    while following is not None and id(following) not in seen:
        seen.add(id(following))
        yield following
        following = following.__cause__ or following.__context__


def _kind(error: BaseException) -> str:
    kind = type(error)
    return f"{kind.__module__}.{kind.__qualname__}"


def _places(error: BaseException) -> list[str]:
    frames = extract_tb(error.__traceback__)[-DEEPEST:]
    return [f"{_short(each.filename)}:{each.lineno} {each.name}" for each in frames]


def _short(path: str) -> str:
    """Cut a path to its last three parts, so that it tells no home folder."""
    return "/".join(path.replace("\\", "/").split("/")[-3:])
