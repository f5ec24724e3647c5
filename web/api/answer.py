"""What a route answers, and how that becomes a response with its version."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from flask import Response, request

from web.errors import ChangedSinceError

Body = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A body that is ready for JSON; *version* also gives it an ETag."""

    body: Body
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    version: bool = False

    def to_response(self) -> Response:
        """Write the response; what the caller has already is not sent again."""
        text = written(self.body)
        headers = dict(self.headers)
        response = Response(text, self.status, headers, mimetype="application/json")
        if self.version:
            response.set_etag(_digest(text))
            response.make_conditional(request)
        return response


def written(body: Body) -> str:
    """Write *body* as JSON, in one way only: its version is made of this text."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def require_match(current: Callable[[], Body]) -> None:
    """Raise ``ChangedSinceError`` when the caller saw another version.

    A caller who sends no If-Match takes the thing as it is.
    """
    asked = request.if_match
    if not asked and not asked.star_tag:
        return
    if not asked.contains(_digest(written(current()))):
        raise ChangedSinceError


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:32]
