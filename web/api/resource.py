"""A resource: a blueprint whose routes are typed, and documented where they stand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any, TypeVar

from flask import Response
from flask_smorest import Blueprint
from marshmallow import Schema

from web.api.answer import Answer
from web.api.body import BodyParser
from web.api.once import HEADER, LONGEST
from web.api.schemas.problem import Problem

PREFIX = "/api/v1"
PROBLEM_TYPE = "application/problem+json"

View = TypeVar("View", bound=Callable[..., Answer])

_MEANINGS: Mapping[int, str] = {
    400: "De aanvraag is niet leesbaar.",
    401: "Zonder geldig token of sessie.",
    403: "De gebruiker of zijn token heeft dit recht niet.",
    404: "Bestaat niet (meer).",
    409: "Kan nu niet: iemand was eerst (by, at), of de toestand laat het niet toe.",
    412: "Gewijzigd sinds de versie in If-Match.",
    413: "Te groot.",
    415: "Geen JSON (of, voor een bundel, multipart).",
    422: "Velden kloppen niet (errors), of een bundel is geweigerd (findings).",
}
_KEY_HEADER = {
    "in": "header",
    "name": HEADER,
    "description": "Dezelfde sleutel met dezelfde aanvraag geeft hetzelfde antwoord.",
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST},
}
_MATCH_HEADER = {
    "in": "header",
    "name": "If-Match",
    "description": "De ETag die u las; is er intussen een andere, dan volgt 412.",
    "schema": {"type": "string"},
}
_ETAG = {"ETag": {"schema": {"type": "string"}, "description": "De versie."}}
_JSON_REFUSALS = (413, 415)


class ApiBlueprint(Blueprint):  # type: ignore[misc] # flask-smorest has no types
    """A blueprint that reads bodies our way."""

    ARGUMENTS_PARSER = BodyParser()


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """What the document says of a route."""

    method: str
    rule: str
    status: int
    answer: type[Schema]
    query: type[Schema] | None = None
    body: type[Schema] | None = None
    refusals: tuple[int, ...] = ()
    parameters: tuple[Mapping[str, object], ...] = ()
    headers: Mapping[str, object] | None = None
    extra: Mapping[str, object] | None = None


class Resource:
    """The routes of one kind of thing, under ``/api/v1/<name>``."""

    def __init__(self, name: str, description: str) -> None:
        self.name = name
        # The pages have blueprints of the same names.
        self.blueprint: Any = ApiBlueprint(
            f"api_{name}",
            __name__,
            url_prefix=f"{PREFIX}/{name}",
            description=description,
        )

    def find(
        self,
        rule: str,
        answer: type[Schema],
        *,
        query: type[Schema],
        refusals: tuple[int, ...] = (),
    ) -> Callable[[View], View]:
        """Route a list, which is asked for by a query."""
        operation = Operation(
            method="GET",
            rule=rule,
            status=200,
            answer=answer,
            query=query,
            refusals=(422, *refusals),
        )
        return self._route(operation)

    def get(
        self, rule: str, answer: type[Schema], *, versioned: bool = False
    ) -> Callable[[View], View]:
        """Route one thing; *versioned* tells that it has an ETag."""
        operation = Operation(
            method="GET",
            rule=rule,
            status=200,
            answer=answer,
            refusals=(404,),
            headers=_ETAG if versioned else None,
        )
        return self._route(operation)

    def post(  # noqa: PLR0913 - all by keyword, all of one route
        self,
        rule: str,
        answer: type[Schema],
        *,
        body: type[Schema] | None = None,
        status: int = 200,
        refusals: tuple[int, ...] = (404, 409),
        versioned: bool = False,
        extra: Mapping[str, object] | None = None,
    ) -> Callable[[View], View]:
        """Route a change; *versioned* tells that it obeys If-Match.

        Every change takes an idempotency key. *extra* is said of it as it is.
        """
        with_body = (422, *_JSON_REFUSALS) if body is not None or extra else ()
        operation = Operation(
            method="POST",
            rule=rule,
            status=status,
            answer=answer,
            body=body,
            refusals=(400, *refusals, *with_body, *((412,) if versioned else ())),
            parameters=(_KEY_HEADER, _MATCH_HEADER) if versioned else (_KEY_HEADER,),
            headers=_ETAG if versioned else None,
            extra=extra,
        )
        return self._route(operation)

    def _route(self, operation: Operation) -> Callable[[View], View]:
        def decorate(view: View) -> View:
            self.blueprint.add_url_rule(
                operation.rule,
                view.__name__,
                self._documented(operation, view),
                methods=[operation.method],
                tags=[self.name],
            )
            return view

        return decorate

    def _documented(self, operation: Operation, view: View) -> Any:  # noqa: ANN401 - as flask-smorest has it
        made = self.blueprint
        shown: Any = _responding(view)
        for refusal in sorted({401, 403, *operation.refusals}):
            shown = made.alt_response(
                refusal,
                schema=Problem,
                content_type=PROBLEM_TYPE,
                description=_MEANINGS[refusal],
            )(shown)
        if operation.method == "GET" and operation.headers:
            told_before = "Nog zoals u het las (If-None-Match)."
            shown = made.alt_response(304, description=told_before)(shown)
        shown = made.response(
            operation.status,
            operation.answer,
            headers=operation.headers,
            description=HTTPStatus(operation.status).phrase,
        )(shown)
        if operation.query is not None:
            shown = made.arguments(operation.query, location="query")(shown)
        if operation.body is not None:
            shown = made.arguments(operation.body)(shown)
        told: dict[str, object] = {"operationId": view.__name__}
        if operation.parameters:
            told["parameters"] = list(operation.parameters)
        return made.doc(**told, **(operation.extra or {}))(shown)


def _responding(view: Callable[..., Answer]) -> Callable[..., Response]:
    @wraps(view)
    def respond(*arguments: object, **named: object) -> Response:
        return view(*arguments, **named).to_response()

    return respond
