"""What a program wants to know of a refusal, beside the sentence for people.

These are the extension members of a problem document (RFC 9457, 3.2): ``by``
and ``at`` when somebody was first (``web.problems`` adds the name that the
caller knows), ``errors`` per field, ``findings`` on files.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from werkzeug.exceptions import HTTPException

from engine.errors import (
    AnswersRefusedError,
    DefinitionRefusedError,
    IdempotencyConflictError,
    InstanceNotRunningError,
    LostRaceError,
    TaskNotOpenError,
)
from engine.model import Finding
from web.errors import FormRefusedError
from workflows.errors import InvalidDataError, NotAllowedNowError, OvertakenError

Facts = dict[str, object]


def facts_of(error: Exception) -> Facts:
    """Return the facts of *error*, ready for JSON; what is unknown is left out."""
    for kind in type(error).__mro__:
        if kind in _FACTS:
            found = _FACTS[kind](error)
            return {name: value for name, value in found.items() if value is not None}
    return {}


def finding_facts(finding: Finding) -> Facts:
    """Return a finding of the check of a bundle, ready for JSON."""
    return {
        "file": finding.file,
        "element": finding.element,
        "severity": finding.severity.value,
        "sentence": finding.sentence,
        "code": finding.code,
    }


def _not_open(error: TaskNotOpenError) -> Facts:
    return {"state": error.state, **_first(error)}


def _not_now(error: NotAllowedNowError) -> Facts:
    return {"state": error.state, **_first(error)}


def _first(error: LostRaceError | NotAllowedNowError) -> Facts:
    return {"by": error.by, "at": _moment(error.at)}


def _not_running(error: InstanceNotRunningError) -> Facts:
    return {"state": error.status, **_first(error)}


def _refused(error: DefinitionRefusedError) -> Facts:
    found = [each for each in error.findings if isinstance(each, Finding)]
    return {"findings": [finding_facts(each) for each in found]}


def _http(error: HTTPException) -> Facts:
    """Return what was wrong with the fields of a request, when that was it."""
    messages = getattr(error, "data", {}).get("messages")
    if not isinstance(messages, Mapping):
        return {}
    # The outermost key says where the field stood: json, query or files.
    fields = [pair for inner in messages.values() for pair in _flat(inner, "")]
    return {"errors": _errors(fields)}


def _flat(messages: object, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(messages, Mapping):
        for name, inner in messages.items():
            yield from _flat(inner, f"{path}.{name}" if path else str(name))
    elif isinstance(messages, list):
        yield from ((path, str(sentence)) for sentence in messages)


def _errors(pairs: list[tuple[str, str]]) -> list[Facts]:
    return [{"field": field, "detail": sentence} for field, sentence in pairs]


def _moment(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


_FACTS: Mapping[type, Callable[[Any], Facts]] = {
    TaskNotOpenError: _not_open,
    InstanceNotRunningError: _not_running,
    LostRaceError: _first,
    IdempotencyConflictError: lambda error: {"key": error.key},
    NotAllowedNowError: _not_now,
    OvertakenError: lambda error: {"by": error.by, "at": _moment(error.at)},
    InvalidDataError: lambda error: {"errors": _errors(list(error.problems.items()))},
    AnswersRefusedError: lambda error: {
        "errors": _errors(list(error.problems.items()))
    },
    FormRefusedError: lambda error: {"errors": _errors(list(error.errors))},
    DefinitionRefusedError: _refused,
    HTTPException: _http,
}
